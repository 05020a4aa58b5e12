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
    """Two queues that keep what they are sent, but for one that refuses all of it."""

    def __init__(self) -> None:
        self.sent: dict[QueueName, list[str]] = {}
        self.refuses: QueueName | None = None

    def sender(self, queue: QueueName) -> Callable[[Sequence[str]], Mapping[int, str]]:
        def send(bodies: Sequence[str]) -> Mapping[int, str]:
            if queue is self.refuses:
                return dict.fromkeys(range(len(bodies)), "InternalError")
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


def test_each_event_is_on_its_queues_when_publishing_returns() -> None:
    sqs = FakeSqs()
    outbox = an_outbox(sqs)

    outbox.publish(an_event(RECORDING))
    outbox.publish(an_event(ANSWERED))

    types = {queue: [json.loads(body)["type"] for body in sqs.sent[queue]] for queue in sqs.sent}
    assert types == {
        QueueName.RECORDINGS: ["recording.available.v1"],
        QueueName.CALL_EVENTS: ["recording.available.v1", "call.event.v1"],
    }


@pytest.mark.parametrize("queue", [QueueName.RECORDINGS, QueueName.CALL_EVENTS])
def test_a_recording_that_one_queue_did_not_take_is_not_handed_over(queue: QueueName) -> None:
    sqs = FakeSqs()
    sqs.refuses = queue

    with pytest.raises(TransientError, match="InternalError"):
        an_outbox(sqs).publish(an_event(RECORDING))


def test_a_recording_brought_twice_is_the_same_message_on_both_queues() -> None:
    sqs = FakeSqs()
    outbox = an_outbox(sqs)
    sqs.refuses = QueueName.CALL_EVENTS
    with pytest.raises(TransientError):
        outbox.publish(an_event(RECORDING))
    sqs.refuses = None

    outbox.publish(an_event(RECORDING))

    ids = {json.loads(body)["id"] for bodies in sqs.sent.values() for body in bodies}
    assert len(sqs.sent[QueueName.RECORDINGS]) == 2
    assert len(sqs.sent[QueueName.CALL_EVENTS]) == 1
    assert len(ids) == 1


def test_a_message_has_no_character_that_sqs_would_refuse() -> None:
    sqs = FakeSqs()
    event = an_event(ANSWERED)

    an_outbox(sqs).publish(event)

    [body] = sqs.sent[QueueName.CALL_EVENTS]
    assert body.isascii()
    assert type(event).model_validate_json(body) == event


@pytest.mark.parametrize("fields", [ANSWERED, RECORDING], ids=["event", "recording"])
def test_a_caller_waits_no_longer_than_its_patience(fields: dict[str, str]) -> None:
    may_answer = Flag()

    def send(_: Sequence[str]) -> Mapping[int, str]:
        may_answer.wait(5)
        return {}

    quick = Batcher(FakeSqs().sender(QueueName.RECORDINGS), linger=0, senders=1)
    slow = Batcher(send, linger=0, senders=1)
    outbox = Outbox({QueueName.RECORDINGS: quick, QueueName.CALL_EVENTS: slow}, patience=0.01)

    with pytest.raises(TransientError, match="not take the message in time"):
        outbox.publish(an_event(fields))

    may_answer.set()
    outbox.close()


def test_nothing_is_published_once_it_is_closed() -> None:
    outbox = an_outbox(FakeSqs())

    outbox.close()

    with pytest.raises(TransientError):
        outbox.publish(an_event(RECORDING))
