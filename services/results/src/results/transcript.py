"""The transcript of a recording, in our own form; ``docs/transcript-format.md`` describes its JSON.

Times are in seconds from the recording's start. Confidences go from 0 to 1.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from callscribe.errors import PermanentError
from results.refusal import first_fault


@dataclass(frozen=True, slots=True)
class Word:
    """One word with the punctuation that follows it; a redacted word has no confidence."""

    start: float
    end: float
    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may speak; the channel, or else the label of the voice, tells who."""

    name: str
    channel: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one party says until another takes over.

    ``party`` is a place in the transcript's parties. ``overlaps`` says that another party speaks at
    the same time. ``confidence`` is the average over the words that have one.
    """

    party: int
    start: float
    end: float
    overlaps: bool
    confidence: float | None
    text: str
    words: Annotated[tuple[Word, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Missing:
    """What could not be transcribed: of which channels, from when to when, and why.

    ``retryable`` says that the fault was AWS's own, so that asking once more may help.
    """

    channels: tuple[int, ...]
    start: float
    end: float
    reason: str
    retryable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """Who said what, and when; turns are in the order in which they begin.

    ``duration`` lasts until the end of the last word. What is not known is ``None``: the duration
    of silence, and in a file rendered by hand the conversation and perhaps the language.
    ``silent`` are the channels on which nobody speaks. From each second of ``renumbered`` on,
    voices have new numbers, since a long recording is heard in pieces.
    """

    version: Literal[1] = 1
    recording_id: str
    conversation_id: str | None
    language: str | None
    duration: float | None
    parties: tuple[Party, ...]
    turns: tuple[Turn, ...]
    missing: tuple[Missing, ...] = ()
    silent: tuple[int, ...] = ()
    renumbered: tuple[float, ...] = ()

    def name_of(self, turn: Turn) -> str:
        """Give the name of the party whose turn it is."""
        return self.parties[turn.party].name


_transcript = TypeAdapter(Transcript)
_anything = TypeAdapter[Any](Any)


def write(transcript: Transcript) -> bytes:
    """Write the transcript as JSON, in UTF-8 and on one line."""
    return _transcript.dump_json(transcript)


def is_ours(content: bytes) -> bool:
    """Tell whether a file holds a transcript in our form, of whatever version."""
    try:
        said = _anything.validate_json(content)
    except ValidationError:
        return False
    return isinstance(said, dict) and "version" in said and "turns" in said


def read(content: bytes) -> Transcript:
    """Read a transcript that ``write`` has written.

    :raises PermanentError: if it is not one, or is of a version that is not known.
    """
    try:
        transcript = _transcript.validate_json(content)
    except ValidationError as error:
        raise PermanentError(f"not a transcript of version 1: {first_fault(error)}") from None
    if any(not 0 <= turn.party < len(transcript.parties) for turn in transcript.turns):
        raise PermanentError("not a transcript of version 1: a turn is of no party that is listed")
    return transcript
