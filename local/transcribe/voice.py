"""Tells speech from the noise around it, and high voices from low ones."""

from collections import deque
from typing import Final

import numpy as np
import pocketsphinx

from local.transcribe.segments import FRAME_SECONDS
from local.transcribe.speech import HERTZ, Samples

STRICT: Final = 3
"""The mode of WebRTC's voice detector that takes the least noise for speech."""

ABOVE_NOISE: Final = 8.0
QUIETEST: Final = -55.0
"""Decibels that speech is above the noise, and below full scale at the least."""

LOUDEST_NOISE: Final = -38.0
"""Whoever speaks from the first moment on is not taken for noise, unless quieter than this."""

NOISE_WINDOW: Final = round(10 / FRAME_SECONDS)
NOISE_SHARE: Final = 10
"""The noise is as loud as the quietest tenth of the last ten seconds."""

LOWEST_VOICE: Final = 60
HIGHEST_VOICE: Final = 400
"""Hertz between which people speak."""

VOICED: Final = 0.5
"""How alike a vowel is to itself one period later; noise is less so."""


class SpeechDetector:
    """Judges the frames of one channel, in their order.

    WebRTC's detector alone takes a noisy line for speech without a pause, so a frame must also
    stand out from the noise that the channel has had lately.
    """

    def __init__(self) -> None:
        self._detector = pocketsphinx.Vad(STRICT, HERTZ, FRAME_SECONDS)
        self._lately: deque[float] = deque(maxlen=NOISE_WINDOW)

    def __call__(self, frame: Samples) -> bool:
        """Tell whether the next frame is speech."""
        loudness = _decibels(frame)
        self._lately.append(loudness)
        # Most of a call of many is silence, and the noise is costly to find.
        if loudness <= QUIETEST:
            return False
        noise = min(float(np.percentile(self._lately, NOISE_SHARE)), LOUDEST_NOISE)
        loud = loudness > max(QUIETEST, noise + ABOVE_NOISE)
        return loud and bool(self._detector.is_speech(frame.tobytes()))


def pitch(samples: Samples) -> float | None:
    """Estimate how high a voice is, in hertz: the median over its vowels, if it has any."""
    width = HERTZ // LOWEST_VOICE * 2
    windows = np.resize(samples, (len(samples) // width, width)).astype(np.float64)
    found = [period for window in windows if (period := _period(window))]
    return HERTZ / float(np.median(found)) if found else None


def _period(window: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int | None:
    """Find after how many samples a window is most like itself, if it is."""
    centred = window - window.mean()
    alike = np.correlate(centred, centred, "full")[len(window) - 1 :]
    periods = range(HERTZ // HIGHEST_VOICE, HERTZ // LOWEST_VOICE)
    best = max(periods, key=lambda period: float(alike[period]))
    return best if alike[0] > 0 and alike[best] > VOICED * alike[0] else None


def _decibels(frame: Samples) -> float:
    level = frame.astype(np.float32) / np.iinfo(np.int16).max
    return float(10 * np.log10(np.mean(level * level) + 1e-10))
