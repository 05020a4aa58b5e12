"""Listens through a recording once: who makes any sound, how loud it is when, how long it is.

Nothing that anybody says of the recording is taken for granted, its own header included.
"""

from array import array
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from callscribe.contracts import MediaFormat
from callscribe.errors import PermanentError
from recorder.audio.loudness import MOST_STEPS, Loudness
from recorder.audio.ranged import Ranges
from recorder.audio.sound import Samples, Sound, check_whole, opened

WINDOWS_PER_SECOND: Final = 20
"""Windows of 50 ms: shorter than a word, longer than a click."""

WINDOWS_PER_STEP: Final = 2

SILENCE_DBFS: Final = -70.0
"""A channel of which no window is louder has no sound. The smallest step of the telephone's codec,
G.711, is 8 of 32768, which is -72 dBFS: what is quieter cannot be speech that came by telephone,
and what hardly exceeds it is the codec's idle noise. Quiet speech is at -50."""

SAME_SOUND_DB: Final = -10.0
"""Two channels carry the same sound if in every window their difference is silence, or so far below
the loudest of them there and in the windows beside. Measured on the same speech on both: mp3 and
vorbis make no difference at all, opus one of -36, an old tape that was digitised in stereo one of
-13 at its worst; a second party who is heard alone is at 0."""

_SILENCE: Final = 10 ** (SILENCE_DBFS / 10)
_SAME: Final = 10 ** (SAME_SOUND_DB / 10)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was measured of a recording; ``audible`` are the channels that have any sound."""

    media_format: MediaFormat
    channels: int
    sample_rate: int
    frames: int
    size: int
    audible: tuple[int, ...]
    same_sound: bool
    loudness: Loudness

    @property
    def duration(self) -> float:
        """How long it is, in seconds."""
        return self.frames / self.sample_rate

    @property
    def silent(self) -> tuple[int, ...]:
        """The channels without any sound."""
        return tuple(n for n in range(self.channels) if n not in self.audible)


def survey(content: Ranges) -> Survey:
    """Listen through a recording.

    :raises PermanentError: if it is not audio, holds none, is damaged or cut short.
    :raises TransientError: if it could not be read.
    """
    with opened(content) as sound:
        heard = _listen(sound)
        check_whole(content, sound, heard.frames)
        if not heard.frames:
            raise PermanentError("the recording holds no audio")
        return Survey(
            media_format=sound.media_format,
            channels=sound.channels,
            sample_rate=sound.sample_rate,
            frames=heard.frames,
            size=content.size,
            audible=tuple(int(n) for n in np.flatnonzero(heard.sounding)),
            same_sound=heard.same,
            loudness=Loudness(heard.power, heard.step),
        )


@dataclass(slots=True)
class _Heard:
    """What was heard so far."""

    sounding: Samples
    same: bool
    step: int
    frames: int = 0
    power: "array[float]" = field(default_factory=lambda: array("f"))


def _listen(sound: Sound) -> _Heard:
    window = max(sound.sample_rate // WINDOWS_PER_SECOND, 1)
    steps = max(sound.frames // (window * WINDOWS_PER_STEP), 0)
    windows = WINDOWS_PER_STEP * max(-(-steps // MOST_STEPS), 1)
    heard = _Heard(np.zeros(sound.channels, bool), sound.channels == 2, window * windows)  # noqa: PLR2004 - stereo
    with np.errstate(invalid="ignore", over="ignore"):
        for samples in sound.blocks(multiple=heard.step):
            block = _scaled(samples)
            whole = len(block) - len(block) % window
            if whole:
                _hear(heard, block[:whole].reshape(-1, window, sound.channels), windows)
            if whole < len(block):
                _hear(heard, block[np.newaxis, whole:], windows)
            heard.frames += len(block)
    return heard


def _scaled(samples: Samples) -> Samples:
    # As fast again as having libsndfile scale them.
    if samples.dtype.kind == "f":
        return samples
    scaled: Samples = np.multiply(samples, -1 / np.iinfo(samples.dtype).min, dtype="float32")
    return scaled


def _hear(heard: _Heard, windows: Samples, per_step: int) -> None:
    power = _power(windows)
    # So put, what is not a number, which a file of floats may hold, counts as sound.
    heard.sounding |= (~(power <= _SILENCE)).any(axis=0)
    if heard.same:
        apart = _power(windows[:, :, :1] - windows[:, :, 1:])[:, 0]
        allowed = _nearby(power.sum(axis=1)) * _SAME
        heard.same = bool((apart <= np.maximum(allowed, _SILENCE)).all())
    mean = power.mean(axis=1)
    heard.power.extend(np.add.reduceat(mean, np.arange(0, len(mean), per_step)) / per_step)


def _nearby(power: Samples) -> Samples:
    # A lossy codec smears a sound, and its own noise with it, over the windows next to it.
    padded = np.pad(power, 1, mode="edge")
    loudest: Samples = np.maximum(np.maximum(padded[:-2], padded[2:]), power)
    return loudest


def _power(windows: Samples) -> Samples:
    mean: Samples = np.einsum("wfc,wfc->wc", windows, windows) / windows.shape[1]
    return mean
