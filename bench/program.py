"""Starts a program in a process of its own, waits until it answers, and ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from bench.report import CannotMeasureError
from local.stack.emulator import credentials

ROOT: Final = Path(__file__).parents[1]
START_SECONDS: Final = 30
STOP_SECONDS: Final = 15
RUN_SECONDS: Final = 120
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@contextmanager
def running(module: str, environment: Mapping[str, str], *, health: str) -> Iterator[int]:
    """Run ``python -m`` a module, and give its process id once its health address answers.

    What it prints goes to a file that nobody sees, as a log would.

    :raises CannotMeasureError: if it does not start, with the last line that it printed.
    """
    with (
        TemporaryFile() as output,
        subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, "-m", module],
            cwd=ROOT,
            env=own_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            if not _answers(process, health):
                output.seek(0)
                raise CannotMeasureError(f"{module} did not start: {last_line(output.read())}")
            yield process.pid
        finally:
            _stop(process)


def run(module: str, *arguments: str, environment: Mapping[str, str] = NOTHING) -> str:
    """Run ``python -m`` a module to its end, and give what it printed.

    :raises CannotMeasureError: if it fails, or takes minutes.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own programs
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=own_environment(environment),
            check=False,
            capture_output=True,
            timeout=RUN_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CannotMeasureError(f"{module} took over {RUN_SECONDS} s") from None
    if done.returncode:
        raise CannotMeasureError(f"{module} failed: {last_line(done.stderr)}")
    return done.stdout.decode()


def own_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Give a program what it needs and nothing else: no proxy, no settings of the user's."""
    return {"PATH": os.environ.get("PATH", os.defpath), **credentials(), **environment}


def last_line(output: bytes) -> str:
    """Give the last line that a program printed, where it says why it ended."""
    return output.decode(errors="replace").strip().rpartition("\n")[2]


def _answers(process: "subprocess.Popen[bytes]", url: str) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(URLError, ConnectionError), urlopen(url, timeout=1):  # noqa: S310 - our own address
            return True
        time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
