import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest

from local.vonage.ncco import Destination
from local.vonage.outgoing import Request, answer_request, webhook_request
from local.vonage.scenario import Scenario
from local.vonage.testing import NOON, a_call, an_application
from local.vonage.webhook import Webhook

TO = Destination("https://app.example/recordings?tenant=7", "POST")


def a_recording_webhook(**changes: Any) -> Webhook:
    body = {
        "start_time": "2020-07-14T01:23:04Z",
        "recording_url": "https://api.nexmo.com/v1/files/87b8851a-dbfa-4142-bc01-82a7854ac4fd",
        "size": 18990,
        "recording_uuid": "2e7855d6-b952-45ac-bd92-c0a99103095f",
        "end_time": "2020-07-14T01:23:09Z",
        "conversation_uuid": "CON-181f3e7e-c343-44b4-8439-29a2dd415cb4",
        "timestamp": "2020-07-14T01:23:09.426Z",
    }
    return Webhook("recording", "recording", TO, body | changes)


def claims(request: Request) -> dict[str, Any]:
    return jwt.decode(
        request.headers["Authorization"].removeprefix("Bearer "),
        an_application().signature_secret,
        algorithms=["HS256"],
        options={"verify_iat": False},
    )


def sent(webhook: Webhook, **scenario: Any) -> Request:
    return webhook_request(
        webhook, an_application(), Scenario(**scenario), jti="a-webhook", now=NOON
    )


def asked(**application: Any) -> Request:
    return answer_request(
        a_call(),
        an_application(**application),
        region_url="https://vonage.example",
        jti="an-answer",
        now=NOON,
    )


def test_a_webhook_is_posted_as_json_and_its_hash_covers_the_raw_body() -> None:
    request = sent(a_recording_webhook())

    assert (request.method, request.url) == ("POST", TO.url)
    assert request.headers["Content-Type"] == "application/json"
    assert request.body is not None
    assert json.loads(request.body) == a_recording_webhook().body
    assert claims(request)["payload_hash"] == sha256(request.body).hexdigest()


def test_a_webhook_without_an_address_goes_to_the_application() -> None:
    request = sent(Webhook("event", "an event", None, {"status": "started"}))

    assert (request.method, request.url) == ("POST", an_application().event_url)


def test_a_get_webhook_looks_as_a_captured_one(data: Path) -> None:
    captured = json.loads((data / "vonage/http-php-recording-get.json").read_text("utf-8"))
    to = Destination("https://app.example/webhooks/event", "GET")

    request = sent(Webhook("recording", "recording", to, a_recording_webhook().body))

    assert (request.method, request.body) == ("GET", None)
    assert request.url == f"https://app.example{captured['target']}"
    assert dict(parse_qsl(urlsplit(request.url).query)) == captured["query"]


def test_a_get_webhook_keeps_the_query_it_was_given_and_signs_all_of_it() -> None:
    request = sent(a_recording_webhook(), get_webhooks=True)

    query = dict(parse_qsl(urlsplit(request.url).query))
    assert list(query)[:2] == ["tenant", "start_time"]
    compact = json.dumps(query, separators=(",", ":")).encode()
    assert claims(request)["payload_hash"] == sha256(compact).hexdigest()


def test_what_a_query_cannot_say_is_left_out() -> None:
    webhook = Webhook("event", "answered", None, {"headers": {}, "rate": None, "to": "jamie b"})

    request = sent(webhook, get_webhooks=True)

    assert request.url == "https://app.example/events?to=jamie%20b"


def test_the_answer_is_asked_for_with_the_documented_parameters() -> None:
    request = asked()

    assert request.method == "GET"
    assert request.url.startswith("https://app.example/answer?")
    assert dict(parse_qsl(urlsplit(request.url).query)) == {
        "to": "447700900000",
        "from": "447700900123",
        "conversation_uuid": a_call().conversation_uuid,
        "uuid": a_call().leg_uuid(0),
        "region_url": "https://vonage.example",
        "endpoint_type": "phone",
    }


def test_the_answer_can_be_asked_for_with_post() -> None:
    request = asked(answer_method="POST")

    assert request.body is not None
    assert json.loads(request.body)["from"] == "447700900123"
    assert claims(request)["payload_hash"] == sha256(request.body).hexdigest()


@pytest.mark.parametrize("forgery", ["wrong_signature", "wrong_payload_hash", "old_token"])
def test_a_forged_webhook_differs_from_a_genuine_one_in_its_token_alone(forgery: str) -> None:
    genuine, forged = sent(a_recording_webhook()), sent(a_recording_webhook(), **{forgery: True})

    assert (forged.url, forged.body) == (genuine.url, genuine.body)
    assert forged.headers["Authorization"] != genuine.headers["Authorization"]
