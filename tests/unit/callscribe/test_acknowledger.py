from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

from callscribe.acknowledger import Acknowledger
from callscribe.limits import Limits
from callscribe.sqs import Received
from callscribe.telemetry import Counters, Metric
from callscribe.testing import FakeQueue

NOT_SOON = Limits(linger=timedelta(hours=1))
AT_ONCE = Limits(linger=timedelta(0))


def received(queue: FakeQueue) -> list[Received]:
    messages: list[Received] = []
    while queue.visible:
        messages += queue.receive(limit=10, wait=timedelta(0), visibility=timedelta(minutes=1))
    return messages


@contextmanager
def running(
    queue: FakeQueue, limits: Limits, counters: Counters | None = None
) -> Iterator[Acknowledger]:
    """Run an acknowledger, and wait until it has deleted what is left."""
    counters = counters or Counters()
    acknowledger = Acknowledger(queue, limits, counters=counters, pause=lambda _: None)
    deleter = Thread(target=acknowledger.run, daemon=True)
    deleter.start()
    yield acknowledger
    acknowledger.close()
    deleter.join(10)
    assert not deleter.is_alive()


def bodies(count: int) -> list[str]:
    return [f"message-{number}" for number in range(count)]


def test_ten_done_messages_are_deleted_with_one_call_without_waiting() -> None:
    queue = FakeQueue(*bodies(10))

    with running(queue, NOT_SOON) as acknowledger:
        for message in received(queue):
            acknowledger.done(message)
        queue.wait_until(lambda: queue.deleted == bodies(10))

    assert queue.calls["delete"] == 1


def test_a_single_done_message_is_deleted_after_a_moment() -> None:
    queue = FakeQueue("alone")

    with running(queue, AT_ONCE) as acknowledger:
        acknowledger.done(received(queue)[0])

        queue.wait_until(lambda: queue.deleted == ["alone"])


def test_closing_deletes_what_is_left_without_waiting() -> None:
    queue = FakeQueue(*bodies(23))

    with running(queue, NOT_SOON) as acknowledger:
        for message in received(queue):
            acknowledger.done(message)

    assert sorted(queue.deleted) == sorted(bodies(23))
    assert queue.calls["delete"] == 3


def test_what_sqs_failed_to_delete_is_deleted_again() -> None:
    queue = FakeQueue(*bodies(3))
    queue.refuse("delete", "message-1")

    with running(queue, AT_ONCE) as acknowledger:
        for message in received(queue):
            acknowledger.done(message)

    assert sorted(queue.deleted) == bodies(3)


def test_what_sqs_refuses_to_delete_is_counted_and_left() -> None:
    queue, counters = FakeQueue(*bodies(3)), Counters()
    queue.refuse("delete", "message-1", sender_fault=True)

    with running(queue, AT_ONCE, counters) as acknowledger:
        for message in received(queue):
            acknowledger.done(message)

    assert sorted(queue.deleted) == ["message-0", "message-2"]
    assert counters[Metric.DELETES_REFUSED] == 1


def test_the_deleter_outlives_a_queue_that_fails_in_a_way_nobody_foresaw() -> None:
    queue, counters = FakeQueue("first", "second"), Counters()
    first, second = received(queue)
    queue.fail("delete", KeyError("Successful"), times=4)

    with running(queue, AT_ONCE, counters) as acknowledger:
        acknowledger.done(first)
        queue.wait_until(lambda: queue.calls["delete"] == 4)
        acknowledger.done(second)
        queue.wait_until(lambda: queue.deleted == ["second"])

    assert counters[Metric.DELETES_REFUSED] == 1
