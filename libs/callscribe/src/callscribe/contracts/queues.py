"""What each queue with several contracts brings."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from callscribe.contracts.calls import CallDeleted, CallEvent, CallNoted, PartiesNamed
from callscribe.contracts.news import (
    NotificationDelivered,
    NotificationDue,
    TranscriptFailed,
    TranscriptReady,
)
from callscribe.contracts.parking import MessageParked, MessageRetried
from callscribe.contracts.recordings import RecordingAvailable, RecordingLost, RecordingStored
from callscribe.contracts.transcriptions import (
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionStarted,
)

Completion = TranscribeJobChanged | TranscriptionFinished | TranscriptionStarted
"""What the completions queue brings: AWS's own event, or the notifier's, or a reminder to ask."""

Fact = Annotated[
    CallEvent
    | RecordingAvailable
    | RecordingLost
    | RecordingStored
    | TranscriptionStarted
    | TranscriptionFinished
    | TranscriptReady
    | TranscriptFailed
    | MessageParked
    | MessageRetried
    | PartiesNamed
    | CallNoted
    | CallDeleted
    | NotificationDelivered,
    Field(discriminator="type"),
]
"""What the call-events queue brings: whatever is worth keeping about a call."""

Notification = Annotated[
    TranscriptReady | TranscriptFailed | NotificationDue, Field(discriminator="type")
]
"""What the notifications queue brings: news, and then whom they are still to be told."""

completion = TypeAdapter[Completion](Completion)
fact = TypeAdapter[Fact](Fact)
notification = TypeAdapter[Notification](Notification)
