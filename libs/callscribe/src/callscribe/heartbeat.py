"""Keeps hidden what is being handled: one batched call for all that are due."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from threading import Event as Flag
from typing import Protocol

from callscribe.inflight import Clock, InFlight
from callscribe.limits import Limits
from callscribe.sqs import Received, Refused
from callscribe.telemetry import Counters, Metric, facts

logger = logging.getLogger(__name__)


class Hides(Protocol):
    """Hides messages from other readers."""

    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        """Hide up to ten messages for so long from now; give back those SQS refused."""


class Heartbeat:
    """Renews the visibility of messages in flight, from receipt until they are settled."""

    def __init__(
        self, queue: Hides, inflight: InFlight, limits: Limits, *, clock: Clock, counters: Counters
    ) -> None:
        self._queue = queue
        self._inflight = inflight
        self._limits = limits
        self._clock = clock
        self._counters = counters

    def run(self, stopped: Flag) -> None:
        """Beat until stopped."""
        while not stopped.wait(self._limits.heartbeat_every.total_seconds()):
            try:
                self.beat()
            except Exception:
                # A heart that stops in silence loses every message there is.
                logger.exception("heartbeat failed")

    def beat(self) -> None:
        """Renew all that is due; what SQS did not answer for is left to the next beat."""
        answered = True
        while answered and (due := self._inflight.due()):
            answered = self._renew(due)

    def _renew(self, due: Sequence[Received]) -> bool:
        """Ask for a renewal, and tell whether SQS answered for all of them."""
        asked_at = self._clock()
        try:
            refused = self._queue.hide(due, visibility=self._limits.visibility)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody answered
            # Not lost yet: the next beat asks again, until the visibility we know of has run out.
            self._inflight.unanswered(due)
            logger.warning("heartbeat not answered", extra=facts(reason=type(error).__name__))
            return False
        return self._note(due, refused, asked_at)

    def _note(self, due: Sequence[Received], refused: Sequence[Refused], asked_at: float) -> bool:
        gone = [entry.message for entry in refused if entry.sender_fault]
        unanswered = [entry.message for entry in refused if not entry.sender_fault]
        renewed = [message for message in due if message not in gone + unanswered]
        self._inflight.renewed(renewed, at=asked_at)
        self._inflight.unanswered(unanswered)
        self._inflight.lost(gone)
        self._counters.add(Metric.HEARTBEATS, len(renewed))
        if refused:
            reason = refused[0].code
            logger.warning("heartbeat refused", extra=facts(reason=reason, messages=len(refused)))
        return not unanswered
