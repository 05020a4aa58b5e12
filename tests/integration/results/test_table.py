import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from callscribe.contracts import (
    CallEvent,
    StartedTranscription,
    TranscriptionStarted,
    VonageEvent,
)
from callscribe.errors import PermanentError, TransientError
from results.table import CallsTable

TABLE = "callscribe-calls"
REGION = "eu-west-1"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        dynamodb = boto3.client("dynamodb", region_name=REGION)
        make_table(dynamodb, TABLE)
        yield dynamodb


def make_table(dynamodb: Any, name: str) -> None:
    key = ("conversation_id", "fact")
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": part, "AttributeType": "S"} for part in key],
        KeySchema=[
            {"AttributeName": part, "KeyType": kind}
            for part, kind in zip(key, ("HASH", "RANGE"), strict=True)
        ],
    )


def items(dynamodb: Any, table: str = TABLE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]
    return found


def a_call_event(kind: str = "answered", *, at: datetime = NOON, raw: str = "{}") -> CallEvent:
    return CallEvent(
        source="callscribe/webhook-gateway",
        subject=f"CON-1/leg-1/{kind}",
        time=at,
        correlationid="webhook-1",
        data=VonageEvent(conversation_id="CON-1", kind=kind, raw=raw),
    )


def a_started_job() -> TranscriptionStarted:
    return TranscriptionStarted(
        source="callscribe/transcriber",
        subject="rec-1",
        time=NOON,
        data=StartedTranscription(
            recording_id="rec-1",
            conversation_id="CON-1",
            job_name="callscribe-rec-1",
            output_bucket="transcripts",
            output_key="transcribe/callscribe-rec-1.json",
        ),
    )


def test_a_fact_is_an_item_under_its_conversation(client: Any) -> None:
    event = a_call_event()

    new = CallsTable(client, TABLE).keep(event)

    [item] = items(client)
    assert new
    assert json.loads(item.pop("body")["S"]) == json.loads(event.model_dump_json())
    assert item == {
        "conversation_id": {"S": "CON-1"},
        "fact": {"S": event.id},
        "type": {"S": "call.event.v1"},
        "time": {"S": "2026-03-01T12:00:00+00:00"},
        "correlation_id": {"S": "webhook-1"},
    }


def test_a_fact_about_a_recording_names_it(client: Any) -> None:
    CallsTable(client, TABLE).keep(a_started_job())

    [item] = items(client)
    assert item["recording_id"] == {"S": "rec-1"}


def test_a_fact_that_is_told_twice_at_different_times_is_one_item(client: Any) -> None:
    table = CallsTable(client, TABLE)

    told = [table.keep(a_call_event(at=NOON + timedelta(hours=hour))) for hour in range(2)]

    [item] = items(client)
    assert told == [True, False]
    assert item["time"] == {"S": "2026-03-01T12:00:00+00:00"}


def test_facts_of_one_call_lie_side_by_side(client: Any) -> None:
    table = CallsTable(client, TABLE)

    for fact in (a_call_event("answered"), a_call_event("completed"), a_started_job()):
        table.keep(fact)

    assert len(items(client)) == 3


def test_a_fact_that_is_too_big_is_given_up_on_at_once(client: Any) -> None:
    with pytest.raises(PermanentError, match="DynamoDB refused the fact"):
        CallsTable(client, TABLE).keep(a_call_event(raw="x" * 500_000))


def test_a_table_that_is_not_there_may_come(client: Any) -> None:
    with pytest.raises(TransientError, match="ResourceNotFoundException"):
        CallsTable(client, "missing").keep(a_call_event())


def test_nobody_at_the_other_end_is_a_reason_to_try_again() -> None:
    nobody = boto3.client(
        "dynamodb",
        endpoint_url="http://127.0.0.1:9",
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )

    with pytest.raises(TransientError, match="DynamoDB was not reached"):
        CallsTable(nobody, TABLE).keep(a_call_event())


@pytest.mark.emulator
def test_over_the_wire_too_a_fact_is_kept_once(aws: Emulator) -> None:
    dynamodb = aws.client("dynamodb")
    name = f"calls-{uuid4().hex}"
    make_table(dynamodb, name)
    table = CallsTable(dynamodb, name)

    told = [table.keep(a_call_event()) for _ in range(2)]

    assert told == [True, False]
    assert len(items(dynamodb, name)) == 1
