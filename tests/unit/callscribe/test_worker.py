from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier, Semaphore, Thread, current_thread
from threading import Event as Flag

import pytest

from callscribe.errors import PermanentError, TransientError
from callscribe.limits import Limits
from callscribe.reader import Queue, Reader
from callscribe.sqs import Received, Refused
from callscribe.telemetry import Counters, Metric
from callscribe.testing import FakeClock, FakeQueue
from callscribe.worker import ReceiveFailedError, Worker

NO_TIME = timedelta(0)
POLLER = "poller"
LIMITS = Limits(
    concurrency=3,
    visibility=timedelta(seconds=60),
    wait=timedelta(milliseconds=20),
    drain=timedelta(seconds=10),
    linger=NO_TIME,
    receive_pause=NO_TIME,
)


@dataclass(frozen=True)
class Said:
    """An event that is its own body."""

    body: str

    @property
    def trace(self) -> Mapping[str, str | None]:
        return {}


def a_worker(
    queue: Queue,
    handle: Callable[[Said], None],
    *,
    limits: Limits = LIMITS,
    counters: Counters | None = None,
    clock: Callable[[], float] | None = None,
) -> Worker:
    return Worker(
        Reader(queue, Said, handle),
        limits,
        counters or Counters(),
        clock=clock or FakeClock(),
        pause=lambda _: None,
    )


@contextmanager
def running(worker: Worker) -> Iterator[Flag]:
    """Run a worker in a thread, and wait for its end."""
    stopping = Flag()
    thread = Thread(target=worker.run, args=[stopping], name=POLLER, daemon=True)
    thread.start()
    try:
        yield stopping
    finally:
        stopping.set()
        thread.join(20)
    assert not thread.is_alive()


def nothing(_: Said) -> None:
    """Succeed."""


def bodies(count: int) -> list[str]:
    return [f"message-{number}" for number in range(count)]


def test_every_message_is_handled_and_deleted() -> None:
    queue, counters = FakeQueue(*bodies(25)), Counters()
    handled: list[str] = []

    with running(a_worker(queue, lambda said: handled.append(said.body), counters=counters)):
        queue.wait_until(lambda: len(queue.deleted) == 25)

    assert sorted(handled) == sorted(queue.deleted) == sorted(bodies(25))
    assert counters[Metric.RECEIVED] == counters[Metric.DONE] == 25


def test_one_failure_never_touches_another_message() -> None:
    queue = FakeQueue("fine", "later", "never", "bug", "exit", "also fine")
    errors = {
        "later": TransientError("not there yet"),
        "never": PermanentError("gone"),
        "bug": KeyError(),
        "exit": SystemExit(),
    }

    def handle(said: Said) -> None:
        if said.body in errors:
            raise errors[said.body]

    with running(a_worker(queue, handle)):
        queue.wait_until(lambda: len(queue.deleted) == 3 and queue.calls["hide"] == 3)

    assert sorted(queue.deleted) == ["also fine", "fine", "never"]
    assert [parked.body for parked in queue.parked] == ["never"]


def test_no_more_is_received_than_can_begin_at_once() -> None:
    queue = FakeQueue(*bodies(10))
    all_at_work, go_on = Barrier(4), Flag()

    def handle(_: Said) -> None:
        if not go_on.is_set():
            all_at_work.wait(10)
            go_on.wait(10)

    with running(a_worker(queue, handle)):
        all_at_work.wait(10)
        assert len(queue.in_flight) == 3
        go_on.set()
        queue.wait_until(lambda: len(queue.deleted) == 10)


def test_polling_goes_on_while_a_handler_is_at_work() -> None:
    queue, go_on = FakeQueue("slow", *bodies(5)), Flag()

    def handle(said: Said) -> None:
        if said.body == "slow":
            go_on.wait(10)

    with running(a_worker(queue, handle)):
        queue.wait_until(lambda: sorted(queue.deleted) == bodies(5))
        go_on.set()
        queue.wait_until(lambda: "slow" in queue.deleted)


def test_what_a_poll_brings_after_the_stop_is_given_back_at_once() -> None:
    stopping = Flag()
    counters = Counters()

    class StoppedWhilePolling(FakeQueue):
        def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
            stopping.set()
            return super().receive(limit=limit, wait=wait, visibility=visibility)

    queue = StoppedWhilePolling("late")

    a_worker(queue, nothing, counters=counters).run(stopping)

    assert queue.visible == ["late"]
    assert counters[Metric.GIVEN_BACK] == 1


def test_a_stop_waits_for_what_was_begun_and_deletes_it() -> None:
    queue, begun, go_on = FakeQueue("begun"), Flag(), Flag()

    def handle(_: Said) -> None:
        begun.set()
        go_on.wait(10)

    with running(a_worker(queue, handle)) as stopping:
        begun.wait(10)
        stopping.set()
        go_on.set()

    assert queue.deleted == ["begun"]


def test_a_stop_waits_until_what_is_done_is_deleted() -> None:
    deleting, go_on, done = Flag(), Flag(), Flag()

    class SlowToDelete(FakeQueue):
        def delete(self, messages: Sequence[Received]) -> list[Refused]:
            deleting.set()
            go_on.wait(10)
            return super().delete(messages)

    queue = SlowToDelete("done")
    limits = Limits(concurrency=1, wait=NO_TIME, linger=timedelta(hours=1))
    stopping = Flag()
    worker = a_worker(queue, lambda _: done.set(), limits=limits)
    running_worker = Thread(target=worker.run, args=[stopping])
    running_worker.start()

    done.wait(10)
    stopping.set()
    deleting.wait(10)
    running_worker.join(0.05)
    assert running_worker.is_alive()

    go_on.set()
    running_worker.join(10)
    assert queue.deleted == ["done"]


def test_what_outlasts_the_drain_is_given_back_and_never_settled() -> None:
    queue, counters, begun, go_on = FakeQueue("stuck"), Counters(), Flag(), Flag()
    limits = Limits(concurrency=1, wait=NO_TIME, drain=NO_TIME, linger=NO_TIME)

    def handle(_: Said) -> None:
        begun.set()
        go_on.wait(10)

    worker = a_worker(queue, handle, limits=limits, counters=counters)
    with running(worker):
        begun.wait(10)

    assert queue.visible == ["stuck"]
    assert worker.busy
    assert counters[Metric.GIVEN_BACK] == 1
    go_on.set()
    assert queue.deleted == []


def test_a_message_that_sqs_failed_to_take_back_is_given_back_again() -> None:
    queue, begun = FakeQueue("stuck"), Flag()
    queue.refuse("hide", "stuck")
    limits = Limits(concurrency=1, wait=NO_TIME, drain=NO_TIME, linger=NO_TIME)
    go_on = Flag()

    def handle(_: Said) -> None:
        begun.set()
        go_on.wait(10)

    with running(a_worker(queue, handle, limits=limits)):
        begun.wait(10)

    assert queue.visible == ["stuck"]
    go_on.set()


def test_a_receive_that_fails_is_tried_again() -> None:
    queue, counters = FakeQueue("patient"), Counters()
    queue.fail("receive", ConnectionError(), times=3)

    with running(a_worker(queue, nothing, counters=counters)):
        queue.wait_until(lambda: queue.deleted == ["patient"])

    assert counters[Metric.RECEIVE_FAILURES] == 3


def test_a_receive_that_works_is_the_end_of_a_row_of_failures() -> None:
    queue, counters = FakeQueue("first", "second"), Counters()
    too_few = LIMITS.receive_failures - 1
    queue.fail("receive", ConnectionError(), times=too_few)
    one_at_a_time = replace(LIMITS, concurrency=1)

    def handle(said: Said) -> None:
        if said.body == "first":
            queue.fail("receive", ConnectionError(), times=too_few)

    with running(a_worker(queue, handle, limits=one_at_a_time, counters=counters)):
        queue.wait_until(lambda: "second" in queue.deleted)

    assert counters[Metric.RECEIVE_FAILURES] == 2 * too_few


def test_too_many_failed_receives_end_the_worker_once_it_has_drained() -> None:
    queue = FakeQueue("begun")
    go_on = Flag()

    def handle(_: Said) -> None:
        queue.fail("receive", ConnectionError(), times=LIMITS.receive_failures)
        go_on.wait(10)

    def run() -> None:
        with pytest.raises(ReceiveFailedError, match="10 times in a row: ConnectionError"):
            a_worker(queue, handle).run(Flag())

    thread = Thread(target=run)
    thread.start()
    queue.wait_until(lambda: queue.calls["receive"] > LIMITS.receive_failures)
    go_on.set()
    thread.join(20)

    assert queue.deleted == ["begun"]


def test_a_receive_that_fails_during_the_stop_is_no_failure() -> None:
    stopping = Flag()

    class Gone(FakeQueue):
        def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
            stopping.set()
            raise ConnectionError(limit, wait, visibility)

    counters = Counters()

    a_worker(Gone(), nothing, limits=Limits(receive_failures=1), counters=counters).run(stopping)

    assert counters[Metric.RECEIVE_FAILURES] == 1


def test_a_message_that_sqs_brings_twice_in_a_batch_is_handled_once() -> None:
    class Twice(FakeQueue):
        def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
            return super().receive(limit=limit, wait=wait, visibility=visibility) * 2

    queue, handled = Twice("twice"), Semaphore(0)

    with running(a_worker(queue, lambda _: handled.release())):
        queue.wait_until(lambda: queue.deleted == ["twice"])

    assert handled.acquire(blocking=False)
    assert not handled.acquire(blocking=False)


def test_a_worker_is_alive_while_it_polls_and_dead_when_it_does_not() -> None:
    clock, queue = FakeClock(), FakeQueue()
    worker = a_worker(queue, nothing, clock=clock)

    assert worker.alive
    clock.advance(3600)
    assert not worker.alive
    with running(worker):
        before = queue.calls["receive"]
        queue.wait_until(lambda: queue.calls["receive"] > before + 1)
        assert worker.alive


def test_a_worker_with_a_stuck_handler_is_dead_whatever_else_it_does() -> None:
    clock, queue = FakeClock(), FakeQueue("stuck")
    begun, go_on = Flag(), Flag()

    def handle(_: Said) -> None:
        begun.set()
        go_on.wait(10)

    worker = a_worker(queue, handle, clock=clock)
    with running(worker):
        begun.wait(10)
        clock.advance(LIMITS.max_handling.total_seconds() + 1)
        polled = queue.calls["receive"]
        queue.wait_until(lambda: queue.calls["receive"] > polled + 1)
        assert not worker.alive
        go_on.set()


class WatchedClock(FakeClock):
    """Tells when the polling thread looked at it."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = Semaphore(0)

    def __call__(self) -> float:
        if current_thread().name == POLLER:
            self.looks.release()
        return super().__call__()


def test_a_worker_whose_handlers_are_all_busy_is_alive() -> None:
    clock, queue = WatchedClock(), FakeQueue(*bodies(3))
    all_at_work, go_on = Barrier(4), Flag()

    def handle(_: Said) -> None:
        all_at_work.wait(10)
        go_on.wait(10)

    worker = a_worker(queue, handle, clock=clock)
    with running(worker):
        all_at_work.wait(10)
        while clock.looks.acquire(blocking=False):
            pass
        clock.advance(1800)

        # The second look ends the first round that began after the time had passed.
        assert clock.looks.acquire(timeout=10)
        assert clock.looks.acquire(timeout=10)
        assert worker.alive
        go_on.set()
