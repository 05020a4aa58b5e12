"""Tells the ledger what the results worker does: jobs that ended, transcripts, failures."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar, cast

from callscribe.contracts import (
    Completion,
    Event,
    Fact,
    FailedTranscription,
    FinishedTranscription,
    PublishedTranscript,
    TranscribeJobChanged,
    TranscriptionFailed,
    TranscriptionFinished,
    TranscriptionStarted,
    TranscriptPublished,
)
from callscribe.names import JobId, recording_of, transcript_key
from callscribe.telemetry import attempt

SOURCE: Final = "callscribe/results"

FAILURE: Final = re.compile(
    r"transcripts/(?P<id>[^/]+)/(?:run-(?P<run>[1-9][0-9]*)/)?failure\.json"
)
"""What ``callscribe.names.failure_key`` writes."""


class Ledger(Protocol):
    """Keeps facts."""

    def keep(self, fact: Fact) -> bool:
        """Keep a fact once."""


class Bucket(Protocol):
    """Where transcripts go, with those of its methods that end a run."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""

    def delete(self, key: str) -> None:
        """Delete an object, be it there or not."""


BucketT = TypeVar("BucketT", bound=Bucket)


class _WatchedBucket:
    """The transcripts bucket, which tells the ledger what a run ended in.

    ``failure.json`` tells both: it is written if there is no transcript, and deleted after a
    transcript was written or found. What was there already is told too: whoever wrote it may have
    died before it told.
    """

    def __init__(self, bucket: Bucket, ledger: Ledger, *, now: Callable[[], datetime]) -> None:
        self._bucket = bucket
        self._ledger = ledger
        self._now = now

    def __getattr__(self, name: str) -> Any:
        # What else the bucket can do is none of the ledger's business.
        return getattr(self._bucket, name)

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there; tell why there is no transcript."""
        written = self._bucket.put_once(key, content, content_type=content_type)
        if run := _run_of_failure(key):
            reason = json.loads(content)["reason"]
            failed = FailedTranscription(recording_id=run.recording_id, run=run.run, reason=reason)
            self._ledger.keep(TranscriptionFailed(data=failed, **self._said(key)))
        return written

    def delete(self, key: str) -> None:
        """Delete an object; if it is that of a failure, tell that there is a transcript."""
        self._bucket.delete(key)
        if run := _run_of_failure(key):
            self._ledger.keep(
                TranscriptPublished(
                    data=PublishedTranscript(recording_id=run.recording_id, run=run.run),
                    **self._said(transcript_key(run.recording_id, "json", run.run)),
                )
            )

    def _said(self, key: str) -> dict[str, Any]:
        return {"source": SOURCE, "subject": key, "time": self._now(), "attempt": attempt()}


def _run_of_failure(key: str) -> JobId | None:
    found = FAILURE.fullmatch(key)
    return JobId(found["id"], int(found["run"] or 1)) if found else None


def watched(bucket: BucketT, ledger: Ledger, *, now: Callable[[], datetime]) -> BucketT:
    """Give a bucket that can do all that this one can, and tells the ledger what is published."""
    return cast("BucketT", _WatchedBucket(bucket, ledger, now=now))


class WatchedCompletions:
    """Handles completions as before, once the ledger has been told that a job ended."""

    def __init__(self, handle: Callable[[Completion], None], ledger: Ledger) -> None:
        self._handle = handle
        self._ledger = ledger

    def __call__(self, event: Completion) -> None:
        """Tell the ledger of the end, then handle it."""
        if not isinstance(event, TranscriptionStarted):
            self._ledger.keep(_ended(event))
        self._handle(event)


def _ended(event: TranscribeJobChanged | TranscriptionFinished) -> TranscriptionFinished:
    """Say the same of either event, so that it is one fact by whatever way it came."""
    if isinstance(event, TranscriptionFinished):
        return _finished(event.data, event)
    data = FinishedTranscription(
        recording_id=recording_of(event.detail.job_name),
        job_name=event.detail.job_name,
        status=event.detail.status,
        failure_reason=event.detail.failure_reason,
    )
    return _finished(data, event)


def _finished(
    data: FinishedTranscription, event: Event | TranscribeJobChanged
) -> TranscriptionFinished:
    return TranscriptionFinished(
        source=SOURCE,
        subject=data.job_name,
        time=event.time,
        attempt=attempt(),
        data=data,
    )
