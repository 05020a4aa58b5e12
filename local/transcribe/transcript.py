"""Writes the results of a job, in any of the three forms that Amazon Transcribe has given them.

Where two callers speak at once, the plain text mixes their words, as AWS's does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from local.transcribe.items import (
    Entry,
    Item,
    Line,
    channel_label,
    entries,
    items,
    labels,
    speaker_label,
    times,
)
from local.transcribe.scenario import Era


@dataclass(frozen=True, slots=True)
class Form:
    """What the file is to have in it; ``channels`` is how many were told apart, if any were."""

    era: Era
    channels: int | None = None
    speakers: bool = False
    alternatives: bool = False


def results(lines: Iterable[Line], form: Form) -> Item:
    """Give the ``results`` of a transcript file."""
    lines = sorted(lines, key=lambda line: line.utterance.start)
    written = entries(lines, form.era)
    found: Item = {"transcripts": [{"transcript": text(lines)}]}
    if form.channels is not None:
        found["channel_labels"] = _channel_labels(written, lines, form.channels)
    if form.speakers or (form.era is Era.C and not lines):
        # Of silence AWS says that there are no labels, whether they were asked for or not.
        found["speaker_labels"] = _speaker_labels(lines, form.era) if lines else None
    found["items"] = [entry.item for entry in written]
    if form.alternatives:
        found["segments"] = [_segment(line, form.era) for line in lines]
    if form.era is Era.C:
        found["audio_segments"] = _audio_segments(written, lines)
    return found


def text(lines: Iterable[Line]) -> str:
    """Give the words and their marks as plain text, in the order in which they were said."""
    words = [word for line in lines for word in line.utterance.words]
    words.sort(key=lambda word: word.start)
    return " ".join(word.content + word.mark for word in words)


def _channel_labels(written: Sequence[Entry], lines: Sequence[Line], channels: int) -> Item:
    spoken: dict[int | None, list[Item]] = defaultdict(list)
    for entry in written:
        spoken[lines[entry.line].channel].append(entry.item)
    return {
        "channels": [
            {"channel_label": channel_label(channel), "items": spoken[channel]}
            for channel in range(channels)
        ],
        "number_of_channels": channels,
    }


def _speaker_labels(lines: Sequence[Line], era: Era) -> Item:
    return {
        "channel_label": channel_label(0),
        "speakers": len({line.speaker for line in lines}),
        "segments": [_speaker_segment(line, era) for line in lines],
    }


def _speaker_segment(line: Line, era: Era) -> Item:
    speaker = {"speaker_label": speaker_label(line.speaker)}
    words = [times(word, era) | speaker for word in line.utterance.words]
    return {**times(line.utterance, era), **speaker, "items": words}


def _segment(line: Line, era: Era) -> Item:
    """Write a line as the only alternative there is; here an item says its content flat."""
    flat = [
        {name: value for name, value in item.items() if name != "alternatives"}
        | item["alternatives"][0]
        for word in line.utterance.words
        for item in items(word, era)
    ]
    alternative = {"transcript": text([line]), "items": flat}
    return {**times(line.utterance, era), **labels(line, era), "alternatives": [alternative]}


def _audio_segments(written: Sequence[Entry], lines: Sequence[Line]) -> list[Item]:
    identities: dict[int, list[int]] = defaultdict(list)
    for entry in written:
        identities[entry.line].append(entry.item["id"])
    return [
        {
            "id": number,
            "transcript": text([line]),
            **times(line.utterance, Era.C),
            **labels(line, Era.C),
            "items": identities[number],
        }
        for number, line in enumerate(lines)
    ]
