"""Works on one queue until asked to stop, then leaves nothing in flight.

Four kinds of thread share the work: one polls while there are free handlers, as many as
``concurrency`` handle, one keeps hidden what is being handled, one deletes what is done.
"""

import logging
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from queue import SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import Any, Final

from callscribe.acknowledger import Acknowledger
from callscribe.heartbeat import Heartbeat
from callscribe.inflight import Clock, InFlight
from callscribe.insist import Pause, insist
from callscribe.limits import Limits
from callscribe.liveness import Liveness
from callscribe.outcome import Random, backoff
from callscribe.reader import Reader
from callscribe.settler import Settler
from callscribe.slots import Slots
from callscribe.sqs import BATCH, Received
from callscribe.telemetry import Counters, Metric, facts

logger = logging.getLogger(__name__)

OWN_THREADS: Final = 3
"""Threads of a worker that call SQS besides its handlers: poller, heart and deleter."""

SETTLING_SECONDS: Final = 5.0
"""How long the end waits for calls to SQS that are under way."""


class ReceiveFailedError(Exception):
    """SQS did not answer so many times in a row that a new process is worth a try."""


class Worker:
    """Feeds the events on one queue to one handler; made to ``run`` once."""

    def __init__(
        self,
        reader: Reader[Any],
        limits: Limits,
        counters: Counters,
        *,
        clock: Clock = time.monotonic,
        random: Random = random.random,
        pause: Pause = time.sleep,
    ) -> None:
        queue = reader.queue
        self._queue = queue
        self._limits = limits
        self._counters = counters
        self._random = random
        self._pause = pause
        self._failures = 0
        self._slots = Slots(limits.concurrency)
        self._begun: SimpleQueue[Received | None] = SimpleQueue()
        self._inflight = InFlight(limits, clock=clock)
        self._liveness = Liveness(limits, clock=clock)
        self._acknowledger = Acknowledger(queue, limits, counters=counters, pause=pause)
        self._heartbeat = Heartbeat(queue, self._inflight, limits, clock=clock, counters=counters)
        self._settler = Settler(
            reader,
            self._inflight,
            self._acknowledger,
            limits,
            counters=counters,
            random=random,
            pause=pause,
        )

    @property
    def alive(self) -> bool:
        """Whether the worker polled lately or is busy, and no handler is stuck."""
        return self._liveness.alive(longest=self._inflight.longest())

    @property
    def busy(self) -> bool:
        """Whether a handler is at work: after ``run``, one that outlasted the drain."""
        return not self._slots.all_free

    def run(self, stopping: Flag) -> None:
        """Work until asked to stop.

        :raises ReceiveFailedError: if SQS fails too often in a row.
        """
        stopped = Flag()
        heart = Thread(target=self._heartbeat.run, args=[stopped], name="heart", daemon=True)
        deleter = Thread(target=self._acknowledger.run, name="deleter", daemon=True)
        for thread in (heart, deleter, *self._handlers()):
            thread.start()
        try:
            self._poll(stopping)
        finally:
            self._drain()
            stopped.set()
            self._acknowledger.close()
            heart.join(SETTLING_SECONDS)
            deleter.join(SETTLING_SECONDS)

    def _handlers(self) -> list[Thread]:
        return [
            Thread(target=self._handle_all, name=f"handler-{number}", daemon=True)
            for number in range(self._limits.concurrency)
        ]

    def _handle_all(self) -> None:
        while (message := self._begun.get()) is not None:
            self._settler.settle(message)
            self._slots.give_back()

    def _poll(self, stopping: Flag) -> None:
        while not stopping.is_set():
            self._liveness.round_begins()
            if self._slots.wait(BATCH, patience=self._limits.linger.total_seconds()):
                self._poll_once(stopping)

    def _poll_once(self, stopping: Flag) -> None:
        try:
            messages = self._queue.receive(
                limit=min(self._slots.free, BATCH),
                wait=self._limits.wait,
                visibility=self._limits.visibility,
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was received
            self._failures += 1
            self._rest(error, stopping)
        else:
            self._failures = 0
            self._begin(messages, stopping)

    def _begin(self, messages: Sequence[Received], stopping: Flag) -> None:
        if stopping.is_set():
            # The poll was finished, not abandoned: SQS would have hidden these from everybody.
            self._give_back(messages)
            return
        fresh = self._inflight.hold(messages)
        self._counters.add(Metric.RECEIVED, len(fresh))
        self._slots.take(len(fresh))
        for message in fresh:
            self._begun.put(message)

    def _rest(self, error: Exception, stopping: Flag) -> None:
        reason = type(error).__name__
        self._counters.add(Metric.RECEIVE_FAILURES)
        logger.warning("receive failed", extra=facts(reason=reason, in_a_row=self._failures))
        if self._failures >= self._limits.receive_failures and not stopping.is_set():
            text = f"SQS failed {self._failures} times in a row: {reason}"
            raise ReceiveFailedError(text) from error
        rest = backoff(
            self._failures,
            base=self._limits.receive_pause,
            cap=self._limits.receive_pause_cap,
            random=self._random,
        )
        stopping.wait(rest.total_seconds())

    def _drain(self) -> None:
        """Wait for what was begun; at the deadline give back the rest."""
        self._slots.wait_until_all_free(self._limits.drain.total_seconds())
        self._give_back(self._inflight.abandon(patience=SETTLING_SECONDS))
        for _ in range(self._limits.concurrency):
            self._begun.put(None)

    def _give_back(self, messages: Sequence[Received]) -> None:
        show = partial(self._queue.hide, visibility=timedelta(0))
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            refused = insist(show, batch, counters=self._counters, pause=self._pause)
            self._counters.add(Metric.GIVEN_BACK, len(batch) - len(refused))
            if refused:
                reason = refused[0].code
                logger.warning("not given back", extra=facts(messages=len(refused), reason=reason))
