"""Writes words as the items of a transcript file.

An item is a word or a punctuation mark. Numbers are text, and a mark has no times and no
confidence to speak of. Source: files that AWS has written in 2018, 2021 and 2024.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from local.transcribe.redaction import MASK
from local.transcribe.scenario import Era
from local.transcribe.speech import Utterance, Word

Item = dict[str, Any]

MARK_CONFIDENCE: Final = "0.0"
DECIMALS: Final = {Era.A: 2, Era.B: 2, Era.C: 3}


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance and whose it is: the number of the channel and of the speaker, where asked."""

    utterance: Utterance
    channel: int | None = None
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the file, and the number of the line it is part of."""

    line: int
    item: Item


def entries(lines: Sequence[Line], era: Era) -> list[Entry]:
    """Write all words, in the order in which they were said; the newest form numbers them."""
    said = [(number, word) for number, line in enumerate(lines) for word in line.utterance.words]
    said.sort(key=lambda pair: pair[1].start)
    written = [
        Entry(number, item | labels(lines[number], era))
        for number, word in said
        for item in items(word, era)
    ]
    if era is Era.C:
        for identity, entry in enumerate(written):
            entry.item["id"] = identity
    return written


def items(word: Word, era: Era) -> Iterator[Item]:
    """Write a word, and the mark that follows it."""
    yield {"type": "pronunciation", "alternatives": [_alternative(word)], **times(word, era)}
    if word.mark:
        mark = {"confidence": MARK_CONFIDENCE, "content": word.mark}
        yield {"type": "punctuation", "alternatives": [mark]}


def times(said: Word | Utterance, era: Era) -> Item:
    """Write when something was said."""
    decimals = DECIMALS[era]
    return {
        "start_time": str(round(said.start, decimals)),
        "end_time": str(round(said.end, decimals)),
    }


def labels(line: Line, era: Era) -> Item:
    """Write whose a line is; in the oldest form no item says so."""
    said: Item = {}
    if line.channel is not None and era is not Era.A:
        said["channel_label"] = channel_label(line.channel)
    if line.speaker is not None and era is not Era.A:
        said["speaker_label"] = speaker_label(line.speaker)
    return said


def channel_label(channel: int) -> str:
    """Name a channel."""
    return f"ch_{channel}"


def speaker_label(speaker: int | None) -> str:
    """Name a speaker."""
    return f"spk_{speaker or 0}"


def _alternative(word: Word) -> Item:
    confidence = str(round(word.confidence, 3))
    if word.content == MASK:
        return {"content": word.content, "redactions": [{"confidence": confidence}]}
    return {"confidence": confidence, "content": word.content}
