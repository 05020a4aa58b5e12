"""Starts programs as child processes, follows what they print, and stops every one of them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

import urllib3

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 10.0

OnLine = Callable[[str, str], None]
"""Called with a child's name and one line that it printed, from a thread of its own."""


class ChildFailedError(Exception):
    """A program did not start, or ended by itself."""


class Child:
    """One program, in a process group of its own, so that Ctrl-C reaches only who started it."""

    def __init__(
        self, name: str, arguments: Sequence[str], environment: Mapping[str, str], on_line: OnLine
    ) -> None:
        self.name = name
        self._arguments = [sys.executable, *arguments]
        self._environment = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
        self._on_line = on_line
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the program, for the first time or after it ended."""
        process = self._process = subprocess.Popen(  # noqa: S603 - our own programs
            self._arguments,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        Thread(target=self._follow, args=[process], daemon=True).start()

    def _follow(self, process: "subprocess.Popen[str]") -> None:
        with process.stdout or nullcontext(()) as lines:
            for line in lines:
                self._on_line(self.name, line.rstrip("\n"))

    @property
    def running(self) -> bool:
        """Whether the program still runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """The exit status, or ``None`` while the program runs or before it is started."""
        return self._process.poll() if self._process else None

    def wait_until_ready(self, url: str, *, seconds: float = 30) -> None:
        """Wait until an address answers 200.

        :raises ChildFailedError: if the program ends first, or the time does.
        """
        with urllib3.PoolManager(retries=False, timeout=2) as http:
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not self.running:
                    raise ChildFailedError(f"{self.name} ended with status {self.status}")
                if _answers(http, url):
                    return
                time.sleep(0.05)
        raise ChildFailedError(f"{self.name} was not ready after {seconds:.0f} s")

    def kill(self) -> None:
        """End the program as a crash would, without a chance to clean up, and all it started."""
        if self._process:
            _kill_group(self._process.pid)
            self._process.wait()

    def ask_to_stop(self) -> None:
        """Ask the program to stop, and return at once."""
        if self._process and self.running:
            self._process.terminate()

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask the program to stop, wait for it, then end what is left of it and of its own."""
        self.ask_to_stop()
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
            self.kill()


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _answers(http: urllib3.PoolManager, url: str) -> bool:
    try:
        return http.request("GET", url).status == 200  # noqa: PLR2004 - OK
    except urllib3.exceptions.HTTPError:
        return False


class Children:
    """All the programs of a run; leaving the block stops them, the last started first."""

    def __init__(self, on_line: OnLine) -> None:
        self._on_line = on_line
        self._children: list[Child] = []

    def __getitem__(self, name: str) -> Child:
        return next(child for child in self._children if child.name == name)

    def tell(self, event: str, **facts: str) -> None:
        """Say what was done to them all, in the form in which they speak for themselves."""
        self._on_line("stack", json.dumps({"event": event, **facts}))

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Start ``python`` with these arguments in the checkout's root folder."""
        child = Child(name, arguments, environment, self._on_line)
        # Known before it runs, so that an interrupt in between leaves nothing behind.
        self._children.append(child)
        child.start()
        return child

    def ended(self) -> list[Child]:
        """Tell which programs have ended by themselves."""
        return [child for child in self._children if not child.running]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The emulator started first and stops last, so that the others can still settle with it.
        for child in self._children[1:]:
            child.ask_to_stop()
        for child in reversed(self._children):
            child.stop()
