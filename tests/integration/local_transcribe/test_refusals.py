"""Requests that are refused over the wire, as boto3 sees it."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.integration.local_transcribe.harness import LocalTranscribe

pytestmark = pytest.mark.emulator

RECORDED = Path(__file__).parents[2] / "data" / "transcribe"


def recorded(name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((RECORDED / name).read_text(encoding="utf-8"))
    return answer


def test_a_job_delivered_twice_is_the_conflict_recorded_on_aws(
    transcribe: LocalTranscribe,
) -> None:
    client = transcribe.client()
    client.start_transcription_job(**transcribe.request())

    with pytest.raises(client.exceptions.ConflictException) as refusal:
        client.start_transcription_job(**transcribe.request())

    on_aws = recorded("localstack-awsvalidated-error-Conflict.json")
    assert refusal.value.response["Error"] == on_aws["Error"]
    assert refusal.value.response["Message"] == on_aws["Message"]
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    transcribe.ended()
    assert len(transcribe.events(2, patience=1.5)) == 1


def test_an_unknown_job_is_the_error_recorded_on_aws(transcribe: LocalTranscribe) -> None:
    client = transcribe.client()

    with pytest.raises(client.exceptions.BadRequestException) as refusal:
        client.get_transcription_job(TranscriptionJobName="nobody-knows-it")

    on_aws = recorded("localstack-awsvalidated-getjob-inprogress-and-notfound.json")["GetError"]
    assert refusal.value.response["Error"] == on_aws["Error"]
    assert refusal.value.response["Message"] == on_aws["Message"]


def test_a_wrong_request_is_refused_by_the_service(transcribe: LocalTranscribe) -> None:
    client = transcribe.client(parameter_validation=False)

    with pytest.raises(ClientError, match="1 validation error detected: Value '31' at"):
        client.start_transcription_job(**transcribe.request(Settings={"MaxSpeakerLabels": 31}))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"Media": {"MediaFileUri": "s3://nowhere/call.mp3"}}, "The S3 URI that you provided"),
        ({"OutputBucketName": "nowhere"}, "The specified S3 bucket can't be accessed"),
    ],
)
def test_places_that_are_not_there_are_refused_at_the_start(
    transcribe: LocalTranscribe, changes: dict[str, Any], text: str
) -> None:
    client = transcribe.client()

    with pytest.raises(client.exceptions.BadRequestException, match=text):
        client.start_transcription_job(**transcribe.request(**changes))
