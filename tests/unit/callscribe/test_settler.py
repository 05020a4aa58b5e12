import json
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from pydantic import BaseModel, ConfigDict

from callscribe.acknowledger import Acknowledger
from callscribe.errors import PermanentError, TransientError
from callscribe.inflight import InFlight
from callscribe.limits import Limits
from callscribe.reader import OnParked, Reader
from callscribe.settler import Settler
from callscribe.sqs import Received
from callscribe.telemetry import Counters, JsonLines, Metric
from callscribe.testing import FakeClock, FakeQueue, Parked

LIMITS = Limits(visibility=timedelta(seconds=60), retry_base=timedelta(seconds=4))


class Said(BaseModel):
    """An event of a kind that only these tests know."""

    model_config = ConfigDict(hide_input_in_errors=True)

    correlation: str

    @property
    def trace(self) -> Mapping[str, str | None]:
        return {"correlation_id": self.correlation, "recording_id": "rec-1"}


BODY = '{"correlation": "corr-1"}'

Handle = Callable[[Said], None]


def nothing(_: Said) -> None:
    """Succeed."""


def raising(error: BaseException) -> Handle:
    def handle(_: Said) -> None:
        raise error

    return handle


class Desk:
    """A settler with one message in hand."""

    def __init__(
        self,
        handle: Handle = nothing,
        *,
        body: str = BODY,
        parse: Callable[[str], Said] = Said.model_validate_json,
        limits: Limits = LIMITS,
        on_parked: OnParked | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.queue = FakeQueue(body, clock=self.clock)
        self.counters = Counters()
        self.inflight = InFlight(limits, clock=self.clock)
        self.acknowledger = Acknowledger(
            self.queue, limits, counters=self.counters, pause=lambda _: None
        )
        self.settler = Settler(
            Reader(self.queue, parse, handle, on_parked),
            self.inflight,
            self.acknowledger,
            limits,
            counters=self.counters,
            random=lambda: 1.0,
            pause=lambda _: None,
        )
        self.message = self.receive()

    def receive(self) -> Received:
        [message] = self.queue.receive(limit=1, wait=timedelta(0), visibility=timedelta(seconds=60))
        self.inflight.hold([message])
        return message

    def settle(self) -> None:
        """Settle the message, and delete what is done."""
        self.settler.settle(self.message)
        self.acknowledger.close()
        self.acknowledger.run()


def test_a_message_is_deleted_when_its_handler_returns() -> None:
    handled: list[Said] = []
    desk = Desk(handled.append)

    desk.settle()

    assert handled == [Said(correlation="corr-1")]
    assert desk.queue.deleted == [BODY]
    assert desk.counters[Metric.DONE] == 1
    assert len(desk.inflight) == 0


def test_a_permanent_failure_is_parked_with_reason_and_correlation_then_deleted() -> None:
    desk = Desk(raising(PermanentError("the recording is gone")))

    desk.settle()

    assert desk.queue.parked == [Parked(BODY, "the recording is gone", "corr-1")]
    assert desk.queue.deleted == [BODY]
    assert desk.counters[Metric.PARKED] == 1


def test_a_transient_failure_comes_back_later() -> None:
    desk = Desk(raising(TransientError("not there yet")))

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)
    assert desk.counters[Metric.RETRIED] == 1
    assert desk.counters[Metric.UNEXPECTED] == 0


def test_part_of_a_second_is_waited_for_as_a_whole_one() -> None:
    desk = Desk(raising(TransientError("busy", retry_after=timedelta(milliseconds=1))))

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=1)


def test_a_wait_longer_than_sqs_allows_is_cut_to_what_is_left_of_twelve_hours() -> None:
    desk = Desk(raising(TransientError("busy", retry_after=timedelta(days=1))))
    desk.clock.advance(59)

    desk.settle()

    hidden_for = desk.queue.hidden_for(BODY)
    assert timedelta(hours=11, minutes=58) < hidden_for < timedelta(hours=11, minutes=59)


def test_a_bug_is_logged_with_its_traceback_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(raising(ZeroDivisionError()))

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)
    assert desk.counters[Metric.UNEXPECTED] == 1
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("error", [SystemExit(1), GeneratorExit()])
def test_not_even_an_exit_takes_the_thread_with_it(error: BaseException) -> None:
    desk = Desk(raising(error))

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)
    assert len(desk.inflight) == 0


def test_a_body_that_is_not_of_the_contract_is_parked_unchanged() -> None:
    desk = Desk(body='{"correlation": 1}')

    desk.settle()

    [parked] = desk.queue.parked
    assert parked.body == '{"correlation": 1}'
    assert parked.reason.startswith("the message is not understood: correlation: ")
    assert parked.correlation_id is None


def test_a_value_that_fails_validation_inside_a_handler_is_a_bug() -> None:
    desk = Desk(lambda _: print(Said.model_validate({})))

    desk.settle()

    assert desk.queue.parked == []
    assert desk.counters[Metric.UNEXPECTED] == 1


class Panic(BaseException):
    """What a parser written in Rust raises when it panics."""


def test_a_message_that_breaks_the_parser_is_tried_again() -> None:
    def panicking(_: str) -> Said:
        raise Panic

    desk = Desk(parse=panicking)

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)
    assert desk.counters[Metric.UNEXPECTED] == 1


class Untraceable(Said):
    """An event whose ids cannot be told."""

    @property
    def trace(self) -> Mapping[str, str | None]:
        raise ValueError("the job name does not start with ours")


def test_an_event_whose_ids_cannot_be_told_is_tried_again() -> None:
    desk = Desk(parse=Untraceable.model_validate_json)

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)
    assert len(desk.inflight) == 0


def test_a_message_that_failed_too_often_is_parked() -> None:
    limits = Limits(visibility=timedelta(seconds=60), max_attempts=1)
    desk = Desk(raising(TransientError("not there yet")), limits=limits)

    desk.settle()

    assert desk.queue.parked == [Parked(BODY, "given up after 1 attempts: not there yet", "corr-1")]


def test_a_message_that_was_lost_meanwhile_is_neither_deleted_nor_parked_nor_hidden() -> None:
    for handle in (nothing, raising(PermanentError("gone")), raising(TransientError("later"))):
        desk = Desk(handle)
        desk.clock.advance(61)

        desk.settle()

        assert desk.queue.visible == [BODY]
        assert desk.queue.parked == []
        assert desk.counters[Metric.LOST] == 1
        assert desk.counters[Metric.DONE] == 0


def test_whoever_wants_to_know_is_told_of_a_parked_message() -> None:
    told: list[tuple[str, str, str | None]] = []

    def on_parked(message: Received, reason: str, trace: Mapping[str, str | None]) -> None:
        told.append((message.body, reason, trace["recording_id"]))

    desk = Desk(raising(PermanentError("the recording is gone")), on_parked=on_parked)

    desk.settle()

    assert told == [(BODY, "the recording is gone", "rec-1")]


def test_a_message_is_parked_and_deleted_even_if_nobody_can_be_told() -> None:
    def on_parked(*_: object) -> None:
        raise TransientError("SQS did not take the message")

    desk = Desk(raising(PermanentError("the recording is gone")), on_parked=on_parked)

    desk.settle()

    assert len(desk.queue.parked) == 1
    assert desk.queue.deleted == [BODY]


def test_a_message_that_could_not_be_parked_is_not_deleted() -> None:
    desk = Desk(raising(PermanentError("the recording is gone")))
    desk.queue.fail("park", ConnectionError())

    desk.settle()

    assert desk.queue.deleted == []
    assert desk.queue.hidden_for(BODY) == timedelta(seconds=60)
    assert desk.counters[Metric.PARKED] == 0
    assert len(desk.inflight) == 0


def test_a_wait_that_sqs_failed_to_take_is_asked_for_again() -> None:
    desk = Desk(raising(TransientError("not there yet")))
    desk.queue.refuse("hide", BODY)

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=4)


def test_a_wait_that_sqs_refuses_leaves_the_message_to_its_visibility_timeout(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(raising(TransientError("not there yet")))
    desk.queue.refuse("hide", BODY, sender_fault=True)

    desk.settle()

    assert desk.queue.hidden_for(BODY) == timedelta(seconds=60)
    assert "message not hidden" in caplog.text


def test_every_line_of_a_handler_has_the_ids_of_its_event() -> None:
    lines: list[str] = []

    def handle(_: Said) -> None:
        record = logging.LogRecord("any", logging.INFO, "", 0, "recording stored", None, None)
        lines.append(JsonLines("recorder").format(record))

    Desk(handle).settle()

    said = json.loads(lines[0])
    assert (said["correlation_id"], said["recording_id"], said["attempt"]) == ("corr-1", "rec-1", 1)
