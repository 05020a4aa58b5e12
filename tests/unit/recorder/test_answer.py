from datetime import UTC, datetime, timedelta

import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.answer import Answer, refusal, wait_asked_for
from recorder.patience import Patience

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def patience(minutes: float = 0) -> Patience:
    return Patience(NOON, NOON + timedelta(minutes=minutes), limit=timedelta(minutes=30))


def an_answer(status: int, retry_after: str | None = None) -> Answer:
    return Answer(status, iter(()), retry_after=retry_after)


def test_200_is_the_recording() -> None:
    assert refusal(an_answer(200), patience()) is None


@pytest.mark.parametrize("status", [202, 204, 404, 423])
def test_a_recording_that_is_not_there_yet_is_tried_again(status: int) -> None:
    assert isinstance(refusal(an_answer(status), patience(minutes=29)), TransientError)


@pytest.mark.parametrize("status", [202, 204, 404, 423])
def test_a_recording_that_is_never_there_is_given_up_on(status: int) -> None:
    assert isinstance(refusal(an_answer(status), patience(minutes=31)), PermanentError)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_a_busy_vonage_is_asked_again_however_late_it_is(status: int) -> None:
    assert isinstance(refusal(an_answer(status), patience(minutes=600)), TransientError)


@pytest.mark.parametrize("status", [404, 429, 503])
def test_vonage_may_say_when_to_ask_again(status: int) -> None:
    error = refusal(an_answer(status, retry_after="17"), patience())

    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "our configuration is wrong"),
        (403, "our configuration is wrong"),
        (410, "has deleted the recording"),
        (301, "redirect"),
        (302, "redirect"),
        (304, "redirect"),
        (307, "redirect"),
        (206, "refused the request"),
        (400, "refused the request"),
        (418, "refused the request"),
    ],
)
def test_whatever_asking_again_cannot_help_is_parked_with_the_reason(status: int, why: str) -> None:
    error = refusal(an_answer(status), patience())

    assert isinstance(error, PermanentError)
    assert why in str(error)
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 01 Sep 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 01 Sep 2026 12:05:00 -0000", timedelta(minutes=5)),
        ("86400", timedelta(hours=1)),
        ("9" * 5000, timedelta(hours=1)),
        ("Tue, 01 Sep 2026 12:05:00 +" + "9" * 20, None),
        ("Wed, 02 Sep 2026 12:00:00 GMT", timedelta(hours=1)),
        ("0", None),
        ("-5", None),
        ("Tue, 01 Sep 2026 11:00:00 GMT", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date_and_has_a_limit(
    said: str | None, wait: timedelta | None
) -> None:
    assert wait_asked_for(said, now=NOON) == wait
