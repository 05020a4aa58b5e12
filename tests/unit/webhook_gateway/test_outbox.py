import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Event as Flag

import pytest

from callscribe.contracts import Event
from callscribe.errors import TransientError
from callscribe.names import QueueName
from webhook_gateway.batcher import Batcher
from webhook_gateway.handler import event_of
from webhook_gateway.outbox import Outbox
from webhook_gateway.payload import of_body

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
RECORDING = {
    "recording_uuid": "rec-1",
    "recording_url": "https://api.nexmo.com/v1/files/a",
    "conversation_uuid": "CON-1",
}
ANSWERED = {"status": "answered", "conversation_uuid": "CON-1", "to": "Zoë \uffff"}


class FakeSqs:
    """Two queues that keep what they are sent."""

    def __init__(self) -> None:
        self.sent: dict[QueueName, list[str]] = {}

    def sender(self, queue: QueueName) -> Callable[[Sequence[str]], Mapping[int, str]]:
        def send(bodies: Sequence[str]) -> Mapping[int, str]:
            self.sent.setdefault(queue, []).extend(bodies)
            return {}

        return send


def an_event(fields: dict[str, str]) -> Event:
    return event_of(of_body(json.dumps(fields, ensure_ascii=False).encode()), now=NOON)


def an_outbox(sqs: FakeSqs) -> Outbox:
    batchers = {
        queue: Batcher(sqs.sender(queue), linger=0, senders=1)
        for queue in (QueueName.RECORDINGS, QueueName.CALL_EVENTS)
    }
    return Outbox(batchers, patience=5)


def test_each_event_is_on_its_queue_when_publishing_returns() -> None:
    sqs = FakeSqs()
    outbox = an_outbox(sqs)

    outbox.publish(an_event(RECORDING))
    outbox.publish(an_event(ANSWERED))

    types = {queue: [json.loads(body)["type"] for body in sqs.sent[queue]] for queue in sqs.sent}
    assert types == {
        QueueName.RECORDINGS: ["recording.available.v1"],
        QueueName.CALL_EVENTS: ["call.event.v1"],
    }


def test_a_message_has_no_character_that_sqs_would_refuse() -> None:
    sqs = FakeSqs()
    event = an_event(ANSWERED)

    an_outbox(sqs).publish(event)

    [body] = sqs.sent[QueueName.CALL_EVENTS]
    assert body.isascii()
    assert type(event).model_validate_json(body) == event


def test_a_caller_waits_no_longer_than_its_patience() -> None:
    may_answer = Flag()

    def send(_: Sequence[str]) -> Mapping[int, str]:
        may_answer.wait(5)
        return {}

    batcher = Batcher(send, linger=0, senders=1)
    outbox = Outbox({QueueName.CALL_EVENTS: batcher}, patience=0.01)

    with pytest.raises(TransientError, match="not take the message in time"):
        outbox.publish(an_event(ANSWERED))

    may_answer.set()
    outbox.close()


def test_nothing_is_published_once_it_is_closed() -> None:
    outbox = an_outbox(FakeSqs())

    outbox.close()

    with pytest.raises(TransientError):
        outbox.publish(an_event(RECORDING))
