import json
import logging
from itertools import permutations
from typing import Any

import pytest

from callscribe.errors import PermanentError, TransientError
from results.testing import a_result_file, a_word
from tests.unit.results.sets import (
    FAILURE,
    FOLDER,
    TRANSCRIPT,
    Around,
    a_set,
    ended,
    heard,
    started,
)

FIVE = a_set((0, 1), (2, 3), (4,))
ODD = a_result_file([a_word("alone", 3.0)])
FILES = {1: heard(1), 2: heard(2), 3: ODD}
WHOLE = (
    " 0:01  Caller    first1\n"
    " 0:01  Callee    second1\n"
    " 0:02  Party 3   first2\n"
    " 0:02  Party 4   second2\n"
    " 0:03  Party 5   alone\n"
)


def five() -> Around:
    return Around(FIVE, FILES)


def said(around: Around) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(around.bucket.objects[TRANSCRIPT])
    return found


def test_all_parts_of_a_recording_become_one_transcript() -> None:
    around = five()

    around.told(*(ended(FIVE, number) for number in (1, 2, 3)))

    assert around.text() == WHOLE
    assert [party["name"] for party in said(around)["parties"]] == [
        "Caller",
        "Callee",
        "Party 3",
        "Party 4",
        "Party 5",
    ]
    assert said(around)["language"] == "en-GB"


def test_nothing_is_published_before_every_part_has_ended() -> None:
    around = five()

    around.told(ended(FIVE, 3), ended(FIVE, 1))

    assert TRANSCRIPT not in around.bucket.objects
    assert around.bucket.reads == []


def test_a_part_delivered_twice_is_not_taken_for_another() -> None:
    around = five()

    around.told(ended(FIVE, 1), ended(FIVE, 1), ended(FIVE, 1))

    assert TRANSCRIPT not in around.bucket.objects


def test_a_part_that_failed_is_said_to_be_missing() -> None:
    around = five()

    around.told(ended(FIVE, 1), ended(FIVE, 2, "FAILED"), ended(FIVE, 3))

    assert said(around)["missing"] == [
        {"channels": [2, 3], "start": 0.0, "end": 60.0, "reason": "no way 2", "retryable": False}
    ]
    assert around.text() == (
        "Missing: Party 3, Party 4, from 0:00 to 1:00. Amazon Transcribe: no way 2\n"
        "\n"
        " 0:01  Caller    first1\n"
        " 0:01  Callee    second1\n"
        " 0:03  Party 5   alone\n"
    )
    assert FAILURE not in around.bucket.objects


def test_a_part_that_is_completed_after_all_completes_the_transcript() -> None:
    around = five()
    around.told(ended(FIVE, 1), ended(FIVE, 2, "FAILED"), ended(FIVE, 3))

    around.told(ended(FIVE, 2))

    assert around.text() == WHOLE
    assert said(around)["missing"] == []
    assert around.written() == 2


def test_a_part_that_fails_after_it_was_completed_changes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    around = five()
    around.told(*(ended(FIVE, number) for number in (1, 2, 3)))
    before = dict(around.bucket.objects)

    around.told(ended(FIVE, 2, "FAILED"))

    assert around.bucket.objects == before
    assert "late failure ignored" in [line.message for line in caplog.records]


def test_if_every_part_failed_there_is_a_failure_with_all_reasons() -> None:
    around = five()

    around.told(*(ended(FIVE, number, "FAILED") for number in (3, 1, 2)))

    assert json.loads(around.bucket.objects[FAILURE]) == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "reason": "no way 1; no way 2; no way 3",
        "failed_at": "2026-03-01T12:00:03Z",
        "retryable": False,
    }
    assert TRANSCRIPT not in around.bucket.objects


def test_a_part_of_a_failed_recording_that_is_completed_after_all_is_shown() -> None:
    around = five()
    around.told(*(ended(FIVE, number, "FAILED") for number in (3, 1, 2)))

    around.told(ended(FIVE, 3))

    assert FAILURE not in around.bucket.objects
    assert around.text().endswith("\n\n 0:03  Party 5   alone\n")
    assert len(said(around)["missing"]) == 2


def test_a_failure_by_a_fault_of_aws_is_marked() -> None:
    around = five()
    failure = ended(FIVE, 2, "FAILED", failure_reason="Internal service failure. Try again.")

    around.told(ended(FIVE, 1), failure, ended(FIVE, 3))

    [missing] = said(around)["missing"]
    assert missing["retryable"] is True


def test_a_recording_on_which_nobody_speaks_is_a_transcript_at_once() -> None:
    silence = a_set(channels=2, silent_channels=(0, 1))
    around = Around(silence)

    around.told(started(silence), started(silence))

    assert around.text() == "No speech.\n"
    assert [party["name"] for party in said(around)["parties"]] == ["Caller", "Callee"]
    assert said(around)["silent"] == [0, 1]
    assert around.written() == 1
    assert around.completions.published == []


def test_a_silent_channel_costs_no_job_and_is_listed() -> None:
    planned = a_set((0, 2), channels=3, silent_channels=(1,))
    around = Around(planned, {1: heard(1)})

    around.told(ended(planned, 1))

    assert around.text() == (
        "Silent: Callee.\n\n 0:01  Caller    first1\n 0:01  Party 3   second1\n"
    )


def test_a_part_whose_file_is_not_there_yet_is_tried_again() -> None:
    around = Around(FIVE, {1: heard(1), 3: ODD})
    around.told(ended(FIVE, 1), ended(FIVE, 2))

    with pytest.raises(TransientError, match="not there yet"):
        around.told(ended(FIVE, 3))

    assert TRANSCRIPT not in around.bucket.objects


@pytest.mark.parametrize("suffix", ["txt", "vtt", "srt", "json"])
def test_what_was_interrupted_at_any_file_is_finished_when_it_comes_again(suffix: str) -> None:
    around = five()
    around.told(ended(FIVE, 1), ended(FIVE, 2))
    around.bucket.break_down_at(f"{FOLDER}/transcript.{suffix}")
    with pytest.raises(TransientError):
        around.told(ended(FIVE, 3))

    around.told(ended(FIVE, 3))

    assert around.text() == WHOLE
    assert around.written() == 1


def test_a_job_that_is_not_of_the_set_is_given_up_on() -> None:
    other = a_set((0, 1), (2, 3))

    with pytest.raises(PermanentError, match="none of those that transcribe the recording"):
        five().told(ended(other, 1))


def test_another_run_leaves_the_first_as_it_is() -> None:
    again = a_set((0, 1), run=2, channels=2)
    named = again.model_copy(
        update={
            "jobs": (
                again.jobs[0].model_copy(update={"job_name": "callscribe-rec-1..run2-part1-of1"}),
            )
        }
    )
    around = Around(named, {1: heard(1)})

    around.told(ended(named, 1))

    assert f"{FOLDER}/run-2/transcript.json" in around.bucket.objects
    assert TRANSCRIPT not in around.bucket.objects


def test_parts_delivered_twice_in_any_order_give_the_same_bytes_in_one_write() -> None:
    orders = set(permutations((1, 1, 2, 2, 3, 3)))
    results = set()

    for order in orders:
        around = five()
        around.told(*(ended(FIVE, number) for number in order))
        results.add(
            around.bucket.objects[TRANSCRIPT] + around.bucket.objects[f"{FOLDER}/transcript.vtt"]
        )
        assert around.written() == 1

    assert len(orders) == 90
    assert len(results) == 1


def test_failures_and_completions_in_any_order_end_with_the_same_bytes() -> None:
    ends = [(1, "FAILED"), (1, "COMPLETED"), (2, "COMPLETED"), (2, "COMPLETED"), (3, "FAILED")]
    results = set()

    for order in permutations(ends):
        around = five()
        around.told(*(ended(FIVE, number, status) for number, status in order))
        results.add(around.bucket.objects[TRANSCRIPT])
        late = order.index((1, "COMPLETED")) > max(
            order.index(first) for first in ((1, "FAILED"), (2, "COMPLETED"), (3, "FAILED"))
        )
        assert around.written() == (2 if late else 1)
        assert FAILURE not in around.bucket.objects

    assert len(results) == 1
