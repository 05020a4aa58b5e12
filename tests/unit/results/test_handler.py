import json
import logging
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from callscribe.contracts import (
    CallEvent,
    FinishedTranscription,
    TranscribeJobChanged,
    TranscriptionFinished,
    VonageEvent,
)
from callscribe.errors import PermanentError, TransientError
from callscribe.job import Job
from callscribe.testing import FakePublisher
from results.handler import complete, keep
from results.parties import CALLER_AND_CALLEE
from results.testing import FakeBucket, FakeTable, a_mark, a_result_file, a_two_channel_file, a_word

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URI = "https://s3.eu-west-1.amazonaws.com/transcripts/transcribe/callscribe-rec-1.json"
FOLDER = "transcripts/rec-1"
TRANSCRIPT = f"{FOLDER}/transcript.json"
FAILURE = f"{FOLDER}/failure.json"
ALL = [f"{FOLDER}/transcript.{suffix}" for suffix in ("txt", "vtt", "srt", "json")]
A_CALL = a_two_channel_file(
    [a_word("Hello", 0.5), a_mark(",")], [a_word("Certainly", 6.2), a_mark(".")]
)


class BusyBucket(FakeBucket):
    """Another process publishes the transcript while this one writes the failure."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        if key == FAILURE:
            self.objects[TRANSCRIPT] = b"published"
        return super().put_once(key, content, content_type=content_type)


class ContestedBucket(FakeBucket):
    """Another process writes the text while this one makes its own."""

    def list(self, prefix: str) -> dict[str, str]:
        seen = super().list(prefix)
        self.objects.setdefault(f"{FOLDER}/transcript.txt", b"written by another")
        return seen


def finished(**changes: Any) -> TranscriptionFinished:
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "job_name": "callscribe-rec-1",
        "status": "COMPLETED",
        "transcript_uri": URI,
        "language_code": "en-GB",
    }
    return TranscriptionFinished(
        source="callscribe/notifier",
        subject="rec-1",
        time=NOON,
        data=FinishedTranscription.model_validate(data | changes),
    )


def failed(reason: str | None = "Unsupported media format") -> TranscriptionFinished:
    return finished(status="FAILED", failure_reason=reason, transcript_uri=None)


def changed(status: str = "COMPLETED") -> TranscribeJobChanged:
    return TranscribeJobChanged.model_validate(
        {
            "detail-type": "Transcribe Job State Change",
            "id": "aws-1",
            "source": "aws.transcribe",
            "time": NOON,
            "detail": {
                "TranscriptionJobName": "callscribe-rec-1",
                "TranscriptionJobStatus": status,
            },
        }
    )


def a_job(**changes: Any) -> Job:
    fields = {
        "name": "callscribe-rec-1",
        "recording_id": "rec-1",
        "media_uri": "s3://audio/recordings/rec-1/audio.mp3",
        "status": "COMPLETED",
        "conversation_id": "CON-1",
        "correlation_id": "event-1",
        "transcript_uri": URI,
        "language_code": "en-GB",
    }
    return Job(**(fields | changes))


def a_bucket(content: bytes = A_CALL) -> FakeBucket:
    return FakeBucket({URI: content})


def told(
    *events: TranscriptionFinished | TranscribeJobChanged,
    bucket: FakeBucket,
    job: Job | None = None,
) -> None:
    for event in events:
        complete(
            event,
            describe=lambda name: job or a_job(name=name),
            bucket=bucket,
            completions=FakePublisher(),
            channel_names=CALLER_AND_CALLEE,
            now=lambda: NOON,
        )


def test_a_completed_job_becomes_a_transcript_and_its_exports() -> None:
    bucket = a_bucket()

    told(finished(), bucket=bucket)

    assert sorted(bucket.objects) == sorted(ALL)
    assert bucket.objects[f"{FOLDER}/transcript.txt"].decode() == (
        " 0:00  Caller   Hello,\n 0:06  Callee   Certainly.\n"
    )
    said = json.loads(bucket.objects[TRANSCRIPT])
    assert (said["recording_id"], said["conversation_id"]) == ("rec-1", "CON-1")
    assert said["language"] == "en-GB"


def test_the_transcript_is_written_last_since_it_says_that_all_is_there() -> None:
    bucket = a_bucket()

    told(finished(), bucket=bucket)

    assert list(bucket.objects)[-1] == TRANSCRIPT


def test_what_aws_leaves_out_of_its_own_event_comes_from_the_job() -> None:
    bucket = a_bucket()

    told(changed(), bucket=bucket)

    said = json.loads(bucket.objects[TRANSCRIPT])
    assert (said["conversation_id"], said["language"]) == ("CON-1", "en-GB")


def test_a_completion_delivered_twice_by_either_way_makes_one_transcript() -> None:
    either: list[TranscriptionFinished | TranscribeJobChanged] = [finished(), changed()]
    for first, second in product(either, repeat=2):
        bucket = a_bucket()
        told(first, bucket=bucket)
        before = dict(bucket.objects)

        told(second, bucket=bucket)

        assert bucket.objects == before
        assert bucket.reads == [URI]


@pytest.mark.parametrize("broken", ALL)
def test_what_was_interrupted_at_any_file_is_finished_when_it_comes_again(broken: str) -> None:
    bucket = a_bucket()
    bucket.break_down_at(broken)

    with pytest.raises(TransientError):
        told(finished(), bucket=bucket)
    assert TRANSCRIPT not in bucket.objects
    told(finished(), bucket=bucket)

    assert sorted(bucket.objects) == sorted(ALL)


def test_of_two_who_write_at_the_same_time_one_comes_again() -> None:
    bucket = ContestedBucket({URI: A_CALL})

    with pytest.raises(TransientError, match="another process is writing"):
        told(finished(), bucket=bucket)
    told(finished(), bucket=bucket)

    assert sorted(bucket.objects) == sorted(ALL)
    assert bucket.objects[f"{FOLDER}/transcript.txt"].startswith(b" 0:00  Caller")


def test_a_transcript_that_is_not_there_yet_is_tried_again() -> None:
    bucket = FakeBucket()

    with pytest.raises(TransientError, match="not there yet"):
        told(finished(), bucket=bucket)

    assert bucket.objects == {}


def test_a_file_that_is_not_understood_is_given_up_on_at_once() -> None:
    bucket = a_bucket(b"{}")

    with pytest.raises(PermanentError, match="not a transcript of Amazon Transcribe"):
        told(finished(), bucket=bucket)

    assert bucket.objects == {}


def test_a_completed_job_without_an_address_is_given_up_on_at_once() -> None:
    with pytest.raises(PermanentError, match="does not say where"):
        told(finished(transcript_uri=None), bucket=a_bucket())


def test_a_job_that_is_not_finished_yet_is_asked_about_again() -> None:
    with pytest.raises(TransientError, match="still IN_PROGRESS"):
        told(changed(), bucket=a_bucket(), job=a_job(status="IN_PROGRESS"))


def test_silence_is_a_transcript_too() -> None:
    bucket = a_bucket(a_result_file(audio_segments=[], speaker_labels=None))

    told(finished(), bucket=bucket)

    assert json.loads(bucket.objects[TRANSCRIPT])["turns"] == []
    assert bucket.objects[f"{FOLDER}/transcript.txt"] == b"No speech.\n"


def test_a_failed_job_keeps_its_reason() -> None:
    bucket = a_bucket()

    told(failed(), bucket=bucket)

    assert list(bucket.objects) == [FAILURE]
    assert json.loads(bucket.objects[FAILURE]) == {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "reason": "Unsupported media format",
        "failed_at": "2026-03-01T12:00:00Z",
        "retryable": False,
    }


def test_a_job_that_failed_by_a_fault_of_aws_is_worth_asking_for_again() -> None:
    bucket = a_bucket()

    told(failed("Internal service failure. Try your request again."), bucket=bucket)

    assert json.loads(bucket.objects[FAILURE])["retryable"] is True


def test_a_failed_job_without_a_reason_says_so() -> None:
    bucket = a_bucket()

    told(failed(reason=None), bucket=bucket)

    assert json.loads(bucket.objects[FAILURE])["reason"] == "Amazon Transcribe gave no reason"


def test_a_failure_delivered_twice_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    bucket = a_bucket()

    told(failed("first"), failed("second"), bucket=bucket)

    assert json.loads(bucket.objects[FAILURE])["reason"] == "first"
    assert [line.message for line in caplog.records] == ["transcription failed"]


def test_a_late_failure_does_not_undo_a_transcript(caplog: pytest.LogCaptureFixture) -> None:
    bucket = a_bucket()
    caplog.set_level(logging.INFO)

    told(finished(), failed(), bucket=bucket)

    assert sorted(bucket.objects) == sorted(ALL)
    assert caplog.records[-1].message == "late failure ignored"


def test_a_transcript_takes_the_place_of_a_failure() -> None:
    bucket = a_bucket()

    told(failed(), finished(), bucket=bucket)

    assert sorted(bucket.objects) == sorted(ALL)


def test_a_failure_left_beside_a_transcript_is_cleared_away_when_it_is_told_again() -> None:
    bucket = a_bucket()
    told(finished(), bucket=bucket)
    bucket.objects[FAILURE] = b"left by a process that was killed before it deleted this"

    told(finished(), bucket=bucket)

    assert FAILURE not in bucket.objects


def test_a_failure_that_meets_a_transcript_half_way_gives_way() -> None:
    bucket = BusyBucket({URI: A_CALL})

    told(failed(), bucket=bucket)

    assert list(bucket.objects) == [TRANSCRIPT]


def test_a_job_of_several_that_no_set_names_is_given_up_on() -> None:
    bucket = a_bucket()

    with pytest.raises(PermanentError, match="nothing says which the others are"):
        told(finished(job_name="callscribe-rec-1..run1-part2-of3"), bucket=bucket)

    assert bucket.objects == {}


def test_what_was_published_is_logged_and_what_was_said_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)

    told(finished(), bucket=a_bucket())

    [line] = caplog.records
    assert line.message == "transcript published"
    assert vars(line)["callscribe_fields"] == {
        "turns": 2,
        "words": 2,
        "language": "en-GB",
        "duration": 6.5,
        "missing": 0,
    }


def test_the_turns_are_logged_at_debug_only(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    told(finished(), bucket=a_bucket())

    assert [
        vars(line)["callscribe_fields"] for line in caplog.records if line.message == "turn"
    ] == [
        {"start": 0.5, "party": "Caller", "text": "Hello,"},
        {"start": 6.2, "party": "Callee", "text": "Certainly."},
    ]


def a_fact(**changes: Any) -> CallEvent:
    fields: dict[str, Any] = {
        "source": "callscribe/webhook-gateway",
        "subject": "CON-1/leg-1/answered",
        "time": NOON,
        "data": VonageEvent(conversation_id="CON-1", kind="answered", raw="{}"),
    }
    return CallEvent(**(fields | changes))


def test_a_fact_delivered_twice_is_kept_once() -> None:
    table = FakeTable()

    for fact in (a_fact(), a_fact(time=datetime(2026, 3, 1, 13, tzinfo=UTC))):
        keep(fact, table=table)

    assert list(table.facts.values()) == [a_fact()]


def test_different_facts_of_a_call_are_kept_side_by_side() -> None:
    table = FakeTable()

    for subject in ("CON-1/leg-1/answered", "CON-1/leg-2/answered"):
        keep(a_fact(subject=subject), table=table)

    assert len(table.facts) == 2
