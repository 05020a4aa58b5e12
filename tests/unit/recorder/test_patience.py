from datetime import UTC, datetime, timedelta

from callscribe.errors import PermanentError, TransientError
from recorder.patience import Patience

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def after(minutes: float) -> Patience:
    return Patience(
        announced=NOON, now=NOON + timedelta(minutes=minutes), limit=timedelta(minutes=30)
    )


def test_what_is_not_ready_is_tried_again_for_half_an_hour() -> None:
    error = after(30).not_ready("not there", retry_after=timedelta(seconds=7))

    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(seconds=7)


def test_then_it_is_given_up_on_and_the_reason_says_for_how_long_we_waited() -> None:
    error = after(31.5).not_ready("not there")

    assert isinstance(error, PermanentError)
    assert str(error) == "not there, 31 minutes after it was announced"


def test_a_clock_that_is_behind_is_not_held_against_the_recording() -> None:
    assert isinstance(after(-5).not_ready("not there"), TransientError)
