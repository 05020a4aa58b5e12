import json
from datetime import UTC, datetime

from bench.http_text import body_of, whole
from bench.webhooks import requests
from callscribe.names import QueueName
from webhook_gateway import digest, payload
from webhook_gateway.handler import event_of, queues_of
from webhook_gateway.signature import verify
from webhook_gateway.testing import some_settings


def bodies(count: int) -> list[bytes]:
    return [body_of(request) for request in requests(count, port=3000)]


def test_one_webhook_in_ten_is_a_recording() -> None:
    now = datetime.now(UTC)
    events = [event_of(payload.of_body(body), now=now) for body in bodies(20)]

    queues = [queue for event in events for queue in queues_of(event)]

    assert queues.count(QueueName.RECORDINGS) == 2
    assert queues.count(QueueName.CALL_EVENTS) == 20


def test_no_webhook_is_the_same_event_as_another() -> None:
    now = datetime.now(UTC)

    ids = {event_of(payload.of_body(body), now=now).id for body in bodies(20)}

    assert len(ids) == 20


def test_the_gateway_takes_the_signature() -> None:
    [request] = requests(1, port=3000)
    head = request.partition(b"\r\n\r\n")[0].decode()
    [signed] = [line for line in head.splitlines() if line.startswith("Authorization: ")]
    trust = some_settings().trust
    assert trust

    verify(
        signed.removeprefix("Authorization: "),
        content=digest.of_body(body_of(request)),
        trust=trust,
        now=datetime.now(UTC),
    )


def test_a_request_states_the_length_of_its_body() -> None:
    [request] = requests(1, port=3000)

    assert whole(request)
    assert not whole(request[:-1])
    assert json.loads(body_of(request))["status"] == "completed"
