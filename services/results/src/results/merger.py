"""Merges what was heard in the parts of a recording: one timeline, with all of its parties."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from callscribe.contracts import TranscriptionSet
from callscribe.errors import PermanentError
from results.parties import parties_of
from results.transcribe_file import TranscribeFile
from results.transcript import Missing, Transcript, Word
from results.turns import turns_of
from results.voices import Voice, by_channel, voices_of
from results.words import words_of


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a part: on these channels of the recording, from this second of it on."""

    file: TranscribeFile
    channels: tuple[int, ...]
    start: float = 0.0
    language: str | None = None


def merge(
    planned: TranscriptionSet,
    heard: Sequence[Heard],
    *,
    missing: Sequence[Missing] = (),
    channel_names: Sequence[str],
) -> Transcript:
    """Merge the parts of a recording, which come in any order.

    :raises PermanentError: if a file is not understood.
    """
    parts = sorted(heard, key=attrgetter("start", "channels"))
    renumbered: tuple[float, ...] = ()
    if planned.channels == 1 or planned.on_one_channel:
        voices, renumbered = _by_voice(parts)
    else:
        voices = _by_channel(planned.channels, parts)
    turns = turns_of([voice.words for voice in voices])
    return Transcript(
        recording_id=planned.recording_id,
        conversation_id=planned.conversation_id,
        language=_language(parts),
        duration=max((turn.end for turn in turns), default=None),
        parties=parties_of(voices, channel_names),
        turns=turns,
        missing=tuple(sorted(missing, key=attrgetter("start", "channels"))),
        silent=planned.silent_channels,
        renumbered=renumbered,
    )


def _by_channel(channels: int, parts: Sequence[Heard]) -> list[Voice]:
    """Put what each party said in one part after what it said in the parts before.

    Words that a file does not give to any of its two channels are nobody's that is known.
    """
    spoken: dict[int | None, list[Word]] = {channel: [] for channel in range(channels)}
    for part in parts:
        for channel, words in _spoken(part):
            spoken.setdefault(channel, []).extend(_moved(words, by=part.start))
    return [
        Voice(tuple(sorted(words, key=attrgetter("start"))), channel=channel)
        for channel, words in spoken.items()
    ]


def _spoken(part: Heard) -> Iterator[tuple[int | None, Sequence[Word]]]:
    results = part.file.results
    if len(part.channels) == 1:
        yield part.channels[0], words_of(results.items)
        return
    apart = by_channel(results)
    if len(apart) > len(part.channels):
        raise PermanentError("not a transcript of Amazon Transcribe: it has too many channels")
    if not apart and results.items:
        yield None, words_of(results.items)
    for channel, items in zip(part.channels, apart, strict=False):
        yield channel, words_of(items)


def _by_voice(parts: Sequence[Heard]) -> tuple[list[Voice], tuple[float, ...]]:
    """Give each part voices of its own, after those of the parts before, and tell where they begin.

    Whether a voice of one part is that of another nobody can tell: labels begin anew in each file.
    """
    nobody_known: list[Word] = []
    voices: list[Voice] = []
    begun: list[float] = []
    for part in parts:
        known = len(voices)
        for voice in voices_of(part.file.results):
            words = _moved(voice.words, by=part.start)
            if voice.speaker is None:
                nobody_known += words
            else:
                voices.append(Voice(tuple(words), speaker=voice.speaker))
        begun += [part.start] * (len(voices) > known)
    if nobody_known or not voices:
        voices.append(Voice(tuple(nobody_known)))
    return voices, tuple(begun[1:])


def _moved(words: Sequence[Word], *, by: float) -> Sequence[Word]:
    if not by:
        return words
    # Times are of milliseconds, and adding them up may leave traces far behind the point.
    return tuple(
        Word(round(word.start + by, 3), round(word.end + by, 3), word.text, word.confidence)
        for word in words
    )


def _language(parts: Sequence[Heard]) -> str | None:
    """Give the language of most words; of silence, that of the first part."""
    words: Counter[str] = Counter()
    for part in parts:
        if language := part.language or part.file.language:
            words[language] += len(part.file.results.items)
    return words.most_common(1)[0][0] if words else None
