import io

import soundfile

from bench.wav_source import HEADER_BYTES, wav_header

SIZE = HEADER_BYTES + 4 * 16_000
"""A second on two channels of 16 bit."""


def test_the_header_is_that_of_a_whole_recording() -> None:
    content = wav_header(SIZE) + bytes(SIZE - HEADER_BYTES)

    sound = soundfile.SoundFile(io.BytesIO(content))

    assert (sound.channels, sound.samplerate, sound.frames) == (2, 16_000, 16_000)


def test_the_header_has_the_length_that_is_counted_for_it() -> None:
    assert len(wav_header(SIZE)) == HEADER_BYTES
