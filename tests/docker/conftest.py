"""Starts the stack once, scaled, and takes it down again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from local.vonage.settings import SAMPLE_CALL
from tests.docker.compose import Aws, compose, stack

SCALE = "webhook-gateway=2 recorder=2 transcriber=2 results=2"
SECONDS = 3
SHORT_CALL = "/data/short.wav"


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
    """Give the first words of the sample call: there is little to recognise."""
    assert not running.parked()
    sound, rate = soundfile.read(SAMPLE_CALL)
    file: Path = tmp_path_factory.mktemp("calls") / "short.wav"
    soundfile.write(file, sound[: SECONDS * rate], rate, subtype="PCM_16")
    compose("cp", str(file), f"vonage:{SHORT_CALL}")
    return SHORT_CALL
