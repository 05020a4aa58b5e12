"""Cuts a conversation into pieces that a page loads one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from results.transcript import Transcript, Turn, Word

WORDS_A_PIECE: Final = 700
"""Some five minutes of talk: more than a screen, little enough to be there at once."""

DOUBTFUL: Final = 0.6
"""Below this confidence a word is underlined."""

LANES: Final = 8
"""There are so many colours; a ninth party has that of the first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some turns that follow each other; ``number`` counts the pieces from 1."""

    number: int
    turns: tuple[Turn, ...]

    @property
    def start(self) -> float:
        """Second of the recording at which the first turn begins."""
        return self.turns[0].start

    @property
    def words(self) -> int:
        """How many words there are to load."""
        return sum(len(turn.words) for turn in self.turns)


def pieces_of(said: Transcript) -> Sequence[Piece]:
    """Cut a conversation between turns; a long monologue is a piece of its own."""
    return [Piece(place, turns) for place, turns in enumerate(_cut(said.turns), start=1)]


def lane(party: int) -> int:
    """Give the place of a party's colour."""
    return party % LANES


def is_doubtful(word: Word) -> bool:
    """Tell whether a word was hardly understood."""
    return word.confidence is not None and word.confidence < DOUBTFUL


def _cut(turns: Sequence[Turn]) -> Iterator[tuple[Turn, ...]]:
    piece: list[Turn] = []
    words = 0
    for turn in turns:
        if piece and words + len(turn.words) > WORDS_A_PIECE:
            yield tuple(piece)
            piece, words = [], 0
        piece.append(turn)
        words += len(turn.words)
    if piece:
        yield tuple(piece)
