"""Prints the demo: each step with its time, a progress line, a table, the conversation."""

import sys
import time
from collections.abc import Iterable, Sequence
from io import StringIO
from threading import Lock
from typing import TextIO

from local.demo.story import Step

PROGRAM_WIDTH = 16
BOLD, DIM, YELLOW, PLAIN = "\033[1m", "\033[2m", "\033[33m", "\033[0m"


class Screen:
    """A terminal, or a file that gets the same without colours; safe for threads."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._colours = out.isatty()
        self._began = time.monotonic()
        self._lock = Lock()
        self._progress = ""

    def title(self, text: str) -> None:
        """Print a heading."""
        self._print(self._in(BOLD, text))

    def line(self, text: str = "") -> None:
        """Print a line as it is."""
        self._print(text)

    def step(self, step: Step) -> None:
        """Print one step with the seconds since the start."""
        seconds = f"{time.monotonic() - self._began:6.1f} s"
        text = self._in(YELLOW, step.text) if step.trouble else step.text
        self._print(f"{self._in(DIM, seconds)}  {step.program:<{PROGRAM_WIDTH}} {text}")

    def progress(self, text: str) -> None:
        """Show how far things are: on a terminal in place, elsewhere on lines of their own."""
        if not self._colours:
            self._print(text)
            return
        with self._lock:
            self._progress = text
            self._write(f"\r\033[K{text}")

    def progress_done(self) -> None:
        """Leave the progress line."""
        with self._lock:
            if self._progress:
                self._write("\n")
            self._progress = ""

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Print rows with their columns aligned; the first row is the heading."""
        cells = [list(row) for row in rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for number, row in enumerate(cells):
            padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            text = "  ".join(padded).rstrip()
            self._print(self._in(BOLD, text) if number == 0 else text)

    def _print(self, text: str) -> None:
        with self._lock:
            cleared = "\r\033[K" if self._progress else ""
            self._write(f"{cleared}{text}\n{self._progress}")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            # Whoever read has gone, as `head` does; the run still ends in good order.
            self._out = StringIO()

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._colours else text
