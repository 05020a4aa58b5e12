import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from local.vonage.leg import Leg, called_leg, callers_leg
from local.vonage.testing import NOON, a_call, a_connect, a_plan

END = NOON + timedelta(seconds=25)


def the_callers_leg(**scenario: Any) -> Leg:
    call = a_call(**scenario)
    return callers_leg(call, conversation_uuid=call.conversation_uuid)


def an_outbound_leg(**connect: Any) -> Leg:
    [planned] = a_plan(a_connect(**connect)).legs
    return called_leg(a_call(), 1, planned)


def captured(status: str, data: Path) -> set[str]:
    """Give the fields of an event that was captured."""
    path = data / f"vonage/http-php-event-post-{status}.json"
    return set(json.loads(path.read_text("utf-8"))["json"])


@pytest.mark.parametrize("status", ["started", "ringing"])
def test_an_event_has_the_fields_of_a_captured_one(status: str, data: Path) -> None:
    event = the_callers_leg().event(status, NOON)

    assert set(event.body) == captured(status, data)
    assert event.body == {
        "headers": {},
        "from": "447700900123",
        "to": "447700900000",
        "uuid": a_call().leg_uuid(0),
        "conversation_uuid": a_call().conversation_uuid,
        "status": status,
        "direction": "inbound",
        "timestamp": "2026-01-01T12:00:00.000Z",
    }


def test_answered_does_not_know_its_price_yet(data: Path) -> None:
    answered = an_outbound_leg().answered(NOON).body

    assert set(answered) == captured("answered", data)
    assert [answered[key] for key in ("start_time", "rate", "network")] == [None, None, None]


def test_completed_carries_the_bill_as_text(data: Path) -> None:
    completed = the_callers_leg().completed(NOON, END).body

    assert set(completed) == captured("completed", data) | {"disconnected_by", "sip_code"}
    assert completed["start_time"] == "2026-01-01T12:00:00.000Z"
    assert completed["end_time"] == "2026-01-01T12:00:25.000Z"
    assert completed["duration"] == "25"
    assert completed["rate"] == "0.01200000"
    assert completed["price"] == "0.00500000"
    assert completed["network"] == "GB-FIXED"


def test_a_leg_nobody_answered_costs_nothing() -> None:
    completed = an_outbound_leg().completed(None, END).body

    assert (completed["start_time"], completed["duration"]) == (None, "0")
    assert completed["price"] == "0.00000000"


def test_completed_is_stamped_after_its_end() -> None:
    completed = the_callers_leg().completed(NOON, END).body

    assert completed["timestamp"] > completed["end_time"]


def test_out_of_order_stamps_completed_before_its_own_end() -> None:
    completed = the_callers_leg(out_of_order=True).completed(NOON, END).body

    assert completed["timestamp"] == "2026-01-01T12:00:24.712Z"


def test_an_outbound_leg_goes_from_the_caller_id_to_whoever_is_called() -> None:
    started = an_outbound_leg().event("started", NOON).body

    assert started["direction"] == "outbound"
    assert (started["from"], started["to"]) == ("447700900000", "447700900001")
    assert started["uuid"] == a_call().leg_uuid(1)


def test_a_random_caller_id_is_the_number_called() -> None:
    started = an_outbound_leg(**{"from": None}, randomFromNumber=True).event("started", NOON)

    assert started.body["from"] == "447700900000"


def test_a_human_is_told_of_under_call_uuid() -> None:
    human = an_outbound_leg().human(NOON).body

    assert human["call_uuid"] == a_call().leg_uuid(1)
    assert set(human) == {"call_uuid", "from", "to", "status", "conversation_uuid", "timestamp"}
