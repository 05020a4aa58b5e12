import struct

import pytest

from recorder.ranged import RangedFile
from recorder.testing import audio
from recorder.wav import unstated_seconds

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


def a_wav(header: bytes, *, audio_bytes: int) -> RangedFile:
    """Make a file with so much silence after its header, without having it in memory."""
    return RangedFile(
        len(header) + audio_bytes,
        lambda start, length: header[start : start + length].ljust(length, b"\0"),
    )


@pytest.mark.parametrize("data_length", [0, ALL_ONES])
def test_the_audio_of_a_writer_that_streamed_goes_on_to_the_end(data_length: int) -> None:
    file = a_wav(a_header(data_length), audio_bytes=10 * BYTE_RATE)

    assert unstated_seconds(file) == 10.0


def test_two_hours_on_32_channels_are_two_hours_though_the_header_cannot_say_so() -> None:
    seconds = 2 * 60 * 60
    wrapped = seconds * BYTE_RATE % 2**32

    file = a_wav(a_header(wrapped), audio_bytes=seconds * BYTE_RATE)

    assert unstated_seconds(file) == seconds


def test_chunks_before_the_audio_are_passed_over() -> None:
    odd = b"LIST" + struct.pack("<I", 3) + b"abc\0"

    file = a_wav(a_header(0, other_chunks=odd), audio_bytes=BYTE_RATE)

    assert unstated_seconds(file) == 1.0


def test_a_header_that_states_the_length_is_left_to_libsndfile() -> None:
    assert unstated_seconds(a_wav(a_header(640), audio_bytes=640)) is None


@pytest.mark.parametrize(
    "content",
    [
        audio("RF64"),
        audio("FLAC"),
        a_header(0)[:30],
        b"RIFF\0\0\0\0WAVEdata\0\0\0\0",
        b"RIFF",
        b"",
    ],
)
def test_of_anything_else_it_says_nothing(content: bytes) -> None:
    file = RangedFile(len(content), lambda start, length: content[start : start + length])

    assert unstated_seconds(file) is None
