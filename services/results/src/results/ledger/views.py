"""What is shown of a call: frozen, in plain values, the same for pages and for the API.

Times are with their zone, durations in seconds, numbers as Vonage writes them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from results.ledger.deliveries import DeliveryView


class Status(StrEnum):
    """Where a call or a recording stands."""

    LIVE = "live"
    IN_PROGRESS = "in-progress"
    READY = "ready"
    FAILED = "failed"
    UNRECORDED = "unrecorded"
    DELETED = "deleted"


class Stage(StrEnum):
    """What a recording goes through, in this order."""

    ANNOUNCED = "announced"
    STORED = "stored"
    STARTED = "job started"
    FINISHED = "finished"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage that was reached: when, at which attempt if that is known, and in which run."""

    stage: Stage
    at: datetime
    attempt: int | None = None
    run: int = 1


@dataclass(frozen=True, slots=True)
class StopView:
    """Why something went no further: in plain words, with what to do about it.

    ``stopped_before`` is the stage that was not reached. ``queue`` is where its message was parked,
    if that is what stopped it; then it can be tried again. ``id`` tells one stop from another.
    """

    id: str
    reason: str
    advice: str
    at: datetime
    stopped_before: Stage | None = None
    recording_id: str | None = None
    run: int | None = None
    queue: str | None = None
    attempts: int | None = None

    @property
    def can_be_retried(self) -> bool:
        """Whether there is a message to send again."""
        return self.queue is not None


@dataclass(frozen=True, slots=True)
class RecordingView:
    """A recording: how far it came, what is known of its audio, and what its parties are called.

    ``run`` counts the times it was asked to be transcribed; ``transcript_run`` is the newest of
    them that has a transcript, which stays readable while the next is made. ``stages`` are those of
    ``run`` and, before it, of what all runs share. ``names`` are those that somebody gave the
    transcript's parties, in their order; an empty one stands for the name in the transcript.
    ``deliveries`` tell who outside was told of it.
    """

    recording_id: str
    status: Status
    run: int = 1
    reason: str | None = None
    advice: str | None = None
    stages: tuple[StageView, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    duration: float | None = None
    channels: int | None = None
    media_format: str | None = None
    size: int | None = None
    audio_key: str | None = None
    transcript_run: int | None = None
    names: tuple[str, ...] = ()
    deliveries: tuple[DeliveryView, ...] = ()

    @property
    def has_transcript(self) -> bool:
        """Whether there is a transcript to read."""
        return self.transcript_run is not None

    @property
    def has_audio(self) -> bool:
        """Whether there is audio to hear."""
        return self.audio_key is not None


@dataclass(frozen=True, slots=True)
class LegView:
    """One party's connection, as Vonage tells of it."""

    leg_id: str
    caller: str | None = None
    called: str | None = None
    direction: str | None = None
    status: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: float | None = None
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CallView:
    """A call: who with whom, when, how it went, and every recording of it.

    ``conversation_ids`` are more than one if it was transferred; each of them, and each id of a
    recording, finds the call. ``price`` is what Vonage reports for all legs, in the currency of the
    account. ``version`` grows with each change. Of a deleted call nothing is left but its ids.
    """

    call_id: str
    status: Status
    started_at: datetime
    conversation_ids: tuple[str, ...] = ()
    reason: str | None = None
    advice: str | None = None
    caller: str | None = None
    called: str | None = None
    direction: str | None = None
    ended_at: datetime | None = None
    seconds: float | None = None
    price: Decimal | None = None
    legs: tuple[LegView, ...] = ()
    recordings: tuple[RecordingView, ...] = ()
    stops: tuple[StopView, ...] = ()
    note: str = ""
    deleted: bool = False
    version: int = 0

    def recording(self, recording_id: str) -> RecordingView | None:
        """Find one of its recordings."""
        return next((it for it in self.recordings if it.recording_id == recording_id), None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some calls, newest first; ``cursor`` asks for those after them, if there may be any."""

    calls: tuple[CallView, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls to list; what is ``None`` does not matter, and all that is given must hold.

    ``number`` is that of any party. ``text`` is looked for in names, numbers and the note, without
    regard to case. ``since`` is included, ``before`` is not.
    """

    since: datetime | None = None
    before: datetime | None = None
    number: str | None = None
    status: Status | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many recordings or calls stopped for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The figures of the calls that began on one day, in UTC.

    ``minutes`` are of the calls, ``transcribed_minutes`` of the recordings with a transcript.
    ``wait_p50`` and ``wait_p95`` are seconds from hanging up to the transcript.
    """

    day: date
    calls: int = 0
    ready: int = 0
    failed: int = 0
    minutes: float = 0.0
    transcribed_minutes: float = 0.0
    wait_p50: float | None = None
    wait_p95: float | None = None
    price: Decimal = Decimal(0)
    reasons: tuple[ReasonCount, ...] = ()
