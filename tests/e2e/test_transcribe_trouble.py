"""What Amazon Transcribe may do to a call, and how it ends all the same."""

from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from callscribe.names import JobId, job_name
from tests.e2e.journey import Call, Journey, journey, said_by

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    asked_after_soon = {"transcriber": {"TRANSCRIBER_WATCH_AFTER": "1"}}
    with journey(tmp_path_factory.mktemp("transcribe"), overrides=asked_after_soon) as running:
        yield running


@pytest.fixture(autouse=True)
def fair_weather(stack: Journey) -> Iterator[None]:
    yield
    let(stack)


def let(stack: Journey, **scenario: Any) -> None:
    """Have the local Transcribe behave so from here on; with nothing said it behaves well."""
    at = f"{stack.stack.places.transcribe}/local/scenario"
    assert urllib3.request("PUT", at, json=scenario, timeout=10).status == 200


def completions_handled(stack: Journey, call: Call) -> int:
    ids = {"service": "results", "recording_id": call.recording_id}
    published = stack.lines.facts(event="transcript published", **ids)
    return len(published) + len(stack.lines.facts(event="transcript already there", **ids))


@pytest.mark.parametrize("era", ["A", "B", "C"])
def test_a_file_of_any_era_is_read(stack: Journey, era: str) -> None:
    let(stack, era=era)

    transcript = stack.transcript_of(stack.place())

    assert "three apple trees" in said_by(transcript, "Caller")


@pytest.mark.parametrize(
    "reason",
    ["Unsupported media format", "Internal service failure. Try your request again."],
)
def test_a_job_that_failed_leaves_its_reason(stack: Journey, reason: str) -> None:
    let(stack, fail=reason)

    failure = stack.failure_of(call := stack.place())

    assert failure["reason"] == reason
    assert not stack.has_transcript(call)


def test_a_call_whose_event_is_lost_gets_its_transcript_all_the_same(stack: Journey) -> None:
    let(stack, event_lost=True)

    transcript = stack.transcript_of(call := stack.place())

    assert "three apple trees" in said_by(transcript, "Caller")
    assert stack.lines.facts(event="completion was lost", recording_id=call.recording_id)


def test_an_event_that_comes_twice_is_one_transcript(stack: Journey) -> None:
    let(stack, event_twice=True)

    transcript = stack.transcript_of(call := stack.place())

    assert stack.wait_for(lambda: completions_handled(stack, call) == 2)
    assert stack.transcript_of(call) == transcript


@pytest.mark.parametrize("busy", ["throttled", "limit_exceeded", "internal_failures"])
def test_a_transcribe_that_is_busy_is_asked_again(stack: Journey, busy: str) -> None:
    # boto3 tries three times by itself before the message goes back to its queue.
    let(stack, **{busy: 4})

    transcript = stack.transcript_of(call := stack.place())

    assert transcript["turns"]
    assert stack.jobs().count(job_name(JobId(call.recording_id))) == 1
