"""Makes up a recording of many parties: another noise on each channel, louder and quieter."""

from pathlib import Path
from typing import Final

import numpy as np
import soundfile

CHANNELS: Final = 32
HERTZ: Final = 16_000
SECONDS_EACH: Final = 10


def make_recording(path: Path, seconds: int) -> None:
    """Write a wav of 32 channels that FLAC makes about two thirds of, the same each time."""
    random = np.random.default_rng(seed=1)
    swell = np.abs(np.sin(np.arange(HERTZ * SECONDS_EACH) / HERTZ))[:, np.newaxis]
    noise = random.normal(0, 0.05, (HERTZ * SECONDS_EACH, CHANNELS)) * swell
    block = (noise * 2**15).astype("int16")
    with soundfile.SoundFile(path, "w", HERTZ, CHANNELS, "PCM_16", format="WAV") as file:
        for _ in range(seconds // SECONDS_EACH):
            file.write(block)
