import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callscribe.contracts import CallEvent, RecordingAvailable, RecordingLost
from callscribe.errors import TransientError
from callscribe.telemetry import Counters, Metric
from webhook_gateway.testing import (
    SECRET,
    FakeQueues,
    bearer,
    some_claims,
    some_settings,
)
from webhook_gateway.web import Gateway, make_app

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
CALLER = "447700900001"
CALLED = "447700900009"
ANSWERED = {
    "from": CALLER,
    "to": CALLED,
    "uuid": "leg-1",
    "conversation_uuid": "CON-1",
    "status": "answered",
    "timestamp": "2026-09-01T11:59:00.000Z",
}
RECORDED = {
    "recording_uuid": "rec-1",
    "recording_url": "https://api.nexmo.com/v1/files/file-1",
    "conversation_uuid": "CON-1",
    "size": 178830,
}


class Phone:
    """Vonage, and the gateway it calls."""

    def __init__(self, **changes: Any) -> None:
        self.queues = FakeQueues()
        self.there = True
        self.counters = Counters()
        gateway = Gateway(
            settings=some_settings(**changes),
            publish=self.queues.publish,
            reachable=lambda: self.there,
            counters=self.counters,
            now=lambda: NOON,
        )
        self.client: FlaskClient = make_app(gateway).test_client()

    def post(self, path: str, said: object, *, at: datetime = NOON, **claims: Any) -> TestResponse:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        token = bearer(some_claims(body, at=at, **claims))
        return self.client.post(path, data=body, headers={"Authorization": token})

    def get(self, path: str, query: str, **claims: Any) -> TestResponse:
        token = bearer(some_claims(b"", at=NOON, **claims))
        return self.client.get(f"{path}?{query}", headers={"Authorization": token})


def test_a_call_is_answered_with_what_to_do() -> None:
    phone = Phone()

    answer = phone.get("/webhooks/answer", f"to={CALLED}&from={CALLER}&conversation_uuid=CON-1")

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert [action["action"] for action in answer.get_json()] == ["record", "connect"]
    assert answer.get_json()[1]["from"] == CALLED


def test_a_call_is_answered_the_same_when_it_is_posted() -> None:
    phone = Phone()
    said = {"to": CALLED, "from": CALLER}

    posted = phone.post("/webhooks/answer", said)

    assert posted.get_json() == phone.get("/webhooks/answer", f"to={CALLED}").get_json()


def test_no_outage_of_the_queues_stops_a_call() -> None:
    phone = Phone()
    phone.queues.failure = TransientError("SQS is away")

    assert phone.get("/webhooks/answer", f"to={CALLED}").status_code == 200


def test_an_event_is_answered_once_it_is_published() -> None:
    phone = Phone()

    answer = phone.post("/webhooks/events", ANSWERED)

    [event] = phone.queues.published
    assert answer.status_code == 200
    assert isinstance(event, CallEvent)
    assert event.data.raw == json.dumps(ANSWERED)


@pytest.mark.parametrize("path", ["/webhooks/recording", "/webhooks/events"])
def test_a_recording_is_known_by_its_shape_and_not_by_its_path(path: str) -> None:
    phone = Phone()

    phone.post(path, RECORDED)

    assert [type(event) for event in phone.queues.published] == [RecordingAvailable]


def test_a_recording_in_a_query_is_understood() -> None:
    phone = Phone()
    query = "&".join(f"{name}={value}" for name, value in RECORDED.items())

    phone.get("/webhooks/recording", query)

    [event] = phone.queues.published
    assert isinstance(event, RecordingAvailable)
    assert event.data.raw == query
    assert event.data.size == 178830


def test_a_webhook_delivered_twice_is_published_as_one_event() -> None:
    phone = Phone()

    answers = [phone.post("/webhooks/recording", RECORDED) for _ in range(2)]

    first, second = phone.queues.published
    assert [answer.status_code for answer in answers] == [200, 200]
    assert first.id == second.id


def test_a_recording_without_audio_is_published_as_lost_with_a_warning(log: list[str]) -> None:
    phone = Phone()

    answer = phone.post("/webhooks/recording", {**RECORDED, "recording_url": "", "size": 0})

    assert answer.status_code == 200
    assert [type(event) for event in phone.queues.published] == [RecordingLost]
    [warned] = [json.loads(line) for line in log if '"recording lost"' in line]
    assert warned["level"] == "warning"
    assert warned["recording_id"] == "rec-1"


def test_an_accepted_webhook_leaves_one_line_by_which_the_call_can_be_followed(
    log: list[str],
) -> None:
    phone = Phone()

    phone.post("/webhooks/recording", RECORDED)

    [said] = [json.loads(line) for line in log if '"webhook accepted"' in line]
    assert said["kind"] == "recording.available.v1"
    assert said["conversation_id"] == "CON-1"
    assert said["recording_id"] == "rec-1"
    assert said["correlation_id"] == phone.queues.published[0].correlationid


Refusal = Callable[[Phone], TestResponse]

REFUSALS: dict[str, tuple[int, str, Refusal]] = {
    "no signature": (
        401,
        "the webhook is not signed",
        lambda phone: phone.client.post("/webhooks/events", json=ANSWERED),
    ),
    "a call with no signature": (
        401,
        "the webhook is not signed",
        lambda phone: phone.client.get(f"/webhooks/answer?to={CALLED}"),
    ),
    "an old signature": (
        401,
        "the webhook's signature is too old",
        lambda phone: phone.post("/webhooks/events", ANSWERED, at=NOON - timedelta(hours=1)),
    ),
    "another body": (
        401,
        "the webhook's content is not what was signed",
        lambda phone: phone.post("/webhooks/events", ANSWERED, payload_hash="0" * 64),
    ),
    "another account": (
        401,
        "the webhook is of another account",
        lambda phone: phone.post("/webhooks/recording", RECORDED, api_key=CALLER),
    ),
    "no JSON": (
        400,
        "the body is not JSON",
        lambda phone: phone.post("/webhooks/events", f"from={CALLER}".encode()),
    ),
    "no conversation": (
        400,
        "the webhook is not understood: no usable conversation_id",
        lambda phone: phone.post("/webhooks/events", {"status": "answered", "from": CALLER}),
    ),
    "no id of the recording": (
        400,
        "the webhook is not understood: no usable recording_id",
        lambda phone: phone.post("/webhooks/recording", {**RECORDED, "recording_uuid": "a b"}),
    ),
    "too much": (
        413,
        "request entity too large",
        lambda phone: phone.post("/webhooks/events", {**ANSWERED, "new": "x" * 70_000}),
    ),
    "another method": (
        405,
        "method not allowed",
        lambda phone: phone.client.put("/webhooks/events", json=ANSWERED),
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_one_plain_line_and_publishes_nothing(name: str) -> None:
    status, reason, refuse = REFUSALS[name]
    phone = Phone()

    answer = refuse(phone)

    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert answer.text == f"{reason}\n"
    assert phone.queues.published == []
    assert phone.counters[Metric.WEBHOOKS_REFUSED] == 1


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_logged_without_number_token_or_body(name: str, log: list[str]) -> None:
    status, reason, refuse = REFUSALS[name]

    refuse(Phone())

    [said] = [json.loads(line) for line in log if '"webhook refused"' in line]
    assert (said["status"], said["reason"]) == (status, reason)
    assert "4477009" not in "".join(log)
    assert "eyJ" not in "".join(log)


def test_a_webhook_that_sqs_cannot_take_is_to_be_brought_again() -> None:
    phone = Phone()
    phone.queues.failure = TransientError("SQS did not take the message in time")

    answer = phone.post("/webhooks/recording", RECORDED)

    assert answer.status_code == 503
    assert answer.text == "SQS did not take the message in time\n"
    assert phone.counters[Metric.WEBHOOKS] == 0


def test_a_bug_is_answered_so_that_vonage_comes_again_and_logged_with_its_place(
    log: list[str],
) -> None:
    phone = Phone()
    phone.queues.failure = RuntimeError(f"something about {CALLER}")

    answer = phone.post("/webhooks/recording", RECORDED)

    [said] = [
        json.loads(line) for line in log if '"unexpected failure"' in line and "trace" in line
    ]
    assert answer.status_code == 503
    assert answer.text == "unexpected failure\n"
    assert said["error"] == "RuntimeError"
    assert "in publish" in said["traceback"]
    assert CALLER not in "".join(log)
    assert phone.counters[Metric.UNEXPECTED] == 1


def test_unsigned_webhooks_are_taken_when_that_is_allowed() -> None:
    phone = Phone(signature_secrets="", allow_unsigned=True)

    answer = phone.client.post("/webhooks/events", json=ANSWERED)

    assert answer.status_code == 200
    assert len(phone.queues.published) == 1


def test_health_needs_nothing_and_shows_what_was_counted() -> None:
    phone = Phone()
    phone.there = False
    phone.post("/webhooks/events", ANSWERED)
    phone.post("/webhooks/events", b"")

    answer = phone.client.get("/health")

    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ok"
    assert answer.get_json()["counters"]["webhooks_accepted"] == 1
    assert answer.get_json()["counters"]["webhooks_refused"] == 1


def test_the_gateway_is_ready_while_sqs_is_there() -> None:
    phone = Phone()

    assert phone.client.get("/ready").status_code == 200


def test_the_gateway_is_not_ready_without_sqs() -> None:
    phone = Phone()
    phone.there = False

    answer = phone.client.get("/ready")

    assert answer.status_code == 503
    assert answer.text == "SQS can't be reached\n"


def test_an_address_that_is_none_is_answered_plainly_and_counts_for_nothing(
    log: list[str],
) -> None:
    phone = Phone()

    answer = phone.client.get(f"/wp-login.php?phone={CALLER}")

    assert answer.status_code == 404
    assert answer.text == "not found\n"
    assert phone.counters[Metric.WEBHOOKS_REFUSED] == 0
    assert CALLER not in "".join(log)


def test_two_secrets_are_taken_while_one_replaces_the_other() -> None:
    phone = Phone(signature_secrets=f"the-newer-secret-of-more-than-32-characters,{SECRET}")

    assert phone.post("/webhooks/events", ANSWERED).status_code == 200
