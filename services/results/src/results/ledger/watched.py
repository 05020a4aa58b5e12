"""Tells the ledger that a job ended, before its completion is handled."""

from collections.abc import Callable
from typing import Final, Protocol

from callscribe.contracts import (
    Completion,
    Event,
    Fact,
    FinishedTranscription,
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionStarted,
)
from callscribe.names import recording_of
from callscribe.telemetry import attempt

SOURCE: Final = "callscribe/results"


class Ledger(Protocol):
    """Keeps facts."""

    def keep(self, fact: Fact) -> bool:
        """Keep a fact once."""


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
