"""Decides how a recording that Vonage announced becomes one that is stored.

Doing it twice is doing it once: a recording that is described is announced again, and neither
fetched nor measured nor cut.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
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
from recorder.audio.sniff import HEAD_BYTES, sniff
from recorder.body import Expected, head, whole
from recorder.patience import Patience
from recorder.prepare import Shelf, Workshop, prepare

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


class Store(Shelf, Protocol):
    """Where recordings are kept; the first to write one wins."""

    def description(self, recording_id: str) -> str | None:
        """Give a recording's description, if it is there."""

    def find(self, recording_id: str) -> str | None:
        """Tell the key of a recording's audio, if it is there."""

    def write(self, recording_id: str, media_format: MediaFormat, chunks: Iterator[bytes]) -> str:
        """Write a recording unless it is there, and tell its key."""


class Events(Protocol):
    """Where stored recordings are announced."""

    def publish(self, event: Event) -> None:
        """Announce an event."""


def handle(
    event: RecordingAvailable,
    *,
    source: Source,
    store: Store,
    listeners: Sequence[Events],
    policy: Policy,
    workshop: Workshop,
    now: Callable[[], datetime],
) -> None:
    """Store a recording and get it ready unless it is, and announce it to every listener.

    :raises TransientError: if Vonage, S3, the disk or a queue is not ready.
    :raises PermanentError: if there is no recording to be had, or it is not audio.
    """
    there = store.description(event.data.recording_id)
    if there is not None:
        described = StoredRecording.model_validate_json(there)
    else:
        patience = Patience(announced=event.time, now=now(), limit=policy.patience)
        key = _key(event.data, source, store, policy=policy, patience=patience)
        described = prepare(event.data, key, store, workshop)
    stored = _stored(event, described, now=now())
    for listener in listeners:
        listener.publish(stored)
    _tell(described, already_there=there is not None)


def _key(
    recording: AvailableRecording,
    source: Source,
    store: Store,
    *,
    policy: Policy,
    patience: Patience,
) -> str:
    return store.find(recording.recording_id) or _fetch(
        recording, source, store, policy=policy, patience=patience
    )


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
    event: RecordingAvailable, described: StoredRecording, *, now: datetime
) -> RecordingStored:
    return RecordingStored(
        source=SOURCE,
        subject=event.data.recording_id,
        time=now,
        correlationid=event.correlationid,
        data=described,
    )


def _tell(described: StoredRecording, *, already_there: bool) -> None:
    logger.info(
        "recording stored",
        extra=facts(
            format=described.media_format,
            channels=described.channels,
            silent_channels=len(described.silent_channels),
            parts=len(described.parts),
            sample_rate=described.sample_rate,
            duration=described.duration,
            size=described.size,
            already_there=already_there,
        ),
    )
