from collections.abc import Sequence
from datetime import timedelta
from threading import Event as Flag
from threading import Thread

from callscribe.heartbeat import Heartbeat
from callscribe.inflight import InFlight
from callscribe.limits import Limits
from callscribe.sqs import Received, Refused
from callscribe.telemetry import Counters, Metric
from callscribe.testing import FakeClock, FakeQueue

LIMITS = Limits(visibility=timedelta(seconds=60))


class Held:
    """Messages that a worker has received, and its heart."""

    def __init__(self, *bodies: str, make_queue: type[FakeQueue] = FakeQueue) -> None:
        self.clock = FakeClock()
        self.queue = make_queue(*bodies, clock=self.clock)
        self.inflight = InFlight(LIMITS, clock=self.clock)
        self.counters = Counters()
        self.heartbeat = Heartbeat(
            self.queue, self.inflight, LIMITS, clock=self.clock, counters=self.counters
        )
        self.messages: list[Received] = []
        while self.queue.visible:
            self.messages += self.queue.receive(
                limit=10, wait=timedelta(0), visibility=LIMITS.visibility
            )
        self.inflight.hold(self.messages)


def test_a_message_that_is_handled_for_long_stays_hidden() -> None:
    held = Held("long")

    for _ in range(10):
        held.clock.advance(45)
        held.heartbeat.beat()

    assert held.queue.in_flight == ["long"]
    assert held.counters[Metric.HEARTBEATS] == 10


def test_all_that_are_due_are_renewed_ten_with_a_call() -> None:
    held = Held(*[f"message-{number}" for number in range(25)])

    held.clock.advance(45)
    held.heartbeat.beat()

    assert held.queue.calls["hide"] == 3
    assert held.counters[Metric.HEARTBEATS] == 25


def test_nothing_is_asked_for_what_is_not_due() -> None:
    held = Held("fresh")

    held.clock.advance(1)
    held.heartbeat.beat()

    assert held.queue.calls["hide"] == 0


def test_a_message_somebody_else_has_is_lost() -> None:
    held = Held("taken", "kept")
    taken, kept = held.messages

    held.queue.take_away("taken")
    held.clock.advance(45)
    held.heartbeat.beat()

    assert not held.inflight.claim(taken)
    assert held.inflight.claim(kept)


def test_a_beat_that_nobody_answers_is_tried_again_with_the_next() -> None:
    held = Held("kept")
    held.queue.fail("hide", ConnectionError())

    held.clock.advance(45)
    held.heartbeat.beat()
    held.heartbeat.beat()
    held.clock.advance(30)

    assert held.inflight.claim(held.messages[0])


def test_an_entry_that_sqs_failed_at_is_tried_again_with_the_next_beat() -> None:
    held = Held("failed", "kept")
    held.queue.refuse("hide", "failed")

    held.clock.advance(45)
    held.heartbeat.beat()
    assert held.queue.calls["hide"] == 1
    held.heartbeat.beat()
    held.clock.advance(30)

    assert all(held.inflight.claim(message) for message in held.messages)


def test_a_message_that_could_not_be_renewed_in_time_is_lost() -> None:
    held = Held("lost")
    held.queue.fail("hide", ConnectionError(), times=2)

    held.clock.advance(45)
    held.heartbeat.beat()
    held.clock.advance(15)
    held.heartbeat.beat()

    assert held.queue.visible == ["lost"]
    assert not held.inflight.claim(held.messages[0])


class SlowQueue(FakeQueue):
    """Takes a while to answer."""

    def __init__(self, *bodies: str, clock: FakeClock) -> None:
        super().__init__(*bodies, clock=clock)
        self._slow_clock = clock

    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        refused = super().hide(messages, visibility=visibility)
        self._slow_clock.advance(10)
        return refused


def test_the_time_that_an_answer_takes_is_not_ours() -> None:
    held = Held("kept", make_queue=SlowQueue)

    held.clock.advance(45)
    held.heartbeat.beat()
    held.clock.advance(50)

    assert not held.inflight.claim(held.messages[0])


class BrokenInFlight(InFlight):
    """Fails once, then says that it was asked again."""

    def __init__(self, asked_again: Flag) -> None:
        super().__init__(LIMITS, clock=FakeClock())
        self._asked = False
        self._asked_again = asked_again

    def due(self) -> list[Received]:
        if self._asked:
            self._asked_again.set()
            return []
        self._asked = True
        raise RuntimeError("a bug")


class NoQueue:
    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        raise AssertionError(messages, visibility)


def test_a_heart_beats_on_after_a_bug() -> None:
    asked_again, stopped = Flag(), Flag()
    limits = Limits(visibility=timedelta(milliseconds=1))
    broken = BrokenInFlight(asked_again)
    heartbeat = Heartbeat(NoQueue(), broken, limits, clock=FakeClock(), counters=Counters())

    heart = Thread(target=heartbeat.run, args=[stopped])
    heart.start()

    assert asked_again.wait(10)
    stopped.set()
    heart.join(10)
    assert not heart.is_alive()
