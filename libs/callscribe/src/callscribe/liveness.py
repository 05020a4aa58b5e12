"""Tells a worker that is busy from one that is stuck."""

from datetime import timedelta
from typing import Final

from callscribe.inflight import Clock
from callscribe.limits import Limits

GRACE: Final = timedelta(minutes=2)
"""How much later than its longest wait a poll may end: three tries of 30 s, and a pause."""


class Liveness:
    """Remembers when the worker last came round to polling."""

    def __init__(self, limits: Limits, *, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._last_round = clock()

    def round_begins(self) -> None:
        """Note that the loop is about to poll, or to wait a moment more for a free handler."""
        self._last_round = self._clock()

    def alive(self, *, longest: timedelta) -> bool:
        """Tell whether the worker lives: it polls, or would if its handlers were not busy.

        A loop that ended in silence does neither. A handler that holds a message for longer than
        handling may take is stuck, whatever the others do.
        """
        since = timedelta(seconds=self._clock() - self._last_round)
        return longest <= self._limits.max_handling and since < self._limits.wait + GRACE
