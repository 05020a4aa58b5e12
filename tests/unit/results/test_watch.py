import json
from datetime import timedelta
from typing import Any

import pytest

from callscribe.errors import PermanentError, TransientError
from tests.unit.results.sets import (
    FAILURE,
    NOON,
    TRANSCRIPT,
    Around,
    a_set,
    ended,
    heard,
    started,
)

FOUR = a_set((0, 1), (2, 3), channels=4)
ONE = a_set((0, 1), channels=2)


def four(**changes: Any) -> Around:
    return Around(FOUR, {1: heard(1), 2: heard(2)}, **changes)


def test_a_job_whose_event_was_lost_is_found_by_asking() -> None:
    around = four()
    around.told(ended(FOUR, 1))
    around.runs(2, "COMPLETED")

    around.told(started(FOUR))

    assert json.loads(around.bucket.objects[TRANSCRIPT])["missing"] == []
    assert around.completions.published == []


def test_a_failure_whose_event_was_lost_is_found_too() -> None:
    around = Around(ONE)
    around.runs(1, "FAILED", failure_reason="Unsupported media format")

    around.told(started(ONE))

    assert json.loads(around.bucket.objects[FAILURE])["reason"] == "Unsupported media format"


def test_a_job_that_is_not_there_any_more_has_failed() -> None:
    around = four()
    around.told(ended(FOUR, 1))

    around.told(started(FOUR))

    [missing] = json.loads(around.bucket.objects[TRANSCRIPT])["missing"]
    assert missing["reason"].startswith("Amazon Transcribe knows no job callscribe-rec-1..")


def test_jobs_that_were_heard_of_are_not_asked_after() -> None:
    around = four()
    around.told(ended(FOUR, 1), ended(FOUR, 2))
    before = dict(around.bucket.objects)

    around.told(started(FOUR))

    assert around.bucket.objects == before
    assert len(around.bucket.reads) == 2


def test_a_transcript_that_was_never_written_is_written_when_reminded() -> None:
    around = four()
    around.told(ended(FOUR, 1))
    around.bucket.break_down_at(TRANSCRIPT)
    with pytest.raises(TransientError):
        around.told(ended(FOUR, 2))

    around.told(started(FOUR))

    assert TRANSCRIPT in around.bucket.objects


def test_a_reminder_delivered_twice_makes_one_transcript() -> None:
    around = four()
    for number in (1, 2):
        around.runs(number, "COMPLETED")

    around.told(started(FOUR), started(FOUR))

    assert around.written() == 1


@pytest.mark.parametrize("status", ["QUEUED", "IN_PROGRESS"])
def test_a_job_that_still_runs_is_asked_after_again_by_a_new_message(status: str) -> None:
    around = four(now=NOON + timedelta(minutes=5))
    around.told(ended(FOUR, 1))
    around.runs(2, status)

    around.told(started(FOUR))

    assert around.completions.published == [started(FOUR)]
    assert around.completions.delays == [timedelta(minutes=5)]
    assert TRANSCRIPT not in around.bucket.objects


@pytest.mark.parametrize(
    ("age", "delay"),
    [
        (timedelta(0), timedelta(seconds=1)),
        (timedelta(seconds=40), timedelta(seconds=40)),
        (timedelta(hours=30), timedelta(minutes=15)),
        (timedelta(days=7), timedelta(minutes=15)),
    ],
)
def test_a_job_is_asked_after_for_days_and_never_more_than_a_quarter_of_an_hour_apart(
    age: timedelta, delay: timedelta
) -> None:
    around = Around(ONE, now=NOON + age)
    around.runs(1, "IN_PROGRESS")

    around.told(started(ONE))

    assert around.completions.delays == [delay]


def test_a_job_that_runs_for_longer_than_any_can_is_given_up_on() -> None:
    around = Around(ONE, now=NOON + timedelta(days=8))
    around.runs(1, "IN_PROGRESS")

    with pytest.raises(PermanentError, match="1 jobs are still running after 8 days"):
        around.told(started(ONE))


def test_a_reminder_that_could_not_be_sent_again_comes_again_by_itself() -> None:
    around = Around(ONE)
    around.runs(1, "IN_PROGRESS")
    around.completions.fail(TransientError("SQS did not take the message"))

    with pytest.raises(TransientError, match="SQS"):
        around.told(started(ONE))


def test_what_ended_is_kept_while_others_run() -> None:
    around = four()
    around.runs(1, "COMPLETED")
    around.runs(2, "IN_PROGRESS")
    around.told(started(FOUR))

    around.told(ended(FOUR, 2))

    assert around.written() == 1


def test_a_completion_that_comes_after_all_completes_the_transcript() -> None:
    around = four()
    around.told(ended(FOUR, 1), started(FOUR))

    around.told(ended(FOUR, 2))

    assert json.loads(around.bucket.objects[TRANSCRIPT])["missing"] == []
    assert around.written() == 2
