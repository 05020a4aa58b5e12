"""Counts the handlers that are free, so that no more is received than can begin at once."""

from threading import Condition
from typing import Final

MOMENT: Final = 0.2
"""Seconds that a wait for a slot lasts, so that its caller sees soon that it is to stop."""


class Slots:
    """As many slots as there are handler threads."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._free = total
        self._wanted = total
        self._changed = Condition()

    @property
    def free(self) -> int:
        """How many slots nobody has taken."""
        return self._free

    @property
    def all_free(self) -> bool:
        """Whether no handler is at work."""
        return self._free == self._total

    def take(self, count: int) -> None:
        """Take slots; the one caller that takes has seen that they are free."""
        with self._changed:
            self._free -= count

    def give_back(self) -> None:
        """Give a slot back."""
        with self._changed:
            self._free += 1
            if self._free == self._wanted:
                self._changed.notify_all()

    def wait(self, wanted: int, *, patience: float) -> bool:
        """Wait a moment for a slot, then up to ``patience`` seconds for as many as are wanted.

        The patience lets a busy worker fetch ten messages with one call instead of one.
        """
        with self._changed:
            if not self._wait_for(1, MOMENT):
                return False
            self._wait_for(min(wanted, self._total), patience)
            return True

    def wait_until_all_free(self, timeout: float) -> bool:
        """Wait until every handler is free, and tell whether that came within so many seconds."""
        with self._changed:
            return self._wait_for(self._total, timeout)

    def _wait_for(self, wanted: int, timeout: float) -> bool:
        # Only the count that is waited for wakes its waiter: the others would wake it for nothing.
        self._wanted = wanted
        return self._changed.wait_for(lambda: self._free >= wanted, timeout)
