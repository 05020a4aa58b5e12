"""Lays out what was measured as a table for a terminal."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from bench.report import Report, Row

HEADINGS: Final = ("Callscribe", "baseline", "ratio", "goal")
WIDTHS: Final = (32, 11, 11, 8)
"""Of what was measured and of the figures."""

LINE: Final = 100
MET: Final = {None: "", True: "met", False: "missed"}


def table(report: Report) -> str:
    """Lay out a report: a line for each row, then what a reader has to know."""
    return "\n".join(_lines(report))


def summary(reports: Iterable[Report]) -> str:
    """Count the goals that were met, and name those that were missed."""
    rows = [(report.name, row) for report in reports for row in report.rows if row.goal]
    missed = [f"{name}: {row.what}" for name, row in rows if not row.met]
    said = f"{len(rows) - len(missed)} of {len(rows)} goals met"
    return f"{said}; missed: {', '.join(missed)}" if missed else said


def cells(row: Row) -> tuple[str, ...]:
    """Write a row's texts as they are shown, from what was measured to whether it is enough."""
    figures = number(row.ours), number(row.baseline), f"{row.ratio:.2f}"
    return f"  {row.what}", *figures, _goal(row), MET[row.met]


def number(figure: float) -> str:
    """Write a figure with as many digits as mean something."""
    decimals = 0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 3  # noqa: PLR2004 - three digits
    return f"{figure:,.{decimals}f}"


def _lines(report: Report) -> Iterator[str]:
    yield _line((report.name, *HEADINGS, ""))
    for row in report.rows:
        yield _line(cells(row))
    for note in (f"baseline: {report.baseline}", *report.notes):
        yield from wrap(note, LINE, initial_indent="  ", subsequent_indent="    ")


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return f"{'ours ' if row.goal.of == 'ours' else ''}{row.goal.kind} {row.goal.limit:g}"


def _line(texts: tuple[str, ...]) -> str:
    what, *figures, goal, met = texts
    padded = [f"{text:>{width}}" for text, width in zip(figures, WIDTHS[1:], strict=True)]
    return "".join([f"{what:{WIDTHS[0]}}", *padded, f"  {goal:18}", met]).rstrip()
