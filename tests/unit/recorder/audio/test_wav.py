import struct

import pytest
import soundfile

from callscribe.errors import PermanentError, TransientError
from recorder.audio.ranged import RangedFile, Ranges
from recorder.audio.wav import mended
from recorder.testing import audio, ranges

ALL_ONES = 2**32 - 1
BYTE_RATE = 32 * 16_000 * 2


def a_header(data_length: int, *, other_chunks: bytes = b"") -> bytes:
    """Write the header of a wav of 32 channels, 16 kHz and 16 bit."""
    form = struct.pack("<HHIIHH", 1, 32, 16_000, BYTE_RATE, 64, 16)
    return b"".join(
        [
            *(b"RIFF", struct.pack("<I", ALL_ONES), b"WAVE"),
            *(b"fmt ", struct.pack("<I", len(form)), form),
            *(other_chunks, b"data", struct.pack("<I", data_length)),
        ]
    )


def a_wav(header: bytes, *, audio_bytes: int) -> Ranges:
    """Make a file with so much silence after its header, without having it in memory."""
    return Ranges(
        len(header) + audio_bytes,
        lambda start, length: header[start : start + length].ljust(length, b"\0"),
    )


def seconds_of(content: Ranges) -> float:
    with soundfile.SoundFile(RangedFile(content)) as sound:
        return float(sound.frames / sound.samplerate)


@pytest.mark.parametrize("data_length", [0, ALL_ONES, 0x7FFF_F000])
def test_the_audio_of_a_writer_that_streamed_goes_on_to_the_end(data_length: int) -> None:
    content = a_wav(a_header(data_length), audio_bytes=10 * BYTE_RATE)

    assert seconds_of(mended(content)) == 10.0


def test_two_hours_on_32_channels_are_two_hours_though_the_header_cannot_say_so() -> None:
    seconds = 2 * 60 * 60
    wrapped = seconds * BYTE_RATE % 2**32
    content = a_wav(a_header(wrapped), audio_bytes=seconds * BYTE_RATE)

    assert seconds_of(mended(content)) == seconds


def test_chunks_before_the_audio_are_passed_over() -> None:
    odd = b"LIST" + struct.pack("<I", 3) + b"abc\0"

    content = a_wav(a_header(0, other_chunks=odd), audio_bytes=BYTE_RATE)

    assert seconds_of(mended(content)) == 1.0


def test_the_audio_under_a_mended_header_is_the_same() -> None:
    samples = bytes(range(64)) * 300
    header = a_header(0)

    read = mended(ranges(header + samples))

    assert read.fetch(0, read.size)[-len(samples) :] == samples
    assert read.fetch(read.size - 100, 100) == samples[-100:]
    assert read.fetch(40, 100) == read.fetch(0, 140)[40:]


@pytest.mark.parametrize("kind", ["WAV", "WAVEX", "RF64"])
def test_a_wav_that_ends_before_its_audio_does_is_given_up_on(kind: str) -> None:
    content = audio(kind, "PCM_16", channels=3)

    with pytest.raises(PermanentError, match=r"cut short: .* of 96000 bytes of audio are there"):
        mended(ranges(content[: len(content) // 2]))


def test_a_writer_that_counted_its_header_in_is_forgiven() -> None:
    content = a_wav(a_header(640 + 44), audio_bytes=640)

    assert mended(content) is content


@pytest.mark.parametrize(
    "content",
    [
        a_header(640) + bytes(640),
        audio("WAV"),
        audio("RF64"),
        audio("FLAC"),
        a_header(0)[:30],
        b"RIFF\0\0\0\0WAVEdata\0\0\0\0",
        b"RIFF",
        b"",
    ],
)
def test_anything_else_is_left_as_it_is(content: bytes) -> None:
    given = ranges(content)

    assert mended(given) is given


def test_a_header_that_cannot_be_fetched_now_may_be_later() -> None:
    def fails(start: int, length: int) -> bytes:
        raise TransientError(f"no {length} bytes at {start}")

    with pytest.raises(TransientError, match="no 100 bytes"):
        mended(Ranges(100, fails))
