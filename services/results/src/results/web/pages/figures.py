"""Sums up days into the figures that people ask for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from results.ledger.views import DayView


@dataclass(frozen=True, slots=True)
class Rates:
    """What things cost, in one currency: a minute transcribed, and a call's share of the rest."""

    transcribed_minute: Decimal
    call: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """A day in the chart: its height and that of its failures, as parts of 100."""

    day: DayView
    height: float
    failed: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some days together; waits are the worst of any day."""

    calls: int
    ready: int
    failed: int
    minutes: float
    wait_p50: float | None
    wait_p95: float | None
    vonage: Decimal
    transcription: Decimal
    rest: Decimal
    reasons: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]

    @property
    def cost(self) -> Decimal:
        """What all of it costs."""
        return self.vonage + self.transcription + self.rest


def figures_of(days: Sequence[DayView], rates: Rates) -> Figures:
    """Sum up days, oldest first."""
    reasons: Counter[str] = Counter()
    for day in days:
        reasons.update({it.reason: it.count for it in day.reasons})
    calls = sum(day.calls for day in days)
    minutes = Decimal(str(sum(day.transcribed_minutes for day in days)))
    return Figures(
        calls=calls,
        ready=sum(day.ready for day in days),
        failed=sum(day.failed for day in days),
        minutes=sum(day.minutes for day in days),
        wait_p50=_middle([day.wait_p50 for day in days if day.wait_p50 is not None]),
        wait_p95=max((day.wait_p95 for day in days if day.wait_p95 is not None), default=None),
        vonage=sum((day.price for day in days), Decimal(0)),
        transcription=minutes * rates.transcribed_minute,
        rest=calls * rates.call,
        reasons=tuple(reasons.most_common()),
        bars=_bars(days),
    )


def _bars(days: Sequence[DayView]) -> tuple[Bar, ...]:
    most = max((day.calls for day in days), default=0) or 1
    return tuple(Bar(day, 100 * day.calls / most, 100 * day.failed / most) for day in days)


def _middle(waits: Sequence[float]) -> float | None:
    return sorted(waits)[len(waits) // 2] if waits else None
