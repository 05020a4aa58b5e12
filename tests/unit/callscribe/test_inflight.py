from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from callscribe.inflight import TRANSIT, InFlight
from callscribe.limits import MAX_VISIBILITY, Limits
from callscribe.sqs import Received
from callscribe.testing import FakeClock

LIMITS = Limits(visibility=timedelta(seconds=60), max_handling=timedelta(minutes=10))


def a_message(receipt: str = "receipt-1") -> Received:
    return Received(body="{}", receipt=receipt)


def messages(count: int) -> list[Received]:
    return [a_message(f"receipt-{number}") for number in range(count)]


def test_a_fresh_message_is_not_due() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])

    clock.advance(39)

    assert inflight.due() == []


def test_a_message_is_due_when_a_third_of_its_time_is_left() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])

    clock.advance(40)

    assert inflight.due() == [a_message()]


def test_what_is_being_renewed_is_not_due_again() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)

    inflight.due()

    assert inflight.due() == []


def test_a_renewed_message_is_ours_for_another_visibility_timeout() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)

    inflight.renewed(inflight.due(), at=clock())
    clock.advance(59)

    assert inflight.claim(a_message())


def test_time_counts_from_when_the_renewal_was_asked_for() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)
    asked_at = clock()

    due = inflight.due()
    clock.advance(5)
    inflight.renewed(due, at=asked_at)
    clock.advance(55)

    assert not inflight.claim(a_message())


def test_a_renewal_nobody_answered_for_is_due_again_while_there_is_time() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)

    inflight.unanswered(inflight.due())

    assert inflight.due() == [a_message()]


def test_a_message_whose_time_has_run_out_is_lost() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])

    clock.advance(60)

    assert inflight.due() == []
    assert not inflight.claim(a_message())


def test_a_message_whose_renewal_was_refused_is_lost() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)

    inflight.lost(inflight.due())

    assert not inflight.claim(a_message())


def test_a_message_held_for_longer_than_handling_may_take_is_not_renewed() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    for _ in range(15):
        clock.advance(40)
        inflight.renewed(inflight.due(), at=clock())

    clock.advance(40)

    assert inflight.due() == []
    assert inflight.longest() == timedelta(seconds=640)


def test_at_most_ten_are_due_at_once() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold(messages(12))

    clock.advance(40)

    assert len(inflight.due()) == 10
    assert len(inflight.due()) == 2


def test_a_message_that_sqs_brings_twice_in_a_batch_is_held_once() -> None:
    inflight = InFlight(LIMITS, clock=FakeClock())

    fresh = inflight.hold([a_message(), a_message(), a_message("receipt-2")])

    assert fresh == [a_message(), a_message("receipt-2")]


def test_a_message_that_is_being_settled_is_not_renewed() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)

    assert inflight.claim(a_message())

    assert inflight.due() == []


def test_settling_waits_for_a_renewal_under_way() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)
    due = inflight.due()
    clock.advance(30)

    with ThreadPoolExecutor() as handlers:
        claimed = handlers.submit(inflight.claim, a_message())
        inflight.renewed(due, at=45)

        # By what was known before the renewal, its time ran out at 60.
        assert claimed.result(timeout=10)


def test_what_was_released_is_not_held() -> None:
    inflight = InFlight(LIMITS, clock=FakeClock())
    inflight.hold([a_message()])

    inflight.release(a_message())

    assert len(inflight) == 0
    assert not inflight.claim(a_message())


def test_what_was_abandoned_is_not_ours_to_settle_any_more() -> None:
    inflight = InFlight(LIMITS, clock=FakeClock())
    inflight.hold(messages(2))

    assert inflight.abandon(patience=0) == messages(2)

    assert not inflight.claim(a_message())


def test_what_is_lost_is_not_given_back() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold(messages(2))
    clock.advance(40)
    first, second = inflight.due()

    inflight.lost([first])
    inflight.renewed([second], at=clock())

    assert inflight.abandon(patience=0) == [second]


def test_settling_ends_its_wait_for_a_renewal_when_everything_is_abandoned() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])
    clock.advance(40)
    due = inflight.due()

    with ThreadPoolExecutor() as handlers:
        claimed = handlers.submit(inflight.claim, a_message())
        with pytest.raises(TimeoutError):
            claimed.result(timeout=0.05)
        inflight.abandon(patience=0)
        inflight.renewed(due, at=clock())

        assert not claimed.result(timeout=10)


def test_abandoning_waits_for_what_is_just_being_settled() -> None:
    inflight = InFlight(LIMITS, clock=FakeClock())
    first, second = messages(2)
    inflight.hold([first, second])
    inflight.claim(first)

    with ThreadPoolExecutor() as threads:
        abandoned = threads.submit(inflight.abandon, patience=10)
        with pytest.raises(TimeoutError):
            abandoned.result(timeout=0.05)
        inflight.release(first)

        assert abandoned.result(timeout=10) == [second]


def test_what_is_settled_for_too_long_is_left_to_itself() -> None:
    inflight = InFlight(LIMITS, clock=FakeClock())
    inflight.hold([a_message()])
    inflight.claim(a_message())

    assert inflight.abandon(patience=0) == []


def test_a_message_may_stay_hidden_for_twelve_hours_from_its_receive() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    inflight.hold([a_message()])

    clock.advance(3600)
    assert inflight.room(a_message()) == MAX_VISIBILITY - TRANSIT - timedelta(hours=1)

    clock.advance(12 * 3600)
    assert inflight.room(a_message()) == timedelta(0)


def test_the_longest_held_is_the_oldest() -> None:
    clock = FakeClock()
    inflight = InFlight(LIMITS, clock=clock)
    assert inflight.longest() == timedelta(0)

    inflight.hold([a_message("older")])
    clock.advance(5)
    inflight.hold([a_message("newer")])
    clock.advance(1)

    assert inflight.longest() == timedelta(seconds=6)
