"""Cuts turns into cues: as much as a viewer reads at a glance, shown while it is spoken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from results.transcript import Transcript, Word
from results.turns import PAUSE
from results.words import joined

MAX_SECONDS: Final = 7.0
MAX_CHARACTERS: Final = 84
"""Two lines of 42. Both source: Netflix, "Timed Text Style Guide: General Requirements"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of a turn; times are in milliseconds, and the end is after the start."""

    start: int
    end: int
    name: str
    text: str


def cues_of(transcript: Transcript) -> list[Cue]:
    """Give the cues of all turns in the order in which they begin, as WebVTT demands."""
    cues = [
        _cue(words, transcript.name_of(turn))
        for turn in transcript.turns
        for words in _pieces(turn.words)
    ]
    return sorted(cues, key=attrgetter("start"))


def stamp(milliseconds: int, *, point: str) -> str:
    """Write a time as ``hh:mm:ss``, the decimal point of the format, and milliseconds."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{point}{thousandths:03}"


def _cue(words: Sequence[Word], name: str) -> Cue:
    start = round(words[0].start * 1000)
    end = round(max(word.end for word in words) * 1000)
    return Cue(start, max(end, start + 1), name, joined(words))


def _pieces(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Cut between words: at a long pause, and before a piece gets too long to read or to show."""
    first, length = 0, 0
    for place, word in enumerate(words):
        # Scripts without spaces are as wide as if they had them: their characters are.
        length += len(word.text) + 1
        if place > first and (length - 1 > MAX_CHARACTERS or _apart(words, first, place)):
            yield words[first:place]
            first, length = place, len(word.text) + 1
    yield words[first:]


def _apart(words: Sequence[Word], first: int, place: int) -> bool:
    word = words[place]
    too_long = word.end - words[first].start > MAX_SECONDS
    return too_long or word.start - words[place - 1].end >= PAUSE
