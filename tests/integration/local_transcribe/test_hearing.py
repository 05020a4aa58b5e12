"""Recognition in processes of its own."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path
from shutil import copyfile

import pytest

from local.transcribe.errors import UnusableMediaError
from local.transcribe.hearing import Hearing, Recording
from local.transcribe.recogniser import Recipe

SAMPLE = Path(__file__).parents[3] / "local" / "sample" / "call.mp3"


@pytest.fixture
def hearing() -> Iterator[Hearing]:
    hearing = Hearing(Recipe(), processes=1)
    hearing.warm_up()
    yield hearing
    hearing.close()


def a_recording(folder: Path) -> Recording:
    path = folder / "media"
    copyfile(SAMPLE, path)
    return Recording(path, sha256="the sample call")


def test_a_recording_heard_twice_is_recognised_once(hearing: Hearing, tmp_path: Path) -> None:
    recording = a_recording(tmp_path)
    first = hearing.hear(recording, [0], language="en")
    recording.path.unlink()

    second = hearing.hear(recording, [0], language="en")

    assert first[0].utterances
    assert second == first


def test_what_could_not_be_heard_is_tried_again(hearing: Hearing, tmp_path: Path) -> None:
    gone = Recording(tmp_path / "media", sha256="the sample call")
    with pytest.raises(UnusableMediaError):
        hearing.hear(gone, [0], language="en")

    [heard] = hearing.hear(a_recording(tmp_path), [0], language="en")

    assert heard.utterances


def test_a_process_that_is_killed_is_replaced(hearing: Hearing, tmp_path: Path) -> None:
    [process] = active_children()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    recording = a_recording(tmp_path)
    with suppress(BrokenProcessPool):
        hearing.hear(recording, [0], language="en")

    [heard] = hearing.hear(recording, [0], language="en")

    assert heard.utterances
