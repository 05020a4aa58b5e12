"""What became of a recording, and who was told."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from callscribe.contracts.base import Event, Id, Message


class ReadyTranscript(Message):
    """Which transcript there is, where its JSON lies, and how many parts of it are missing."""

    recording_id: Id
    conversation_id: Id | None = None
    run: PositiveInt = 1
    bucket: str
    key: str
    missing: NonNegativeInt = 0


class TranscriptReady(Event):
    """A recording can be read; ``subject`` is its id, the run, and whether parts are missing."""

    type: Literal["transcript.ready.v1"] = "transcript.ready.v1"
    data: ReadyTranscript


class FailedTranscript(Message):
    """Which recording has no transcript, and why, in words for the people who wait for it."""

    recording_id: Id
    conversation_id: Id | None = None
    run: PositiveInt = 1
    reason: str


class TranscriptFailed(Event):
    """A recording could not be transcribed; ``subject`` is its id and the run."""

    type: Literal["transcript.failed.v1"] = "transcript.failed.v1"
    data: FailedTranscript


News = Annotated[TranscriptReady | TranscriptFailed, Field(discriminator="type")]
"""What is told to the outside."""


class DueNotification(Message):
    """Whom something is still to be told; ``receiver`` is its name in the settings of notify."""

    recording_id: Id
    conversation_id: Id | None = None
    receiver: str
    news: News


class NotificationDue(Event):
    """One receiver is to be told; ``subject`` is the id of the news and the receiver."""

    type: Literal["notification.due.v1"] = "notification.due.v1"
    data: DueNotification


class DeliveredNotification(Message):
    """What a receiver answered to one delivery; ``host`` is all of its address that is shown.

    ``failed`` is tried again; ``gone`` and ``refused``, of an address we do not send to, are not.
    """

    recording_id: Id
    conversation_id: Id | None = None
    notification_id: str
    news: str
    receiver: str
    host: str
    state: Literal["delivered", "failed", "gone", "refused"]
    status: int | None = None
    answer: str


class NotificationDelivered(Event):
    """One delivery was made; ``subject`` is the news' id, the receiver and the moment."""

    type: Literal["notification.delivered.v1"] = "notification.delivered.v1"
    data: DeliveredNotification
