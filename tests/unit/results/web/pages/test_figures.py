from datetime import date
from decimal import Decimal

import pytest

from results.ledger.views import DayView, ReasonCount
from results.web.pages.figures import Rates, figures_of

FIRST = DayView(
    date(2026, 2, 1),
    calls=10,
    ready=8,
    failed=2,
    minutes=50.0,
    transcribed_minutes=40.0,
    wait_p50=10.0,
    wait_p95=60.0,
    price=Decimal("1.5"),
    reasons=(ReasonCount("gone", 2),),
)
RATES = Rates(transcribed_minute=Decimal("0.1"), call=Decimal("0.01"))
SECOND = DayView(date(2026, 2, 2), calls=5, failed=1, reasons=(ReasonCount("gone", 1),))


def test_days_are_summed_up() -> None:
    figures = figures_of([FIRST, SECOND], RATES)

    assert (figures.calls, figures.ready, figures.failed) == (15, 8, 3)
    assert figures.reasons == (("gone", 3),)
    assert (figures.wait_p50, figures.wait_p95) == (10.0, 60.0)


def test_the_cost_is_that_of_vonage_of_transcribing_and_of_the_rest() -> None:
    figures = figures_of([FIRST, SECOND], RATES)

    assert (figures.vonage, figures.transcription) == (Decimal("1.5"), Decimal("4.0"))
    assert figures.cost == Decimal("5.65")


def test_the_busiest_day_is_as_high_as_the_chart() -> None:
    bars = figures_of([FIRST, SECOND], RATES).bars

    assert [bar.height for bar in bars] == [100, 50]
    assert [bar.failed for bar in bars] == pytest.approx([20, 10])


def test_days_without_calls_have_no_waits_and_no_height() -> None:
    figures = figures_of([DayView(date(2026, 2, 1))], RATES)

    assert figures.wait_p50 is None
    assert figures.bars[0].height == 0
