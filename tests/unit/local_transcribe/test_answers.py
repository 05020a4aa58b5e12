import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from local.transcribe.answers import described, summed_up
from local.transcribe.job import Found, Job
from local.transcribe.media import Media
from local.transcribe.reasons import Reason
from local.transcribe.testing import NOON, a_job

RECORDED = Path(__file__).parents[2] / "data" / "transcribe"
REGION = "eu-west-1"
TRANSCRIPT = "https://s3.eu-west-1.amazonaws.com/transcripts/transcribe/callscribe-1.json"
REDACTED = "https://s3.eu-west-1.amazonaws.com/transcripts/transcribe/redacted-callscribe-1.json"


def a_finished_job(**changes: Any) -> Job:
    found = Found(Media("mp3", 16_000, 2, 24.0), "en-GB", 0.97, speech=12.5)
    return a_job(**changes).succeeded(found, NOON + timedelta(seconds=2.5))


def recorded(name: str) -> dict[str, Any]:
    job: dict[str, Any] = json.loads((RECORDED / name).read_text(encoding="utf-8"))
    return job


def test_a_job_in_progress_has_the_members_of_one_recorded_on_aws() -> None:
    on_aws = recorded("localstack-awsvalidated-getjob-inprogress-and-notfound.json")

    answer = described(a_job(), region=REGION)

    assert answer.keys() == on_aws["GetJob"]["TranscriptionJob"].keys()
    assert answer["Settings"] == on_aws["GetJob"]["TranscriptionJob"]["Settings"]
    assert answer["Transcript"] == {}


def test_a_failed_job_has_the_members_of_one_recorded_on_aws() -> None:
    on_aws = recorded("localstack-awsvalidated-getjob-FAILED-too-long.json")

    answer = described(a_job().failed(Reason.TOO_LONG), region=REGION)

    assert answer.keys() == on_aws["TranscriptionJob"].keys()
    assert answer["FailureReason"] == on_aws["TranscriptionJob"]["FailureReason"]


def test_a_finished_job_says_what_was_found_and_where_it_lies() -> None:
    answer = described(a_finished_job(), region=REGION)

    assert answer["TranscriptionJobStatus"] == "COMPLETED"
    assert answer["MediaFormat"] == "mp3"
    assert answer["MediaSampleRateHertz"] == 16_000
    assert answer["CompletionTime"] - answer["StartTime"] == 2.5
    assert answer["Transcript"] == {"TranscriptFileUri": TRANSCRIPT}


def test_tags_and_settings_come_back_as_they_were_given() -> None:
    tags = [{"Key": "recording_id", "Value": "rec-1"}]

    answer = described(a_job(Tags=tags, Settings={"ChannelIdentification": True}), region=REGION)

    assert answer["Tags"] == tags
    assert answer["Settings"] == {"ChannelIdentification": True, "ShowAlternatives": False}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("redacted", {"RedactedTranscriptFileUri": REDACTED}),
        (
            "redacted_and_unredacted",
            {"TranscriptFileUri": TRANSCRIPT, "RedactedTranscriptFileUri": REDACTED},
        ),
    ],
)
def test_a_redacted_transcript_has_an_address_of_its_own(
    output: str, expected: dict[str, str]
) -> None:
    redaction = {"RedactionType": "PII", "RedactionOutput": output}

    answer = described(a_finished_job(ContentRedaction=redaction), region=REGION)

    assert answer["Transcript"] == expected


def test_an_identified_language_has_a_score() -> None:
    answer = described(a_finished_job(LanguageCode=None, IdentifyLanguage=True), region=REGION)

    assert (answer["LanguageCode"], answer["IdentifiedLanguageScore"]) == ("en-GB", 0.97)


def test_several_identified_languages_are_a_list_with_durations() -> None:
    job = a_finished_job(LanguageCode=None, IdentifyMultipleLanguages=True)

    answer = described(job, region=REGION)

    assert answer["LanguageCodes"] == [{"LanguageCode": "en-GB", "DurationInSeconds": 12.5}]
    assert "LanguageCode" not in answer


def test_a_job_in_a_list_has_neither_media_nor_tags() -> None:
    answer = summed_up(a_finished_job(Tags=[{"Key": "a", "Value": "b"}]))

    assert answer.keys() == {
        "TranscriptionJobName",
        "TranscriptionJobStatus",
        "LanguageCode",
        "CreationTime",
        "StartTime",
        "CompletionTime",
        "OutputLocationType",
    }
