import pytest

from bench.report import Goal, Report, Row
from bench.table import number, summary, table

AT_LEAST = Goal("at least", 1.5)


def a_row(*, ratio: float = 2.0, goal: Goal | None = None) -> Row:
    return Row(what="requests/s", ours=1020.0, baseline=510.0, ratio=ratio, goal=goal)


def a_report(*rows: Row, notes: tuple[str, ...] = ()) -> Report:
    return Report("gateway", "a bare route", rows, notes)


def test_a_row_shows_both_figures_their_ratio_and_the_goal() -> None:
    heading, row, _ = table(a_report(a_row(goal=AT_LEAST))).splitlines()

    assert heading.split() == ["gateway", "Callscribe", "baseline", "ratio", "goal"]
    assert row.split() == ["requests/s", "1,020", "510", "2.00", "at", "least", "1.5", "met"]


def test_a_missed_goal_is_called_missed() -> None:
    shown = table(a_report(a_row(ratio=1.49, goal=AT_LEAST)))

    assert "missed" in shown


def test_a_row_without_a_goal_ends_with_its_ratio() -> None:
    _, row, _ = table(a_report(a_row())).splitlines()

    assert row.endswith("2.00")


def test_a_goal_of_our_own_figure_says_so() -> None:
    shown = table(a_report(a_row(goal=Goal("at most", 0.2, of="ours"))))

    assert "ours at most 0.2" in shown


def test_figures_stand_under_their_headings() -> None:
    heading, row, _ = table(a_report(a_row())).splitlines()

    assert row.index("510") + len("510") == heading.index("baseline") + len("baseline")
    assert row.index("2.00") + len("2.00") == heading.index("ratio") + len("ratio")


def test_what_it_is_compared_with_and_every_note_follow_the_rows() -> None:
    shown = table(a_report(a_row(), notes=("SQS: a stub", "a note " * 30)))

    assert "  baseline: a bare route\n  SQS: a stub\n  a note" in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (1234567.8, "1,234,568"),
        (99.96, "100.0"),
        (12.34, "12.3"),
        (0.2104, "0.210"),
        (0.0, "0.000"),
    ],
)
def test_a_figure_has_as_many_digits_as_mean_something(figure: float, shown: str) -> None:
    assert number(figure) == shown


def test_the_summary_names_what_was_missed() -> None:
    reports = [a_report(a_row(goal=AT_LEAST), a_row(ratio=1.0, goal=AT_LEAST), a_row())]

    assert summary(reports) == "1 of 2 goals met; missed: gateway: requests/s"


def test_the_summary_of_goals_all_met_names_none() -> None:
    assert summary([a_report(a_row(goal=AT_LEAST))]) == "1 of 1 goals met"
