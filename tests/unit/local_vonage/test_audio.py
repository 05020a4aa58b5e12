from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from local.vonage.audio import BLOCK_FRAMES, UnreadableAudioError, mixed, probe, transcode
from local.vonage.audio import write_silence as silence
from local.vonage.ncco import MediaFormat
from local.vonage.testing import an_audio_file


def levels(path: Path) -> list[float]:
    """Give the level of each channel in the middle of a file."""
    samples, rate = soundfile.read(path, always_2d=True)
    middle = samples[rate // 4 : -rate // 4]
    return [round(float(level), 2) for level in np.median(middle, axis=0)]


def a_transcoded(
    source: Path, *, media_format: MediaFormat = "wav", channels: int = 2, seconds: float = 1.5
) -> Path:
    target = source.with_name(f"target.{media_format}")
    length = timedelta(seconds=seconds)
    transcode(probe(source), target, media_format=media_format, channels=channels, length=length)
    return target


@pytest.mark.parametrize("name", ["call.wav", "call.flac", "call.ogg", "call.mp3"])
def test_a_file_is_known_by_what_it_holds(name: str, tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / name, channels=2, sample_rate=16_000)

    audio = probe(path.rename(tmp_path / "call"))

    assert audio.media_format == name.rpartition(".")[2]
    assert (audio.channels, audio.sample_rate) == (2, 16_000)
    assert audio.length.total_seconds() == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not audio that can be read"),
        (b"RIFF....WAVEnothing", "not audio that can be read"),
        (b"Dear caller,", "not audio that can be read"),
    ],
)
def test_a_file_that_is_no_audio_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(content)

    with pytest.raises(UnreadableAudioError, match=reason):
        probe(path)


@pytest.mark.parametrize("name", ["missing.wav", "."])
def test_a_file_that_does_not_exist_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudioError, match="no such audio file"):
        probe(tmp_path / name)


def test_audio_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.aiff")

    with pytest.raises(UnreadableAudioError, match="neither wav, mp3, ogg nor flac"):
        probe(path)


def test_a_file_without_sound_is_refused(tmp_path: Path) -> None:
    path = an_audio_file(tmp_path / "call.wav", seconds=0)

    with pytest.raises(UnreadableAudioError, match="no sound"):
        probe(path)


@pytest.mark.parametrize(
    ("media_format", "subtype"), [("mp3", "MPEG_LAYER_III"), ("wav", "PCM_16"), ("ogg", "OPUS")]
)
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_has_vonages_format_and_sample_rate(
    media_format: MediaFormat, subtype: str, channels: int, tmp_path: Path
) -> None:
    source = an_audio_file(tmp_path / "call.flac", sample_rate=44_100)

    target = a_transcoded(source, media_format=media_format, channels=channels)

    said = soundfile.info(target)
    assert (said.samplerate, said.channels, said.subtype) == (16_000, channels, subtype)
    assert said.duration == pytest.approx(1.5, abs=0.15)


@pytest.mark.parametrize("channels", [1, 2])
def test_an_mp3_takes_32_kbit_a_second_for_each_channel(channels: int, tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.wav", seconds=20)

    target = a_transcoded(source, media_format="mp3", channels=channels, seconds=20)

    assert target.stat().st_size * 8 / 20 == pytest.approx(32_000 * channels, rel=0.05)


def test_surplus_channels_are_mixed_into_the_last(tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.wav", channels=4)

    target = a_transcoded(source, channels=2)

    assert levels(target) == [0.1, 0.9]


def test_a_mono_recording_mixes_everybody(tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.wav", channels=3)

    target = a_transcoded(source, channels=1)

    assert levels(target) == [0.6]


def test_a_wav_holds_more_than_two_channels(tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.wav", channels=5)

    target = a_transcoded(source, channels=5)

    assert levels(target) == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_only_the_beginning_is_recorded_if_it_is_cut(tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.wav", seconds=3)

    target = a_transcoded(source, seconds=1)

    assert probe(target).length == timedelta(seconds=1)


def test_a_file_of_several_blocks_keeps_its_length(tmp_path: Path) -> None:
    seconds = 2.5 * BLOCK_FRAMES / 8000
    source = an_audio_file(tmp_path / "call.wav", seconds=seconds)

    target = a_transcoded(source, seconds=seconds)

    assert probe(target).length.total_seconds() == pytest.approx(seconds, abs=0.001)


def test_a_file_that_breaks_off_while_read_is_refused(tmp_path: Path) -> None:
    source = an_audio_file(tmp_path / "call.flac", seconds=30)
    audio = probe(source)
    source.write_bytes(source.read_bytes()[:40])

    with pytest.raises(UnreadableAudioError, match="to its end"):
        transcode(audio, tmp_path / "target", media_format="wav", channels=1, length=audio.length)


@pytest.mark.parametrize("media_format", ["mp3", "wav", "ogg"])
def test_silence_is_silent(media_format: MediaFormat, tmp_path: Path) -> None:
    target = tmp_path / "silence"

    silence(target, media_format=media_format, channels=2, length=timedelta(seconds=2))

    assert levels(target) == [0, 0]
    assert probe(target).length.total_seconds() == pytest.approx(2, abs=0.15)


def test_a_block_with_channels_enough_is_left_alone() -> None:
    block: Any = np.ones((4, 2), dtype=np.float32)

    assert mixed(block, 2) is block
