from datetime import UTC, datetime
from typing import Any

import pytest

from webhook_gateway.shape import (
    address_of,
    conversation_of,
    is_recording,
    kind_of,
    leg_of,
    moment_of,
    size_of,
)


@pytest.mark.parametrize(
    "said",
    [
        {"recording_url": "https://api.nexmo.com/v1/files/a", "recording_uuid": "a"},
        {"recording_url": "", "recording_uuid": "a"},
        {"recording_uuid": "a", "size": 0},
    ],
)
def test_what_names_a_recording_is_one(said: dict[str, Any]) -> None:
    assert is_recording(said)


@pytest.mark.parametrize(
    "said",
    [
        {"status": "transcribed", "recording_uuid": "a", "transcription_url": "https://x"},
        {"status": "transcribed", "recording_uuid": "a", "recording_url": "https://x"},
        {"recording_uuid": "a", "transcription_url": "https://x"},
        {"status": "answered"},
        {"speech": {"recording_url": "https://x"}},
    ],
)
def test_what_only_mentions_a_recording_is_none(said: dict[str, Any]) -> None:
    assert not is_recording(said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"status": "completed", "type": "call"}, "completed"),
        ({"type": "transfer"}, "transfer"),
        ({"dtmf": {"digits": "2"}, "speech": {}}, "input"),
        ({"speech": {"results": []}}, "input"),
        ({"payload": {"any": "thing"}}, "notify"),
        ({"reason": "Syntax error in NCCO."}, "error"),
        ({"reason": "Connection closed.", "original_request": {}}, "fallback"),
        ({"status": "answered", "reason": "slow", "original_request": {}}, "answered"),
        ({"something": "new"}, "other"),
        ({"status": 5, "type": None}, "other"),
        ({"status": "447700900001"}, "other"),
    ],
)
def test_a_webhook_is_named_by_its_status_else_its_type_else_its_fields(
    said: dict[str, Any], kind: str
) -> None:
    assert kind_of(said) == kind


def test_a_call_that_is_transferred_goes_on_in_the_second_conversation() -> None:
    said = {"conversation_uuid_from": "CON-1", "conversation_uuid_to": "CON-2"}

    assert conversation_of(said) == "CON-2"


def test_an_id_that_can_be_none_is_not_one() -> None:
    assert conversation_of({"conversation_uuid": "CON 1/../"}) is None
    assert conversation_of({"conversation_uuid": 5}) is None
    assert conversation_of({}) is None


def test_a_leg_has_its_id_in_either_field() -> None:
    assert leg_of({"uuid": "leg-1"}) == "leg-1"
    assert leg_of({"call_uuid": "leg-1"}) == "leg-1"
    assert leg_of({"uuid": ["leg-1"]}) is None


@pytest.mark.parametrize("said", [{}, {"recording_url": ""}, {"recording_url": None}])
def test_a_recording_without_an_address_has_an_empty_one(said: dict[str, Any]) -> None:
    assert not address_of(said)


@pytest.mark.parametrize(
    ("size", "understood"),
    [(178830, 178830), ("18990", 18990), (0, 0), ("", None), (None, None), (-1, None), (1.5, None)],
)
def test_a_size_is_a_number_in_a_body_and_text_in_a_query(
    size: object, understood: int | None
) -> None:
    assert size_of({"size": size}) == understood


def test_a_time_is_read_with_or_without_its_zone() -> None:
    noon = datetime(2026, 9, 1, 12, tzinfo=UTC)

    for text in ("2026-09-01T12:00:00.000Z", "2026-09-01 12:00:00", "2026-09-01T13:00:00+01:00"):
        assert moment_of({"timestamp": text}, "timestamp") == noon


@pytest.mark.parametrize("time", [None, "", "yesterday", 1756728000, "447700900001"])
def test_a_time_that_cannot_be_read_is_none(time: object) -> None:
    assert moment_of({"timestamp": time}, "timestamp") is None
