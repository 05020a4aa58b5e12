from datetime import timedelta

from callscribe.limits import Limits
from callscribe.liveness import GRACE, Liveness
from callscribe.testing import FakeClock

LIMITS = Limits(wait=timedelta(seconds=20), max_handling=timedelta(hours=1))
NOTHING_HELD = timedelta(0)


def test_a_worker_that_has_just_begun_is_alive() -> None:
    liveness = Liveness(LIMITS, clock=FakeClock())

    assert liveness.alive(longest=NOTHING_HELD)


def test_a_worker_in_a_long_poll_is_alive() -> None:
    clock = FakeClock()
    liveness = Liveness(LIMITS, clock=clock)

    liveness.round_begins()
    clock.advance(LIMITS.wait.total_seconds())

    assert liveness.alive(longest=NOTHING_HELD)


def test_a_loop_that_ended_in_silence_is_not_alive() -> None:
    clock = FakeClock()
    liveness = Liveness(LIMITS, clock=clock)

    clock.advance((LIMITS.wait + GRACE).total_seconds())

    assert not liveness.alive(longest=NOTHING_HELD)


def test_a_worker_whose_handlers_are_busy_for_long_is_alive() -> None:
    clock = FakeClock()
    liveness = Liveness(LIMITS, clock=clock)

    clock.advance(3000)
    liveness.round_begins()

    assert liveness.alive(longest=timedelta(seconds=3000))


def test_a_handler_that_takes_longer_than_handling_may_is_stuck() -> None:
    liveness = Liveness(LIMITS, clock=FakeClock())

    assert not liveness.alive(longest=timedelta(hours=1, seconds=1))
