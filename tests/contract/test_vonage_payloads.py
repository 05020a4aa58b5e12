"""Each payload that somebody captured or documented is understood, or refused, as it should be.

The test goes over the files, so a new one fails until it is decided here what it is.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callscribe.telemetry import Counters
from webhook_gateway.testing import FakeQueues, bearer, captured_log, some_claims, some_settings
from webhook_gateway.web import Gateway, make_app

VONAGE = Path(__file__).parents[1] / "data" / "vonage"
FILES = sorted(file.name for file in VONAGE.glob("*.json"))
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)

PUBLISHED = {
    "docs-recording-media-download-url.json": "recording.available.v1",
    "docs-transcription-webhook.json": "transcribed",
    "http-php-dtmf-post.json": "input",
    "http-php-event-post-answered.json": "answered",
    "http-php-event-post-completed.json": "completed",
    "http-php-event-post-failed.json": "failed",
    "http-php-event-post-ringing.json": "ringing",
    "http-php-event-post-started.json": "started",
    "http-php-event-post-transfer.json": "transfer",
    "http-php-recording-get.json": "recording.available.v1",
    "seed-event-completed.json": "completed",
    "seed-recording.json": "recording.available.v1",
}
"""What becomes an event, and of which kind."""

REFUSED = {
    # What Vonage adds to the payload of a webhook that failed; alone it is about no call.
    "docs-fallback-extra-fields.json": "the webhook is not understood: no usable conversation_id",
}

ANSWERED = {"http-php-answer-get.json"}
"""What asks for an NCCO."""

CLAIMS = {"docs-signed-jwt-claims.json"}
"""What a signature says, and no payload."""


def read(name: str) -> Any:
    return json.loads((VONAGE / name).read_text(encoding="utf-8"))


def a_gateway(queues: FakeQueues, **changes: Any) -> FlaskClient:
    gateway = Gateway(
        settings=some_settings(**changes),
        publish=queues.publish,
        reachable=lambda: True,
        counters=Counters(),
        now=lambda: NOON,
    )
    return make_app(gateway).test_client()


def deliver(name: str, client: FlaskClient) -> TestResponse:
    """Send what the file holds, as it was sent, signed for us; paths were the sender's own."""
    said = read(name)
    path = "/webhooks/answer" if name in ANSWERED else "/webhooks/events"
    if said.get("method") == "GET":
        query = urlsplit(said["target"]).query
        compact = json.dumps(said["query"], separators=(",", ":"))
        signed = {"Authorization": bearer(some_claims(compact.encode(), at=NOON))}
        return client.get(path, query_string=query, headers=signed)
    body = said["raw_body"] if "raw_body" in said else json.dumps(said)
    signed = {"Authorization": bearer(some_claims(body.encode(), at=NOON))}
    return client.post(path, data=body, headers=signed)


@pytest.mark.parametrize("name", FILES)
def test_it_is_decided_what_each_file_is(name: str) -> None:
    decided = [name in group for group in (PUBLISHED, REFUSED, ANSWERED, CLAIMS)]

    assert decided.count(True) == 1


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_vonage_says_of_a_call_becomes_one_event_with_its_words(name: str) -> None:
    queues = FakeQueues()

    answer = deliver(name, a_gateway(queues))

    [event] = queues.published
    data: Any = getattr(event, "data", None)
    assert answer.status_code == 200
    assert getattr(data, "kind", event.type) == PUBLISHED[name]
    assert data.conversation_id
    assert data.raw in {
        read(name).get("raw_body"),
        json.dumps(read(name)),
        urlsplit(read(name).get("target", "")).query,
    }


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_delivered_twice_is_one_event(name: str) -> None:
    queues = FakeQueues()
    client = a_gateway(queues)

    for _ in range(2):
        deliver(name, client)

    first, second = queues.published
    assert first.id == second.id


def test_no_two_of_the_captured_webhooks_are_the_same_event() -> None:
    queues = FakeQueues()
    client = a_gateway(queues)

    for name in PUBLISHED:
        deliver(name, client)

    assert len({event.id for event in queues.published}) == len(PUBLISHED)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_about_no_call_is_refused_in_one_plain_line(name: str) -> None:
    queues = FakeQueues()

    answer = deliver(name, a_gateway(queues))

    assert answer.status_code == 400
    assert answer.text == f"{REFUSED[name]}\n"
    assert queues.published == []


@pytest.mark.parametrize("name", ANSWERED)
def test_a_call_is_answered_from_the_number_that_was_called(name: str) -> None:
    answer = deliver(name, a_gateway(FakeQueues()))

    record, connect = answer.get_json()
    assert record["action"] == "record"
    assert connect["from"] == read(name)["query"]["to"]


@pytest.mark.parametrize("name", CLAIMS)
def test_documented_claims_are_what_we_check(name: str) -> None:
    said = read(name)
    body = b'{"status": "answered", "conversation_uuid": "CON-1"}'
    claims = said["payload"] | {
        "iat": NOON.timestamp(),
        "payload_hash": sha256(body).hexdigest(),
    }
    client = a_gateway(
        FakeQueues(),
        api_key=said["payload"]["api_key"],
        application_id=said["payload"]["application_id"],
    )

    answer = client.post("/webhooks/events", data=body, headers={"Authorization": bearer(claims)})

    assert answer.status_code == 200


@pytest.mark.parametrize("name", [*PUBLISHED, *REFUSED, *ANSWERED])
def test_no_number_token_or_body_reaches_the_log(name: str) -> None:
    said = read(name)
    fields = said.get("json") or said.get("query") or said
    secret = [fields[party] for party in ("from", "to", "recording_url") if party in fields]

    with captured_log() as lines:
        deliver(name, a_gateway(FakeQueues()))

    assert lines
    assert not [value for value in (*secret, "eyJ", '\\"') if value in "".join(lines)]
