from itertools import chain

import pytest

from results.ledger.testing import a_transcript
from results.transcript import Word
from results.web.pages.conversation import WORDS_A_PIECE, is_doubtful, lane, pieces_of


def test_a_short_conversation_is_one_piece() -> None:
    [piece] = pieces_of(a_transcript("rec-1", "Hello there.", "Hello."))

    assert (piece.number, piece.start, piece.words) == (1, 0.0, 3)


def test_a_long_conversation_is_cut_between_turns_and_nothing_is_lost() -> None:
    said = a_transcript("rec-1", *["one two three four five"] * 1000)

    pieces = pieces_of(said)

    assert tuple(chain.from_iterable(piece.turns for piece in pieces)) == said.turns
    assert [piece.number for piece in pieces] == list(range(1, len(pieces) + 1))
    assert max(piece.words for piece in pieces) <= WORDS_A_PIECE


def test_a_monologue_longer_than_a_piece_stays_whole() -> None:
    said = a_transcript("rec-1", "Yes.", "word " * (WORDS_A_PIECE + 1), "No.")

    assert [piece.words for piece in pieces_of(said)] == [1, WORDS_A_PIECE + 1, 1]


def test_silence_has_no_pieces() -> None:
    assert pieces_of(a_transcript("rec-1")) == []


def test_the_ninth_party_has_the_colour_of_the_first() -> None:
    assert (lane(0), lane(7), lane(8)) == (0, 7, 0)


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.3, True), (0.6, False), (None, False)])
def test_a_word_that_was_hardly_understood_is_told(
    confidence: float | None, *, doubtful: bool
) -> None:
    assert is_doubtful(Word(0.0, 1.0, "word", confidence)) is doubtful
