from pathlib import Path

import numpy as np
import soundfile

from bench.many_channels import CHANNELS, HERTZ, make_recording


def test_every_channel_has_another_sound(tmp_path: Path) -> None:
    make_recording(tmp_path / "call.wav", 20)

    samples, rate = soundfile.read(tmp_path / "call.wav", dtype="int16")

    assert (rate, samples.shape) == (HERTZ, (20 * HERTZ, CHANNELS))
    assert len(np.unique(samples[:100], axis=1).T) == CHANNELS
    assert np.abs(samples).max(axis=0).min() > 1000
