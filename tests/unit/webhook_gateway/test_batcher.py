from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from threading import Barrier, Event
from time import sleep

import pytest

from callscribe.errors import TransientError
from webhook_gateway.batcher import Batcher

SOON = 5
"""Seconds until a test gives up; nothing waits that long."""

NEVER = 3600
"""Seconds to linger for a test in which it must be something else that lets messages go."""


class FakeSqs:
    """Keeps what each call brought; refuses by body, fails or waits when told to."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.refuses: dict[str, str] = {}
        self.failure: Exception | None = None
        self.called = Event()
        self.may_answer = Event()
        self.may_answer.set()

    def send(self, bodies: Sequence[str]) -> Mapping[int, str]:
        self.calls.append(list(bodies))
        self.called.set()
        assert self.may_answer.wait(SOON)
        if self.failure:
            raise self.failure
        return {
            place: self.refuses[body] for place, body in enumerate(bodies) if body in self.refuses
        }


def a_batcher(sqs: FakeSqs, *, linger: float = NEVER, senders: int = 1) -> Batcher:
    return Batcher(sqs.send, linger=linger, senders=senders)


def submit(batcher: Batcher, *bodies: str) -> list[Future[None]]:
    return [batcher.submit(body) for body in bodies]


def wait_for(outcomes: Sequence[Future[None]]) -> list[BaseException | None]:
    return [outcome.exception(SOON) for outcome in outcomes]


def test_ten_messages_leave_at_once_in_one_call() -> None:
    sqs = FakeSqs()
    bodies = [str(number) for number in range(10)]

    failures = wait_for(submit(a_batcher(sqs), *bodies))

    assert sqs.calls == [bodies]
    assert failures == [None] * 10


def test_a_message_without_company_leaves_after_a_moment() -> None:
    sqs = FakeSqs()

    failures = wait_for(submit(a_batcher(sqs, linger=0.001), "alone"))

    assert sqs.calls == [["alone"]]
    assert failures == [None]


def test_what_comes_while_a_call_is_under_way_leaves_together() -> None:
    sqs = FakeSqs()
    sqs.may_answer.clear()
    batcher = a_batcher(sqs, linger=0)
    first = submit(batcher, "first")
    sqs.called.wait(SOON)

    others = submit(batcher, "second", "third")
    sqs.may_answer.set()

    assert wait_for([*first, *others]) == [None] * 3
    assert sqs.calls == [["first"], ["second", "third"]]


def test_what_comes_while_another_sender_is_away_waits_for_company() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs, linger=0.05, senders=2)
    sqs.may_answer.clear()
    full = submit(batcher, *(str(number) for number in range(10)))
    sqs.called.wait(SOON)

    early = submit(batcher, "early")
    sleep(0.08)
    late = submit(batcher, "late")
    sqs.may_answer.set()

    assert wait_for([*full, *early, *late]) == [None] * 12
    assert sqs.calls[1:] == [["early", "late"]]


def test_a_call_that_hangs_does_not_hold_up_what_comes_after_it() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs, linger=0.001, senders=2)
    sqs.may_answer.clear()
    hanging = submit(batcher, "hanging")
    sqs.called.wait(SOON)
    sqs.called.clear()

    [outcome] = submit(batcher, "next")

    assert sqs.called.wait(SOON)
    assert sqs.calls == [["hanging"], ["next"]]
    sqs.may_answer.set()
    assert wait_for([*hanging, outcome]) == [None] * 2


def test_several_calls_are_under_way_at_a_time() -> None:
    both_under_way = Barrier(2)

    def send(_: Sequence[str]) -> Mapping[int, str]:
        both_under_way.wait(SOON)
        return {}

    batcher = Batcher(send, linger=NEVER, senders=2)

    failures = wait_for(submit(batcher, *(str(number) for number in range(20))))

    assert failures == [None] * 20


def test_a_refused_message_fails_its_own_caller_only() -> None:
    sqs = FakeSqs()
    sqs.refuses = {"4": "InternalError"}

    failures = wait_for(submit(a_batcher(sqs), *(str(number) for number in range(10))))

    assert [place for place, failure in enumerate(failures) if failure] == [4]
    assert isinstance(failures[4], TransientError)
    assert str(failures[4]) == "SQS did not take the message: InternalError"


@pytest.mark.parametrize("failure", [TransientError("SQS is away"), RuntimeError("a bug")])
def test_a_call_that_fails_fails_all_its_callers_and_no_later_one(failure: Exception) -> None:
    sqs = FakeSqs()
    sqs.failure = failure
    batcher = a_batcher(sqs)
    failures = wait_for(submit(batcher, *(str(number) for number in range(10))))

    sqs.failure = None
    later = wait_for(submit(batcher, *(str(number) for number in range(10))))

    assert failures == [failure] * 10
    assert later == [None] * 10


def test_a_message_whose_caller_has_given_up_does_not_leave() -> None:
    sqs = FakeSqs()
    sqs.may_answer.clear()
    batcher = a_batcher(sqs, linger=0)
    submit(batcher, "first")
    sqs.called.wait(SOON)
    given_up, wanted = submit(batcher, "given up", "wanted")

    given_up.cancel()
    sqs.may_answer.set()

    assert wait_for([wanted]) == [None]
    assert sqs.calls == [["first"], ["wanted"]]
    with pytest.raises(CancelledError):
        given_up.result(SOON)


def test_a_call_carries_no_more_than_a_mebibyte() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs)
    outcomes = submit(batcher, *("x" * 400_000 for _ in range(5)))

    batcher.close()

    assert [len(call) for call in sqs.calls] == [2, 2, 1]
    assert wait_for(outcomes) == [None] * 5


def test_a_message_is_measured_in_bytes() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs)
    submit(batcher, "é" * 300_000, "é" * 300_000)

    batcher.close()

    assert [len(call) for call in sqs.calls] == [1, 1]


def test_a_message_that_is_too_big_by_itself_holds_up_no_other() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs)
    outcomes = submit(batcher, "x" * 2_000_000, "small")

    batcher.close()

    assert [len(call) for call in sqs.calls] == [1, 1]
    assert wait_for(outcomes) == [None] * 2


def test_closing_sends_what_is_waiting() -> None:
    sqs = FakeSqs()
    batcher = a_batcher(sqs, senders=3)
    outcomes = submit(batcher, *(str(number) for number in range(3)))

    batcher.close()

    assert [outcome.done() for outcome in outcomes] == [True] * 3
    assert sqs.calls == [["0", "1", "2"]]


def test_nothing_can_be_handed_over_after_closing() -> None:
    batcher = a_batcher(FakeSqs())

    batcher.close()

    with pytest.raises(TransientError, match="stopping"):
        batcher.submit("late")
