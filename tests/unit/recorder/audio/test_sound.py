import numpy as np
import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.audio.ranged import Ranges
from recorder.audio.sound import BLOCK_SAMPLES, WINDOW_BYTES, opened
from recorder.testing import audio, noise, ranges, written

KINDS = [
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
]


@pytest.mark.parametrize(("file_format", "subtype", "channels", "name"), KINDS)
def test_every_kind_of_recording_is_opened(
    file_format: str, subtype: str, channels: int, name: str
) -> None:
    content = audio(file_format, subtype, channels=channels, seconds=2.5)

    with opened(ranges(content)) as sound:
        found = (sound.media_format, sound.subtype, sound.channels, sound.sample_rate)

    assert found == (name, subtype, channels, 16_000)


def test_all_samples_come_in_blocks_of_a_multiple_of_what_is_wanted() -> None:
    samples = noise(channels=3, seconds=30)
    content = written(samples, "WAV", "PCM_16")

    with opened(ranges(content)) as sound:
        blocks = [block.copy() for block in sound.blocks(multiple=1600)]

    assert len(blocks) > 1
    assert all(len(block) % 1600 == 0 for block in blocks[:-1])
    assert all(block.size <= BLOCK_SAMPLES for block in blocks)
    np.testing.assert_allclose(np.concatenate(blocks) / 2**15, samples, atol=1e-4)


def test_a_recording_is_fetched_in_few_large_ranges() -> None:
    content = audio("WAV", "PCM_16", channels=8, seconds=60)
    asked: list[int] = []

    def fetch(start: int, length: int) -> bytes:
        asked.append(length)
        return content[start : start + length]

    with opened(Ranges(len(content), fetch)) as sound:
        frames = sum(len(block) for block in sound.blocks())

    assert frames == 60 * 16_000
    assert asked.count(WINDOW_BYTES) == len(content) // WINDOW_BYTES
    assert len(asked) <= len(content) // WINDOW_BYTES + 3


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
    with pytest.raises(PermanentError, match="damaged"), opened(ranges(content)):
        pass


def test_audio_that_cannot_be_fetched_now_is_not_taken_for_damaged() -> None:
    def fails(start: int, length: int) -> bytes:
        raise TransientError(f"S3 did not give {length} bytes at {start}")

    with pytest.raises(TransientError, match="S3 did not give"), opened(Ranges(1000, fails)):
        pass


@pytest.mark.parametrize("kind", ["FLAC", "WAV"])
def test_audio_whose_rest_cannot_be_fetched_now_is_not_taken_for_its_end(kind: str) -> None:
    content = audio(kind, channels=8, seconds=60)

    def fails_later(start: int, length: int) -> bytes:
        if start >= WINDOW_BYTES:
            raise TransientError("S3 went away")
        return content[start : start + length]

    with (
        opened(Ranges(len(content), fails_later)) as sound,
        pytest.raises(TransientError, match="S3 went away"),
    ):
        list(sound.blocks())


def test_audio_that_does_not_say_how_long_it_is_is_given_up_on() -> None:
    content = bytearray(audio("FLAC"))
    content[21] &= 0xF0  # the total of samples: 36 bits of STREAMINFO
    content[22:26] = bytes(4)

    with (
        pytest.raises(PermanentError, match="does not say how long"),
        opened(ranges(bytes(content))),
    ):
        pass


def test_audio_in_another_container_is_given_up_on() -> None:
    with pytest.raises(PermanentError, match="AIFF is not a format"), opened(ranges(audio("AIFF"))):
        pass
