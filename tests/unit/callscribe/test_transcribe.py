import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from callscribe.errors import PermanentError, TransientError
from callscribe.job import UnknownJobError
from callscribe.transcribe import MAX_SAID, describe, plain_errors

RECORDED = Path(__file__).parents[2] / "data/transcribe"


class FakeTranscribe:
    """Amazon Transcribe with one job in it, or one that only fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure

    def get_transcription_job(self, *, TranscriptionJobName: str) -> Any:  # noqa: N803 - AWS's name
        if self._failure:
            raise self._failure
        job = {
            "TranscriptionJobName": TranscriptionJobName,
            "TranscriptionJobStatus": "IN_PROGRESS",
            "Media": {"MediaFileUri": "s3://audio/1.mp3"},
        }
        return {"TranscriptionJob": job}


def a_client(failure: Exception | None = None) -> Any:
    return FakeTranscribe(failure)


def an_error(code: str, message: str = "said by AWS") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "GetTranscriptionJob")


def test_a_job_is_described_by_its_name() -> None:
    job = describe(a_client(), "callscribe-1")

    assert (job.name, job.recording_id, job.status) == ("callscribe-1", "1", "IN_PROGRESS")


def test_a_job_aws_does_not_know_is_told_from_other_failures() -> None:
    path = RECORDED / "localstack-awsvalidated-getjob-inprogress-and-notfound.json"
    recorded = json.loads(path.read_text("utf-8"))["GetError"]
    client = a_client(ClientError(recorded, "GetTranscriptionJob"))

    with pytest.raises(UnknownJobError, match="knows no job callscribe-1"):
        describe(client, "callscribe-1")


def test_a_job_is_unknown_in_the_words_of_the_model_too() -> None:
    with pytest.raises(UnknownJobError):
        describe(a_client(an_error("NotFoundException")), "callscribe-1")


@pytest.mark.parametrize(
    "code",
    [
        "LimitExceededException",
        "ThrottlingException",
        "Throttling",
        "InternalFailureException",
        "ServiceUnavailable",
        "503",
        "AccessDeniedException",
        "ExpiredTokenException",
    ],
)
def test_what_passes_or_can_be_mended_is_tried_again(code: str) -> None:
    with pytest.raises(TransientError, match=code):
        describe(a_client(an_error(code)), "callscribe-1")


@pytest.mark.parametrize(
    "failure",
    [
        EndpointConnectionError(endpoint_url="https://transcribe"),
        ConnectTimeoutError(endpoint_url="https://transcribe"),
        ReadTimeoutError(endpoint_url="https://transcribe"),
    ],
)
def test_transcribe_out_of_reach_is_tried_again(failure: Exception) -> None:
    with pytest.raises(TransientError, match=f"not reached: {type(failure).__name__}"):
        describe(a_client(failure), "callscribe-1")


def test_a_request_that_is_wrong_is_given_up_on_in_the_words_of_aws() -> None:
    refusal = an_error("BadRequestException", "The requested vocabulary couldn't be found.")

    with pytest.raises(PermanentError, match="refused: The requested vocabulary"), plain_errors():
        raise refusal


def test_the_words_of_aws_are_kept_short() -> None:
    with pytest.raises(PermanentError) as raised, plain_errors():
        raise an_error("BadRequestException", "x" * 10_000)

    assert len(str(raised.value)) < MAX_SAID + 50


def test_a_bug_stays_a_bug() -> None:
    with pytest.raises(KeyError), plain_errors():
        raise KeyError("LanguageCode")
