"""Makes turns: what one party says until another takes over.

Each party's words are split into utterances, all utterances are put in the order in which they
begin, and neighbours of the same party are joined. So two people who talk at once do not interleave
word by word, and a "mm-hm" in the middle of a long answer is a turn that does not cut it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from statistics import fmean
from typing import Final

from results.transcript import Turn, Word
from results.words import joined

PAUSE: Final = 0.8
"""Seconds of silence that end an utterance: longer than speakers pause for breath within one, and
than nearly all gaps between turns, which are about 0.2 s. Source: Stivers et al., "Universals and
cultural variation in turn-taking in conversation", PNAS 106 (2009)."""

BREATH: Final = 0.2
"""Seconds of silence that are enough if another party begins in them: it takes the turn then. In a
shorter gap nobody could have heard that the speaker stopped."""


@dataclass(frozen=True, slots=True)
class _Utterance:
    party: int
    start: float
    end: float
    words: Sequence[Word]


def turns_of(spoken: Sequence[Sequence[Word]]) -> tuple[Turn, ...]:
    """Make turns of what each party said, in the order in which they begin.

    Each party's words come in the order of their starts, and every one of them is in one turn.
    """
    begins = [_begins(words) for words in spoken]
    utterances: list[_Utterance] = []
    for party, words in enumerate(spoken):
        others = sorted(at for other, its in enumerate(begins) if other != party for at in its)
        utterances += _utterances(party, words, others)
    utterances.sort(key=attrgetter("start", "party"))
    joined_up = [_joined_up(list(turn)) for _, turn in groupby(utterances, attrgetter("party"))]
    marks = _overlapping(joined_up)
    return tuple(_turn(turn, overlaps=mark) for turn, mark in zip(joined_up, marks, strict=True))


def _begins(words: Sequence[Word]) -> list[float]:
    """Tell when a party begins to speak, be it after a short pause."""
    begins = []
    end = float("-inf")
    for word in words:
        if word.start - end >= BREATH:
            begins.append(word.start)
        end = max(end, word.end)
    return begins


def _utterances(party: int, words: Sequence[Word], others: Sequence[float]) -> Iterator[_Utterance]:
    """Split a party's words where it pauses for long, or another begins as it pauses."""
    first, end = 0, 0.0
    for place, word in enumerate(words):
        if place > first and _ends(end, word.start, others):
            yield _Utterance(party, words[first].start, end, words[first:place])
            first = place
        end = max(end, word.end)
    if words:
        yield _Utterance(party, words[first].start, end, words[first:])


def _ends(end: float, start: float, others: Sequence[float]) -> bool:
    # Times are of milliseconds, and without rounding 2.3 - 1.5 is less than 0.8.
    pause = round(start - end, 3)
    if pause < BREATH:
        return False
    after = bisect_left(others, end)
    return pause >= PAUSE or (after < len(others) and others[after] < start)


def _joined_up(utterances: Sequence[_Utterance]) -> _Utterance:
    words = [word for utterance in utterances for word in utterance.words]
    end = max(utterance.end for utterance in utterances)
    return _Utterance(utterances[0].party, utterances[0].start, end, words)


def _overlapping(turns: Sequence[_Utterance]) -> list[bool]:
    """Tell of each turn whether another party's begins before it ends, or ends after it begins."""
    marks = [False] * len(turns)
    ends: dict[int, float] = {}
    for place, turn in enumerate(turns):
        if any(end > turn.start for party, end in ends.items() if party != turn.party):
            marks[place] = True
        # The next turn is always another party's, and none begins before it.
        if place + 1 < len(turns) and turns[place + 1].start < turn.end:
            marks[place] = True
        ends[turn.party] = max(turn.end, ends.get(turn.party, 0.0))
    return marks


def _turn(turn: _Utterance, *, overlaps: bool) -> Turn:
    heard = [word.confidence for word in turn.words if word.confidence is not None]
    return Turn(
        party=turn.party,
        start=turn.start,
        end=turn.end,
        overlaps=overlaps,
        confidence=round(fmean(heard), 3) if heard else None,
        text=joined(turn.words),
        words=tuple(turn.words),
    )
