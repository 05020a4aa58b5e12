"""Every message that crosses a queue: one class per event, one version per class.

The wire form is a CloudEvents 1.0 JSON object. A new optional field keeps the version. A change
that an old consumer would misread gets a new class with a ``.v2`` type, sent beside the old one
until no queue holds a v1 message. ``TranscribeJobChanged`` alone is not ours: AWS sends it.
"""

from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    TypeAdapter,
)

from callscribe.names import JOB_PREFIX, recording_of

Id = Annotated[
    str, StringConstraints(pattern=r"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z", max_length=150)
]
"""An opaque id of Vonage's: 32 hex digits, a dashed UUID, ``CON-…``. It becomes part of a job name,
so it keeps to that character set, leaves room for our prefix in its 200 characters, and has no two
dots in a row, which set the number of a part apart."""

MediaFormat = Literal["mp3", "wav", "ogg", "flac"]
"""The containers a recording may have, by the names that Amazon Transcribe uses."""


def _same_fact_same_id(said: dict[str, Any]) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(said[part] for part in ("source", "type", "subject"))))


def _own_id(said: dict[str, Any]) -> str:
    return str(said["id"])


class Message(BaseModel):
    """A value that cannot change, ignores fields it does not know, and is discreet in errors."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Event(Message):
    """What every event says of itself: who said it, when, about what.

    ``id`` derives from the fact, so a webhook that comes twice is the same event. ``correlationid``
    is the id of the event that began the chain, carried from the webhook to the transcript.
    ``attempt`` counts how often whoever says it had tried by then.
    """

    specversion: Literal["1.0"] = "1.0"
    type: str
    source: str
    subject: str
    time: AwareDatetime
    id: str = Field(default_factory=_same_fact_same_id)
    correlationid: str = Field(default_factory=_own_id)
    attempt: PositiveInt | None = None

    @property
    def trace(self) -> dict[str, str | None]:
        """The ids by which everything about this event is found in the log."""
        data = getattr(self, "data", None)
        return {
            "correlation_id": self.correlationid,
            "conversation_id": getattr(data, "conversation_id", None),
            "recording_id": getattr(data, "recording_id", None),
        }


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


class AvailableRecording(Message):
    """Where Vonage keeps a recording, and the size in bytes that it says it has."""

    recording_id: Id
    conversation_id: Id
    url: str
    size: NonNegativeInt | None = None
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    raw: str


class RecordingAvailable(Event):
    """A recording can be fetched from Vonage; ``subject`` is its id."""

    type: Literal["recording.available.v1"] = "recording.available.v1"
    data: AvailableRecording


class LostRecording(Message):
    """Which recording there will never be, and why, in words for the people who wait for it."""

    recording_id: Id
    conversation_id: Id
    reason: str
    raw: str


class RecordingLost(Event):
    """Vonage made no audio of a recording: its webhook came without an address."""

    type: Literal["recording.lost.v1"] = "recording.lost.v1"
    data: LostRecording


class Part(Message):
    """A file that Amazon Transcribe can take: some channels of a recording, for some of its time.

    ``channels`` are those of the recording, from 0, in the order in which the file has them. There
    is one where a file of two has the same sound on both. ``start`` and ``duration`` are seconds of
    the recording, ``size`` is bytes. The part of a recording that needs no cutting is its own file.
    """

    key: str
    media_format: MediaFormat
    channels: Annotated[tuple[NonNegativeInt, ...], Field(min_length=1, max_length=2)]
    start: NonNegativeFloat = 0.0
    duration: PositiveFloat
    size: PositiveInt


class Wishes(Message):
    """How one recording is to be transcribed, where that differs from the transcriber's settings.

    ``max_speakers`` is 0 for voices that shall not be told apart.
    """

    language_code: str | None = None
    identify_language: bool | None = None
    max_speakers: NonNegativeInt | None = None
    vocabulary_name: str | None = None
    vocabulary_filter_name: str | None = None


class StoredRecording(Message):
    """Where a recording lies, and what was measured of it: hertz, seconds and bytes.

    ``parts`` are what is to be transcribed; there are none if nobody speaks. ``silent_channels``
    are in no part. ``run`` counts the times that this recording was asked to be transcribed.
    """

    recording_id: Id
    conversation_id: Id
    bucket: str
    key: str
    media_format: MediaFormat
    channels: PositiveInt
    sample_rate: PositiveInt
    duration: NonNegativeFloat
    size: PositiveInt
    parts: tuple[Part, ...]
    silent_channels: tuple[NonNegativeInt, ...] = ()
    run: PositiveInt = 1
    wishes: Wishes = Wishes()


class RecordingStored(Event):
    """A call recording is in our bucket, ready to transcribe; ``subject`` is its id and the run."""

    type: Literal["recording.stored.v1"] = "recording.stored.v1"
    data: StoredRecording


class PartJob(Message):
    """A job of a set: its name, and of which channels and from which second of the recording."""

    job_name: str
    channels: tuple[NonNegativeInt, ...]
    start: NonNegativeFloat = 0.0
    duration: PositiveFloat


class TranscriptionSet(Message):
    """All jobs that together transcribe a recording; without any, nobody speaks on it.

    It is written to the transcripts bucket before the first job starts, so whoever hears that one
    of them ended knows the others. ``channels`` counts those of the recording, which lasts
    ``duration`` seconds.
    """

    recording_id: Id
    conversation_id: Id
    run: PositiveInt = 1
    channels: PositiveInt
    duration: NonNegativeFloat
    silent_channels: tuple[NonNegativeInt, ...] = ()
    jobs: tuple[PartJob, ...]

    @property
    def on_one_channel(self) -> bool:
        """Whether all parties are heard on one channel, so that only their voices tell who it is.

        Two channels of the same sound are one: the second is in no part, and yet not silent.
        """
        heard = {channel for job in self.jobs for channel in job.channels}
        return len(heard) == 1 and self.channels in (1, 2) and not self.silent_channels


class TranscriptionStarted(Event):
    """Amazon Transcribe has taken every job of a recording; of silence there are none.

    It is told to call-events as a fact, and to completions after a while, where whoever reads it
    asks what became of the jobs: the event of an end may be lost.
    """

    type: Literal["transcription.started.v1"] = "transcription.started.v1"
    data: TranscriptionSet


class FinishedTranscription(Message):
    """How a job ended, with what GetTranscriptionJob says of it.

    The conversation is known by the job's tag, which somebody may have taken off. ``recording_id``,
    ``run`` and which part of the set it is are in the job's name (``names.job_of``).
    """

    recording_id: Id
    conversation_id: Id | None = None
    job_name: str
    status: Literal["COMPLETED", "FAILED"]
    failure_reason: str | None = None
    transcript_uri: str | None = None
    language_code: str | None = None


class TranscriptionFinished(Event):
    """A transcription job of ours has ended."""

    type: Literal["transcription.finished.v1"] = "transcription.finished.v1"
    data: FinishedTranscription


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


class JobChange(Message):
    """The ``detail`` of Amazon Transcribe's event: the job's name is all that identifies it."""

    job_name: str = Field(alias="TranscriptionJobName", pattern=rf"\A{JOB_PREFIX}[A-Za-z0-9._-]+\z")
    status: Literal["COMPLETED", "FAILED"] = Field(alias="TranscriptionJobStatus")
    failure_reason: str | None = Field(default=None, alias="FailureReason")


class TranscribeJobChanged(Message):
    """EventBridge's "Transcribe Job State Change", as AWS sends it.

    Source: Amazon Transcribe Developer Guide, "Using Amazon EventBridge with Amazon Transcribe".
    """

    detail_type: Literal["Transcribe Job State Change"] = Field(alias="detail-type")
    id: str
    source: str
    time: AwareDatetime
    detail: JobChange

    @property
    def trace(self) -> dict[str, str | None]:
        """The ids by which everything about this event is found in the log."""
        return {"recording_id": recording_of(self.detail.job_name)}


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
