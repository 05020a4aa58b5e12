"""Makes the recordings of a call from the user's audio file, as its NCCO asks."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from local.vonage.audio import Audio, transcode, write_silence
from local.vonage.ncco import MediaFormat, PlannedRecording


@dataclass(frozen=True)
class Recorded:
    """A recording that lies ready; its size is in bytes."""

    path: Path
    media_format: MediaFormat
    size: int
    length: timedelta


def record(audio: Audio, asked: PlannedRecording, target: Path) -> Recorded:
    """Record a call on which this audio is heard.

    A file that is already what was asked for is taken as it is, byte for byte. One of one channel
    keeps it: what was mixed once cannot be told apart again. Channels that a file of several lacks
    are legs on which nobody speaks.

    :raises UnreadableAudioError: if the audio is damaged.
    """
    channels = asked.channels if audio.channels > 1 else 1
    length = _cut(audio.length, asked)
    if (audio.media_format, audio.channels, audio.length) == (asked.media_format, channels, length):
        return _recorded(audio.path, asked, length)
    transcode(audio, target, media_format=asked.media_format, channels=channels, length=length)
    return _recorded(target, asked, length)


def record_ringing(asked: PlannedRecording, target: Path, *, length: timedelta) -> Recorded:
    """Record a call on which nobody picks up."""
    cut = _cut(length, asked)
    write_silence(target, media_format=asked.media_format, channels=asked.channels, length=cut)
    return _recorded(target, asked, cut)


def _recorded(path: Path, asked: PlannedRecording, length: timedelta) -> Recorded:
    return Recorded(path, asked.media_format, path.stat().st_size, length)


def _cut(length: timedelta, asked: PlannedRecording) -> timedelta:
    return min(length, timedelta(seconds=asked.max_seconds)) if asked.max_seconds else length
