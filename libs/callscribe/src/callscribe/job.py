"""A job of ours in Amazon Transcribe, as GetTranscriptionJob describes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from callscribe.contracts import FinishedTranscription
from callscribe.errors import PermanentError, TransientError
from callscribe.names import recording_of

RECORDING_TAG: Final = "recording_id"
CONVERSATION_TAG: Final = "conversation_id"
CORRELATION_TAG: Final = "correlation_id"


class UnknownJobError(PermanentError):
    """Amazon Transcribe knows no job of that name: deleted, or older than its 90 days."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is known of a job; the ids of conversation and correlation come from its tags."""

    name: str
    recording_id: str
    media_uri: str
    status: Literal["QUEUED", "IN_PROGRESS", "FAILED", "COMPLETED"]
    conversation_id: str | None = None
    correlation_id: str | None = None
    failure_reason: str | None = None
    transcript_uri: str | None = None
    language_code: str | None = None


def described(job: Mapping[str, Any]) -> Job:
    """Translate the ``TranscriptionJob`` of an answer; its ``Transcript`` may be empty or absent.

    A job that redacts has an unredacted transcript only if it was asked for: then that one counts.

    :raises ValueError: if it has neither our tags nor a name of ours.
    """
    tags = {tag["Key"]: tag["Value"] for tag in job.get("Tags") or ()}
    uris = job.get("Transcript") or {}
    name = job["TranscriptionJobName"]
    return Job(
        name=name,
        recording_id=tags.get(RECORDING_TAG) or recording_of(name),
        media_uri=job["Media"]["MediaFileUri"],
        status=job["TranscriptionJobStatus"],
        conversation_id=tags.get(CONVERSATION_TAG),
        correlation_id=tags.get(CORRELATION_TAG),
        failure_reason=job.get("FailureReason"),
        transcript_uri=uris.get("TranscriptFileUri") or uris.get("RedactedTranscriptFileUri"),
        language_code=job.get("LanguageCode") or _most_spoken(job.get("LanguageCodes") or ()),
    )


def finished(job: Job) -> FinishedTranscription:
    """Say how a job ended.

    :raises TransientError: if it has not ended; its event can be ahead of its description.
    """
    if job.status not in ("COMPLETED", "FAILED"):
        raise TransientError(f"the job is still {job.status}")
    return FinishedTranscription(
        recording_id=job.recording_id,
        conversation_id=job.conversation_id,
        job_name=job.name,
        status=job.status,
        failure_reason=job.failure_reason,
        transcript_uri=job.transcript_uri,
        language_code=job.language_code,
    )


def _most_spoken(languages: Sequence[Mapping[str, Any]]) -> str | None:
    """Pick from ``LanguageCodes``, which say for how many seconds each language was spoken."""
    if not languages:
        return None
    longest = max(languages, key=lambda said: float(said.get("DurationInSeconds", 0)))
    return str(longest["LanguageCode"])
