"""What was given up on, and sent again."""

from typing import Literal

from pydantic import PositiveInt

from callscribe.contracts.base import Event, Id, Message


class ParkedMessage(Message):
    """What was given up on: the queue it came from, the reason, and the event as it was.

    ``body`` can be sent to the queue again. It holds phone numbers, so it is never logged.
    """

    recording_id: Id | None = None
    conversation_id: Id | None = None
    queue: str
    reason: str
    attempts: PositiveInt
    body: str


class MessageParked(Event):
    """A worker put a message on a dead-letter queue; ``subject`` tells which, and which time."""

    type: Literal["message.parked.v1"] = "message.parked.v1"
    data: ParkedMessage


class RetriedMessage(Message):
    """Which parked message was sent again, by the id of the event that told of it."""

    conversation_id: Id | None = None
    recording_id: Id | None = None
    parked_id: str


class MessageRetried(Event):
    """Somebody sent a parked message to its queue again; ``subject`` is the parked event's id."""

    type: Literal["message.retried.v1"] = "message.retried.v1"
    data: RetriedMessage
