import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callscribe.contracts import CallEvent, RecordingAvailable, RecordingLost, fact
from callscribe.errors import PermanentError
from callscribe.names import QueueName
from webhook_gateway.handler import event_of, queues_of
from webhook_gateway.payload import Payload

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_payload(fields: dict[str, Any], changes: dict[str, Any]) -> Payload:
    said = {name: value for name, value in (fields | changes).items() if value is not None}
    return Payload(said, json.dumps(said))


def an_answer(**changes: Any) -> Payload:
    fields = {
        "from": "447700900001",
        "to": "447700900002",
        "uuid": "leg-1",
        "conversation_uuid": "CON-1",
        "status": "answered",
        "direction": "inbound",
        "timestamp": "2026-09-01T11:59:00.000Z",
    }
    return a_payload(fields, changes)


def a_recording(**changes: Any) -> Payload:
    fields = {
        "start_time": "2026-09-01T11:00:00Z",
        "end_time": "2026-09-01T11:10:00Z",
        "timestamp": "2026-09-01T11:10:01.000Z",
        "recording_url": "https://api.nexmo.com/v1/files/file-1",
        "recording_uuid": "rec-1",
        "conversation_uuid": "CON-1",
        "size": 178830,
    }
    return a_payload(fields, changes)


def test_a_recording_goes_to_the_recorder_with_all_that_is_known_of_it() -> None:
    payload = a_recording()

    event = event_of(payload, now=NOON)

    assert isinstance(event, RecordingAvailable)
    assert queues_of(event) == (QueueName.RECORDINGS, QueueName.CALL_EVENTS)
    assert event.subject == event.data.recording_id == "rec-1"
    assert event.data.conversation_id == "CON-1"
    assert event.data.url == "https://api.nexmo.com/v1/files/file-1"
    assert event.data.size == 178830
    assert event.data.started_at == datetime(2026, 9, 1, 11, tzinfo=UTC)
    assert event.data.raw == payload.raw


def test_a_recording_is_the_same_whether_it_came_in_a_body_or_a_query() -> None:
    in_body = event_of(a_recording(size=178830), now=NOON)

    in_query = event_of(a_recording(size="178830"), now=NOON)

    assert in_query.id == in_body.id


def test_a_recording_is_not_lost_over_a_size_or_a_time_that_cannot_be_read() -> None:
    event = event_of(a_recording(size="big", start_time="then", timestamp="now"), now=NOON)

    assert isinstance(event, RecordingAvailable)
    assert event.data.size is None
    assert event.data.started_at is None
    assert event.time == NOON


@pytest.mark.parametrize("address", ["", " ", None])
def test_a_recording_without_an_address_is_told_as_lost(address: str | None) -> None:
    event = event_of(a_recording(recording_url=address, size=0), now=NOON)

    assert isinstance(event, RecordingLost)
    assert queues_of(event) == (QueueName.CALL_EVENTS,)
    assert event.data.recording_id == "rec-1"
    assert "without an address" in event.data.reason


def test_a_transcription_by_vonage_is_an_event_of_the_call_and_no_recording() -> None:
    payload = a_recording(
        status="transcribed", transcription_url="https://api.nexmo.com/v1/files/text-1"
    )

    event = event_of(payload, now=NOON)

    assert isinstance(event, CallEvent)
    assert event.data.kind == "transcribed"


def test_an_event_of_a_call_keeps_what_vonage_said() -> None:
    payload = an_answer(something="new")

    event = event_of(payload, now=NOON)

    assert isinstance(event, CallEvent)
    assert queues_of(event) == (QueueName.CALL_EVENTS,)
    assert event.data.conversation_id == "CON-1"
    assert event.data.leg_id == "leg-1"
    assert event.data.kind == "answered"
    assert event.data.occurred_at == NOON - timedelta(minutes=1)
    assert event.data.raw == payload.raw


@pytest.mark.parametrize("payload", [an_answer(), a_recording(), a_recording(recording_url="")])
def test_an_event_is_one_of_the_facts_that_the_results_worker_reads(payload: Payload) -> None:
    event = event_of(payload, now=NOON)

    assert fact.validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize("payload", [an_answer(), an_answer(timestamp=None), a_recording()])
def test_a_webhook_delivered_twice_is_the_same_event(payload: Payload) -> None:
    first = event_of(payload, now=NOON)

    second = event_of(payload, now=NOON + timedelta(minutes=3))

    assert second.id == first.id
    assert second.correlationid == first.correlationid


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "ringing"},
        {"uuid": "leg-2"},
        {"conversation_uuid": "CON-2"},
        {"timestamp": "2026-09-01T11:59:00.001Z"},
        {"timestamp": None},
    ],
)
def test_every_event_of_a_call_is_another(changes: dict[str, Any]) -> None:
    first = event_of(an_answer(), now=NOON)

    second = event_of(an_answer(**changes), now=NOON)

    assert second.id != first.id


def test_events_without_a_time_are_told_apart_by_what_they_say() -> None:
    first = event_of(an_answer(timestamp=None, direction="inbound"), now=NOON)

    second = event_of(an_answer(timestamp=None, direction="outbound"), now=NOON)

    assert second.id != first.id


def test_an_event_that_names_no_conversation_is_refused_in_plain_words() -> None:
    with pytest.raises(PermanentError) as refused:
        event_of(an_answer(conversation_uuid=None), now=NOON)

    assert str(refused.value) == "the webhook is not understood: no usable conversation_id"


@pytest.mark.parametrize("id_", [None, 7, "447700900001/../etc", "x" * 151])
def test_a_recording_without_a_usable_id_is_refused_without_repeating_it(id_: object) -> None:
    with pytest.raises(PermanentError) as refused:
        event_of(a_recording(recording_uuid=id_), now=NOON)

    assert str(refused.value) == "the webhook is not understood: no usable recording_id"
