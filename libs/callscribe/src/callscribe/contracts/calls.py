"""What Vonage says of a call, and what people do with it."""

from typing import Literal

from pydantic import AwareDatetime

from callscribe.contracts.base import Event, Id, Message


class VonageEvent(Message):
    """What Vonage said of a call: its own words, and the few that we file it under."""

    conversation_id: Id
    kind: str
    leg_id: str | None = None
    occurred_at: AwareDatetime | None = None
    raw: str


class CallEvent(Event):
    """Something happened in a call; ``subject`` tells it from every other event of the call."""

    type: Literal["call.event.v1"] = "call.event.v1"
    data: VonageEvent


class NamedParties(Message):
    """What the parties of a recording are called, in the transcript's order; empty is unnamed."""

    conversation_id: Id | None = None
    recording_id: Id
    names: tuple[str, ...]


class PartiesNamed(Event):
    """Somebody named the parties of a recording; ``subject`` tells it from every other time."""

    type: Literal["parties.named.v1"] = "parties.named.v1"
    data: NamedParties


class NotedCall(Message):
    """What is to be remembered of a call, in place of what was."""

    conversation_id: Id | None = None
    recording_id: Id | None = None
    note: str


class CallNoted(Event):
    """Somebody wrote a note on a call; ``subject`` tells it from every other time."""

    type: Literal["call.noted.v1"] = "call.noted.v1"
    data: NotedCall


class DeletedCall(Message):
    """Which call is to be forgotten, by one of its ids."""

    conversation_id: Id | None = None
    recording_id: Id | None = None


class CallDeleted(Event):
    """Somebody deleted a call, with its audio and transcripts; ``subject`` is its id."""

    type: Literal["call.deleted.v1"] = "call.deleted.v1"
    data: DeletedCall
