import json
from pathlib import Path
from typing import Any

import pytest

from callscribe.errors import TransientError
from callscribe.job import Job, described, finished

RECORDED = Path(__file__).parents[2] / "data/transcribe"


def an_answer(**changes: Any) -> dict[str, Any]:
    """What GetTranscriptionJob says of a job of ours that went well."""
    return {
        "TranscriptionJobName": "callscribe-rec-1",
        "TranscriptionJobStatus": "COMPLETED",
        "LanguageCode": "en-GB",
        "Media": {"MediaFileUri": "s3://audio/recordings/rec-1/audio.mp3"},
        "Transcript": {"TranscriptFileUri": "https://s3.eu-west-1.amazonaws.com/t/rec-1.json"},
        "Tags": [
            {"Key": "recording_id", "Value": "rec-1"},
            {"Key": "conversation_id", "Value": "CON-1"},
            {"Key": "correlation_id", "Value": "event-1"},
        ],
    } | changes


def test_the_tags_of_a_job_bring_its_ids_back() -> None:
    job = described(an_answer())

    assert (job.recording_id, job.conversation_id) == ("rec-1", "CON-1")
    assert job.correlation_id == "event-1"


def test_a_job_without_tags_is_known_by_its_name() -> None:
    job = described(an_answer(Tags=None))

    assert job.recording_id == "rec-1"
    assert job.conversation_id is None
    assert job.correlation_id is None


def test_a_job_without_tags_and_with_a_strange_name_is_not_ours() -> None:
    with pytest.raises(ValueError, match="job name"):
        described(an_answer(Tags=[], TranscriptionJobName="somebody-elses"))


def test_a_job_that_only_redacts_has_its_redacted_transcript() -> None:
    job = described(an_answer(Transcript={"RedactedTranscriptFileUri": "https://s3/redacted-1"}))

    assert job.transcript_uri == "https://s3/redacted-1"


def test_a_job_that_also_keeps_the_words_has_the_unredacted_transcript() -> None:
    uris = {"TranscriptFileUri": "https://s3/1", "RedactedTranscriptFileUri": "https://s3/red-1"}

    job = described(an_answer(Transcript=uris))

    assert job.transcript_uri == "https://s3/1"


@pytest.mark.parametrize("transcript", [None, {}])
def test_a_job_without_a_transcript_has_none(transcript: dict[str, str] | None) -> None:
    job = described(an_answer(Transcript=transcript))

    assert job.transcript_uri is None


def test_of_several_languages_the_one_spoken_longest_counts() -> None:
    languages = [
        {"LanguageCode": "cy-GB", "DurationInSeconds": 12.5},
        {"LanguageCode": "en-GB", "DurationInSeconds": 80.0},
    ]

    job = described(an_answer(LanguageCode=None, LanguageCodes=languages))

    assert job.language_code == "en-GB"


def test_a_language_not_yet_identified_is_not_known() -> None:
    job = described(an_answer(LanguageCode=None))

    assert job.language_code is None


def test_a_job_that_went_well_says_where_its_transcript_lies() -> None:
    ended = finished(described(an_answer()))

    assert ended.status == "COMPLETED"
    assert ended.transcript_uri == "https://s3.eu-west-1.amazonaws.com/t/rec-1.json"
    assert ended.language_code == "en-GB"


def test_a_job_that_failed_keeps_the_reason_that_aws_gave() -> None:
    recorded = (RECORDED / "localstack-awsvalidated-getjob-FAILED-too-long.json").read_text("utf-8")
    answer = json.loads(recorded)["TranscriptionJob"] | {
        "Tags": an_answer()["Tags"],
        "TranscriptionJobName": "callscribe-rec-1",
    }

    ended = finished(described(answer))

    assert ended.status == "FAILED"
    assert ended.failure_reason is not None
    assert ended.failure_reason.startswith("Invalid file size: file size too large.")


@pytest.mark.parametrize("status", ["QUEUED", "IN_PROGRESS"])
def test_a_job_that_has_not_ended_is_asked_about_again(status: str) -> None:
    job = described(an_answer(TranscriptionJobStatus=status))

    with pytest.raises(TransientError, match=status):
        finished(job)


def test_a_job_that_lost_its_tags_is_told_of_without_its_conversation() -> None:
    job = Job(name="callscribe-1", recording_id="1", media_uri="s3://a/1", status="COMPLETED")

    assert finished(job).conversation_id is None
