"""The web service as it is deployed: a process before the table, the buckets and the queues."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

import pytest
import requests

from callscribe.names import QueueName, transcript_key
from local.stack.children import Children
from local.stack.emulator import REGION, credentials
from local.stack.ports import free_port
from local.stack.resources import table_definition
from results.ledger.ledger import Ledger
from results.ledger.objects import RecordingObjects
from results.ledger.table import CallsTable
from results.ledger.testing import a_transcript
from results.transcript import write
from tests.unit.results.ledger.stories import CALL, RECORDING, a_whole_call

pytestmark = pytest.mark.emulator

AUDIO = b"ID3" + b"x" * 997


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass(frozen=True)
class Web:
    """The process, with one call in its table."""

    address: str
    environment: dict[str, str]
    ledger: Ledger
    lines: list[str]

    def keys(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "results.web.keys", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    def get(self, path: str, key: str, **more: Any) -> requests.Response:
        header = {"Authorization": f"Bearer {key}"}
        return requests.get(f"{self.address}/api/v1{path}", headers=header, timeout=30, **more)


@pytest.fixture(scope="module")
def web(aws: Emulator) -> Iterator[Web]:
    mine = uuid4().hex
    dynamodb, s3, sqs = (aws.client(service) for service in ("dynamodb", "s3", "sqs"))
    table, audio, transcripts = (f"{name}-{mine}" for name in ("calls", "audio", "transcripts"))
    dynamodb.create_table(TableName=table, BillingMode="PAY_PER_REQUEST", **table_definition())
    for bucket in (audio, transcripts):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=audio, Key=f"recordings/{RECORDING}/audio.mp3", Body=AUDIO)
    said = write(a_transcript(RECORDING, "hello there", "yes"))
    s3.put_object(Bucket=transcripts, Key=transcript_key(RECORDING, "json"), Body=said)
    port = free_port()
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": aws.endpoint,
        "RESULTS_WEB_HOST": "127.0.0.1",
        "RESULTS_WEB_PORT": str(port),
        "RESULTS_WEB_CALLS_TABLE": table,
        "RESULTS_WEB_AUDIO_BUCKET": audio,
        "RESULTS_WEB_TRANSCRIPTS_BUCKET": transcripts,
        "RESULTS_WEB_SECURE_COOKIES": "false",
    }
    for queue in QueueName:
        for name in ("QUEUE", "PARKED"):
            url = sqs.create_queue(QueueName=f"{queue}-{name}-{mine}")["QueueUrl"]
            environment[f"RESULTS_WEB_{queue.name}_{name}_URL"] = url
    objects = RecordingObjects(s3, audio_bucket=audio, transcripts_bucket=transcripts)
    ledger = Ledger(CallsTable(dynamodb, table), objects)
    for fact in a_whole_call():
        ledger.keep(fact)
    lines: list[str] = []
    with Children(lambda _, line: lines.append(line)) as children:
        address = f"http://127.0.0.1:{port}"
        child = children.start("web", ["-m", "results.web"], environment)
        child.wait_until_ready(f"{address}/api/v1/health")
        yield Web(address, environment, ledger, lines)


def test_a_program_reads_a_call_its_transcript_and_part_of_its_audio(web: Web) -> None:
    key = web.keys("add", "crm")

    call = web.get(f"/calls/{CALL}", key).json()
    transcript = web.get(f"/calls/{CALL}/recordings/{RECORDING}/transcript.txt", key)
    found = web.get(
        f"/calls/{CALL}/recordings/{RECORDING}/audio", key, allow_redirects=False
    ).headers["Location"]
    audio = requests.get(found, headers={"Range": "bytes=3-12"}, timeout=30)

    assert (call["status"], call["recordings"][0]["transcript_run"]) == ("ready", 1)
    assert "hello there" in transcript.text
    assert (audio.status_code, audio.content) == (206, b"x" * 10)
    assert audio.headers["Content-Type"] == "audio/mpeg"


def test_a_revoked_key_opens_nothing_in_a_service_that_runs(web: Web) -> None:
    key = web.keys("add", "crm")
    before = web.get("/calls", key).status_code

    web.keys("revoke", key.split("_")[1])

    assert (before, web.get("/calls", key).status_code) == (200, 401)


def test_the_token_that_is_printed_at_start_lets_a_person_in(web: Web) -> None:
    [printed] = [line for line in web.lines if line.startswith("Access token")]
    browser = requests.Session()
    page = browser.get(f"{web.address}/login", timeout=30).text
    proof = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert proof

    form = {"token": printed.rpartition(" ")[2], "csrf_token": proof[1], "next": "/api/v1/docs"}
    answer = browser.post(f"{web.address}/login", data=form, timeout=30)

    assert (answer.status_code, answer.url) == (200, f"{web.address}/api/v1/docs")


def test_a_note_that_no_worker_has_applied_yet_is_accepted(web: Web) -> None:
    key = web.keys("add", "crm", "--write")

    answer = requests.put(
        f"{web.address}/api/v1/calls/{CALL}/note",
        json={"note": "later"},
        headers={"Authorization": f"Bearer {key}"},
        timeout=30,
    )

    assert (answer.status_code, answer.json()["note"]) == (202, "")
