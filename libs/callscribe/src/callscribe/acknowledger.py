"""Deletes what is done, ten at a time or after a moment, and again what SQS did not take."""

import logging
from collections.abc import Sequence
from threading import Condition
from typing import Protocol

from callscribe.insist import Pause, insist
from callscribe.limits import Limits
from callscribe.sqs import BATCH, Received, Refused
from callscribe.telemetry import Counters, Metric, facts

logger = logging.getLogger(__name__)


class Deletes(Protocol):
    """Deletes messages."""

    def delete(self, messages: Sequence[Received]) -> list[Refused]:
        """Delete up to ten messages; give back those SQS refused."""


class Acknowledger:
    """Collects done messages and deletes them in batches, from a thread of its own."""

    def __init__(self, queue: Deletes, limits: Limits, *, counters: Counters, pause: Pause) -> None:
        self._queue = queue
        self._linger = limits.linger.total_seconds()
        self._counters = counters
        self._pause = pause
        self._waiting: list[Received] = []
        self._closed = False
        self._changed = Condition()

    def done(self, message: Received) -> None:
        """Have the message deleted soon."""
        with self._changed:
            self._waiting.append(message)
            if len(self._waiting) in (1, BATCH):
                self._changed.notify()

    def close(self) -> None:
        """Let ``run`` delete what is left, then return."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def run(self) -> None:
        """Delete until closed and nothing is left."""
        while batch := self._next_batch():
            self._delete(batch)

    def _next_batch(self) -> list[Received]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._changed.wait_for(
                lambda: len(self._waiting) >= BATCH or self._closed, self._linger
            )
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            return batch

    def _delete(self, batch: Sequence[Received]) -> None:
        refused = insist(self._queue.delete, batch, counters=self._counters, pause=self._pause)
        if refused:
            # They come back once their visibility ends, and find their effect already there.
            self._counters.add(Metric.DELETES_REFUSED, len(refused))
            reason = refused[0].code
            logger.warning("delete refused", extra=facts(messages=len(refused), reason=reason))
