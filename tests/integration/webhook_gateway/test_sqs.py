from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from callscribe.aws import client
from callscribe.errors import TransientError
from callscribe.telemetry import Counters, Metric
from webhook_gateway.sqs import CALLERS_PATIENCE, SqsSender

NOBODY = "http://127.0.0.1:9"
"""The discard port, where nothing listens."""


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


@pytest.fixture
def queue() -> Iterator[str]:
    with mock_aws():
        yield boto3.client("sqs").create_queue(QueueName="call-events")["QueueUrl"]


def impatient_client() -> Any:
    return client("sqs", connections=2, patience=CALLERS_PATIENCE)


def received(url: str) -> list[str]:
    answer = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", ())]


def test_ten_messages_are_on_the_queue_after_one_call(queue: str) -> None:
    counters = Counters()
    bodies = [f"message {number}" for number in range(10)]

    refused = SqsSender(impatient_client(), queue, counters=counters).send(bodies)

    assert refused == {}
    assert sorted(received(queue)) == bodies
    assert counters[Metric.SQS_CALLS] == 1


def test_a_message_that_sqs_refuses_is_told_by_its_position() -> None:
    sqs = impatient_client()
    answer: dict[str, Any] = {
        "Successful": [{"Id": "0", "MessageId": "m", "MD5OfMessageBody": "d"}],
        "Failed": [{"Id": "1", "Code": "InternalError", "SenderFault": False}],
    }

    with Stubber(sqs) as stub:
        stub.add_response("send_message_batch", answer)
        refused = SqsSender(sqs, "http://sqs/q", counters=Counters()).send(["a", "b"])

    assert refused == {1: "InternalError"}


def test_a_queue_that_is_not_there_takes_nothing(queue: str) -> None:
    sender = SqsSender(impatient_client(), f"{queue}-gone", counters=Counters())

    with pytest.raises(TransientError, match="did not take the batch"):
        sender.send(["message"])


def test_sqs_out_of_reach_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", NOBODY)
    sender = SqsSender(impatient_client(), f"{NOBODY}/q", counters=Counters())

    with pytest.raises(TransientError, match="EndpointConnectionError"):
        sender.send(["message"])

    assert not sender.reachable()


def test_a_queue_is_reachable_if_sqs_knows_it(queue: str) -> None:
    counters = Counters()

    assert SqsSender(impatient_client(), queue, counters=counters).reachable()
    assert not SqsSender(impatient_client(), f"{queue}-gone", counters=counters).reachable()
