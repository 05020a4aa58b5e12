"""Handles one message and tells the queue how that went."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from math import ceil
from typing import Any

from pydantic import ValidationError

from callscribe.acknowledger import Acknowledger
from callscribe.errors import CallscribeError, PermanentError
from callscribe.inflight import InFlight
from callscribe.insist import Pause, insist
from callscribe.limits import Limits
from callscribe.outcome import Done, Outcome, Park, Random, Retry, not_understood, outcome_of
from callscribe.reader import Reader, Traced
from callscribe.sqs import Received
from callscribe.telemetry import Counters, Metric, bound, facts

logger = logging.getLogger(__name__)


class Settler:
    """Turns what a handler did into what the queue does; used by all handler threads."""

    def __init__(
        self,
        reader: Reader[Any],
        inflight: InFlight,
        acknowledger: Acknowledger,
        limits: Limits,
        *,
        counters: Counters,
        random: Random,
        pause: Pause,
    ) -> None:
        self._reader = reader
        self._inflight = inflight
        self._acknowledger = acknowledger
        self._limits = limits
        self._counters = counters
        self._random = random
        self._pause = pause

    def settle(self, message: Received) -> None:
        """Handle the message, then have it deleted, parked or tried again; never raises."""
        try:
            self._settle(message)
        except Exception:
            # A handler thread that dies would take its slot with it, in silence.
            logger.exception("settling failed")
        finally:
            self._inflight.release(message)

    def _settle(self, message: Received) -> None:
        attempt = message.attempt
        try:
            event = self._parse(message.body)
            trace = event.trace
        except BaseException as error:  # noqa: BLE001 - a panic in a parser is no Exception
            with bound(attempt=attempt):
                self._conclude(message, self._failed(error, attempt), {})
        else:
            with bound(attempt=attempt, **trace):
                self._conclude(message, self._handle(event, attempt), trace)

    def _parse(self, body: str) -> Traced:
        try:
            event: Traced = self._reader.parse(body)
        except ValidationError as error:
            raise PermanentError(not_understood(error)) from error
        return event

    def _handle(self, event: Traced, attempt: int) -> Outcome:
        try:
            self._reader.handle(event)
        except BaseException as error:  # noqa: BLE001 - an exit would take the thread with it
            return self._failed(error, attempt)
        return Done()

    def _failed(self, error: BaseException, attempt: int) -> Outcome:
        if not isinstance(error, CallscribeError):
            self._counters.add(Metric.UNEXPECTED)
            logger.error("unexpected failure", exc_info=error)
        return outcome_of(error, attempt=attempt, limits=self._limits, random=self._random)

    def _conclude(
        self, message: Received, outcome: Outcome, trace: Mapping[str, str | None]
    ) -> None:
        if not self._inflight.claim(message):
            # Somebody else has it by now; what was done here is what it will find done there.
            self._counters.add(Metric.LOST)
            logger.warning("message lost before it was settled")
            return
        match outcome:
            case Done():
                self._counters.add(Metric.DONE)
                self._acknowledger.done(message)
            case Park(reason):
                self._park(message, reason, trace)
            case Retry(after, reason):
                self._retry(message, after, reason)

    def _park(self, message: Received, reason: str, trace: Mapping[str, str | None]) -> None:
        correlation_id = trace.get("correlation_id")
        try:
            self._reader.queue.park(message, reason=reason, correlation_id=correlation_id)
        except Exception:
            # It comes back by itself when its visibility ends, and is parked then.
            logger.exception("message not parked")
        else:
            self._counters.add(Metric.PARKED)
            logger.warning("message parked", extra=facts(reason=reason))
            self._tell_parked(message, reason, trace)
            self._acknowledger.done(message)

    def _tell_parked(self, message: Received, reason: str, trace: Mapping[str, str | None]) -> None:
        if self._reader.on_parked is None:
            return
        try:
            self._reader.on_parked(message, reason, trace)
        except Exception:
            # It is parked and has its alarm; only the call's record does not show it.
            logger.exception("parked message not told of")

    def _retry(self, message: Received, after: timedelta, reason: str) -> None:
        longest = self._inflight.room(message)
        # Rounded up: SQS counts whole seconds, and zero would be at once.
        hidden_for = timedelta(seconds=ceil(min(after, longest).total_seconds()))
        self._counters.add(Metric.RETRIED)
        seconds = hidden_for.total_seconds()
        logger.info("message tried again", extra=facts(reason=reason, after=seconds))
        refused = insist(
            partial(self._reader.queue.hide, visibility=hidden_for),
            [message],
            counters=self._counters,
            pause=self._pause,
        )
        if refused:
            logger.warning("message not hidden", extra=facts(reason=refused[0].code))
