from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from callscribe.errors import PermanentError, TransientError
from transcriber.job import TranscriptionJob
from transcriber.options import JobOptions
from transcriber.transcribe import TranscribeJobs


class ConflictError(ClientError):
    """What a boto3 client raises for a job name that is taken."""


class FakeTranscribe:
    """Amazon Transcribe: it keeps jobs by name, and may fail instead of starting one."""

    exceptions = SimpleNamespace(ConflictException=ConflictError)

    def __init__(self, failure: Exception | None = None) -> None:
        self._failure = failure
        self.jobs: dict[str, dict[str, Any]] = {}

    def start_transcription_job(self, **asked: Any) -> None:
        if self._failure:
            raise self._failure
        name = asked["TranscriptionJobName"]
        if name in self.jobs:
            raise ConflictError(said_by_aws("ConflictException"), "StartTranscriptionJob")
        self.jobs[name] = asked | {"TranscriptionJobStatus": "IN_PROGRESS"}

    def get_transcription_job(self, *, TranscriptionJobName: str) -> Any:  # noqa: N803 - AWS's name
        if TranscriptionJobName not in self.jobs:
            raise ClientError(said_by_aws("BadRequestException"), "GetTranscriptionJob")
        return {"TranscriptionJob": self.jobs[TranscriptionJobName]}


def said_by_aws(code: str, message: str = "") -> Any:
    return {"Error": {"Code": code, "Message": message}}


def a_job(audio: str = "audio.mp3") -> TranscriptionJob:
    return TranscriptionJob(
        name="callscribe-rec-1",
        media_uri=f"s3://audio/recordings/rec-1/{audio}",
        media_format="mp3",
        split_channels=True,
        tell_voices=False,
        output_key="transcribe/callscribe-rec-1.json",
        tags={"recording_id": "rec-1"},
        options=JobOptions(transcripts_bucket="transcripts"),
    )


def jobs_on(client: Any) -> TranscribeJobs:
    return TranscribeJobs(client)


def test_a_job_started_before_is_adopted() -> None:
    client = FakeTranscribe()

    for _ in range(2):
        jobs_on(client).start(a_job())

    assert list(client.jobs) == ["callscribe-rec-1"]


def test_a_job_of_that_name_for_other_audio_is_not_ours_to_adopt() -> None:
    client = FakeTranscribe()
    jobs_on(client).start(a_job("audio.wav"))

    with pytest.raises(PermanentError, match="already transcribes other audio"):
        jobs_on(client).start(a_job("audio.mp3"))


def test_a_job_deleted_between_conflict_and_question_is_started_later() -> None:
    conflict = ConflictError(said_by_aws("ConflictException"), "StartTranscriptionJob")

    with pytest.raises(TransientError, match="deleted just now"):
        jobs_on(FakeTranscribe(conflict)).start(a_job())


@pytest.mark.parametrize(
    "code", ["LimitExceededException", "ThrottlingException", "InternalFailureException", "503"]
)
def test_transcribe_too_busy_or_failing_is_asked_again_later(code: str) -> None:
    client = FakeTranscribe(ClientError(said_by_aws(code), "StartTranscriptionJob"))

    with pytest.raises(TransientError, match=code):
        jobs_on(client).start(a_job())


def test_transcribe_that_does_not_answer_is_asked_again_later() -> None:
    client = FakeTranscribe(ReadTimeoutError(endpoint_url="https://transcribe"))

    with pytest.raises(TransientError, match="ReadTimeoutError"):
        jobs_on(client).start(a_job())


def test_a_request_that_aws_refuses_is_given_up_on_in_its_words() -> None:
    refusal = said_by_aws("BadRequestException", "The S3 URI that you provided can't be accessed.")
    client = FakeTranscribe(ClientError(refusal, "StartTranscriptionJob"))

    with pytest.raises(PermanentError, match="The S3 URI that you provided can't be accessed"):
        jobs_on(client).start(a_job())
