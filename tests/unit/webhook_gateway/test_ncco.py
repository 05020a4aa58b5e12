from typing import Any

import pytest

from webhook_gateway.ncco import ncco
from webhook_gateway.testing import some_settings


def actions(called: Any = "447700900009", **changes: Any) -> list[dict[str, Any]]:
    return ncco(some_settings(**changes), called=called)


def test_a_call_is_recorded_greeted_and_connected_in_this_order() -> None:
    said = actions(greeting="This call is recorded.", language="en-GB")

    assert said == [
        {
            "action": "record",
            "split": "conversation",
            "channels": 2,
            "beepStart": False,
            "eventUrl": ["https://calls.example.com/webhooks/recording"],
            "eventMethod": "POST",
        },
        {"action": "talk", "text": "This call is recorded.", "language": "en-GB"},
        {
            "action": "connect",
            "endpoint": [{"type": "phone", "number": "447700900002"}],
            "from": "447700900009",
            "timeout": 60,
            "eventUrl": ["https://calls.example.com/webhooks/events"],
            "eventMethod": "POST",
        },
    ]


def test_without_a_greeting_nothing_is_spoken() -> None:
    said = actions()

    assert [action["action"] for action in said] == ["record", "connect"]


def test_each_party_is_connected_and_has_a_channel_beside_the_callers() -> None:
    record, *connects = actions(parties="447700900002, sip:desk@example.com, app:alice")

    assert record["channels"] == 4
    assert [connect["endpoint"][0]["type"] for connect in connects] == ["phone", "sip", "app"]
    assert all(len(connect["endpoint"]) == 1 for connect in connects)


@pytest.mark.parametrize("count", [1, 2, 4, 31])
def test_any_number_of_parties_has_a_channel_each_up_to_all_that_vonage_has(count: int) -> None:
    record, *connects = actions(parties=",".join(f"app:user{number}" for number in range(count)))

    assert record["channels"] == count + 1
    assert len(connects) == count


def test_above_two_channels_the_format_is_left_to_vonage() -> None:
    record, *_ = actions(parties="app:alice,app:bob")

    assert "format" not in record


def test_a_caller_whom_nobody_is_there_for_leaves_a_message() -> None:
    talk, record = actions(parties="none", greeting="Speak after the beep.", record_beep=True)

    assert talk["action"] == "talk"
    assert record["beepStart"] is True
    assert record["endOnSilence"] == 10
    assert record["timeOut"] == 7200
    assert "split" not in record
    assert record["eventUrl"] == ["https://calls.example.com/webhooks/recording"]


def test_a_recording_is_made_as_it_is_set() -> None:
    record, *_ = actions(record_format="wav", record_beep=True, record_channels=3)

    assert record["format"] == "wav"
    assert record["beepStart"] is True
    assert record["channels"] == 3


def test_without_split_all_parties_share_one_channel() -> None:
    record, *_ = actions(record_split=False, record_channels=3)

    assert "split" not in record
    assert "channels" not in record


def test_the_number_shown_may_be_set() -> None:
    *_, connect = actions(caller_id="447700900008", connect_timeout=20)

    assert connect["from"] == "447700900008"
    assert connect["timeout"] == 20


@pytest.mark.parametrize("called", ["alice", "", None, ["447700900009"], "0770"])
def test_a_call_to_no_number_shows_one_of_the_applications(called: Any) -> None:
    *_, connect = actions(called=called)

    assert "from" not in connect
    assert connect["randomFromNumber"] is True


def test_addresses_are_built_from_the_public_one_with_its_path() -> None:
    record, connect = actions(public_url="https://example.com/calls/")

    assert record["eventUrl"] == ["https://example.com/calls/webhooks/recording"]
    assert connect["eventUrl"] == ["https://example.com/calls/webhooks/events"]
