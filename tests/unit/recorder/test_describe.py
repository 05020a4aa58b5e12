import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.describe import describe
from recorder.ranged import BLOCK_BYTES, RangedFile
from recorder.testing import audio

MEBIBYTE = 1024**2

A_FEW_FRAMES = 0.1
"""Seconds that an mp3 encoder adds."""


def a_file(content: bytes) -> RangedFile:
    return RangedFile(len(content), lambda start, length: content[start : start + length])


def frames_only(mp3: bytes) -> bytes:
    """Take off the first frame, which carries the Xing header that tells the length."""
    bit_rates = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    padding = mp3[2] >> 1 & 1
    rest = mp3[72 * bit_rates[mp3[2] >> 4] * 1000 // 16_000 + padding :]
    assert rest[:2] == mp3[:2]
    assert b"Xing" not in rest
    assert b"Info" not in rest
    return rest


@pytest.mark.parametrize(
    ("file_format", "subtype", "channels", "name"),
    [
        ("MP3", "MPEG_LAYER_III", 1, "mp3"),
        ("MP3", "MPEG_LAYER_III", 2, "mp3"),
        ("WAV", "PCM_16", 1, "wav"),
        ("WAV", "PCM_24", 2, "wav"),
        ("WAV", "FLOAT", 2, "wav"),
        ("WAV", "ULAW", 1, "wav"),
        ("WAVEX", "PCM_16", 4, "wav"),
        ("RF64", "PCM_16", 3, "wav"),
        ("OGG", "VORBIS", 2, "ogg"),
        ("OGG", "OPUS", 1, "ogg"),
        ("FLAC", "PCM_16", 2, "flac"),
    ],
)
def test_every_kind_of_recording_is_measured(
    file_format: str, subtype: str, channels: int, name: str
) -> None:
    content = audio(file_format, subtype, channels=channels, seconds=2.5)

    described = describe(a_file(content))

    assert (described.media_format, described.channels) == (name, channels)
    assert (described.sample_rate, described.size) == (16_000, len(content))
    assert described.duration == pytest.approx(2.5, abs=A_FEW_FRAMES)


def test_an_mp3_without_a_xing_header_is_measured_by_its_bit_rate() -> None:
    content = frames_only(audio("MP3", "MPEG_LAYER_III", seconds=60))

    described = describe(a_file(content))

    assert described.duration == pytest.approx(60, abs=A_FEW_FRAMES)


def test_a_wav_of_a_writer_that_streamed_is_measured_by_its_size() -> None:
    content = bytearray(audio("WAV", "PCM_16", channels=2, seconds=2))
    content[40:44] = bytes(4)

    described = describe(a_file(bytes(content)))

    assert described.duration == 2.0


@pytest.mark.parametrize("file_format", ["WAV", "MP3", "FLAC", "OGG"])
def test_a_long_recording_is_not_read_whole(file_format: str) -> None:
    content = audio(file_format, seconds=120)
    blocks: list[int] = []

    def fetch(start: int, length: int) -> bytes:
        blocks.append(start // BLOCK_BYTES)
        return content[start : start + length]

    describe(RangedFile(len(content), fetch))

    assert len(blocks) <= 3


def test_a_recording_without_audio_in_it_is_given_up_on() -> None:
    with pytest.raises(PermanentError, match="holds no audio"):
        describe(a_file(audio("WAV", seconds=0)))


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xf3\x48\xc4" + bytes(400),
        audio("OGG")[:2000],
        b"RIFF\x24\0\0\0WAVE" + bytes(100),
        b"fLaC",
        b"",
    ],
)
def test_damaged_audio_is_given_up_on(content: bytes) -> None:
    with pytest.raises(PermanentError, match="damaged"):
        describe(a_file(content))


def test_damaged_audio_is_not_read_for_ever() -> None:
    content = audio("OGG", seconds=2)[:8000] + bytes(40 * MEBIBYTE)

    with pytest.raises(PermanentError, match="damaged: nothing near its ends"):
        describe(a_file(content))


def test_audio_that_cannot_be_fetched_now_is_not_taken_for_damaged() -> None:
    def fails(start: int, length: int) -> bytes:
        raise TransientError(f"S3 did not give {length} bytes at {start}")

    with pytest.raises(TransientError, match="S3 did not give"):
        describe(RangedFile(1000, fails))


def test_audio_whose_end_cannot_be_fetched_now_is_not_measured_without_it() -> None:
    content = audio("OGG", "VORBIS", seconds=60)

    def fails_later(start: int, length: int) -> bytes:
        if start:
            raise TransientError("S3 went away")
        return content[start : start + length]

    with pytest.raises(TransientError, match="S3 went away"):
        describe(RangedFile(len(content), fails_later))


def test_audio_that_does_not_say_how_long_it_is_is_given_up_on() -> None:
    content = bytearray(audio("FLAC"))
    content[21] &= 0xF0  # the total of samples: 36 bits of STREAMINFO
    content[22:26] = bytes(4)

    with pytest.raises(PermanentError, match="does not say how long it is"):
        describe(a_file(bytes(content)))


def test_audio_in_another_container_is_given_up_on() -> None:
    with pytest.raises(PermanentError, match="AIFF is not a format"):
        describe(a_file(audio("AIFF")))
