from typing import Any

import pytest

from callscribe.contracts import Event, TranscribeJobChanged, TranscriptionFinished
from callscribe.errors import PermanentError, TransientError
from callscribe.job import Job, UnknownJobError
from notifier.handler import handle


class FakeQueue:
    """A queue that keeps what is published."""

    def __init__(self) -> None:
        self.published: list[TranscriptionFinished] = []

    def publish(self, event: Event) -> None:
        assert isinstance(event, TranscriptionFinished)
        self.published.append(event)


class FullQueue:
    """A queue that takes nothing."""

    def publish(self, event: Event) -> None:
        raise TransientError(f"SQS did not take {event.type}")


def a_job(**changes: Any) -> Job:
    known = {
        "name": "callscribe-rec-1",
        "recording_id": "rec-1",
        "media_uri": "s3://audio/recordings/rec-1/audio.mp3",
        "status": "COMPLETED",
        "conversation_id": "CON-1",
        "correlation_id": "event-1",
        "transcript_uri": "https://s3.eu-west-1.amazonaws.com/t/rec-1.json",
        "language_code": "en-GB",
    }
    return Job(**(known | changes))


def a_change(status: str = "COMPLETED") -> TranscribeJobChanged:
    return TranscribeJobChanged.model_validate(
        {
            "detail-type": "Transcribe Job State Change",
            "id": "aws-event-1",
            "source": "aws.transcribe",
            "time": "2026-09-01T12:00:00Z",
            "detail": {
                "TranscriptionJobName": "callscribe-rec-1",
                "TranscriptionJobStatus": status,
            },
        }
    )


def passed_on(job: Job, change: TranscribeJobChanged | None = None) -> TranscriptionFinished:
    queue = FakeQueue()
    handle(change or a_change(), describe={"callscribe-rec-1": job}.__getitem__, completions=queue)
    [event] = queue.published
    return event


def test_a_completion_says_what_the_job_says_of_itself() -> None:
    event = passed_on(a_job())

    assert event.data.recording_id == "rec-1"
    assert event.data.conversation_id == "CON-1"
    assert event.data.transcript_uri == "https://s3.eu-west-1.amazonaws.com/t/rec-1.json"
    assert event.data.language_code == "en-GB"


def test_a_failure_keeps_its_reason() -> None:
    failed = a_job(status="FAILED", failure_reason="Unsupported media format", transcript_uri=None)

    event = passed_on(failed, a_change("FAILED"))

    assert event.data.status == "FAILED"
    assert event.data.failure_reason == "Unsupported media format"


def test_the_correlation_id_comes_back_from_the_job() -> None:
    assert passed_on(a_job()).correlationid == "event-1"


def test_without_a_correlation_id_the_event_of_aws_begins_the_chain() -> None:
    assert passed_on(a_job(correlation_id=None)).correlationid == "aws-event-1"


def test_an_event_delivered_twice_becomes_the_same_message_twice() -> None:
    assert passed_on(a_job()) == passed_on(a_job())


def test_an_event_ahead_of_its_job_is_tried_again() -> None:
    with pytest.raises(TransientError, match="still IN_PROGRESS"):
        passed_on(a_job(status="IN_PROGRESS"))


def test_a_job_that_lost_its_tags_is_passed_on_without_its_conversation() -> None:
    event = passed_on(a_job(conversation_id=None))

    assert event.data.conversation_id is None


def test_a_job_that_is_not_there_any_more_is_said_to_be_so() -> None:
    def knows_nothing(name: str) -> Job:
        raise UnknownJobError(f"Amazon Transcribe knows no job {name}")

    with pytest.raises(PermanentError, match="knows no job callscribe-rec-1"):
        handle(a_change(), describe=knows_nothing, completions=FakeQueue())


def test_an_event_is_not_done_before_its_message_is_on_the_queue() -> None:
    with pytest.raises(TransientError, match="SQS"):
        handle(a_change(), describe=lambda _: a_job(), completions=FullQueue())
