"""The transcriber as it is deployed: a process between two queues and Amazon Transcribe."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol
from uuid import uuid4

import pytest

from callscribe.contracts import RecordingStored, TranscriptionStarted
from local.stack.children import Child, Children
from local.stack.emulator import credentials

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
        for queue in ("queue", "dead-letter", "call-events")
    }
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": aws.endpoint,
        "TRANSCRIBER_QUEUE_URL": urls["queue"],
        "TRANSCRIBER_DEAD_LETTER_URL": urls["dead-letter"],
        "TRANSCRIBER_CALL_EVENTS_QUEUE_URL": urls["call-events"],
        "TRANSCRIBER_TRANSCRIPTS_BUCKET": "transcripts",
        "TRANSCRIBER_POLL_WAIT": "1",
        "TRANSCRIBER_HEALTH_HOST": "127.0.0.1",
        "TRANSCRIBER_HEALTH_PORT": "0",
    }
    with Children(print) as children:
        process = children.start("transcriber", ["-m", "transcriber"], environment)
        yield Transcriber(aws, urls, process)


def a_recording(recording_id: str, *, channels: int = 2) -> RecordingStored:
    return RecordingStored.model_validate(
        {
            "source": "callscribe/recorder",
            "subject": recording_id,
            "time": "2026-09-01T12:00:00Z",
            "correlationid": "event-1",
            "data": {
                "recording_id": recording_id,
                "conversation_id": "CON-1",
                "bucket": "audio",
                "key": f"recordings/{recording_id}/audio.mp3",
                "media_format": "mp3",
                "channels": channels,
                "sample_rate": 16_000,
                "duration": 61.5,
                "size": 492_000,
            },
        }
    )


def test_a_recording_delivered_twice_becomes_one_job_and_one_fact(
    transcriber: Transcriber,
) -> None:
    recording_id = uuid4().hex

    for _ in range(2):
        transcriber.send(a_recording(recording_id))

    bodies = [message["Body"] for message in transcriber.messages("call-events", 2)]
    started = [TranscriptionStarted.model_validate_json(body) for body in bodies]
    assert started[0].id == started[1].id
    assert started[0].data.job_name == f"callscribe-{recording_id}"
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


def test_a_recording_of_many_parties_is_parked_with_its_reason(transcriber: Transcriber) -> None:
    transcriber.send(a_recording(uuid4().hex, channels=3))

    [parked] = transcriber.messages("dead-letter", 1)
    reason = parked["MessageAttributes"]["reason"]["StringValue"]
    assert reason.startswith("the recording has 3 channels")


def test_a_transcriber_that_is_asked_to_stop_ends_well(transcriber: Transcriber) -> None:
    recording_id = uuid4().hex
    transcriber.send(a_recording(recording_id))
    transcriber.messages("call-events", 1)

    transcriber.process.stop()

    assert transcriber.process.status == 0
