"""The results worker as it is deployed: a process between two queues, a bucket and a table."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from time import monotonic, sleep
from typing import Any, Protocol
from uuid import uuid4

import numpy as np
import pytest
import soundfile

from callscribe.contracts import (
    CallEvent,
    FinishedTranscription,
    RecordingStored,
    StoredRecording,
    TranscriptionFinished,
    VonageEvent,
)
from callscribe.names import set_key
from local.stack.children import Children
from local.stack.emulator import REGION, credentials
from local.stack.resources import table_definition
from results.ledger.lists import Lists
from results.ledger.reading import Reading
from results.ledger.table import CallsTable
from results.ledger.views import CallView, Status
from results.testing import a_mark, a_result_file, a_two_channel_file, a_word
from tests.unit.results.sets import a_set, ended, started

pytestmark = pytest.mark.emulator

PATIENCE = 30.0
"""Seconds for a process to start and to handle what waits for it."""

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUEUES = (
    "completions",
    "completions-dead-letter",
    "call-events",
    "call-events-dead-letter",
    "notifications",
)


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass(frozen=True)
class Results:
    """The process, and what was made for it alone."""

    aws: Emulator
    urls: dict[str, str]
    bucket: str
    table: str

    def send(self, queue: str, body: str) -> None:
        self.aws.client("sqs").send_message(QueueUrl=self.urls[queue], MessageBody=body)

    def objects(self, prefix: str) -> list[str]:
        answer = self.aws.client("s3").list_objects_v2(Bucket=self.bucket, Prefix=prefix)
        return [found["Key"] for found in answer.get("Contents", ())]

    def facts(self) -> list[dict[str, Any]]:
        items = self.aws.client("dynamodb").scan(TableName=self.table)["Items"]
        return [item for item in items if item["sk"]["S"].startswith("fact#")]

    def call(self) -> CallView | None:
        dynamodb = self.aws.client("dynamodb")
        return Reading(CallsTable(dynamodb, self.table), Lists(dynamodb, self.table)).get("CON-1")

    def ids_on(self, queue: str) -> set[str]:
        sqs, url = self.aws.client("sqs"), self.urls[queue]
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
        return {json.loads(message["Body"])["id"] for message in got["Messages"]}

    def waiting(self, queue: str) -> int:
        answer = self.aws.client("sqs").get_queue_attributes(
            QueueUrl=self.urls[queue], AttributeNames=["All"]
        )["Attributes"]
        return int(answer["ApproximateNumberOfMessages"]) + int(
            answer["ApproximateNumberOfMessagesNotVisible"]
        )


@pytest.fixture
def results(aws: Emulator) -> Iterator[Results]:
    mine = uuid4().hex
    sqs = aws.client("sqs")
    urls = {name: sqs.create_queue(QueueName=f"{name}-{mine}")["QueueUrl"] for name in QUEUES}
    made = Results(aws, urls, f"transcripts-{mine}", f"calls-{mine}")
    aws.client("s3").create_bucket(
        Bucket=made.bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    aws.client("dynamodb").create_table(
        TableName=made.table, BillingMode="PAY_PER_REQUEST", **table_definition()
    )
    environment = {
        **credentials(),
        **{f"RESULTS_{variable(name)}": url for name, url in urls.items()},
        "AWS_ENDPOINT_URL": aws.endpoint,
        "RESULTS_AUDIO_BUCKET": f"audio-{mine}",
        "RESULTS_TRANSCRIPTS_BUCKET": made.bucket,
        "RESULTS_CALLS_TABLE": made.table,
        "RESULTS_POLL_WAIT": "1",
        "RESULTS_HEALTH_HOST": "127.0.0.1",
        "RESULTS_HEALTH_PORT": "0",
    }
    with Children(print) as children:
        children.start("results", ["-m", "results"], environment)
        yield made


def variable(queue: str) -> str:
    name = queue.replace("-", "_").upper()
    return f"{name}_URL" if queue.endswith("dead-letter") else f"{name}_QUEUE_URL"


def finished(results: Results, recording_id: str) -> str:
    uri = f"{results.aws.endpoint}/{results.bucket}/transcribe/{recording_id}.json"
    data = FinishedTranscription(
        recording_id=recording_id,
        conversation_id="CON-1",
        job_name=f"callscribe-{recording_id}",
        status="COMPLETED",
        transcript_uri=uri,
    )
    event = TranscriptionFinished(
        source="callscribe/notifier", subject=recording_id, time=NOON, data=data
    )
    return event.model_dump_json()


def until(happened: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < deadline, "what the test waits for did not happen"
        sleep(0.1)


def test_a_completion_and_a_fact_delivered_twice_leave_one_transcript_and_one_fact(
    results: Results,
) -> None:
    a_call = a_two_channel_file([a_word("Hello", 0.5), a_mark(".")], [a_word("Yes", 6.2)])
    results.aws.client("s3").put_object(
        Bucket=results.bucket, Key="transcribe/rec-1.json", Body=a_call
    )
    fact = CallEvent(
        source="callscribe/webhook-gateway",
        subject="CON-1/leg-1/answered",
        time=NOON,
        data=VonageEvent(conversation_id="CON-1", kind="answered", raw="{}"),
    )

    for _ in range(2):
        results.send("completions", finished(results, "rec-1"))
        results.send("call-events", fact.model_dump_json())

    until(lambda: results.waiting("completions") == results.waiting("call-events") == 0)
    assert results.objects("transcripts/") == [
        "transcripts/rec-1/announced-ready.json",
        *(f"transcripts/rec-1/transcript.{suffix}" for suffix in ("json", "srt", "txt", "vtt")),
    ]
    assert len(results.ids_on("notifications")) == 1
    call = results.call()
    assert call is not None
    assert (call.status, call.recordings[0].transcript_run) == (Status.READY, 1)
    assert len(results.facts()) == 3
    assert results.waiting("completions-dead-letter") == 0


def test_the_parts_of_a_set_become_one_transcript_and_a_reminder_finds_nothing_to_do(
    results: Results,
) -> None:
    planned = a_set((0, 1), (2,), channels=3)
    s3 = results.aws.client("s3")
    content = {
        set_key("rec-1"): planned.model_dump_json().encode(),
        "transcribe/1.json": a_two_channel_file([a_word("Hello", 0.5)], [a_word("Yes", 6.2)]),
        "transcribe/2.json": a_result_file([a_word("Me", 3.0), a_word("too", 3.5)]),
    }
    for key, body in content.items():
        s3.put_object(Bucket=results.bucket, Key=key, Body=body)

    for number in (2, 1, 2):
        at = f"{results.aws.endpoint}/{results.bucket}/transcribe/{number}.json"
        results.send("completions", ended(planned, number, transcript_uri=at).model_dump_json())
    until(lambda: "transcripts/rec-1/transcript.json" in results.objects("transcripts/"))
    results.send("completions", started(planned).model_dump_json())

    until(lambda: results.waiting("completions") == 0)
    # Two that handle it at the same moment may both say it, as the same event.
    assert len(results.ids_on("notifications")) == 1
    text = s3.get_object(Bucket=results.bucket, Key="transcripts/rec-1/transcript.txt")["Body"]
    assert text.read().decode() == (
        " 0:00  Caller    Hello\n 0:03  Party 3   Me too\n 0:06  Callee    Yes\n"
    )
    assert results.waiting("completions-dead-letter") == 0


def test_a_file_that_is_no_transcript_is_parked(results: Results) -> None:
    results.aws.client("s3").put_object(
        Bucket=results.bucket, Key="transcribe/rec-2.json", Body=b"{}"
    )

    results.send("completions", finished(results, "rec-2"))

    until(lambda: results.waiting("completions-dead-letter") == 1)
    assert results.objects("transcripts/") == []


def test_a_stored_recording_is_measured_for_its_waveform(results: Results) -> None:
    audio = f"audio-{results.bucket.removeprefix('transcripts-')}"
    where = {"LocationConstraint": REGION}
    s3 = results.aws.client("s3")
    s3.create_bucket(Bucket=audio, CreateBucketConfiguration=where)
    file = BytesIO()
    soundfile.write(file, np.full((8000, 2), 0.5), 8000, format="WAV")
    s3.put_object(Bucket=audio, Key="recordings/rec-3/audio.wav", Body=file.getvalue())
    stored = StoredRecording(
        recording_id="rec-3",
        conversation_id="CON-1",
        bucket=audio,
        key="recordings/rec-3/audio.wav",
        media_format="wav",
        channels=2,
        sample_rate=8000,
        duration=1.0,
        size=len(file.getvalue()),
        parts=(),
    )
    fact = RecordingStored(source="callscribe/recorder", subject="rec-3", time=NOON, data=stored)

    for _ in range(2):
        results.send("call-events", fact.model_dump_json())

    until(lambda: results.waiting("call-events") == 0)
    written = s3.get_object(Bucket=results.bucket, Key="transcripts/rec-3/peaks.json")["Body"]
    assert set(json.loads(written.read())["channels"][1]["high"]) == {64}
    assert results.waiting("call-events-dead-letter") == 0
