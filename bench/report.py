"""What a benchmark reports: figures of ours beside those of a baseline, and what was asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar

RunT = TypeVar("RunT")


class CannotMeasureError(Exception):
    """A benchmark could not be run here; the text says in plain words why."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of the ratio, or of our own figure where ``of`` says so."""

    kind: Literal["at least", "at most"]
    limit: float
    of: Literal["ratio", "ours"] = "ratio"

    def met(self, figure: float) -> bool:
        """Tell whether a figure keeps to it."""
        return figure >= self.limit if self.kind == "at least" else figure <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing measured; ``ratio`` is ours to the baseline's."""

    what: str
    ours: float
    baseline: float
    ratio: float
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met, or ``None`` if there is none."""
        if self.goal is None:
            return None
        return self.goal.met(self.ratio if self.goal.of == "ratio" else self.ours)


@dataclass(frozen=True, slots=True)
class Report:
    """The rows of one benchmark, against what they are, and what a reader has to know of them."""

    name: str
    baseline: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def compared(
    what: str, ours: Sequence[float], baseline: Sequence[float], goal: Goal | None = None
) -> Row:
    """Take the middle of each side, and the middle of the ratios of runs that followed each other.

    What else the machine does meets both runs of a pair, so their ratio moves less than they do.
    """
    return Row(
        what=what,
        ours=median(ours),
        baseline=median(baseline),
        ratio=median(our / their for our, their in zip(ours, baseline, strict=True)),
        goal=goal,
    )


def rows(
    ours: Sequence[RunT],
    baseline: Sequence[RunT],
    figures: Mapping[str, tuple[Callable[[RunT], float], Goal | None]],
) -> tuple[Row, ...]:
    """Compare the runs of both sides by each of the figures."""
    return tuple(
        compared(what, [figure(run) for run in ours], [figure(run) for run in baseline], goal)
        for what, (figure, goal) in figures.items()
    )
