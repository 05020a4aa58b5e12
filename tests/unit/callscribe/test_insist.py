from datetime import timedelta
from functools import partial

from callscribe.insist import PAUSES, insist
from callscribe.sqs import Received, Refused
from callscribe.telemetry import Counters, Metric
from callscribe.testing import FakeQueue


def received(queue: FakeQueue) -> list[Received]:
    return queue.receive(limit=10, wait=timedelta(0), visibility=timedelta(minutes=1))


class Insistence:
    """Asks, and remembers how long it paused."""

    def __init__(self) -> None:
        self.paused: list[float] = []
        self.counters = Counters()
        self.insist = partial(insist, counters=self.counters, pause=self.paused.append)


def test_what_sqs_takes_is_asked_for_once() -> None:
    queue, insistence = FakeQueue("a", "b"), Insistence()

    assert insistence.insist(queue.delete, received(queue)) == []

    assert queue.calls["delete"] == 1
    assert insistence.paused == []


def test_an_entry_that_sqs_failed_at_is_asked_for_again_after_a_pause() -> None:
    queue, insistence = FakeQueue("a", "b"), Insistence()
    queue.refuse("delete", "a")

    assert insistence.insist(queue.delete, received(queue)) == []

    assert queue.deleted == ["b", "a"]
    assert insistence.paused == [PAUSES[0]]
    assert insistence.counters[Metric.ENTRIES_RETRIED] == 1


def test_an_entry_that_is_our_fault_is_not_asked_for_again() -> None:
    queue, insistence = FakeQueue("a", "b"), Insistence()
    queue.refuse("delete", "a", sender_fault=True)

    [refused] = insistence.insist(queue.delete, received(queue))

    assert refused.message.body == "a"
    assert queue.calls["delete"] == 1


def test_a_refused_entry_is_still_told_of_after_another_was_tried_again() -> None:
    queue, insistence = FakeQueue("ours", "theirs"), Insistence()
    queue.refuse("delete", "ours", sender_fault=True)
    queue.refuse("delete", "theirs")

    [refused] = insistence.insist(queue.delete, received(queue))

    assert refused.message.body == "ours"
    assert queue.deleted == ["theirs"]


def test_a_call_that_nobody_answered_is_made_again() -> None:
    queue, insistence = FakeQueue("a"), Insistence()
    queue.fail("delete", ConnectionError(), times=2)

    assert insistence.insist(queue.delete, received(queue)) == []

    assert queue.deleted == ["a"]


def test_insistence_ends() -> None:
    queue, insistence = FakeQueue("a"), Insistence()
    queue.fail("delete", ConnectionError(), times=99)
    [message] = received(queue)

    refused = insistence.insist(queue.delete, [message])

    assert refused == [Refused(message, "ConnectionError", sender_fault=False)]
    assert tuple(insistence.paused) == PAUSES
