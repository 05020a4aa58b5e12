"""Starts the stack once, scaled, and takes it down again."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.docker.compose import Aws, compose, stack

SCALE = "webhook-gateway=2 recorder=2 transcriber=2 results=2"
SAMPLE_RATE = 16_000
HUM = "/data/hum.wav"


@pytest.fixture(scope="session")
def running() -> Iterator[Aws]:
    stack("down")
    try:
        stack("up", SCALE)
        yield Aws()
    finally:
        stack("down")


@pytest.fixture(scope="session")
def short_call(running: Aws, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A call of two seconds in which nobody says a word: there is little to recognise."""
    assert running
    hum = np.zeros((2 * SAMPLE_RATE, 2))
    hum[:, 0] = 0.01 * np.sin(np.arange(len(hum)) / 20)
    file: Path = tmp_path_factory.mktemp("calls") / "hum.wav"
    soundfile.write(file, hum, SAMPLE_RATE, subtype="PCM_16")
    compose("cp", str(file), f"vonage:{HUM}")
    return HUM
