"""Keeps how loud a recording is over time, to find a quiet place in it."""

from array import array
from dataclasses import dataclass
from typing import Final

import numpy as np

MOST_STEPS: Final = 200_000
"""Steps kept of a recording that states its length: 800 kB, and 100 ms each up to 5.5 hours."""

SMOOTHING: Final = 5
"""Steps over which loudness is averaged: a pause between words is better than one in a word."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """The mean power of step after step, each of ``step`` frames but for the last."""

    power: "array[float]"
    step: int

    def quietest(self, first: int, last: int) -> int:
        """Give the frame in the middle of the quietest time between two frames, the latest such.

        Without a whole step in between it is the last frame.
        """
        low, high = -(-first // self.step), min(last // self.step, len(self.power))
        if high <= low:
            return last
        # What is not a number, which a file of floats may hold, counts as loud.
        power = np.nan_to_num(np.asarray(self.power[low:high], np.float64), nan=1.0, posinf=1.0)
        padded = np.pad(power, SMOOTHING // 2, mode="edge")
        smooth = np.convolve(padded, np.full(SMOOTHING, 1 / SMOOTHING), mode="valid")
        # Sums of the same numbers in another order differ in their last digits.
        quiet = np.flatnonzero(smooth <= smooth.min() * (1 + 1e-9) + 1e-15)
        return int(low + quiet[-1]) * self.step + self.step // 2
