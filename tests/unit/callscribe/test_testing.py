from datetime import UTC, datetime, timedelta

import pytest

from callscribe.contracts import LostRecording, RecordingLost
from callscribe.errors import TransientError
from callscribe.sqs import Received
from callscribe.testing import FakeClock, FakePublisher, FakeQueue, Parked

MINUTE = timedelta(minutes=1)


def receive(queue: FakeQueue, *, limit: int = 10) -> list[Received]:
    return queue.receive(limit=limit, wait=timedelta(0), visibility=MINUTE)


def test_what_was_received_is_hidden_until_its_visibility_ends() -> None:
    clock = FakeClock()
    queue = FakeQueue("a", "b", clock=clock)

    [first] = receive(queue, limit=1)
    assert (first.body, first.attempt) == ("a", 1)
    assert queue.visible == ["b"]
    assert queue.in_flight == ["a"]

    clock.advance(60)
    [again, _] = receive(queue)
    assert (again.message_id, again.attempt) == (first.message_id, 2)
    assert again.receipt != first.receipt


def test_an_empty_queue_gives_nothing() -> None:
    assert receive(FakeQueue()) == []


def test_a_deleted_message_never_comes_again() -> None:
    clock = FakeClock()
    queue = FakeQueue("a", clock=clock)

    assert queue.delete(receive(queue)) == []

    clock.advance(3600)
    assert queue.visible == []
    assert queue.deleted == ["a"]


def test_a_stale_receipt_deletes_nothing_and_says_nothing() -> None:
    clock = FakeClock()
    queue = FakeQueue("a", clock=clock)
    stale = receive(queue)
    clock.advance(60)
    receive(queue)

    assert queue.delete(stale) == []

    assert queue.in_flight == ["a"]


def test_hiding_changes_when_a_message_comes_back() -> None:
    queue = FakeQueue("a", "b")
    first, second = receive(queue)

    queue.hide([first], visibility=timedelta(0))
    queue.hide([second], visibility=timedelta(hours=1))

    assert queue.visible == ["a"]
    assert queue.hidden_for("b") == timedelta(hours=1)


def test_what_is_not_in_flight_cannot_be_hidden() -> None:
    clock = FakeClock()
    queue = FakeQueue("a", clock=clock)
    messages = receive(queue)
    clock.advance(60)

    [refused] = queue.hide(messages, visibility=MINUTE)

    assert (refused.code, refused.sender_fault) == ("MessageNotInflight", True)


def test_a_message_that_was_taken_away_cannot_be_hidden_or_deleted() -> None:
    queue = FakeQueue("a")
    messages = receive(queue)

    queue.take_away("a")

    assert queue.hide(messages, visibility=MINUTE)[0].sender_fault
    queue.delete(messages)
    assert queue.in_flight == ["a"]


def test_a_parked_message_is_a_copy() -> None:
    queue = FakeQueue("a")
    [message] = receive(queue)

    queue.park(message, reason="gone", correlation_id="corr-1")

    assert queue.parked == [Parked("a", "gone", "corr-1")]
    assert queue.in_flight == ["a"]


def test_an_operation_fails_as_often_as_a_test_says() -> None:
    queue = FakeQueue("a")
    queue.fail("receive", ConnectionError(), times=2)

    for _ in range(2):
        with pytest.raises(ConnectionError):
            receive(queue)

    assert [message.body for message in receive(queue)] == ["a"]
    assert queue.calls["receive"] == 3


def test_an_entry_is_refused_once() -> None:
    queue = FakeQueue("a", "b")
    messages = receive(queue)
    queue.refuse("delete", "b")

    [refused] = queue.delete(messages)

    assert (refused.message.body, refused.sender_fault) == ("b", False)
    assert queue.delete([refused.message]) == []
    assert queue.deleted == ["a", "b"]


def test_what_does_not_happen_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callscribe.testing.PATIENCE", 0)

    with pytest.raises(TimeoutError):
        FakeQueue().wait_until(lambda: False)


def an_event() -> RecordingLost:
    return RecordingLost(
        source="callscribe/webhook-gateway",
        subject="rec-1",
        time=datetime(2026, 1, 1, tzinfo=UTC),
        data=LostRecording(
            recording_id="rec-1", conversation_id="CON-1", reason="no address", raw="{}"
        ),
    )


def test_a_published_event_is_kept() -> None:
    publisher = FakePublisher()

    publisher.publish(an_event())

    assert publisher.published == [an_event()]


def test_a_publisher_refuses_when_a_test_says_so() -> None:
    publisher = FakePublisher()
    publisher.fail(TransientError("SQS did not take the message"))

    with pytest.raises(TransientError):
        publisher.publish(an_event())

    assert publisher.published == []
