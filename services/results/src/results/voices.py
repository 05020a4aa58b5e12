"""Divides what was heard among those who spoke: by channel, or else by the sound of the voice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from callscribe.errors import PermanentError
from results.transcribe_file import MAX_CHANNELS, Channel, Item, Results, SpeakerLabels
from results.transcript import Word
from results.words import words_of

CHANNEL_LABELS: Final = {f"ch_{number}": number for number in range(MAX_CHANNELS)}


@dataclass(frozen=True, slots=True)
class Voice:
    """What one party said; with neither a channel nor a speaker, everybody said it."""

    words: tuple[Word, ...]
    channel: int | None = None
    speaker: str | None = None


def voices_of(results: Results) -> list[Voice]:
    """Tell the parties apart, those included who say nothing on a channel of their own.

    Several channels tell better than voices do. If there are none of either, it is one voice.

    :raises PermanentError: if a label or a word is not understood.
    """
    channels = by_channel(results)
    if len(channels) > 1:
        return [Voice(words_of(items), channel=place) for place, items in enumerate(channels)]
    speakers = _by_speaker(results)
    if speakers:
        return [Voice(words_of(items), speaker=label) for label, items in speakers]
    return [Voice(words_of(results.items))]


def by_channel(results: Results) -> list[Sequence[Item]]:
    """Give what was heard on each channel, from the first to the last that the file knows of.

    :raises PermanentError: if a label is not understood.
    """
    labels = results.channel_labels
    heard = _listed(labels.channels or ()) if labels else {}
    if not any(heard.values()):
        labelled = _divided(results.items, [item.channel_label for item in results.items])
        heard |= {_number(label): items for label, items in labelled.items()}
    counted = (labels.number_of_channels or 0) if labels else 0
    count = max([counted, *(number + 1 for number in heard)])
    return [heard.get(number, ()) for number in range(count)]


def _listed(channels: Iterable[Channel]) -> dict[int, Sequence[Item]]:
    return {_number(channel.channel_label): channel.items or () for channel in channels}


def _number(label: str) -> int:
    if label not in CHANNEL_LABELS:
        raise PermanentError("not a transcript of Amazon Transcribe: a channel has no number")
    return CHANNEL_LABELS[label]


def _by_speaker(results: Results) -> list[tuple[str, Sequence[Item]]]:
    elsewhere = _speaker_at(results.speaker_labels)
    labels = [_speaker(item, elsewhere) for item in results.items]
    speakers = _divided(results.items, labels)
    return sorted(speakers.items(), key=lambda speaker: (len(speaker[0]), speaker[0]))


def _speaker_at(labels: SpeakerLabels | tuple[object, ...] | None) -> Mapping[float, str]:
    """Map the second in which a word begins to its speaker, as files of the first era do."""
    if not isinstance(labels, SpeakerLabels):
        return {}
    return {
        word.start_time: word.speaker_label for segment in labels.segments for word in segment.items
    }


def _speaker(item: Item, elsewhere: Mapping[float, str]) -> str | None:
    # A mark goes with the word before it, whatever its own label says.
    if item.start_time is None:
        return None
    return item.speaker_label or elsewhere.get(item.start_time)


def _divided(items: Sequence[Item], labels: Sequence[str | None]) -> dict[str, list[Item]]:
    """Divide the items by their labels; one without a label goes with the item before it."""
    label = next(filter(None, labels), None)
    parts: dict[str, list[Item]] = {}
    for item, own in zip(items, labels, strict=True):
        label = own or label
        if label is not None:
            parts.setdefault(label, []).append(item)
    return parts
