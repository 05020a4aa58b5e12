import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.spans import Span, common, joined_up, length, minus

TIMES = st.integers(0, 40).map(float)
SPANS = st.lists(
    st.tuples(TIMES, TIMES).map(lambda two: (min(two), max(two))).filter(lambda s: s[0] < s[1])
)


@pytest.mark.parametrize(
    ("spans", "gap", "then"),
    [
        ([(3, 4), (1, 2)], 0, [(1, 2), (3, 4)]),
        ([(1, 2), (2, 3)], 0, [(1, 3)]),
        ([(1, 5), (2, 3)], 0, [(1, 5)]),
        ([(1, 2), (2.5, 3)], 0.5, [(1, 2), (2.5, 3)]),
        ([(1, 2), (2.5, 3)], 0.6, [(1, 3)]),
    ],
)
def test_spans_that_touch_or_nearly_so_are_one(
    spans: list[Span], gap: float, then: list[Span]
) -> None:
    assert joined_up(spans, gap=gap) == then


def test_what_two_have_in_common_is_cut_out() -> None:
    assert list(common([(0, 4), (6, 9)], [(1, 2), (3, 7)])) == [(1, 2), (3, 4), (6, 7)]


def test_what_another_has_is_taken_away() -> None:
    assert list(minus([(0, 4), (6, 9)], [(1, 2), (3, 7)])) == [(0, 1), (2, 3), (7, 9)]


@given(SPANS, SPANS)
def test_what_is_common_and_what_is_not_are_the_whole(one: list[Span], two: list[Span]) -> None:
    some, others = joined_up(one), joined_up(two)

    shared, left = length(common(some, others)), length(minus(some, others))

    assert shared + left == length(some)
    assert length(joined_up([*some, *others])) == left + length(others)
