import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callscribe.contracts import RecordingStored, TranscriptionSet, TranscriptionStarted
from callscribe.errors import PermanentError, TransientError
from callscribe.testing import FakePublisher
from transcriber.handler import handle
from transcriber.options import JobOptions
from transcriber.testing import FakeBucket, FakeJobs, a_part, a_recording, a_recording_of

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LATER = timedelta(minutes=15)
SET = "transcripts/rec-1/set.json"
FIVE = [f"callscribe-rec-1..run1-part{number}-of3" for number in (1, 2, 3)]


class Around:
    """Everything that the handler speaks to."""

    def __init__(self, *, room: int = 1_000) -> None:
        self.bucket = FakeBucket()
        self.jobs = FakeJobs(room=room)
        self.events = FakePublisher()
        self.completions = FakePublisher()

    def takes(self, event: RecordingStored, **options: Any) -> None:
        handle(
            event,
            bucket=self.bucket,
            jobs=self.jobs,
            events=self.events,
            completions=self.completions,
            options=JobOptions(transcripts_bucket="transcripts", **options),
            watch_after=LATER,
            now=lambda: NOON,
        )

    def planned(self, key: str = SET) -> TranscriptionSet:
        return TranscriptionSet.model_validate_json(self.bucket.objects[key])


def test_a_stored_recording_gets_a_job_of_its_own_name() -> None:
    around = Around()

    around.takes(a_recording())

    [job] = around.jobs.started.values()
    assert job.name == "callscribe-rec-1"
    assert job.media_uri == "s3://audio/recordings/rec-1/audio.mp3"


def test_every_part_of_a_recording_gets_a_job() -> None:
    around = Around()

    around.takes(a_recording_of(5))

    assert list(around.jobs.started) == FIVE
    assert [job.media_uri[-6:] for job in around.jobs.started.values()] == [
        "1.flac",
        "2.flac",
        "3.flac",
    ]


def test_the_set_says_which_channels_each_job_transcribes() -> None:
    around = Around()

    around.takes(a_recording_of(5, silent_channels=[3]))

    planned = around.planned()
    assert [(job.job_name, job.channels) for job in planned.jobs] == [
        (FIVE[0], (0, 1)),
        (FIVE[1], (2, 3)),
        (FIVE[2], (4,)),
    ]
    assert (planned.channels, planned.duration, planned.silent_channels) == (5, 61.5, (3,))


def test_the_set_is_written_before_any_job_starts() -> None:
    around = Around(room=0)

    with pytest.raises(TransientError):
        around.takes(a_recording())

    assert around.planned().jobs[0].job_name == "callscribe-rec-1"


def test_whoever_waits_for_the_call_is_told_the_set() -> None:
    around = Around()

    around.takes(a_recording())

    [event] = around.events.published
    assert isinstance(event, TranscriptionStarted)
    assert event.data == around.planned()
    assert (event.subject, event.time) == ("rec-1", NOON)


def test_whoever_makes_the_transcript_is_reminded_of_the_jobs_after_a_while() -> None:
    around = Around()

    around.takes(a_recording())

    assert around.completions.published == around.events.published
    assert around.completions.delays == [LATER]
    assert around.events.delays == [timedelta(0)]


def test_a_recording_on_which_nobody_speaks_has_no_job_and_is_told_of_at_once() -> None:
    around = Around()

    around.takes(a_recording(parts=[], silent_channels=[0, 1]))

    assert around.jobs.started == {}
    assert around.planned().jobs == ()
    assert around.completions.delays == [timedelta(0)]


def test_another_run_is_another_set_with_jobs_of_its_own() -> None:
    around = Around()
    around.takes(a_recording())

    around.takes(a_recording(run=2))

    assert list(around.jobs.started) == ["callscribe-rec-1", "callscribe-rec-1..run2-part1-of1"]
    assert around.planned("transcripts/rec-1/run-2/set.json").run == 2
    assert [event.subject for event in around.events.published] == ["rec-1", "rec-1/2"]
    assert len({event.id for event in around.events.published}) == 2


def test_the_correlation_id_is_handed_on() -> None:
    around = Around()

    around.takes(a_recording())

    assert around.jobs.started["callscribe-rec-1"].tags["correlation_id"] == "event-1"
    assert around.events.published[0].correlationid == "event-1"


def test_a_recording_delivered_twice_starts_each_job_once_and_is_the_same_event_twice() -> None:
    around = Around()

    for _ in range(2):
        around.takes(a_recording_of(5))

    assert around.jobs.starts == FIVE
    assert around.events.published[0] == around.events.published[1]


def test_what_was_started_in_part_is_finished_when_it_comes_again() -> None:
    around = Around(room=2)
    with pytest.raises(TransientError, match="no room"):
        around.takes(a_recording_of(5))
    assert around.events.published == around.completions.published == []
    around.jobs.room = 3

    around.takes(a_recording_of(5))

    assert around.jobs.starts == FIVE
    assert len(around.events.published) == 1


def test_a_set_that_is_there_is_adopted_as_it_is() -> None:
    around = Around()
    around.takes(a_recording())
    there = json.loads(around.bucket.objects[SET]) | {"conversation_id": "CON-first"}
    around.bucket.objects[SET] = json.dumps(there).encode()

    around.takes(a_recording())

    event = around.events.published[-1]
    assert isinstance(event, TranscriptionStarted)
    assert event.data.conversation_id == "CON-first"


def test_a_recording_that_is_suddenly_cut_otherwise_is_given_up_on_before_any_job() -> None:
    around = Around(room=0)
    with pytest.raises(TransientError):
        around.takes(a_recording_of(5))
    around.jobs.room = 10

    with pytest.raises(PermanentError, match="already being transcribed in other parts"):
        around.takes(a_recording_of(4))

    assert around.jobs.started == {}


@pytest.mark.parametrize("queue", ["events", "completions"])
def test_a_recording_is_not_done_before_both_queues_have_its_event(queue: str) -> None:
    around = Around()
    getattr(around, queue).fail(TransientError("SQS did not take it"))

    with pytest.raises(TransientError, match="SQS"):
        around.takes(a_recording())
    around.takes(a_recording())

    assert around.jobs.starts == ["callscribe-rec-1"]
    assert len(around.completions.published) == 1


def test_what_transcribe_would_fail_on_is_given_up_on_at_once() -> None:
    around = Around()

    with pytest.raises(PermanentError, match=r"lasts 0\.100 s"):
        around.takes(a_recording(parts=[a_part(1, [0, 1], duration=0.1)]))

    assert around.jobs.started == {}
    assert around.bucket.objects == {}


def test_what_is_wished_for_a_recording_goes_before_what_is_set_for_all() -> None:
    around = Around()

    around.takes(a_recording(wishes={"language_code": "cy-GB"}), language_code="en-GB")

    assert around.jobs.started["callscribe-rec-1"].options.language == "cy-GB"
