"""The local Transcribe as a program: many jobs at once, a clean end."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from local.stack.children import Children
from local.stack.emulator import credentials
from local.stack.ports import free_port
from tests.integration.local_transcribe.harness import LocalTranscribe

ROOT = Path(__file__).parents[3]


@pytest.mark.emulator
def test_twenty_jobs_run_at_once_and_questions_are_answered_meanwhile(
    transcribe: LocalTranscribe,
) -> None:
    client = transcribe.client()
    transcribe.play(slow=1)
    for number in range(20):
        transcribe.start(f"job-{number}")
    began = monotonic()

    working = client.list_transcription_jobs(
        JobNameContains=transcribe.prefix, Status="IN_PROGRESS", MaxResults=100
    )
    answered = monotonic() - began
    events = transcribe.events(20)

    assert len(working["TranscriptionJobSummaries"]) > 1
    assert answered < 1
    names = {event["detail"]["TranscriptionJobName"] for event in events}
    assert names == {f"{transcribe.prefix}job-{number}" for number in range(20)}


def test_it_ends_when_it_is_asked_to_and_leaves_nobody_behind() -> None:
    lines: list[str] = []
    port = free_port()
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "LOCAL_TRANSCRIBE_PORT": str(port),
        "LOCAL_TRANSCRIBE_PROCESSES": "1",
    }
    with Children(lambda _, line: lines.append(line)) as children:
        process = children.start("transcribe", ["-m", "local.transcribe"], environment)
        process.wait_until_ready(f"http://127.0.0.1:{port}/health")
        process.ask_to_stop()
        wait_until(lambda: not process.running)

        assert process.status == 0
    assert '"event": "stopped"' in lines[-1]


def test_whoever_recognises_ends_with_a_program_that_was_killed() -> None:
    environment = {
        **os.environ,
        **credentials(),
        "LOCAL_TRANSCRIBE_PORT": str(free_port()),
        "LOCAL_TRANSCRIBE_PROCESSES": "1",
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "local.transcribe"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with program:
        assert program.stdout
        assert '"started"' in program.stdout.readline()

        program.kill()
        program.wait()

        wait_until(lambda: not group_is_alive(program.pid))


def group_is_alive(leader: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(leader, 0)
        return True
    return False


def wait_until(true: Any, *, patience: float = 30) -> None:
    deadline = monotonic() + patience
    while not true() and monotonic() < deadline:
        sleep(0.05)
    assert true()
