"""Every message that crosses a queue: one class per event, one version per class.

The wire form is a CloudEvents 1.0 JSON object. A new optional field keeps the version. A change
that an old consumer would misread gets a new class with a ``.v2`` type, sent beside the old one
until no queue holds a v1 message. ``TranscribeJobChanged`` alone is not ours: AWS sends it.
"""

from callscribe.contracts.base import Event, Id, MediaFormat, Message
from callscribe.contracts.calls import (
    CallDeleted,
    CallEvent,
    CallNoted,
    DeletedCall,
    NamedParties,
    NotedCall,
    PartiesNamed,
    VonageEvent,
)
from callscribe.contracts.news import (
    DeliveredNotification,
    DueNotification,
    FailedTranscript,
    News,
    NotificationDelivered,
    NotificationDue,
    ReadyTranscript,
    TranscriptFailed,
    TranscriptReady,
)
from callscribe.contracts.parking import (
    MessageParked,
    MessageRetried,
    ParkedMessage,
    RetriedMessage,
)
from callscribe.contracts.queues import (
    Completion,
    Fact,
    Notification,
    completion,
    fact,
    notification,
)
from callscribe.contracts.recordings import (
    AvailableRecording,
    LostRecording,
    Part,
    RecordingAvailable,
    RecordingLost,
    RecordingStored,
    StoredRecording,
    Wishes,
)
from callscribe.contracts.transcriptions import (
    FinishedTranscription,
    JobChange,
    PartJob,
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionSet,
    TranscriptionStarted,
)

__all__ = [
    "AvailableRecording",
    "CallDeleted",
    "CallEvent",
    "CallNoted",
    "Completion",
    "DeletedCall",
    "DeliveredNotification",
    "DueNotification",
    "Event",
    "Fact",
    "FailedTranscript",
    "FinishedTranscription",
    "Id",
    "JobChange",
    "LostRecording",
    "MediaFormat",
    "Message",
    "MessageParked",
    "MessageRetried",
    "NamedParties",
    "News",
    "NotedCall",
    "Notification",
    "NotificationDelivered",
    "NotificationDue",
    "ParkedMessage",
    "Part",
    "PartJob",
    "PartiesNamed",
    "ReadyTranscript",
    "RecordingAvailable",
    "RecordingLost",
    "RecordingStored",
    "RetriedMessage",
    "StoredRecording",
    "TranscribeJobChanged",
    "TranscriptFailed",
    "TranscriptReady",
    "TranscriptionFinished",
    "TranscriptionSet",
    "TranscriptionStarted",
    "VonageEvent",
    "Wishes",
    "completion",
    "fact",
    "notification",
]
