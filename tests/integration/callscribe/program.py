"""Starts the worker program as a process of its own, and stops it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread

PROGRAM = Path(__file__).with_name("worker_program.py")
STOP_SECONDS = 20


class Program:
    """One worker process, whose lines are handed on as they come."""

    def __init__(self, environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - a program of these tests
            [sys.executable, str(PROGRAM)],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._on_line = on_line
        self._reader = Thread(target=self._follow, daemon=True)
        self._reader.start()

    def _follow(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._on_line(line)

    def ask_to_stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def freeze(self) -> None:
        """Take its processor away, as a paused virtual machine does."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def wait(self) -> int:
        """Wait for its end, with all its lines read, and give its status."""
        status = self._process.wait(STOP_SECONDS)
        self._reader.join(STOP_SECONDS)
        return status

    def stop(self) -> int:
        """Stop it with SIGTERM, and give its status."""
        self.ask_to_stop()
        return self.wait()

    def clean_up(self) -> None:
        """End it if it still runs."""
        self._process.kill()
        self.wait()
        assert self._process.stdout
        self._process.stdout.close()
