"""Opens a recording wherever it lies, and reads it through once in bounded memory.

libsndfile does the reading. It takes what is missing at the end of a file for its end, so that is
looked for here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from soundfile import SoundFile, SoundFileError

from callscribe.contracts import MediaFormat
from callscribe.errors import PermanentError
from recorder.audio.ahead import reading_ahead
from recorder.audio.ends import mp3_states_its_length, ogg_breaks_off
from recorder.audio.ranged import RangedFile, Ranges
from recorder.audio.wav import mended

Samples = np.ndarray[Any, np.dtype[Any]]
"""Samples of a block: a row for each frame, a column for each channel."""

FORMATS: Final[dict[str, MediaFormat]] = {
    "MP3": "mp3",
    "WAV": "wav",
    "WAVEX": "wav",
    "RF64": "wav",
    "OGG": "ogg",
    "FLAC": "flac",
}
"""By libsndfile's names."""

WINDOW_BYTES: Final = 4 * 1024**2
"""What one request to S3 brings; four such windows are in memory at a time."""

BLOCK_SAMPLES: Final = 256 * 1024
"""What is decoded at a time, over all channels: 1 MiB as 32 bit."""

TYPES: Final = {
    **dict.fromkeys(("PCM_24", "PCM_32"), "int32"),
    # libsndfile would not scale these when it reads them as integers.
    **dict.fromkeys(("FLOAT", "DOUBLE", "VORBIS", "OPUS", "MPEG_LAYER_III"), "float32"),
}
"""By libsndfile's name, how samples are read that 16-bit integers do not hold."""

UNKNOWN_FRAMES: Final = 2**63 - 1
"""libsndfile's SF_COUNT_MAX: the header leaves the length out."""

MP3_SLACK: Final = 2 * 1152
"""Samples by which the length that an mp3 states may be off: the first and last of its frames."""


class Sound:
    """A recording that is open; whatever it says of itself, ``frames`` is only what it states."""

    def __init__(self, file: RangedFile, sound: Any) -> None:
        self._file = file
        self._sound = sound
        self.media_format: MediaFormat = FORMATS[sound.format]
        self.subtype: str = sound.subtype
        self.channels: int = sound.channels
        self.sample_rate: int = sound.samplerate
        self.frames: int = sound.frames

    def blocks(self, *, multiple: int = 1) -> Iterator[Samples]:
        """Read all samples; but for the last block, each has a multiple of so many frames.

        They are 16-bit integers where these hold them; 24 and 32 bits become 32-bit integers,
        floats and what a lossy codec gives become floats. A block is good until the next is asked
        for.

        :raises PermanentError: if the audio is damaged.
        :raises TransientError: if it could not be read.
        """
        frames = max(BLOCK_SAMPLES // self.channels // multiple, 1) * multiple
        buffer = np.empty((frames, self.channels), TYPES.get(self.subtype, "int16"))
        while len(block := self._read(buffer)):
            yield block

    def _read(self, buffer: Samples) -> Samples:
        try:
            block: Samples = self._sound.read(out=buffer)
        except SoundFileError as error:
            raise self._file.failure or _damaged() from error
        if self._file.failure:
            raise self._file.failure
        return block


@contextmanager
def opened(content: Ranges) -> Iterator[Sound]:
    """Open a recording to read it through.

    :raises PermanentError: if it is no audio that Amazon Transcribe knows, or ends too early.
    :raises TransientError: if it could not be read.
    """
    with reading_ahead(mended(content)) as ahead:
        file = RangedFile(ahead, WINDOW_BYTES)
        with _understood(file) as sound:
            yield Sound(file, sound)


def check_whole(content: Ranges, sound: Sound, frames: int) -> None:
    """Compare the frames that were read to what the file says of itself.

    :raises PermanentError: if some are missing.
    """
    file = RangedFile(content)
    missing = sound.frames - frames
    short = missing > 0
    if sound.media_format == "mp3":
        short = missing > MP3_SLACK and mp3_states_its_length(file)
    elif sound.media_format == "ogg" and ogg_breaks_off(file):
        short = True  # libsndfile counts to the last whole page
    if file.failure:
        raise file.failure
    if short:
        end = f"after {frames / sound.sample_rate:.2f} s"
        raise PermanentError(f"the recording is cut short or damaged: it ends {end}, too early")


def _understood(file: RangedFile) -> Any:
    try:
        sound = SoundFile(file)
    except SoundFileError as error:
        raise file.failure or _damaged() from error
    if file.failure:
        raise file.failure
    if sound.format not in FORMATS:
        raise PermanentError(f"{sound.format} is not a format that Amazon Transcribe knows")
    if sound.frames == UNKNOWN_FRAMES:
        raise PermanentError("the audio does not say how long it is")
    return sound


def _damaged() -> PermanentError:
    return PermanentError("the audio is damaged or cut short: it cannot be read")
