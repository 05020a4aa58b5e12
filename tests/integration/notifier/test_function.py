"""The notifier as AWS runs it: a rule, a function, a queue, and Transcribe to ask."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest

from callscribe.contracts import TranscriptionFinished
from callscribe.names import JobId, job_name
from local.stack.package import notifier_package
from local.stack.resources import TRANSCRIBE_SOURCE, Aws, event_pattern

pytestmark = pytest.mark.emulator

PATIENCE = 30.0
"""Seconds: MiniStack's jobs take two, and a function's first start another."""


@dataclass(frozen=True)
class Route:
    """What was made for one test: its own names on an emulator that all tests share."""

    aws: Aws
    name: str
    queue_url: str

    def start_job(self, recording_id: str, media: str) -> None:
        self.aws.client("transcribe").start_transcription_job(
            TranscriptionJobName=job_name(JobId(recording_id)),
            Media={"MediaFileUri": f"s3://{self.name}/{media}"},
            LanguageCode="en-GB",
            OutputBucketName=self.name,
            OutputKey=f"transcribe/{recording_id}.json",
            Tags=[
                {"Key": "recording_id", "Value": recording_id},
                {"Key": "conversation_id", "Value": "CON-1"},
                {"Key": "correlation_id", "Value": "event-1"},
            ],
        )

    def put_event(self, recording_id: str, status: str = "COMPLETED") -> None:
        detail = {
            "TranscriptionJobName": job_name(JobId(recording_id)),
            "TranscriptionJobStatus": status,
        }
        entry = {
            "Source": TRANSCRIBE_SOURCE,
            "DetailType": "Transcribe Job State Change",
            "Detail": json.dumps(detail),
        }
        answer = self.aws.client("events").put_events(Entries=[entry])
        assert answer["FailedEntryCount"] == 0

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        answer = self.aws.client("lambda").invoke(
            FunctionName=self.name, Payload=json.dumps(event).encode()
        )
        assert answer.get("FunctionError")
        said: dict[str, Any] = json.loads(answer["Payload"].read())
        return said

    def finished(self, count: int) -> list[TranscriptionFinished]:
        sqs = self.aws.client("sqs")
        bodies: list[str] = []
        deadline = monotonic() + PATIENCE
        while len(bodies) < count and monotonic() < deadline:
            answer = sqs.receive_message(
                QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=1
            )
            bodies += [message["Body"] for message in answer.get("Messages", ())]
        assert len(bodies) == count
        return [TranscriptionFinished.model_validate_json(body) for body in bodies]


@pytest.fixture
def route(aws: Aws) -> Iterator[Route]:
    name = f"notifier-{uuid4().hex}"
    url = aws.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    s3, functions, events = aws.client("s3"), aws.client("lambda"), aws.client("events")
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    s3.put_object(Bucket=name, Key="audio.mp3", Body=b"audio")
    made = functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/notifier",
        Handler="notifier.function.handler",
        Code={"ZipFile": notifier_package()},
        Environment={"Variables": {"NOTIFIER_COMPLETIONS_QUEUE_URL": url}},
        Timeout=30,
    )
    # MiniStack's Transcribe speaks as AWS, the laptop's own as itself: here both are let in.
    pattern = event_pattern() | {"source": ["aws.transcribe", TRANSCRIBE_SOURCE]}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "notifier", "Arn": made["FunctionArn"]}])
    yield Route(aws, name, url)
    events.remove_targets(Rule=name, Ids=["notifier"])
    events.delete_rule(Name=name)
    functions.delete_function(FunctionName=name)


def test_a_job_that_went_well_is_passed_on_with_all_its_ids(route: Route) -> None:
    recording_id = uuid4().hex

    route.start_job(recording_id, "audio.mp3")

    [event] = route.finished(1)
    assert event.data.status == "COMPLETED"
    assert event.data.recording_id == recording_id
    assert event.data.conversation_id == "CON-1"
    assert event.correlationid == "event-1"
    assert event.data.transcript_uri is not None
    assert event.data.transcript_uri.endswith(f"/{route.name}/transcribe/{recording_id}.json")


def test_a_job_that_failed_is_passed_on_with_its_reason(route: Route) -> None:
    recording_id = uuid4().hex

    route.start_job(recording_id, "not-there.mp3")

    [event] = route.finished(1)
    assert event.data.status == "FAILED"
    assert event.data.failure_reason is not None
    assert "can't be accessed" in event.data.failure_reason


def test_an_event_delivered_twice_is_the_same_fact_twice(route: Route) -> None:
    recording_id = uuid4().hex
    route.start_job(recording_id, "audio.mp3")
    [first] = route.finished(1)

    route.put_event(recording_id)

    [again] = route.finished(1)
    assert again.id == first.id
    assert again.data == first.data


def test_a_job_that_is_not_there_fails_in_plain_words(route: Route) -> None:
    said = route.invoke(
        {
            "detail-type": "Transcribe Job State Change",
            "id": "event-1",
            "source": "aws.transcribe",
            "time": "2026-09-01T12:00:00Z",
            "detail": {
                "TranscriptionJobName": "callscribe-gone",
                "TranscriptionJobStatus": "COMPLETED",
            },
        }
    )

    assert "Amazon Transcribe knows no job callscribe-gone" in said["errorMessage"]
