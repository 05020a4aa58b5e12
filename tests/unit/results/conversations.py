"""Conversations of any number of parties, made up: words that overlap, and silences in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from results.testing import a_word

MOST_PARTIES = 32
"""Channels of a recording of Vonage's."""

SHORTEST_SILENCE = 0.8
"""Seconds; the recorder cuts in silences that are longer than a pause between words."""


@dataclass(frozen=True)
class Spoken:
    """A word, and who says it when; no other word has its number."""

    number: int
    party: int
    start: float
    end: float

    @property
    def text(self) -> str:
        return f"w{self.number}"

    def item(self, *, since: float = 0.0) -> dict[str, Any]:
        """The word as Amazon Transcribe writes it, in a part that begins then."""
        return a_word(self.text, round(self.start - since, 3), round(self.end - since, 3))


@dataclass(frozen=True)
class Conversation:
    """What is said; ``silences`` are times at which nobody speaks, the last of them the end."""

    parties: int
    words: tuple[Spoken, ...]
    silences: tuple[float, ...]

    @property
    def duration(self) -> float:
        return self.silences[-1]

    @property
    def silent(self) -> tuple[int, ...]:
        """Those who say nothing."""
        speak = {word.party for word in self.words}
        return tuple(party for party in range(self.parties) if party not in speak)

    def of(self, party: int, start: float, end: float) -> list[Spoken]:
        """What a party says between two times."""
        return [w for w in self.words if w.party == party and start <= w.start < end]


@st.composite
def conversations(
    draw: st.DrawFn, *, fewest: int = 1, most: int = MOST_PARTIES, fewest_scenes: int = 1
) -> Conversation:
    """Scenes in which all may talk at once, each followed by a silence."""
    count = draw(st.integers(fewest, most))
    words: list[Spoken] = []
    silences: list[float] = []
    now = 0.0
    for scene in draw(st.lists(scenes(count), min_size=fewest_scenes, max_size=fewest_scenes + 4)):
        spoken = _words(scene, since=now, first=len(words))
        words += spoken
        ends = max((word.end for word in spoken), default=now)
        silence = draw(st.integers(round(SHORTEST_SILENCE * 100), 200)) / 100
        silences.append(round(ends + silence / 2, 2))
        now = round(ends + silence, 2)
    return Conversation(count, tuple(words), (*silences[:-1], now))


def scenes(parties: int) -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """Words as party, and hundredths of a second before and during; each party's in their order."""
    word = st.tuples(st.integers(0, parties - 1), st.integers(0, 30), st.integers(5, 30))
    return st.lists(word, max_size=10)


def _words(scene: Sequence[tuple[int, int, int]], *, since: float, first: int) -> list[Spoken]:
    spoken = []
    said_until: dict[int, float] = {}
    for number, (party, before, during) in enumerate(scene, first):
        start = round(said_until.get(party, since) + before / 100, 2)
        end = round(start + during / 100, 2)
        spoken.append(Spoken(number, party, start, end))
        said_until[party] = end
    return spoken
