"""Counts what happened on a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from results.ledger.entries import Figures
from results.ledger.views import DayView, ReasonCount, Status


def day_of(day: date, calls: Iterable[Figures]) -> DayView:
    """Add up the figures of the calls that began on a day."""
    its = list(calls)
    waits = sorted(call.wait for call in its if call.wait is not None)
    reasons = Counter(reason for call in its for reason in call.reasons)
    return DayView(
        day=day,
        calls=len(its),
        ready=sum(call.status is Status.READY for call in its),
        failed=sum(call.status is Status.FAILED for call in its),
        minutes=sum(call.seconds for call in its) / 60,
        transcribed_minutes=sum(call.transcribed for call in its) / 60,
        wait_p50=_percentile(waits, 50),
        wait_p95=_percentile(waits, 95),
        price=sum((call.price for call in its if call.price), Decimal(0)),
        reasons=tuple(
            ReasonCount(reason, count)
            for reason, count in sorted(reasons.items(), key=lambda it: (-it[1], it[0]))
        ),
    )


def _percentile(sorted_values: Sequence[float], percent: int) -> float | None:
    if not sorted_values:
        return None
    return sorted_values[ceil(len(sorted_values) * percent / 100) - 1]
