import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from local.transcribe.errors import UnusableMediaError
from local.transcribe.media import Media, examine, sound
from local.transcribe.reasons import Reason
from local.transcribe.speech import HERTZ


def a_file(
    folder: Path,
    *,
    kind: str = "WAV",
    hertz: int = 16_000,
    channels: int = 2,
    seconds: float = 1.0,
) -> Path:
    """Write a hum of 200 Hz, half as loud on each further channel."""
    path = folder / "media"
    time = np.arange(round(seconds * hertz)) / hertz
    hum = 0.5 * np.sin(2 * np.pi * 200 * time)
    samples = np.stack([hum / 2**channel for channel in range(channels)], axis=1)
    soundfile.write(path, samples, hertz, format=kind)
    return path


def four_hours(path: Path) -> Path:
    """Write the head of a wav file of 4 h 1 s, and of its sound only the length."""
    size = (4 * 60 * 60 + 1) * 8_000
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 8_000, 1, 8)
    head = struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form
    with path.open("wb") as file:
        file.write(head + struct.pack("<4sI", b"data", size))
        file.truncate(44 + size)
    return path


def reason(path: Path, media_format: str | None = None, sample_rate: int | None = None) -> str:
    with pytest.raises(UnusableMediaError) as refusal:
        examine(path, media_format=media_format, sample_rate=sample_rate)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "name"), [("WAV", "wav"), ("WAVEX", "wav"), ("FLAC", "flac"), ("OGG", "ogg")]
)
def test_a_file_is_known_by_its_content(tmp_path: Path, kind: str, name: str) -> None:
    media = examine(a_file(tmp_path, kind=kind), media_format=None, sample_rate=None)

    assert media == Media(name, 16_000, 2, 1.0)


def test_an_mp3_file_is_known_by_its_content(tmp_path: Path) -> None:
    media = examine(a_file(tmp_path, kind="MP3"), media_format="mp3", sample_rate=16_000)

    assert (media.format, media.channels) == ("mp3", 2)
    assert media.seconds == pytest.approx(1, abs=0.1)


def test_a_file_of_another_format_than_was_said_fails(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path), media_format="mp3") == Reason.FORMAT_MISMATCH


def test_a_file_of_another_sample_rate_than_was_said_fails(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path), sample_rate=8_000) == Reason.RATE_MISMATCH


def test_a_sample_rate_below_a_telephones_fails(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path, hertz=4_000)) == Reason.RATE_INVALID


def test_more_than_two_channels_fail(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path, channels=3)) == Reason.TOO_MANY_CHANNELS


def test_less_than_half_a_second_fails(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path, seconds=0.49)) == Reason.TOO_SHORT


def test_more_than_four_hours_fail(tmp_path: Path) -> None:
    assert reason(four_hours(tmp_path / "media")) == Reason.TOO_LONG


def test_more_than_two_gigabytes_fail(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    with path.open("ab") as file:
        file.truncate(2 * 1024**3 + 1)

    assert reason(path) == Reason.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"this is no sound", b"RIFF\x00\x00\x00\x00WAVEjunk"])
def test_a_file_that_is_no_sound_fails(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "media"
    path.write_bytes(content)

    assert reason(path) == Reason.FORMAT_UNSUPPORTED


def test_a_sound_that_transcribe_does_not_take_fails(tmp_path: Path) -> None:
    assert reason(a_file(tmp_path, kind="AIFF")) == Reason.FORMAT_UNSUPPORTED


@pytest.mark.parametrize("hertz", [8_000, 16_000, 44_100])
def test_a_channel_is_read_at_16_khz_whatever_it_was_recorded_at(
    tmp_path: Path, hertz: int
) -> None:
    path = a_file(tmp_path, hertz=hertz, seconds=2)

    heard = np.concatenate(list(sound(path, 0)))

    assert heard.dtype == np.int16
    assert len(heard) == pytest.approx(2 * HERTZ, abs=2)
    assert np.count_nonzero(np.diff(np.signbit(heard))) == pytest.approx(800, abs=2)


@pytest.mark.parametrize(("channel", "loudness"), [(0, 0.5), (1, 0.25), (None, 0.375)])
def test_a_channel_is_heard_alone_or_all_of_them_mixed(
    tmp_path: Path, channel: int | None, loudness: float
) -> None:
    heard = np.concatenate(list(sound(a_file(tmp_path), channel)))

    assert np.abs(heard).max() / 32767 == pytest.approx(loudness, abs=0.01)


def test_a_file_that_vanishes_cannot_be_heard(tmp_path: Path) -> None:
    with pytest.raises(UnusableMediaError):
        list(sound(tmp_path / "nothing", 0))
