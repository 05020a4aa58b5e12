"""Gets a stored recording ready to transcribe: surveyed, cut into parts if need be, described.

The description is written last and is the first writer's, so whoever finds one has nothing to do.
A part has its piece noted on it: one that is there is not cut again, and one that was cut otherwise
is noticed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import IO, Final, Protocol

from callscribe.contracts import AvailableRecording, Part, StoredRecording
from callscribe.errors import PermanentError
from callscribe.names import part_key
from recorder.audio.cut import cut
from recorder.audio.plan import TRANSCRIBE, Limits, Piece, Plan, plan
from recorder.audio.ranged import Ranges
from recorder.audio.sound import opened
from recorder.audio.survey import Survey, survey

CHUNK_BYTES: Final = 1024**2


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part that is in the bucket: its bytes, and which piece of the recording it is."""

    size: int
    piece: str


class Shelf(Protocol):
    """Where recordings, their parts and their descriptions are kept; the first writer wins."""

    @property
    def bucket(self) -> str:
        """The name of the bucket."""

    def open(self, key: str) -> Ranges:
        """Open a recording to read it."""

    def part(self, key: str) -> StoredPart | None:
        """Tell what is there of a part."""

    def write_part(self, key: str, chunks: Iterator[bytes], *, piece: str) -> None:
        """Write a part unless it is there."""

    def write_description(self, recording_id: str, text: str) -> str:
        """Write a recording's description unless it is there, and give what is there then."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all handlers of a process share: the limits of a part, and the only pair of scissors.

    Cutting takes memory and disk by the number of channels, so one recording is cut at a time.
    """

    limits: Limits = TRANSCRIBE
    scissors: Lock = field(default_factory=Lock)


def prepare(
    recording: AvailableRecording, key: str, shelf: Shelf, workshop: Workshop
) -> StoredRecording:
    """Get a recording ready that lies at a key, and tell what there is to transcribe.

    :raises PermanentError: if it is not audio, or damaged.
    :raises TransientError: if S3 or the disk is not ready.
    """
    content = shelf.open(key)
    surveyed = survey(content)
    planned = plan(surveyed, workshop.limits)
    if planned.cut:
        with workshop.scissors:
            parts = _parts(recording.recording_id, content, shelf, surveyed, planned)
    else:
        parts = tuple(_itself(key, surveyed, piece) for piece in planned.pieces)
    described = _description(recording, surveyed, parts, bucket=shelf.bucket, key=key)
    there = shelf.write_description(recording.recording_id, described.model_dump_json())
    return StoredRecording.model_validate_json(there)


def _description(
    recording: AvailableRecording,
    surveyed: Survey,
    parts: tuple[Part, ...],
    *,
    bucket: str,
    key: str,
) -> StoredRecording:
    return StoredRecording(
        bucket=bucket,
        key=key,
        recording_id=recording.recording_id,
        conversation_id=recording.conversation_id,
        media_format=surveyed.media_format,
        channels=surveyed.channels,
        sample_rate=surveyed.sample_rate,
        duration=surveyed.duration,
        size=surveyed.size,
        parts=parts,
        silent_channels=surveyed.silent,
    )


def _itself(key: str, surveyed: Survey, piece: Piece) -> Part:
    return Part(
        key=key,
        media_format=surveyed.media_format,
        channels=piece.channels,
        duration=surveyed.duration,
        size=surveyed.size,
    )


def _parts(
    recording_id: str, content: Ranges, shelf: Shelf, surveyed: Survey, planned: Plan
) -> tuple[Part, ...]:
    keys = {
        piece: part_key(recording_id, number)
        for number, piece in enumerate(planned.pieces, start=1)
    }
    missing = [piece for piece, key in keys.items() if shelf.part(key) is None]
    if missing:
        with opened(content) as sound:
            for piece, file in cut(sound, missing):
                shelf.write_part(keys[piece], _chunks(file), piece=_note(piece))
    return tuple(_part(shelf, key, piece, surveyed.sample_rate) for piece, key in keys.items())


def _part(shelf: Shelf, key: str, piece: Piece, sample_rate: int) -> Part:
    there = shelf.part(key)
    if there is None or there.piece != _note(piece):
        raise PermanentError(
            f"{key} was cut otherwise, or removed meanwhile: delete the recording's parts, "
            "then send the message back"
        )
    return Part(
        key=key,
        media_format="flac",
        channels=piece.channels,
        start=piece.start / sample_rate,
        duration=(piece.end - piece.start) / sample_rate,
        size=there.size,
    )


def _note(piece: Piece) -> str:
    channels = "-".join(map(str, piece.channels))
    return f"channels {channels} frames {piece.start}-{piece.end}"


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(file.read, CHUNK_BYTES), b"")
