from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from results.render.cues import MAX_CHARACTERS, MAX_SECONDS, cues_of, stamp
from results.transcript import Party, Transcript, Word
from results.turns import turns_of


def a_transcript(*spoken: list[Word]) -> Transcript:
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=None,
        parties=tuple(Party(f"Party {place + 1}") for place in range(len(spoken))),
        turns=turns_of(spoken),
    )


def speech(*texts: str, start: float = 0.0, length: float = 0.2) -> list[Word]:
    return [
        Word(start + place * length, start + (place + 1) * length, text)
        for place, text in enumerate(texts)
    ]


def test_a_short_turn_is_one_cue() -> None:
    [cue] = cues_of(a_transcript(speech("Hello,", "you.", start=1.5)))

    assert (cue.start, cue.end, cue.name, cue.text) == (1500, 1900, "Party 1", "Hello, you.")


def test_a_long_turn_is_cut_between_words_before_it_is_too_long_to_read() -> None:
    cues = cues_of(a_transcript(speech(*["seven", "letters"] * 12, length=0.1)))

    assert [len(cue.text) for cue in cues] == [83, 83]


def test_a_slow_turn_is_cut_before_it_is_shown_for_too_long() -> None:
    cues = cues_of(a_transcript(speech(*"abcdefghij", length=1.0)))

    assert [cue.text for cue in cues] == ["a b c d e f g", "h i j"]


def test_a_long_pause_within_a_turn_cuts_it() -> None:
    cues = cues_of(a_transcript([*speech("Wait."), *speech("Here.", start=3.0)]))

    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (0, 200, "Wait."),
        (3000, 3200, "Here."),
    ]


def test_a_language_without_spaces_is_cut_between_words_too() -> None:
    cues = cues_of(a_transcript(speech(*["お電話", "ありがとう", "ございます。"] * 10, length=0.1)))

    assert len(cues) > 1
    assert all(len(cue.text) <= MAX_CHARACTERS for cue in cues)
    assert "".join(cue.text for cue in cues) == "お電話ありがとうございます。" * 10


def test_a_word_that_is_too_long_is_a_cue_of_its_own() -> None:
    cues = cues_of(a_transcript(speech("a", "b" * 200, "c")))

    assert [cue.text for cue in cues] == ["a", "b" * 200, "c"]


def test_cues_of_two_who_talk_at_once_come_in_the_order_in_which_they_begin() -> None:
    story = speech(*["on"] * 60)
    transcript = a_transcript(story, speech("Mm-hm.", start=2.1))

    cues = cues_of(transcript)

    assert [cue.name for cue in cues] == ["Party 1", "Party 2", "Party 1", "Party 1"]


def test_a_word_of_no_length_can_still_be_shown() -> None:
    [cue] = cues_of(a_transcript([Word(2.0, 2.0, "now")]))

    assert (cue.start, cue.end) == (2000, 2001)


def test_silence_has_no_cues() -> None:
    assert cues_of(a_transcript([], [])) == []


def test_a_time_is_written_with_hours_and_milliseconds() -> None:
    assert stamp(0, point=".") == "00:00:00.000"
    assert stamp(3_723_045, point=",") == "01:02:03,045"


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 3000), st.integers(1, 90))))
@settings(deadline=None)
def test_every_word_is_in_one_cue_and_no_cue_is_too_much(
    lengths: list[tuple[int, int, int]],
) -> None:
    words: list[Word] = []
    now = 0
    for gap, length, letters in lengths:
        words.append(Word((now + gap) / 1000, (now + gap + length) / 1000, "x" * letters))
        now += gap + length

    cues = cues_of(a_transcript(words))

    assert " ".join(cue.text for cue in cues) == " ".join(word.text for word in words)
    assert all(before.start <= after.start for before, after in pairwise(cues))
    for cue in cues:
        alone = " " not in cue.text
        assert alone or len(cue.text) <= MAX_CHARACTERS
        assert alone or cue.end - cue.start <= MAX_SECONDS * 1000
