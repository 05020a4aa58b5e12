from datetime import timedelta

import pytest
from pydantic import BaseModel, ValidationError

from callscribe.errors import PermanentError, TransientError
from callscribe.limits import Limits
from callscribe.outcome import Park, Retry, backoff, not_understood, outcome_of

LIMITS = Limits(max_attempts=5, retry_base=timedelta(seconds=4), retry_cap=timedelta(minutes=1))


def decide(error: BaseException, *, attempt: int = 1) -> Park | Retry:
    return outcome_of(error, attempt=attempt, limits=LIMITS, random=lambda: 1.0)


def test_a_permanent_failure_is_parked_at_once_with_its_reason() -> None:
    assert decide(PermanentError("the recording is gone")) == Park("the recording is gone")


def test_a_transient_failure_is_tried_again_later() -> None:
    assert decide(TransientError("not there yet")) == Retry(timedelta(seconds=4), "not there yet")


def test_a_transient_failure_that_knows_when_is_tried_again_then() -> None:
    error = TransientError("too many requests", retry_after=timedelta(minutes=7))

    assert decide(error) == Retry(timedelta(minutes=7), "too many requests")


def test_a_time_to_try_again_that_has_passed_is_now() -> None:
    error = TransientError("too many requests", retry_after=timedelta(seconds=-3))

    assert decide(error) == Retry(timedelta(0), "too many requests")


def test_a_bug_is_tried_again_and_its_text_kept_to_ourselves() -> None:
    assert decide(KeyError("+441134960000")) == Retry(timedelta(seconds=4), "unexpected KeyError")


def test_an_exit_from_a_handler_is_a_bug_like_any_other() -> None:
    assert decide(SystemExit(1)) == Retry(timedelta(seconds=4), "unexpected SystemExit")


@pytest.mark.parametrize("attempt", [5, 6])
def test_what_fails_too_often_is_parked_with_its_last_reason(attempt: int) -> None:
    error = TransientError("not there yet")

    assert decide(error, attempt=attempt) == Park(
        f"given up after {attempt} attempts: not there yet"
    )


def test_each_attempt_waits_up_to_twice_as_long_up_to_a_cap() -> None:
    base, cap = timedelta(seconds=4), timedelta(minutes=1)

    waits = [backoff(n, base=base, cap=cap, random=lambda: 1.0) for n in range(1, 7)]

    assert [wait.total_seconds() for wait in waits] == [4, 8, 16, 32, 60, 60]


def test_a_wait_is_anything_up_to_its_longest() -> None:
    base, cap = timedelta(seconds=4), timedelta(minutes=1)

    assert backoff(1, base=base, cap=cap, random=lambda: 0.25) == timedelta(seconds=1)


def test_even_the_ten_thousandth_attempt_has_a_wait() -> None:
    longest = timedelta(hours=12)

    assert backoff(10_000, base=longest, cap=longest, random=lambda: 1.0) == longest


def test_a_message_that_is_not_understood_is_described_without_its_values() -> None:
    class Call(BaseModel):
        caller: int
        callee: str

    with pytest.raises(ValidationError) as caught:
        Call.model_validate({"caller": "tel:+441134960000"})

    said = not_understood(caught.value)
    assert said.startswith("the message is not understood: caller: ")
    assert "; callee: Field required" in said
    assert "+441134960000" not in said


def test_a_message_that_is_no_json_is_described_as_a_body() -> None:
    class Call(BaseModel):
        caller: str

    with pytest.raises(ValidationError) as caught:
        Call.model_validate_json("not JSON")

    assert not_understood(caught.value).startswith("the message is not understood: body: Invalid")
