from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.audio.loudness import SMOOTHING, Loudness

STEP = 1600


def a_call(*levels: float) -> Loudness:
    return Loudness(array("f", levels), STEP)


def test_the_quietest_place_is_the_middle_of_a_pause() -> None:
    call = a_call(*[1.0] * 20, *[0.0] * 5, *[1.0] * 20)

    assert call.quietest(0, 45 * STEP) == 22 * STEP + STEP // 2


def test_a_gap_within_a_word_is_no_pause() -> None:
    call = a_call(*[1.0] * 10, 0.0, *[1.0] * 10, *[0.1] * SMOOTHING, *[1.0] * 10)

    assert 21 * STEP <= call.quietest(0, len(call.power) * STEP) < 26 * STEP


def test_of_equal_places_it_is_the_latest() -> None:
    call = a_call(*[0.5] * 30)

    assert call.quietest(0, 30 * STEP) == 29 * STEP + STEP // 2


def test_only_the_time_asked_for_is_looked_at() -> None:
    call = a_call(0.0, 0.0, 0.0, 0.0, 0.0, *[1.0] * 20, *[0.5] * 5, *[1.0] * 5)

    assert 25 * STEP <= call.quietest(10 * STEP, 35 * STEP) < 30 * STEP


@pytest.mark.parametrize(("first", "last"), [(100, 900), (50 * STEP, 60 * STEP)])
def test_without_a_whole_step_it_is_the_end(first: int, last: int) -> None:
    assert a_call(*[1.0] * 30).quietest(first, last) == last


def test_what_is_no_number_is_loud() -> None:
    call = a_call(*[float("nan")] * 10, *[0.5] * SMOOTHING, *[float("inf")] * 10)

    assert 10 * STEP <= call.quietest(0, 25 * STEP) < 15 * STEP


@given(
    levels=st.lists(st.sampled_from([0.0, 0.1, 1.0]), min_size=1, max_size=100),
    first=st.integers(0, 50),
    length=st.integers(1, 50),
)
def test_the_place_is_always_between_the_two(levels: list[float], first: int, length: int) -> None:
    found = a_call(*levels).quietest(first * STEP, (first + length) * STEP)

    assert first * STEP <= found <= (first + length) * STEP
