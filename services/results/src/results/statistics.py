"""Counts how a conversation went, party by party, from the times of its words.

* A party's *talk time* is the length of the union of its words, pauses under 0.2 s included: nobody
  hears those as silence.
* *Silence* is the time of the call in which nobody talks, *overlap* that in which two or more do.
* An *interruption* is a party's beginning to speak, for a second or more, while another has been
  speaking for half a second and goes on for another half. So neither an "mm-hm" counts, nor an
  answer that comes a little early, nor two who start at once.
* *Words per minute* are words by talk time, of at least three seconds: of less it says nothing.
* The *longest monologue* is the longest time in which a party talks and nobody else does, pauses of
  the party's own included if nobody else talks in them and they are under two seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from results.spans import Span, common, joined_up, length, minus
from results.transcript import Transcript

BREATH: Final = 0.2
"""Seconds that a speaker stops without anybody noticing."""

ESTABLISHED: Final = 0.5
"""Seconds that somebody has to have spoken, and to go on, to be interrupted."""

SUBSTANTIAL: Final = 1.0
"""Seconds that somebody has to speak to interrupt with it."""

HESITATION: Final = 2.0
"""Seconds that a speaker may stop within a monologue."""

SHORTEST_MEASURED: Final = 3.0
"""Seconds of talk from which a speed can be told."""


@dataclass(frozen=True, slots=True)
class PartyStatistics:
    """How much one party speaks; ``party`` is a place in the transcript's parties.

    ``share`` is the part of all talk time that is this party's, from 0 to 1. ``words_per_minute``
    is ``None`` of a party who says too little.
    """

    party: int
    name: str
    words: int
    talk_seconds: float
    share: float
    interruptions: int
    words_per_minute: float | None
    longest_monologue_seconds: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """How the call went; times are in seconds."""

    duration: float
    silence_seconds: float
    overlap_seconds: float
    parties: tuple[PartyStatistics, ...]


def statistics_of(transcript: Transcript, *, duration: float | None = None) -> Statistics:
    """Count how the call went; ``duration`` is that of the recording, where it is known.

    Without it the call is taken to end with its last word.
    """
    talks = [_talk(transcript, party) for party in range(len(transcript.parties))]
    everybody = joined_up(span for talk in talks for span in talk)
    lasts = max(duration or 0.0, transcript.duration or 0.0, *(end for _, end in everybody), 0.0)
    total = sum(map(length, talks))
    return Statistics(
        duration=_rounded(lasts),
        silence_seconds=_rounded(lasts - length(everybody)),
        overlap_seconds=_rounded(length(_overlap(talks))),
        parties=tuple(_party(transcript, talks, place, total) for place in range(len(talks))),
    )


def _party(
    transcript: Transcript, talks: Sequence[Sequence[Span]], place: int, total: float
) -> PartyStatistics:
    mine = talks[place]
    others = [talk for other, talk in enumerate(talks) if other != place]
    seconds = length(mine)
    words = sum(len(turn.words) for turn in transcript.turns if turn.party == place)
    return PartyStatistics(
        party=place,
        name=transcript.parties[place].name,
        words=words,
        talk_seconds=_rounded(seconds),
        share=_rounded(seconds / total) if total else 0.0,
        interruptions=_interruptions(mine, others),
        words_per_minute=round(60 * words / seconds, 1) if seconds >= SHORTEST_MEASURED else None,
        longest_monologue_seconds=_rounded(_longest_monologue(mine, others)),
    )


def _talk(transcript: Transcript, party: int) -> list[Span]:
    words = (word for turn in transcript.turns if turn.party == party for word in turn.words)
    # A file rendered by hand may hold a word that ends before it starts.
    return joined_up(
        ((word.start, word.end) for word in words if 0 <= word.start < word.end), gap=BREATH
    )


def _overlap(talks: Sequence[Sequence[Span]]) -> list[Span]:
    pairs = (
        span
        for place, talk in enumerate(talks)
        for other in talks[place + 1 :]
        for span in common(talk, other)
    )
    return joined_up(pairs)


def _interruptions(mine: Sequence[Span], others: Iterable[Sequence[Span]]) -> int:
    """Count the times that this party begins in the midst of another's speech."""
    begun: set[float] = set()
    for talk in others:
        # Where somebody may be cut short: neither at the beginning of what is said nor at its end.
        midst = [(start + ESTABLISHED, end - ESTABLISHED) for start, end in talk]
        begins = [(start, start) for start, end in mine if end - start >= SUBSTANTIAL]
        begun.update(start for start, _ in common(begins, midst))
    return len(begun)


def _longest_monologue(mine: Sequence[Span], others: Sequence[Sequence[Span]]) -> float:
    elsewhere = joined_up(span for talk in others for span in talk)
    spoken = joined_up(mine, gap=HESITATION)
    return max((end - start for start, end in minus(spoken, elsewhere)), default=0.0)


def _rounded(number: float) -> float:
    return round(max(number, 0.0), 3)
