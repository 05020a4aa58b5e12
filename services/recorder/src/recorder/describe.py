"""Measures an audio file: nothing that anybody says about it is taken for granted.

libsndfile reads the header, and in an mp3 or ogg its end: one to three blocks of 64 KiB whatever
the size (measured on an mp3 of 36 MB and a wav of 1 GB). An mp3 without a Xing header is taken to
have the bit rate of its first frame throughout, as Vonage's have; else it would have to be read
whole.
"""

from dataclasses import dataclass
from typing import Any, Final

from soundfile import SoundFile, SoundFileError

from callscribe.contracts import MediaFormat
from callscribe.errors import PermanentError
from recorder.ranged import RangedFile
from recorder.wav import unstated_seconds

FORMATS: Final[dict[str, MediaFormat]] = {
    "MP3": "mp3",
    "WAV": "wav",
    "WAVEX": "wav",
    "RF64": "wav",
    "OGG": "ogg",
    "FLAC": "flac",
}
"""By libsndfile's names."""

UNKNOWN_FRAMES: Final = 2**63 - 1
"""libsndfile's SF_COUNT_MAX: the header leaves the length out."""


@dataclass(frozen=True, slots=True)
class Description:
    """What was measured of an audio file: hertz, seconds and bytes."""

    media_format: MediaFormat
    channels: int
    sample_rate: int
    duration: float
    size: int


def describe(audio: RangedFile) -> Description:
    """Measure an audio file.

    :raises PermanentError: if it is not audio, or holds none.
    :raises TransientError: if it could not be read.
    """
    with _opened(audio) as sound:
        media_format = FORMATS.get(sound.format)
        if media_format is None:
            raise PermanentError(f"{sound.format} is not a format that Amazon Transcribe knows")
        duration = _seconds(sound, audio, media_format)
    if audio.failure:
        raise audio.failure
    if duration <= 0:
        raise PermanentError("the recording holds no audio")
    return Description(media_format, sound.channels, sound.samplerate, duration, audio.size)


def _opened(audio: RangedFile) -> Any:
    try:
        sound = SoundFile(audio)
    except SoundFileError as error:
        raise audio.failure or PermanentError("the audio is damaged: it cannot be read") from error
    if audio.failure:
        raise audio.failure
    return sound


def _seconds(sound: Any, audio: RangedFile, media_format: MediaFormat) -> float:
    if media_format == "wav" and (seconds := unstated_seconds(audio)) is not None:
        return seconds
    if sound.frames == UNKNOWN_FRAMES:
        raise PermanentError("the audio does not say how long it is")
    return float(sound.frames / sound.samplerate)
