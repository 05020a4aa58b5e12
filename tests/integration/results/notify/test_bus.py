"""News on an event bus, as a rule of somebody else's gets them."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from callscribe.contracts import ReadyTranscript, TranscriptReady
from results.notify.bus import EventBus

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


def ready() -> TranscriptReady:
    data = ReadyTranscript(recording_id="rec-1", conversation_id="CON-1", bucket="b", key="k")
    return TranscriptReady(source="callscribe/results", subject="rec-1/run1", time=NOON, data=data)


def a_client(**more: Any) -> Any:
    return boto3.client(
        "events",
        region_name="eu-west-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        **more,
    )


@pytest.mark.emulator
def test_a_rule_for_ready_transcripts_gets_the_news(aws: Emulator) -> None:
    events, sqs, mine = aws.client("events"), aws.client("sqs"), uuid4().hex
    events.create_event_bus(Name=mine)
    url = sqs.create_queue(QueueName=f"listens-{mine}")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    pattern = {"source": ["callscribe"], "detail-type": ["Transcript Ready"]}
    events.put_rule(Name=mine, EventBusName=mine, EventPattern=json.dumps(pattern))
    events.put_targets(
        Rule=mine, EventBusName=mine, Targets=[{"Id": "1", "Arn": attributes["QueueArn"]}]
    )

    answer = EventBus(events, mine).deliver(ready(), NOON)

    [got] = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"]
    said = json.loads(got["Body"])
    assert answer.state == "delivered"
    assert said["detail-type"] == "Transcript Ready"
    assert said["detail"]["id"] == ready().id
    assert said["detail"]["key"] == "k"


def test_an_event_that_is_not_taken_is_tried_again() -> None:
    client = a_client()
    refused = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}
    with Stubber(client) as stub:
        stub.add_response("put_events", refused)

        answer = EventBus(client, "bus").deliver(ready(), NOON)

    assert answer.state == "failed"
    assert answer.text == "EventBridge did not take the event: ThrottlingException"


def test_a_bus_that_is_not_reached_is_tried_again() -> None:
    nobody = a_client(
        endpoint_url="http://127.0.0.1:9", config=Config(retries={"total_max_attempts": 1})
    )

    answer = EventBus(nobody, "bus").deliver(ready(), NOON)

    assert answer.state == "failed"
    assert answer.text == "EventBridge did not answer: EndpointConnectionError"
