"""Where a recording is, from Vonage to the files that are transcribed."""

from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
)

from callscribe.contracts.base import Event, Id, MediaFormat, Message


class AvailableRecording(Message):
    """Where Vonage keeps a recording, and the size in bytes that it says it has."""

    recording_id: Id
    conversation_id: Id
    url: str
    size: NonNegativeInt | None = None
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    raw: str


class RecordingAvailable(Event):
    """A recording can be fetched from Vonage; ``subject`` is its id."""

    type: Literal["recording.available.v1"] = "recording.available.v1"
    data: AvailableRecording


class LostRecording(Message):
    """Which recording there will never be, and why, in words for the people who wait for it."""

    recording_id: Id
    conversation_id: Id
    reason: str
    raw: str


class RecordingLost(Event):
    """Vonage made no audio of a recording: its webhook came without an address."""

    type: Literal["recording.lost.v1"] = "recording.lost.v1"
    data: LostRecording


class Part(Message):
    """A file that Amazon Transcribe can take: some channels of a recording, for some of its time.

    ``channels`` are those of the recording, from 0, in the order in which the file has them. There
    is one where a file of two has the same sound on both. ``start`` and ``duration`` are seconds of
    the recording, ``size`` is bytes. The part of a recording that needs no cutting is its own file.
    """

    key: str
    media_format: MediaFormat
    channels: Annotated[tuple[NonNegativeInt, ...], Field(min_length=1, max_length=2)]
    start: NonNegativeFloat = 0.0
    duration: PositiveFloat
    size: PositiveInt


class Wishes(Message):
    """How one recording is to be transcribed, where that differs from the transcriber's settings.

    ``max_speakers`` is 0 for voices that shall not be told apart.
    """

    language_code: str | None = None
    identify_language: bool | None = None
    max_speakers: NonNegativeInt | None = None
    vocabulary_name: str | None = None
    vocabulary_filter_name: str | None = None


class StoredRecording(Message):
    """Where a recording lies, and what was measured of it: hertz, seconds and bytes.

    ``parts`` are what is to be transcribed; there are none if nobody speaks. ``silent_channels``
    are in no part. ``run`` counts the times that this recording was asked to be transcribed.
    """

    recording_id: Id
    conversation_id: Id
    bucket: str
    key: str
    media_format: MediaFormat
    channels: PositiveInt
    sample_rate: PositiveInt
    duration: NonNegativeFloat
    size: PositiveInt
    parts: tuple[Part, ...]
    silent_channels: tuple[NonNegativeInt, ...] = ()
    run: PositiveInt = 1
    wishes: Wishes = Wishes()


class RecordingStored(Event):
    """A call recording is in our bucket, ready to transcribe; ``subject`` is its id and the run."""

    type: Literal["recording.stored.v1"] = "recording.stored.v1"
    data: StoredRecording
