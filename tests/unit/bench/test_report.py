import pytest

from bench.report import Goal, Row, compared, rows


def a_row(*, ours: float = 1.0, ratio: float = 1.0, goal: Goal | None = None) -> Row:
    return Row(what="requests/s", ours=ours, baseline=1.0, ratio=ratio, goal=goal)


@pytest.mark.parametrize(
    ("goal", "ratio"),
    [
        (Goal("at least", 1.5), 1.5),
        (Goal("at least", 1.5), 1.51),
        (Goal("at most", 5), 5.0),
        (Goal("at most", 5), 4.99),
    ],
)
def test_a_goal_is_met_at_its_limit_and_beyond(goal: Goal, ratio: float) -> None:
    assert a_row(ratio=ratio, goal=goal).met is True


@pytest.mark.parametrize(
    ("goal", "ratio"), [(Goal("at least", 1.5), 1.49), (Goal("at most", 5), 5.01)]
)
def test_a_goal_is_missed_on_the_other_side_of_its_limit(goal: Goal, ratio: float) -> None:
    assert a_row(ratio=ratio, goal=goal).met is False


def test_a_goal_may_be_about_our_own_figure_whatever_the_ratio_is() -> None:
    row = a_row(ours=0.21, ratio=1.05, goal=Goal("at most", 0.21, of="ours"))

    assert row.met


def test_a_row_without_a_goal_neither_meets_nor_misses() -> None:
    assert a_row().met is None


def test_the_ratio_is_the_middle_of_the_pairs_not_of_the_sides() -> None:
    row = compared("requests/s", ours=[200.0, 100.0, 20.0], baseline=[100.0, 50.0, 40.0])

    assert (row.ours, row.baseline, row.ratio) == (100.0, 50.0, 2.0)


def test_sides_of_different_length_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="shorter"):
        compared("requests/s", ours=[1.0, 2.0], baseline=[1.0])


def test_runs_are_compared_by_every_figure() -> None:
    goal = Goal("at least", 1.5)

    fast, cheap = rows(
        [{"speed": 3.0, "cost": 1.0}],
        [{"speed": 2.0, "cost": 4.0}],
        {"speed": (lambda run: run["speed"], goal), "cost": (lambda run: run["cost"], None)},
    )

    assert (fast.what, fast.ratio, fast.met) == ("speed", 1.5, True)
    assert (cheap.what, cheap.ratio, cheap.met) == ("cost", 0.25, None)
