"""A transcription job: what was asked, how far it is, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from local.transcribe.media import Media
from local.transcribe.places import Place
from local.transcribe.scenario import Scenario


class Status(StrEnum):
    """How far a job is."""

    QUEUED = "QUEUED"
    IN_PROGRESS = "IN_PROGRESS"
    FAILED = "FAILED"
    COMPLETED = "COMPLETED"

    @property
    def ended(self) -> bool:
        """Whether the job has come to an end, well or not."""
        return self in (Status.FAILED, Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class Found:
    """What a job that went well has found out; ``speech`` is in seconds."""

    media: Media
    language_code: str
    score: float
    speech: float


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is at one moment; ``request`` is what StartTranscriptionJob was given."""

    name: str
    request: Mapping[str, Any]
    media: Place
    output: Place
    scenario: Scenario
    created: datetime
    status: Status = Status.QUEUED
    started: datetime | None = None
    completed: datetime | None = None
    failure: str | None = None
    found: Found | None = None

    def begun(self, now: datetime) -> Self:
        """Give the job as it is once somebody works on it."""
        return replace(self, status=Status.IN_PROGRESS, started=now)

    def succeeded(self, found: Found, now: datetime) -> Self:
        """Give the job as it is once its files are written."""
        return replace(self, status=Status.COMPLETED, found=found, completed=now)

    def failed(self, reason: str) -> Self:
        """Give the job as it is once it cannot be done; AWS gives such a job no completion time.

        Source: a failed job recorded on AWS.
        """
        return replace(self, status=Status.FAILED, failure=reason)
