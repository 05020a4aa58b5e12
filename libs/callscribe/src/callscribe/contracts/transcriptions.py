"""The jobs that transcribe a recording, and how they end."""

from typing import Literal

from pydantic import (
    AwareDatetime,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
)

from callscribe.contracts.base import Event, Id, Message
from callscribe.names import JOB_PREFIX, recording_of


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
