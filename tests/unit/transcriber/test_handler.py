from datetime import UTC, datetime
from typing import Any

import pytest

from callscribe.contracts import Event, RecordingStored, TranscriptionStarted
from callscribe.errors import PermanentError, TransientError
from transcriber.handler import handle
from transcriber.job import TranscriptionJob
from transcriber.options import JobOptions

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class FakeJobs:
    """Amazon Transcribe, which starts each job once."""

    def __init__(self) -> None:
        self.started: dict[str, TranscriptionJob] = {}

    def start(self, job: TranscriptionJob) -> None:
        self.started.setdefault(job.name, job)


class BusyJobs:
    """Amazon Transcribe at its limit."""

    def start(self, job: TranscriptionJob) -> None:
        raise TransientError(f"no room for {job.name}")


class FakeEvents:
    """A queue that keeps what is published."""

    def __init__(self) -> None:
        self.published: list[Event] = []

    def publish(self, event: Event) -> None:
        self.published.append(event)


class FullEvents:
    """A queue that takes nothing."""

    def publish(self, event: Event) -> None:
        raise TransientError(f"SQS did not take {event.type}")


def a_recording(**changes: Any) -> RecordingStored:
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "bucket": "audio",
        "key": "recordings/rec-1/audio.mp3",
        "media_format": "mp3",
        "channels": 2,
        "sample_rate": 16_000,
        "duration": 61.5,
        "size": 492_000,
    }
    return RecordingStored.model_validate(
        {
            "source": "callscribe/recorder",
            "subject": "rec-1",
            "time": NOON,
            "correlationid": "event-1",
            "data": data | changes,
        }
    )


def handled(event: RecordingStored, jobs: Any = None, events: Any = None) -> None:
    handle(
        event,
        jobs=jobs or FakeJobs(),
        events=events or FakeEvents(),
        options=JobOptions(transcripts_bucket="transcripts"),
        now=lambda: NOON,
    )


def test_a_stored_recording_gets_a_job_of_its_own_name() -> None:
    jobs = FakeJobs()

    handled(a_recording(), jobs)

    [job] = jobs.started.values()
    assert job.name == "callscribe-rec-1"
    assert job.media_uri == "s3://audio/recordings/rec-1/audio.mp3"


def test_whoever_waits_for_the_call_is_told_which_job_it_is() -> None:
    events = FakeEvents()

    handled(a_recording(), events=events)

    [event] = events.published
    assert isinstance(event, TranscriptionStarted)
    assert event.data.job_name == "callscribe-rec-1"
    assert event.data.output_bucket == "transcripts"
    assert event.data.output_key == "transcribe/callscribe-rec-1.json"
    assert event.time == NOON


def test_the_correlation_id_is_handed_on() -> None:
    jobs, events = FakeJobs(), FakeEvents()

    handled(a_recording(), jobs, events)

    assert jobs.started["callscribe-rec-1"].tags["correlation_id"] == "event-1"
    assert events.published[0].correlationid == "event-1"


def test_a_recording_delivered_twice_starts_one_job_and_is_the_same_event_twice() -> None:
    jobs, events = FakeJobs(), FakeEvents()

    for _ in range(2):
        handled(a_recording(), jobs, events)

    assert list(jobs.started) == ["callscribe-rec-1"]
    assert events.published[0] == events.published[1]


def test_a_job_that_was_not_started_is_not_spoken_of() -> None:
    events = FakeEvents()

    with pytest.raises(TransientError):
        handled(a_recording(), BusyJobs(), events)

    assert events.published == []


def test_a_recording_is_not_done_before_its_event_is_on_the_queue() -> None:
    with pytest.raises(TransientError, match="SQS"):
        handled(a_recording(), events=FullEvents())


def test_a_recording_transcribe_cannot_split_is_given_up_on_at_once() -> None:
    jobs = FakeJobs()

    with pytest.raises(PermanentError, match="4 channels"):
        handled(a_recording(channels=4), jobs)

    assert jobs.started == {}
