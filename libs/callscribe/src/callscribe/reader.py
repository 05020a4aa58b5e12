"""What a worker is given: a queue, how its messages are read, and who handles them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from callscribe.sqs import Received, Refused


class Traced(Protocol):
    """What can be parsed from a message: it knows what to put on its log lines."""

    @property
    def trace(self) -> Mapping[str, str | None]:
        """The ids by which the event is found in the log."""


class Queue(Protocol):
    """A queue and its dead-letter queue, seen by their one reader."""

    def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
        """Wait for up to ``limit`` messages and hide them from other readers."""

    def delete(self, messages: Sequence[Received]) -> list[Refused]:
        """Delete up to ten messages; give back those SQS refused."""

    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        """Hide up to ten messages for so long from now; zero makes them visible at once."""

    def park(self, message: Received, *, reason: str, correlation_id: str | None) -> None:
        """Put a copy on the dead-letter queue, with the reason."""


OnParked = Callable[[Received, str, Mapping[str, str | None]], None]
"""Told of a parked message, the reason, and the ids by which it is found in the log."""

EventT = TypeVar("EventT", bound=Traced)


@dataclass(frozen=True, slots=True)
class Reader(Generic[EventT]):
    """One queue's reader.

    ``parse`` raises pydantic's ``ValidationError`` for a body that is not of the contract.
    ``handle`` returns when the event's effect exists, and raises when it does not.
    ``on_parked`` is told when the message is on the dead-letter queue; its failure is only logged.
    """

    queue: Queue
    parse: Callable[[str], EventT]
    handle: Callable[[EventT], None]
    on_parked: OnParked | None = None
