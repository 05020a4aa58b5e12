"""Tells what became of a recording, once it can be read in the bucket.

A recording has several completions: its parts', those that come twice, the reminders. What was said
is marked beside the transcript, so that each outcome of a run is said once. Should the process die
in between, or two look at the same moment, it is said again, as the same event.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

from callscribe.contracts import (
    Completion,
    FailedTranscript,
    News,
    ReadyTranscript,
    TranscribeJobChanged,
    TranscriptFailed,
    TranscriptionFinished,
    TranscriptReady,
)
from callscribe.names import JobId, announced_key, failure_key, job_of, transcript_key
from callscribe.telemetry import attempt
from results import transcript
from results.failure import Failure
from results.render import CONTENT_TYPES, Format

SOURCE: Final = "callscribe/results"

Outcome = ReadyTranscript | FailedTranscript


Tell = Callable[[News], bool]
"""Tells the news to whoever wants to know, and whether anybody does; of a deleted call nobody does.
Twice the same news does no harm."""


class Bucket(Protocol):
    """Where transcripts are, and why there are none."""

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""

    def get(self, key: str) -> bytes | None:
        """Read an object of ours, if it is there."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""


def announcing(
    complete: Callable[[Completion], None],
    *,
    bucket: Bucket,
    bucket_name: str,
    tell: Tell,
    now: Callable[[], datetime],
) -> Callable[[Completion], None]:
    """Handle each completion, and then tell what there is of its recording, if it is news.

    :raises TransientError: if the bucket, or who is told, is not ready.
    """

    def handle(event: Completion) -> None:
        complete(event)
        job = _job(event)
        outcome = _outcome(job, bucket, bucket_name)
        if outcome is None:
            return
        mark = announced_key(job.recording_id, _state(outcome), job.run)
        if bucket.has(mark):
            return
        correlation_id = event.trace.get("correlation_id") or event.id
        # Not the event's own time: a reminder is as old as the jobs that it asks after.
        if not tell(news_of(outcome, time=now(), correlation_id=correlation_id)):
            return
        bucket.put_once(mark, b"{}", content_type=CONTENT_TYPES[Format.JSON])

    return handle


def news_of(outcome: Outcome, *, time: datetime, correlation_id: str) -> News:
    """Say an outcome; the same one is always an event of the same id."""
    said: dict[str, Any] = {
        "source": SOURCE,
        "subject": f"{outcome.recording_id}/run{outcome.run}",
        "time": time,
        "correlationid": correlation_id,
        "attempt": attempt(),
    }
    if isinstance(outcome, FailedTranscript):
        return TranscriptFailed(**said, data=outcome)
    if outcome.missing:
        said["subject"] += f"/partial-{outcome.missing}"
    return TranscriptReady(**said, data=outcome)


def _job(event: Completion) -> JobId:
    if isinstance(event, TranscribeJobChanged):
        return job_of(event.detail.job_name)
    if isinstance(event, TranscriptionFinished):
        return job_of(event.data.job_name)
    return JobId(event.data.recording_id, event.data.run)


def _outcome(job: JobId, bucket: Bucket, bucket_name: str) -> Outcome | None:
    """Look what there is; of a set that is still under way there is neither."""
    key = transcript_key(job.recording_id, Format.JSON, job.run)
    if (written := bucket.get(key)) is not None:
        there = transcript.read(written)
        return ReadyTranscript(
            recording_id=job.recording_id,
            conversation_id=there.conversation_id,
            run=job.run,
            bucket=bucket_name,
            key=key,
            missing=len(there.missing),
        )
    if (written := bucket.get(failure_key(job.recording_id, job.run))) is not None:
        failure = Failure.model_validate_json(written)
        return FailedTranscript(
            recording_id=job.recording_id,
            conversation_id=failure.conversation_id,
            run=job.run,
            reason=failure.reason,
        )
    return None


def _state(outcome: Outcome) -> str:
    if isinstance(outcome, FailedTranscript):
        return "failed"
    return f"partial-{outcome.missing}" if outcome.missing else "ready"
