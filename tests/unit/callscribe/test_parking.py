import json
from datetime import UTC, datetime

import pytest

from callscribe.contracts import MessageParked
from callscribe.parking import MAX_BODY, ParkingNotice
from callscribe.sqs import Received
from callscribe.testing import FakePublisher

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TRACE = {"recording_id": "rec-1", "conversation_id": "CON-1", "correlation_id": "event-1"}


def notice(events: FakePublisher) -> ParkingNotice:
    return ParkingNotice(events, queue="recordings", source="callscribe/recorder", now=lambda: NOON)


def told(body: str = "{}", **trace: str | None) -> MessageParked:
    events = FakePublisher()
    notice(events)(Received(body, "receipt", "message-1", 3), "gone", trace or TRACE)
    [event] = events.published
    assert isinstance(event, MessageParked)
    return event


def test_a_parked_message_is_told_with_all_that_its_call_shows() -> None:
    event = told('{"type": "recording.available.v1"}')

    assert (event.data.recording_id, event.data.conversation_id) == ("rec-1", "CON-1")
    assert (event.data.queue, event.data.reason, event.data.attempts) == ("recordings", "gone", 3)
    assert event.data.body == '{"type": "recording.available.v1"}'
    assert event.correlationid == "event-1"


def test_a_message_delivered_twice_and_parked_twice_is_two_facts_but_told_twice_is_one() -> None:
    assert told().id == told().id


def test_a_message_that_nobody_understood_is_told_without_ids() -> None:
    event = told("RIFF", correlation_id=None)

    assert event.data.recording_id is None
    assert event.correlationid == event.id


@pytest.mark.parametrize("body", ["[]", "null", "RIFF", "[" * 100_000])
def test_whatever_was_parked_can_be_told(body: str) -> None:
    assert told(body).data.body == body


def test_a_body_too_big_for_a_record_is_left_on_the_dead_letter_queue() -> None:
    assert told("x" * (MAX_BODY + 1)).data.body == ""


def test_a_notice_that_is_parked_itself_is_not_told_of() -> None:
    events = FakePublisher()
    body = json.dumps({"type": "message.parked.v1"})

    notice(events)(Received(body, "receipt"), "too big", {})

    assert events.published == []
