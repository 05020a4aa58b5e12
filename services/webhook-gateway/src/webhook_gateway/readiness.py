"""Remembers for a few seconds whether what is needed is there, so that asking costs little."""

from collections.abc import Callable
from threading import Lock


class Readiness:
    """Answers from memory until ``keep`` seconds are over, then asks once for all who wait."""

    def __init__(
        self, check: Callable[[], bool], *, clock: Callable[[], float], keep: float = 3
    ) -> None:
        self._check = check
        self._clock = clock
        self._keep = keep
        self._lock = Lock()
        self._answer = False
        self._asked_at: float | None = None

    def __call__(self) -> bool:
        """Tell whether it is there."""
        with self._lock:
            if self._asked_at is None or self._clock() - self._asked_at > self._keep:
                self._answer = self._check()
                self._asked_at = self._clock()
            return self._answer
