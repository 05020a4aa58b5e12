"""What goes wrong on purpose, over the wire."""

from time import monotonic

import pytest
from botocore.exceptions import ClientError

from tests.integration.local_transcribe.harness import LocalTranscribe

pytestmark = pytest.mark.emulator

ONCE = {"retries": {"total_max_attempts": 1}}


def test_a_job_fails_for_the_reason_that_was_set(transcribe: LocalTranscribe) -> None:
    transcribe.play(fail="Internal Failure. Please try your request again.")

    transcribe.start()

    [event] = transcribe.events(1)
    assert event["detail"]["FailureReason"] == "Internal Failure. Please try your request again."


def test_a_lost_event_leaves_the_job_completed(transcribe: LocalTranscribe) -> None:
    transcribe.play(event_lost=True)

    transcribe.start()

    assert transcribe.ended()["TranscriptionJobStatus"] == "COMPLETED"
    assert transcribe.events(1, patience=2) == []


def test_an_event_comes_twice(transcribe: LocalTranscribe) -> None:
    transcribe.play(event_twice=True)

    transcribe.start()

    first, second = transcribe.events(2)
    assert first["id"] != second["id"]
    assert first["detail"] == second["detail"]


@pytest.mark.parametrize(
    ("scenario", "code"),
    [
        ({"throttled": 1}, "ThrottlingException"),
        ({"limit_exceeded": 1}, "LimitExceededException"),
        ({"internal_failures": 1}, "InternalFailureException"),
    ],
)
def test_a_request_is_refused_as_often_as_was_set(
    transcribe: LocalTranscribe, scenario: dict[str, int], code: str
) -> None:
    client = transcribe.client(**ONCE)
    transcribe.play(**scenario)

    with pytest.raises(ClientError) as refusal:
        client.start_transcription_job(**transcribe.request())
    client.start_transcription_job(**transcribe.request())

    assert refusal.value.response["Error"]["Code"] == code


def test_a_slow_job_answers_that_it_is_in_progress(transcribe: LocalTranscribe) -> None:
    transcribe.play(slow=1.5)
    began = monotonic()

    transcribe.start()
    [_] = transcribe.events(1)

    assert monotonic() - began >= 1.5


@pytest.mark.parametrize("era", ["A", "B", "C"])
def test_the_file_has_the_form_that_was_set(transcribe: LocalTranscribe, era: str) -> None:
    transcribe.play(era=era)

    name = transcribe.start()["TranscriptionJobName"]
    transcribe.ended()

    results = transcribe.file(f"{name}/transcript.json")["results"]
    assert ("channel_label" in results["items"][0]) is (era != "A")
    assert ("audio_segments" in results) is (era == "C")
