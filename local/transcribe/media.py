"""Reads a media file: what it is, whether it may be transcribed, and what it sounds like."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from local.transcribe.errors import UnusableMediaError
from local.transcribe.reasons import Reason
from local.transcribe.speech import HERTZ, Samples

FORMATS: Final = {"MP3": "mp3", "WAV": "wav", "WAVEX": "wav", "FLAC": "flac", "OGG": "ogg"}
"""Amazon Transcribe's name for each of libsndfile's that it takes, too."""

MIN_HERTZ: Final = 8_000
MAX_CHANNELS: Final = 2
MIN_SECONDS: Final = 500 / 1000
MAX_SECONDS: Final = 4 * 60 * 60
MAX_BYTES: Final = 2 * 1024**3
"""Source of all: Amazon Transcribe endpoints and quotas, and its service model."""

LOUDEST: Final = np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class Media:
    """What a media file is; ``format`` is Amazon Transcribe's name for it."""

    format: str
    sample_rate: int
    channels: int
    seconds: float


def examine(path: Path, *, media_format: str | None, sample_rate: int | None) -> Media:
    """Find out what a file is, and hold it against what was said of it and against the limits.

    :raises UnusableMediaError: if it cannot be transcribed.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnusableMediaError(Reason.TOO_LARGE)
    media = _opened(path)
    faults = {
        Reason.FORMAT_MISMATCH: media_format not in (None, media.format),
        Reason.RATE_INVALID: media.sample_rate < MIN_HERTZ,
        Reason.RATE_MISMATCH: sample_rate not in (None, media.sample_rate),
        Reason.TOO_MANY_CHANNELS: media.channels > MAX_CHANNELS,
        Reason.TOO_SHORT: media.seconds < MIN_SECONDS,
        Reason.TOO_LONG: media.seconds > MAX_SECONDS,
    }
    for reason, found in faults.items():
        if found:
            raise UnusableMediaError(reason)
    return media


def _opened(path: Path) -> Media:
    try:
        said: Any = soundfile.info(path)
    except soundfile.SoundFileError as error:
        raise UnusableMediaError(Reason.FORMAT_UNSUPPORTED) from error
    if said.format not in FORMATS:
        raise UnusableMediaError(Reason.FORMAT_UNSUPPORTED)
    return Media(
        format=FORMATS[said.format],
        sample_rate=said.samplerate,
        channels=said.channels,
        seconds=said.frames / said.samplerate,
    )


def sound(path: Path, channel: int | None) -> Iterator[Samples]:
    """Read one channel, or all of them mixed, at 16 kHz, a second at a time.

    :raises UnusableMediaError: if the file breaks off in a way that cannot be read.
    """
    try:
        with soundfile.SoundFile(path) as file:
            resampler = soxr.ResampleStream(file.samplerate, HERTZ, 1, dtype="float32")
            for block in file.blocks(file.samplerate, dtype="float32", always_2d=True):
                one = block.mean(axis=1) if channel is None else block[:, channel].copy()
                yield _as_integers(resampler.resample_chunk(one))
            yield _as_integers(resampler.resample_chunk(np.zeros(0, np.float32), last=True))
    except soundfile.SoundFileError as error:
        raise UnusableMediaError(Reason.FORMAT_UNSUPPORTED) from error


def _as_integers(block: npt.NDArray[np.float32]) -> Samples:
    return (np.clip(block, -1, 1) * LOUDEST).astype(np.int16)
