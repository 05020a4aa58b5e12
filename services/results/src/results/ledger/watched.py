"""Tells the ledger what the results worker does: jobs that ended, transcripts, failures."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

from callscribe.contracts import (
    Completion,
    Event,
    FailedTranscription,
    Fact,
    FinishedTranscription,
    PublishedTranscript,
    TranscribeJobChanged,
    TranscriptionFailed,
    TranscriptionFinished,
    TranscriptionStarted,
    TranscriptPublished,
)
from callscribe.names import recording_of
from callscribe.telemetry import attempt

SOURCE: Final = "callscribe/results"

KEY: Final = re.compile(
    r"transcripts/(?P<id>[^/]+)/(?:run-(?P<run>[1-9][0-9]*)/)?(?P<what>transcript|failure)\.json"
)
"""The two objects that end a run (``callscribe.names``)."""


class Ledger(Protocol):
    """Keeps facts."""

    def keep(self, fact: Fact) -> bool:
        """Keep a fact once."""


class Bucket(Protocol):
    """Where transcripts go."""

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""


class WatchedBucket:
    """The transcripts bucket, whose last object of each run is told to the ledger.

    It is told whether the object is new or was there, because whoever wrote it may have died before
    it told.
    """

    def __init__(self, bucket: Bucket, ledger: Ledger, *, now: Callable[[], datetime]) -> None:
        self._bucket = bucket
        self._ledger = ledger
        self._now = now

    def __getattr__(self, name: str) -> Any:
        # What else the bucket can do is none of the ledger's business.
        return getattr(self._bucket, name)

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""
        there = self._bucket.has(key)
        if there:
            self._tell(key, b"{}")
        return there

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""
        written = self._bucket.put_once(key, content, content_type=content_type)
        self._tell(key, content)
        return written

    def _tell(self, key: str, content: bytes) -> None:
        found = KEY.fullmatch(key)
        if found is None:
            return
        run = int(found["run"] or 1)
        if found["what"] == "transcript":
            done = PublishedTranscript(recording_id=found["id"], run=run)
            self._ledger.keep(TranscriptPublished(data=done, **self._said(key)))
        elif reason := json.loads(content).get("reason"):
            failed = FailedTranscription(recording_id=found["id"], run=run, reason=reason)
            self._ledger.keep(TranscriptionFailed(data=failed, **self._said(key)))

    def _said(self, key: str) -> dict[str, Any]:
        return {"source": SOURCE, "subject": key, "time": self._now(), "attempt": attempt()}


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
