"""The result file of Amazon Transcribe: as much of its shape as a transcript is made from.

Three eras of it are in use. The first (2018) names the channel of an item only by the list that it
is in, the second (2021) on every item too, the third (2024) numbers items and adds
``audio_segments``. What only one of them has is optional here, and fields that are not needed are
not looked at. Source: Amazon Transcribe Developer Guide, "Example transcription output".
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from callscribe.errors import PermanentError
from results.refusal import first_fault

MAX_CHANNELS: Final = 32
"""Most channels of a recording of Vonage's, sixteen times what Amazon Transcribe takes today."""

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""Numbers are strings in the file; pydantic reads either."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word or mark that was heard; a redacted word comes without a confidence."""

    content: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or a punctuation mark, which has no times; the best alternative is the first."""

    type: str
    alternatives: tuple[Alternative, ...]
    start_time: Seconds | None = None
    end_time: Seconds | None = None
    channel_label: str | None = None
    speaker_label: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """What was heard on one channel; on a silent one perhaps nothing."""

    channel_label: str
    items: tuple[Item, ...] | None = None


@dataclass(frozen=True, slots=True)
class ChannelLabels:
    """The channels of the recording; a silent one may be missing, but is counted."""

    channels: tuple[Channel, ...] | None = None
    number_of_channels: Annotated[int, Field(ge=0, le=MAX_CHANNELS)] | None = None


@dataclass(frozen=True, slots=True)
class LabelledTime:
    """Whose voice was heard at a time: the only place for it in the first era."""

    start_time: Seconds
    speaker_label: str


@dataclass(frozen=True, slots=True)
class SpeakerSegment:
    """A stretch of one voice."""

    items: tuple[LabelledTime, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerLabels:
    """The stretches of all voices."""

    segments: tuple[SpeakerSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language of a recording in several, and for how many seconds it was spoken."""

    language_code: str
    duration_in_seconds: Seconds = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """What was heard; of silence, ``items`` is empty and ``speaker_labels`` null.

    ``speaker_labels`` of several channels are of no use here, whatever their shape.
    """

    items: tuple[Item, ...]
    channel_labels: ChannelLabels | None = None
    speaker_labels: SpeakerLabels | tuple[Any, ...] | None = None
    language_code: str | None = None
    language_codes: tuple[SpokenLanguage, ...] | None = None


@dataclass(frozen=True, slots=True)
class TranscribeFile:
    """A result file."""

    job_name: Annotated[str, Field(validation_alias="jobName")]
    results: Results

    @property
    def language(self) -> str | None:
        """The language that was identified, or the one spoken longest; ``None`` if it was fixed."""
        several = self.results.language_codes
        if self.results.language_code or not several:
            return self.results.language_code
        return max(several, key=lambda spoken: spoken.duration_in_seconds).language_code


_file = TypeAdapter(TranscribeFile)


def parse(content: bytes) -> TranscribeFile:
    """Read a result file.

    :raises PermanentError: if it is not one; it says where, and repeats nothing of the content.
    """
    try:
        return _file.validate_json(content)
    except ValidationError as error:
        raise PermanentError(
            f"not a transcript of Amazon Transcribe: {first_fault(error)}"
        ) from None
