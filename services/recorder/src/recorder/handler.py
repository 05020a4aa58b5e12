"""Decides how a recording that Vonage announced becomes one that is stored.

Doing it twice is doing it once: a recording that is there is described and announced again, and
not fetched.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from callscribe.contracts import (
    AvailableRecording,
    Event,
    MediaFormat,
    RecordingAvailable,
    RecordingStored,
    StoredRecording,
)
from callscribe.telemetry import facts
from recorder.address import Address, Trusted
from recorder.answer import Answer, refusal
from recorder.body import Expected, head, whole
from recorder.describe import Description, describe
from recorder.patience import Patience
from recorder.ranged import RangedFile
from recorder.sniff import HEAD_BYTES, sniff

logger = logging.getLogger(__name__)

SOURCE: Final = "callscribe/recorder"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom we trust with the token, how long we wait for a recording, how many bytes we take."""

    trusted: Trusted
    patience: timedelta
    max_bytes: int


class Source(Protocol):
    """Where recordings are fetched."""

    def open(self, address: Address) -> AbstractContextManager[Answer]:
        """Ask for a recording; its body is read as it is wanted."""


class Store(Protocol):
    """Where recordings are kept; the first to write one wins."""

    @property
    def bucket(self) -> str:
        """The name of the bucket."""

    def find(self, recording_id: str) -> str | None:
        """Tell the key of a recording's audio, if it is there."""

    def write(self, recording_id: str, media_format: MediaFormat, chunks: Iterator[bytes]) -> str:
        """Write a recording unless it is there, and tell its key."""

    def open(self, key: str) -> RangedFile:
        """Open a recording to read some of it."""


class Events(Protocol):
    """Where stored recordings are announced."""

    def publish(self, event: Event) -> None:
        """Announce an event."""


def handle(
    event: RecordingAvailable,
    *,
    source: Source,
    store: Store,
    events: Events,
    policy: Policy,
    now: Callable[[], datetime],
) -> None:
    """Store a recording unless it is stored, and announce it.

    :raises TransientError: if Vonage, S3 or the queue is not ready.
    :raises PermanentError: if there is no recording to be had, or it is not audio.
    """
    recording = event.data
    found = store.find(recording.recording_id)
    patience = Patience(announced=event.time, now=now(), limit=policy.patience)
    key = found or _fetch(recording, source, store, policy=policy, patience=patience)
    described = describe(store.open(key))
    events.publish(_stored(event, described, bucket=store.bucket, key=key, now=now()))
    _tell(described, already_there=found is not None)


def _fetch(
    recording: AvailableRecording,
    source: Source,
    store: Store,
    *,
    policy: Policy,
    patience: Patience,
) -> str:
    with source.open(policy.trusted.address(recording.url)) as answer:
        if error := refusal(answer, patience):
            raise error
        first, chunks = head(answer.chunks, HEAD_BYTES)
        media_format = sniff(first)
        expected = Expected(answer.length, recording.size, policy.max_bytes)
        expected.check(patience)
        return store.write(recording.recording_id, media_format, whole(chunks, expected, patience))


def _stored(
    event: RecordingAvailable, described: Description, *, bucket: str, key: str, now: datetime
) -> RecordingStored:
    return RecordingStored(
        source=SOURCE,
        subject=event.data.recording_id,
        time=now,
        correlationid=event.correlationid,
        data=StoredRecording(
            recording_id=event.data.recording_id,
            conversation_id=event.data.conversation_id,
            bucket=bucket,
            key=key,
            **asdict(described),
        ),
    )


def _tell(described: Description, *, already_there: bool) -> None:
    logger.info(
        "recording stored",
        extra=facts(
            format=described.media_format,
            channels=described.channels,
            sample_rate=described.sample_rate,
            duration=described.duration,
            size=described.size,
            already_there=already_there,
        ),
    )
