"""The transcriber as it is deployed: a process between two queues and Amazon Transcribe."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol
from uuid import uuid4

import pytest

from callscribe.contracts import RecordingStored, TranscriptionStarted
from local.stack.children import Child, Children
from local.stack.emulator import REGION, credentials
from transcriber.testing import a_part
from transcriber.testing import a_recording as a_recording_with

pytestmark = pytest.mark.emulator

PATIENCE = 30.0
"""Seconds for a process to start and to handle what waits for it."""


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass(frozen=True)
class Transcriber:
    """The process, and the queues that were made for it alone."""

    aws: Emulator
    urls: dict[str, str]
    process: Child

    def send(self, event: RecordingStored) -> None:
        self.aws.client("sqs").send_message(
            QueueUrl=self.urls["queue"], MessageBody=event.model_dump_json()
        )

    def messages(self, queue: str, count: int) -> list[dict[str, Any]]:
        sqs = self.aws.client("sqs")
        found: list[dict[str, Any]] = []
        deadline = monotonic() + PATIENCE
        while len(found) < count and monotonic() < deadline:
            answer = sqs.receive_message(
                QueueUrl=self.urls[queue],
                MaxNumberOfMessages=10,
                WaitTimeSeconds=1,
                MessageAttributeNames=["All"],
            )
            found += answer.get("Messages", ())
        assert len(found) == count
        return found


@pytest.fixture
def transcriber(aws: Emulator) -> Iterator[Transcriber]:
    sqs = aws.client("sqs")
    urls = {
        queue: sqs.create_queue(QueueName=f"{queue}-{uuid4().hex}")["QueueUrl"]
        for queue in ("queue", "dead-letter", "call-events", "completions")
    }
    bucket = f"transcripts-{uuid4().hex}"
    aws.client("s3").create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": aws.endpoint,
        "TRANSCRIBER_QUEUE_URL": urls["queue"],
        "TRANSCRIBER_DEAD_LETTER_URL": urls["dead-letter"],
        "TRANSCRIBER_CALL_EVENTS_QUEUE_URL": urls["call-events"],
        "TRANSCRIBER_COMPLETIONS_QUEUE_URL": urls["completions"],
        "TRANSCRIBER_WATCH_AFTER": "1",
        "TRANSCRIBER_TRANSCRIPTS_BUCKET": bucket,
        "TRANSCRIBER_POLL_WAIT": "1",
        "TRANSCRIBER_HEALTH_HOST": "127.0.0.1",
        "TRANSCRIBER_HEALTH_PORT": "0",
    }
    with Children(print) as children:
        process = children.start("transcriber", ["-m", "transcriber"], environment)
        yield Transcriber(aws, urls, process)


def a_recording(recording_id: str, *parts: dict[str, Any], channels: int = 2) -> RecordingStored:
    cut = parts or (a_part(1, [0, 1]),)
    return a_recording_with(recording_id=recording_id, channels=channels, parts=cut)


def test_a_recording_delivered_twice_becomes_one_job_and_one_fact(
    transcriber: Transcriber,
) -> None:
    recording_id = uuid4().hex

    for _ in range(2):
        transcriber.send(a_recording(recording_id))

    bodies = [message["Body"] for message in transcriber.messages("call-events", 2)]
    started = [TranscriptionStarted.model_validate_json(body) for body in bodies]
    assert started[0].id == started[1].id
    assert [job.job_name for job in started[0].data.jobs] == [f"callscribe-{recording_id}"]
    jobs = transcriber.aws.client("transcribe").list_transcription_jobs(
        JobNameContains=recording_id
    )
    assert len(jobs["TranscriptionJobSummaries"]) == 1


def test_the_ids_of_a_recording_travel_with_its_job(transcriber: Transcriber) -> None:
    recording_id = uuid4().hex

    transcriber.send(a_recording(recording_id))

    transcriber.messages("call-events", 1)
    answer = transcriber.aws.client("transcribe").get_transcription_job(
        TranscriptionJobName=f"callscribe-{recording_id}"
    )
    tags = {tag["Key"]: tag["Value"] for tag in answer["TranscriptionJob"]["Tags"]}
    assert tags == {
        "recording_id": recording_id,
        "conversation_id": "CON-1",
        "correlation_id": "event-1",
    }


def test_a_recording_of_many_parties_is_a_set_of_jobs_and_a_reminder(
    transcriber: Transcriber,
) -> None:
    recording_id = uuid4().hex
    parts = a_part(1, [0, 1]), a_part(2, [2])

    transcriber.send(a_recording(recording_id, *parts, channels=3))

    [fact] = transcriber.messages("call-events", 1)
    [reminder] = transcriber.messages("completions", 1)
    assert fact["Body"] == reminder["Body"]
    jobs = transcriber.aws.client("transcribe").list_transcription_jobs(
        JobNameContains=recording_id
    )
    started = TranscriptionStarted.model_validate_json(fact["Body"])
    assert sorted(job["TranscriptionJobName"] for job in jobs["TranscriptionJobSummaries"]) == [
        job.job_name for job in started.data.jobs
    ]


def test_a_part_that_is_too_short_is_parked_with_its_reason(transcriber: Transcriber) -> None:
    transcriber.send(a_recording(uuid4().hex, a_part(1, [0, 1], duration=0.2)))

    [parked] = transcriber.messages("dead-letter", 1)
    reason = parked["MessageAttributes"]["reason"]["StringValue"]
    assert reason.startswith("a part lasts 0.200 s")


def test_a_transcriber_that_is_asked_to_stop_ends_well(transcriber: Transcriber) -> None:
    recording_id = uuid4().hex
    transcriber.send(a_recording(recording_id))
    transcriber.messages("call-events", 1)

    transcriber.process.stop()

    assert transcriber.process.status == 0
