"""Stand-ins for the outside world, in memory: a clock, a queue, a place to publish.

They keep state as the real ones do, so that a test asserts on what became of a message.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Condition
from typing import TYPE_CHECKING, Final, Literal

from callscribe.sqs import BATCH, Received, Refused

if TYPE_CHECKING:
    from callscribe.contracts import Event

PATIENCE: Final = 10.0
"""Seconds of real time after which what a test waits for will not happen any more."""

Operation = Literal["receive", "delete", "hide", "park"]
"""What can be asked of a queue."""


class FakeClock:
    """Gives a time in seconds that passes only when told to."""

    def __init__(self, now: float = 0.0) -> None:
        self._now = now

    def __call__(self) -> float:
        """Give the time."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now += seconds


@dataclass(frozen=True, slots=True)
class Parked:
    """A message on the dead-letter queue, with what its reader said about it."""

    body: str
    reason: str
    correlation_id: str | None


@dataclass(slots=True)
class _Kept:
    body: str
    message_id: str
    visible_at: float
    receipt: str | None = None
    attempts: int = 0


class FakeQueue:
    """A queue and its dead-letter queue as SQS keeps them, safe for threads.

    Each receive counts an attempt and gives a new receipt; the one before it is then stale: SQS
    refuses to hide by it, and takes a delete by it without deleting anything. What was received
    stays hidden until its visibility ends by ``clock``.
    """

    def __init__(self, *bodies: str, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or FakeClock()
        self._kept: list[_Kept] = []
        self._numbers = iter(range(1, 1_000_000))
        self._failures = defaultdict[Operation, list[Exception]](list)
        self._refusals = defaultdict[tuple[Operation, str], list[bool]](list)
        self._changed = Condition()
        self.calls: Counter[Operation] = Counter()
        self.deleted: list[str] = []
        self.parked: list[Parked] = []
        for body in bodies:
            self.send(body)

    def send(self, body: str) -> None:
        """Put a message on the queue."""
        with self._changed:
            self._kept.append(_Kept(body, f"message-{next(self._numbers)}", self._clock()))
            self._changed.notify_all()

    @property
    def visible(self) -> list[str]:
        """The bodies that a receive would bring now."""
        with self._changed:
            return [kept.body for kept in self._visible()]

    @property
    def in_flight(self) -> list[str]:
        """The bodies that are on the queue and hidden now."""
        with self._changed:
            return [kept.body for kept in self._kept if kept.visible_at > self._clock()]

    def hidden_for(self, body: str) -> timedelta:
        """Tell how long a message stays hidden if nobody changes that."""
        return timedelta(seconds=max(self._find(body).visible_at - self._clock(), 0.0))

    def fail(self, operation: Operation, error: Exception, *, times: int = 1) -> None:
        """Have the next calls of an operation raise, as if nobody had answered."""
        self._failures[operation] += [error] * times

    def refuse(self, operation: Operation, body: str, *, sender_fault: bool = False) -> None:
        """Have the next delete or hide refuse its entry for this body, and that alone."""
        self._refusals[operation, body].append(sender_fault)

    def take_away(self, body: str) -> None:
        """Give a message to another reader, behind the back of the one who has it."""
        self._find(body).receipt = "with somebody else"

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that another thread does to this queue.

        :raises TimeoutError: if it did not happen.
        """
        with self._changed:
            if not self._changed.wait_for(happened, PATIENCE):
                raise TimeoutError("what the test waits for did not happen")

    def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
        """Wait for up to ``limit`` messages and hide them; the wait is in real time."""
        with self._changed:
            self._begin("receive")
            self._changed.wait_for(self._visible, wait.total_seconds())
            received = []
            for kept in self._visible()[: min(limit, BATCH)]:
                kept.receipt = f"receipt-{next(self._numbers)}"
                kept.attempts += 1
                kept.visible_at = self._clock() + visibility.total_seconds()
                received.append(Received(kept.body, kept.receipt, kept.message_id, kept.attempts))
            return received

    def delete(self, messages: Sequence[Received]) -> list[Refused]:
        """Delete up to ten messages; give back those that were refused."""
        with self._changed:
            self._begin("delete")
            refused = self._refused("delete", messages)
            for kept in self._current(messages, refused):
                self._kept.remove(kept)
                self.deleted.append(kept.body)
            return refused

    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        """Hide up to ten messages for so long from now; refuse those that are not in flight."""
        with self._changed:
            self._begin("hide")
            refused = self._refused("hide", messages)
            current = [k for k in self._current(messages, refused) if k.visible_at > self._clock()]
            for kept in current:
                kept.visible_at = self._clock() + visibility.total_seconds()
            known = {k.receipt for k in current} | {entry.message.receipt for entry in refused}
            stale = [message for message in messages if message.receipt not in known]
            return refused + [Refused(m, "MessageNotInflight", sender_fault=True) for m in stale]

    def park(self, message: Received, *, reason: str, correlation_id: str | None) -> None:
        """Put a copy on the dead-letter queue, with the reason."""
        with self._changed:
            self._begin("park")
            self.parked.append(Parked(message.body, reason, correlation_id))

    def _begin(self, operation: Operation) -> None:
        self.calls[operation] += 1
        self._changed.notify_all()
        if failures := self._failures[operation]:
            raise failures.pop(0)

    def _find(self, body: str) -> _Kept:
        return next(kept for kept in self._kept if kept.body == body)

    def _visible(self) -> list[_Kept]:
        return [kept for kept in self._kept if kept.visible_at <= self._clock()]

    def _current(self, messages: Sequence[Received], refused: Sequence[Refused]) -> list[_Kept]:
        asked = {m.receipt for m in messages} - {entry.message.receipt for entry in refused}
        return [kept for kept in self._kept if kept.receipt in asked]

    def _refused(self, operation: Operation, messages: Sequence[Received]) -> list[Refused]:
        refused = []
        for message in messages:
            if faults := self._refusals[operation, message.body]:
                fault = faults.pop(0)
                code = "ReceiptHandleIsInvalid" if fault else "InternalError"
                refused.append(Refused(message, code, fault))
        return refused


class FakePublisher:
    """Keeps the events that were published, and for how long each is hidden at first."""

    def __init__(self) -> None:
        self.published: list[Event] = []
        self.delays: list[timedelta] = []
        self._failures: list[Exception] = []

    def fail(self, error: Exception) -> None:
        """Have the next event refused."""
        self._failures.append(error)

    def publish(self, event: "Event", *, delay: timedelta = timedelta(0)) -> None:
        """Keep the event."""
        if self._failures:
            raise self._failures.pop(0)
        self.published.append(event)
        self.delays.append(delay)
