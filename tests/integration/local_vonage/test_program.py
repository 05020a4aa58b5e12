import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from local.vonage.settings import Settings

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 20


def run(settings: Settings, *arguments: str) -> "subprocess.Popen[str]":
    variables = {
        f"LOCAL_VONAGE_{name.upper()}": str(value)
        for name, value in settings
        if value is not None and name != "signature_secret"
    }
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "local.vonage", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def program(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    with urllib3.PoolManager(retries=False, timeout=1) as http, run(settings) as process:
        wait_for(f"{settings.base_url}/health", http)
        yield process
        process.kill()


def wait_for(url: str, http: urllib3.PoolManager) -> None:
    for _ in range(PATIENCE_SECONDS * 20):
        try:
            http.request("GET", url)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the local Vonage does not start")


def test_a_call_is_followed_in_the_terminal(
    program: "subprocess.Popen[str]", settings: Settings, gateway: Any
) -> None:
    with run(settings, "call") as command:
        said, trouble = command.communicate(timeout=PATIENCE_SECONDS)

    [recording] = gateway.at("/recordings")
    *steps, last = said.splitlines()
    assert (command.returncode, trouble) == (0, "")
    assert [step[14:] for step in steps][2:4] == [
        " 200  answer",
        " 200  answered, the caller's leg",
    ]
    assert last == f"recording {recording.said['recording_uuid']}"
    assert program.poll() is None


def test_a_call_that_fails_says_why_and_ends_with_1(
    program: "subprocess.Popen[str]", settings: Settings, gateway: Any
) -> None:
    gateway.statuses = {"/answer": [500]}

    with run(settings, "call", "--to", settings.base_url) as command:
        said, _ = command.communicate(timeout=PATIENCE_SECONDS)

    assert command.returncode == 1
    assert said.splitlines()[-1] == "the answer webhook brought no NCCO: HTTP status 500"
    assert program.poll() is None


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([str(ROOT / "pyproject.toml")], "the file is not audio that can be read"),
        (["--to", "http://127.0.0.1:1"], "there is no local Vonage at http://127.0.0.1:1"),
    ],
)
def test_a_call_that_cannot_be_placed_says_so_in_one_line(
    arguments: list[str], line: str, program: "subprocess.Popen[str]", settings: Settings
) -> None:
    with run(settings, "call", *arguments) as command:
        said, trouble = command.communicate(timeout=PATIENCE_SECONDS)

    assert (command.returncode, said, trouble) == (1, "", f"{line}\n")
    assert program.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked_to_and_leaves_nothing_behind(
    number: signal.Signals, settings: Settings, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch, urllib3.PoolManager(retries=False) as http:
        patch.setenv("TMPDIR", str(temporary))
        with run(settings) as process:
            wait_for(f"{settings.base_url}/health", http)
            begun = list(temporary.iterdir())

            process.send_signal(number)
            said, trouble = process.communicate(timeout=PATIENCE_SECONDS)

    assert (process.returncode, trouble) == (0, "")
    assert '"event": "stopped"' in said
    assert len(begun) == 1
    assert list(temporary.iterdir()) == []
