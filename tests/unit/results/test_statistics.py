import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import Statistics, statistics_of
from results.transcript import Party, Transcript, Word
from results.turns import turns_of

Speech = list[tuple[float, float]]

SPEECH = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(1, 5_000)).map(
        lambda said: (said[0] / 1000, (said[0] + said[1]) / 1000)
    ),
    max_size=12,
)


def a_transcript(*spoken: Speech) -> Transcript:
    turns = turns_of(
        [[Word(start, end, "word", 0.9) for start, end in sorted(speech)] for speech in spoken]
    )
    return Transcript(
        recording_id="rec-1",
        conversation_id=None,
        language=None,
        duration=max((turn.end for turn in turns), default=None),
        parties=tuple(Party(f"Party {place + 1}", place) for place in range(len(spoken))),
        turns=turns,
    )


def counted(*spoken: Speech, duration: float | None = None) -> Statistics:
    return statistics_of(a_transcript(*spoken), duration=duration)


def steadily(start: float, end: float) -> Speech:
    """Speak a word each half second, with pauses nobody hears."""
    return [(start + at / 2, start + at / 2 + 0.4) for at in range(int((end - start) * 2))]


def test_talk_time_is_that_of_the_words_and_of_the_breaths_between() -> None:
    counts = counted([(0.0, 1.0), (1.1, 2.0), (5.0, 6.0)])

    assert counts.parties[0].talk_seconds == 3.0
    assert counts.parties[0].words == 3


def test_silence_is_when_nobody_talks_until_the_call_ends() -> None:
    counts = counted([(1.0, 2.0)], [(1.5, 3.0)], duration=10.0)

    assert counts.duration == 10.0
    assert counts.silence_seconds == 8.0
    assert counts.overlap_seconds == 0.5


def test_without_a_duration_the_call_ends_with_its_last_word() -> None:
    assert counted([(1.0, 2.0)]).silence_seconds == 1.0


def test_a_share_is_the_part_of_all_that_is_said() -> None:
    counts = counted([(0.0, 3.0)], [(4.0, 5.0)])

    assert [party.share for party in counts.parties] == [0.75, 0.25]


def test_who_begins_in_the_midst_of_anothers_speech_interrupts() -> None:
    counts = counted(steadily(0, 6), steadily(2, 4))

    assert [party.interruptions for party in counts.parties] == [0, 1]


@pytest.mark.parametrize(
    "other",
    [
        [(3.0, 3.4)],
        steadily(0.2, 3),
        steadily(5.6, 8),
        steadily(6, 8),
    ],
    ids=["mm-hm", "starts at once", "answers early", "answers after"],
)
def test_who_only_agrees_or_takes_the_turn_does_not_interrupt(other: Speech) -> None:
    counts = counted(steadily(0, 6), other)

    assert counts.parties[1].interruptions == 0


def test_two_who_are_interrupted_at_once_are_one_interruption() -> None:
    counts = counted(steadily(0, 6), steadily(0, 6), steadily(2, 4))

    assert counts.parties[2].interruptions == 1


def test_words_per_minute_go_by_talk_time() -> None:
    counts = counted([(at * 0.5, at * 0.5 + 0.5) for at in range(12)], duration=60.0)

    assert counts.parties[0].words_per_minute == 120.0


def test_of_too_little_talk_no_speed_is_told() -> None:
    assert counted([(0.0, 2.9)]).parties[0].words_per_minute is None


def test_a_monologue_goes_on_through_a_hesitation_but_not_past_another() -> None:
    alone = counted([(0.0, 2.0), (3.9, 5.0)])
    answered = counted([(0.0, 2.0), (3.9, 5.0)], [(2.5, 3.0)])
    paused = counted([(0.0, 2.0), (4.0, 5.0)])

    assert alone.parties[0].longest_monologue_seconds == 5.0
    assert answered.parties[0].longest_monologue_seconds == 2.5
    assert paused.parties[0].longest_monologue_seconds == 2.0


def test_of_silence_there_is_nothing_but_silence() -> None:
    counts = counted([], [], duration=5.0)

    assert (counts.duration, counts.silence_seconds, counts.overlap_seconds) == (5.0, 5.0, 0.0)
    assert [party.talk_seconds for party in counts.parties] == [0.0, 0.0]


def test_a_call_of_nobody_is_counted_too() -> None:
    assert counted().parties == ()


@given(st.lists(SPEECH, max_size=4), st.none() | st.floats(0, 100))
def test_no_number_is_negative_and_none_is_more_than_there_is(
    spoken: list[Speech], duration: float | None
) -> None:
    counts = counted(*spoken, duration=duration)

    talk = [party.talk_seconds for party in counts.parties]
    assert 0 <= counts.silence_seconds <= counts.duration
    assert 0 <= counts.overlap_seconds <= counts.duration - counts.silence_seconds + 0.002
    assert all(0 <= seconds <= counts.duration for seconds in talk)
    assert sum(talk) >= counts.duration - counts.silence_seconds - 0.005
    assert max(talk, default=0.0) <= counts.duration - counts.silence_seconds + 0.002
    for party in counts.parties:
        assert 0 <= party.longest_monologue_seconds <= counts.duration
        assert 0 <= party.interruptions <= party.words
        assert 0 <= party.share <= 1


@given(st.lists(SPEECH, min_size=2, max_size=2))
def test_two_who_talk_overlap_in_what_is_more_than_the_call(spoken: list[Speech]) -> None:
    counts = counted(*spoken)

    talk = sum(party.talk_seconds for party in counts.parties)

    assert talk + counts.silence_seconds - counts.overlap_seconds == pytest.approx(
        counts.duration, abs=0.005
    )
