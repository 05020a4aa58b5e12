"""The transcriber's requests, as boto3 sends them and an emulated Amazon Transcribe takes them."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from callscribe.errors import PermanentError
from transcriber.job import TranscriptionJob
from transcriber.options import JobOptions
from transcriber.transcribe import TranscribeJobs


@pytest.fixture
def transcribe() -> Iterator[Any]:
    with mock_aws():
        make: Any = boto3.client
        yield make(
            "transcribe",
            region_name="eu-west-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


def a_job(audio: str = "audio.mp3", **chosen: Any) -> TranscriptionJob:
    return TranscriptionJob(
        name="callscribe-rec-1",
        media_uri=f"s3://audio/recordings/rec-1/{audio}",
        media_format="mp3",
        split_channels=True,
        tell_voices=False,
        output_key="transcribe/callscribe-rec-1.json",
        tags={"recording_id": "rec-1"},
        options=JobOptions(transcripts_bucket="transcripts", **chosen),
    )


def test_a_job_is_started_with_its_channels_apart(transcribe: Any) -> None:
    TranscribeJobs(transcribe).start(a_job())

    answer = transcribe.get_transcription_job(TranscriptionJobName="callscribe-rec-1")
    job = answer["TranscriptionJob"]
    assert job["Settings"]["ChannelIdentification"] is True
    assert job["LanguageCode"] == "en-GB"


def test_a_job_delivered_twice_is_started_once(transcribe: Any) -> None:
    for _ in range(2):
        TranscribeJobs(transcribe).start(a_job())

    jobs = transcribe.list_transcription_jobs()["TranscriptionJobSummaries"]
    assert len(jobs) == 1


def test_a_name_that_stands_for_other_audio_is_not_adopted(transcribe: Any) -> None:
    TranscribeJobs(transcribe).start(a_job("audio.wav"))

    with pytest.raises(PermanentError, match="other audio"):
        TranscribeJobs(transcribe).start(a_job("audio.mp3"))


def test_a_vocabulary_that_is_not_there_is_said_in_the_words_of_aws(transcribe: Any) -> None:
    with pytest.raises(PermanentError, match="The requested vocabulary couldn't be found"):
        TranscribeJobs(transcribe).start(a_job(vocabulary_name="trains"))
