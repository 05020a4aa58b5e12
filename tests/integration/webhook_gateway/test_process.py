"""The gateway as a real gunicorn process, against SQS over the wire."""

import json
import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
import urllib3

from callscribe.settings import EXIT_WRONG_SETTINGS
from local.stack.children import Child, ChildFailedError, Children
from local.stack.emulator import credentials
from local.stack.ports import LOOPBACK, free_port
from webhook_gateway.testing import ENOUGH, bearer, some_claims

pytestmark = pytest.mark.emulator

NOBODY = f"http://{LOOPBACK}:9"
RECORDED = {
    "recording_uuid": "rec-1",
    "recording_url": "https://api.nexmo.com/v1/files/file-1",
    "conversation_uuid": "CON-1",
    "size": 178830,
}
ANSWERED = {
    "from": "447700900001",
    "to": "447700900009",
    "conversation_uuid": "CON-1",
    "status": "answered",
}


@dataclass
class Queues:
    """Two queues of a test's own."""

    sqs: Any
    urls: dict[str, str]

    def received(self, queue: str) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(
            QueueUrl=self.urls[queue], MaxNumberOfMessages=10, WaitTimeSeconds=1
        )
        return [json.loads(message["Body"]) for message in answer.get("Messages", ())]


@pytest.fixture
def queues(aws: Any) -> Queues:
    sqs = aws.client("sqs")
    test = uuid4().hex
    names = ("recordings", "call_events")
    return Queues(
        sqs, {name: sqs.create_queue(QueueName=f"{name}-{test}")["QueueUrl"] for name in names}
    )


@dataclass
class Running:
    """A gateway that runs, and what it has printed."""

    address: str
    child: Child
    lines: list[str]
    http: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=20, retries=False, timeout=10)
    )

    def post(self, path: str, said: object) -> tuple[int, str]:
        body = json.dumps(said).encode()
        token = bearer(some_claims(body, at=datetime.now(UTC)))
        return self.send("POST", path, body=body, headers={"Authorization": token})

    def send(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        answer = self.http.request(method, self.address + path, **more)
        return answer.status, answer.data.decode()

    def stop(self) -> int | None:
        self.http.clear()
        self.child.stop()
        return self.child.status


def environment(queues: Queues, endpoint: str, **changes: str) -> dict[str, str]:
    said = {
        **ENOUGH,
        **{f"{name}_queue_url": url for name, url in queues.urls.items()},
        "host": LOOPBACK,
        "workers": "1",
        **changes,
    }
    ours = {f"WEBHOOK_GATEWAY_{name.upper()}": value for name, value in said.items()}
    return {**credentials(), "AWS_ENDPOINT_URL_SQS": endpoint, **ours}


@contextmanager
def a_gateway(variables: Mapping[str, str]) -> Iterator[Running]:
    port = free_port()
    lines: list[str] = []
    variables = {**variables, "WEBHOOK_GATEWAY_PORT": str(port)}
    with Children(lambda _, line: lines.append(line)) as children:
        child = children.start("webhook-gateway", ["-m", "webhook_gateway"], variables)
        gateway = Running(f"http://{LOOPBACK}:{port}", child, lines)
        child.wait_until_ready(f"{gateway.address}/health")
        yield gateway
        gateway.http.clear()


@contextmanager
def slow_sqs(may_answer: Event, called: Event) -> Iterator[str]:
    """Run an SQS that takes every batch, but only when it may."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            called.set()
            may_answer.wait(10)
            taken = [
                {"Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": "d"}
                for entry in said["Entries"]
            ]
            body = json.dumps({"Successful": taken, "Failed": []}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{LOOPBACK}:{server.server_port}"
    server.shutdown()
    server.server_close()


def facts(lines: Sequence[str], event: str) -> list[dict[str, Any]]:
    return [said for said in map(json.loads, lines) if said["event"] == event]


def test_a_signed_webhook_is_a_message_on_its_queues(aws: Any, queues: Queues) -> None:
    with a_gateway(environment(queues, aws.endpoint)) as gateway:
        answers = [
            gateway.post("/webhooks/recording", RECORDED),
            gateway.post("/webhooks/recording", RECORDED),
            gateway.post("/webhooks/events", ANSWERED),
        ]
        ready = gateway.send("GET", "/ready")
        health = gateway.send("GET", "/health")

    first, second = queues.received("recordings")
    facts_told = {event["type"]: event for event in queues.received("call_events")}
    assert [status for status, _ in answers] == [200, 200, 200]
    assert first["type"] == "recording.available.v1"
    assert first["id"] == second["id"]
    assert facts_told["call.event.v1"]["data"]["kind"] == "answered"
    assert facts_told["recording.available.v1"]["id"] == first["id"]
    assert ready[0] == 200
    assert json.loads(health[1])["counters"]["webhooks_accepted"] == 3
    [accepted, *_] = facts(gateway.lines, "webhook accepted")
    assert accepted["correlation_id"] == first["correlationid"]


def test_no_number_or_token_is_in_anything_the_process_prints(aws: Any, queues: Queues) -> None:
    with a_gateway(environment(queues, aws.endpoint, log_level="debug")) as gateway:
        gateway.post("/webhooks/events", ANSWERED)
        gateway.send("GET", "/webhooks/answer?to=447700900009&from=447700900001")
        gateway.send("POST", "/webhooks/events", body=b"447700900001")
        port = int(gateway.address.rpartition(":")[2])
        for rubbish in (
            b"GET /webhooks/answer?from=447700900001 HTTP/1.1\r\n447700900001 x\r\n\r\n",
            b"447700900001 / HTTP/9.9\r\n\r\n",
            b"GET /" + b"447700900001" * 1000 + b" HTTP/1.1\r\n\r\n",
        ):
            with socket.create_connection((LOOPBACK, port), timeout=5) as connection:
                connection.sendall(rubbish)
                connection.recv(1000)

    printed = "\n".join(gateway.lines)
    assert "webhook refused" in printed
    assert "Invalid request" in printed
    assert not re.search("4477009|eyJ", printed)


def test_without_sqs_webhooks_are_to_come_again_while_calls_are_still_answered(
    queues: Queues,
) -> None:
    with a_gateway(environment(queues, NOBODY)) as gateway:
        event = gateway.post("/webhooks/recording", RECORDED)
        call = gateway.post("/webhooks/answer", ANSWERED)
        ready = gateway.send("GET", "/ready")
        health = gateway.send("GET", "/health")

    assert event == (503, "SQS did not take the batch: EndpointConnectionError\n")
    assert call[0] == 200
    assert ready[0] == 503
    assert health[0] == 200


def test_an_sqs_that_hangs_is_answered_for_before_vonage_gives_up(queues: Queues) -> None:
    may_answer, called = Event(), Event()
    with slow_sqs(may_answer, called) as endpoint:
        variables = environment(queues, endpoint, send_timeout="0.2")
        with a_gateway(variables) as gateway:
            answer = gateway.post("/webhooks/recording", RECORDED)
            may_answer.set()

    assert called.is_set()
    assert answer == (503, "SQS did not take the message in time\n")


def test_what_is_in_flight_at_sigterm_is_answered(queues: Queues) -> None:
    may_answer, called = Event(), Event()
    requests = 20
    with (
        slow_sqs(may_answer, called) as endpoint,
        a_gateway(environment(queues, endpoint)) as gateway,
        ThreadPoolExecutor(requests) as pool,
    ):
        answers = [pool.submit(gateway.post, "/webhooks/events", ANSWERED) for _ in range(requests)]
        called.wait(5)
        gateway.child.ask_to_stop()
        may_answer.set()
        statuses = [answer.result(10)[0] for answer in answers]
        status = gateway.stop()

    assert statuses == [200] * requests
    assert status == 0


def test_a_body_that_does_not_say_its_length_is_measured_all_the_same(queues: Queues) -> None:
    with a_gateway(environment(queues, NOBODY)) as gateway:
        status, text = gateway.send(
            "POST", "/webhooks/events", body=iter([b"x" * 50_000] * 2), chunked=True
        )

    assert (status, text) == (413, "request entity too large\n")


def test_without_a_secret_the_process_does_not_start(queues: Queues) -> None:
    lines: list[str] = []
    variables = environment(queues, NOBODY, signature_secrets="")

    with Children(lambda _, line: lines.append(line)) as children:
        child = children.start("webhook-gateway", ["-m", "webhook_gateway"], variables)
        with pytest.raises(ChildFailedError, match=f"status {EXIT_WRONG_SETTINGS}"):
            child.wait_until_ready(NOBODY)

    assert lines[0].startswith("WEBHOOK_GATEWAY_SIGNATURE_SECRETS: ")


def test_without_a_secret_it_starts_with_a_warning_if_that_is_said(queues: Queues) -> None:
    variables = environment(queues, NOBODY, signature_secrets="", allow_unsigned="true")

    with a_gateway(variables) as gateway:
        status, _ = gateway.send("POST", "/webhooks/answer", body=json.dumps(ANSWERED).encode())

    [warned] = [said for said in map(json.loads, gateway.lines) if said["level"] == "warning"]
    assert status == 200
    assert "unsigned" in warned["event"]
