from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from results.transcript import Turn, Word
from results.turns import BREATH, PAUSE, turns_of
from results.words import joined


def a_word(start: float, end: float, text: str = "word", confidence: float | None = 0.9) -> Word:
    return Word(start, end, text, confidence)


def speech(start: float, count: int, *, gap: float = 0.05, prefix: str = "w") -> list[Word]:
    """So many words of 0.3 s, with the same gap between them."""
    starts = [round(start + place * (0.3 + gap), 3) for place in range(count)]
    return [a_word(at, round(at + 0.3, 3), f"{prefix}{place}") for place, at in enumerate(starts)]


def order(turns: tuple[Turn, ...]) -> list[tuple[int, str]]:
    return [(turn.party, turn.text) for turn in turns]


def test_words_of_one_party_are_one_turn_until_another_takes_over() -> None:
    caller = [a_word(0, 1, "Hello,"), a_word(3, 4, "anybody?"), a_word(8, 9, "Good.")]
    callee = [a_word(5, 6, "Yes.")]

    turns = turns_of([caller, callee])

    assert order(turns) == [(0, "Hello, anybody?"), (1, "Yes."), (0, "Good.")]
    assert not any(turn.overlaps for turn in turns)


def test_a_short_word_within_a_long_answer_is_a_turn_that_does_not_cut_it() -> None:
    answer = speech(0, 20)
    mm_hm = [a_word(3.1, 3.4, "Mm-hm.")]

    first, second = turns_of([answer, mm_hm])

    assert (first.party, first.words) == (0, tuple(answer))
    assert (second.party, second.text) == (1, "Mm-hm.")
    assert first.overlaps
    assert second.overlaps


def test_two_who_talk_at_once_do_not_interleave_word_by_word() -> None:
    caller = speech(0, 10, prefix="a")
    callee = speech(0.17, 10, prefix="b")

    turns = turns_of([caller, callee])

    assert [turn.party for turn in turns] == [0, 1]
    assert all(turn.overlaps for turn in turns)


def test_a_quick_answer_in_a_short_pause_takes_the_turn() -> None:
    caller = [a_word(0, 1, "Name?"), a_word(1.6, 2, "Thanks.")]
    callee = [a_word(1.2, 1.5, "Ann.")]

    assert order(turns_of([caller, callee])) == [(0, "Name?"), (1, "Ann."), (0, "Thanks.")]


def test_single_words_in_turn_stay_in_turn() -> None:
    caller = speech(0, 4, gap=0.5, prefix="a")
    callee = speech(0.4, 4, gap=0.5, prefix="b")

    assert [turn.party for turn in turns_of([caller, callee])] == [0, 1] * 4


def test_a_gap_too_short_to_hear_gives_nobody_the_turn() -> None:
    caller = [a_word(0, 1, "Good"), a_word(1.1, 2, "morning.")]
    callee = [a_word(1.05, 1.5, "Er.")]

    assert order(turns_of([caller, callee])) == [(0, "Good morning."), (1, "Er.")]


def test_a_long_pause_ends_an_utterance_though_floats_say_it_is_shorter() -> None:
    # 2.3 - 1.5 is 0.7999999999999998. The other has begun before the pause and goes on through it.
    caller = [a_word(0, 1.5, "One."), a_word(2.3, 3, "Two.")]
    callee = [a_word(1.4, 2.4, "Three.")]

    assert order(turns_of([caller, callee])) == [(0, "One."), (1, "Three."), (0, "Two.")]


def test_two_who_begin_at_the_same_time_come_in_the_order_of_their_channels() -> None:
    same = [a_word(0, 1, "Hello.")]

    assert [turn.party for turn in turns_of([same, same])] == [0, 1]


def test_to_follow_at_once_is_not_to_overlap() -> None:
    turns = turns_of([[a_word(0, 1)], [a_word(1, 2)]])

    assert not any(turn.overlaps for turn in turns)


def test_an_early_turn_overlaps_with_one_that_comes_much_later() -> None:
    story = speech(0, 30)
    caller = [a_word(1.1, 1.3, "Really?"), a_word(8, 8.2, "No!")]

    turns = turns_of([story, caller])

    assert [(turn.party, turn.overlaps) for turn in turns] == [(0, True), (1, True)]


def test_the_confidence_is_the_average_over_the_words_that_have_one() -> None:
    [turn] = turns_of([[a_word(0, 1, confidence=0.9), a_word(1, 2, confidence=None)]])

    assert turn.confidence == 0.9


def test_a_turn_of_redacted_words_has_no_confidence() -> None:
    [turn] = turns_of([[a_word(0, 1, "[PII]", confidence=None)]])

    assert turn.confidence is None


def test_silence_has_no_turns() -> None:
    assert turns_of([[], []]) == ()
    assert turns_of([]) == ()


GAPS = st.sampled_from([0, 10, 50, 199, 200, 300, 500, 799, 800, 801, 2000, 9000])


@st.composite
def a_party(draw: st.DrawFn) -> list[Word]:
    """Words in order, whose times are whole milliseconds and do not overlap."""
    lengths = draw(st.lists(st.tuples(GAPS, st.integers(1, 900)), max_size=25))
    edges = list(accumulate(length for pair in lengths for length in pair))
    number = draw(st.integers(0, 99))
    return [
        a_word(start / 1000, end / 1000, f"p{number}w{place}")
        for place, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=True))
    ]


calls = st.lists(a_party(), max_size=4)
thorough = settings(deadline=None, max_examples=200)


@given(calls)
@thorough
def test_every_word_comes_back_once_on_its_party_in_its_order(call: list[list[Word]]) -> None:
    turns = turns_of(call)

    for party, words in enumerate(call):
        of_party = [word for turn in turns if turn.party == party for word in turn.words]
        assert of_party == words


@given(calls)
@thorough
def test_turns_come_in_the_order_in_which_they_begin(call: list[list[Word]]) -> None:
    turns = turns_of(call)

    assert [turn.start for turn in turns] == sorted(turn.start for turn in turns)
    assert all(turn.party != following.party for turn, following in pairwise(turns))


@given(calls)
@thorough
def test_a_turn_is_as_long_and_says_what_its_words_do(call: list[list[Word]]) -> None:
    for turn in turns_of(call):
        assert turn.start == turn.words[0].start
        assert turn.end == max(word.end for word in turn.words)
        assert turn.text == joined(turn.words)


@given(calls)
@thorough
def test_a_turn_overlaps_if_another_party_has_one_at_the_same_time(call: list[list[Word]]) -> None:
    turns = turns_of(call)

    for turn in turns:
        at_once = [
            other
            for other in turns
            if other.party != turn.party and other.start < turn.end and turn.start < other.end
        ]
        assert turn.overlaps == bool(at_once)


@given(calls)
@thorough
def test_no_turn_holds_a_pause_in_which_another_party_began(call: list[list[Word]]) -> None:
    turns = turns_of(call)

    for turn in turns:
        for before, after in pairwise(turn.words):
            if round(after.start - before.end, 3) < BREATH:
                continue
            taken = [
                other
                for other in turns
                if other.party != turn.party and before.end <= other.start < after.start
            ]
            assert not taken


@given(a_party())
@thorough
def test_the_words_of_one_party_alone_are_its_text(words: list[Word]) -> None:
    turns = turns_of([[], words, []])

    assert [turn.text for turn in turns] == ([joined(words)] if words else [])


def test_a_pause_is_longer_than_a_breath() -> None:
    assert BREATH < PAUSE
