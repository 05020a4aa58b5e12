from datetime import timedelta
from typing import Any

import pytest

from local.vonage.events import FinishedRecording, breakdown, conversation, opening
from local.vonage.ncco import Plan
from local.vonage.testing import NOON, a_call, a_connect, a_plan, a_record
from local.vonage.timeline import Timeline
from local.vonage.webhook import Webhook

LENGTH = timedelta(seconds=24.2)
SEVEN_FIELDS = {
    "start_time",
    "recording_url",
    "size",
    "recording_uuid",
    "end_time",
    "conversation_uuid",
    "timestamp",
}


def a_conversation(plan: Plan | None = None, **scenario: Any) -> list[Webhook]:
    timeline = Timeline(a_call(**scenario), plan or a_plan(), LENGTH)
    recordings = [
        FinishedRecording(
            number,
            asked,
            size=178_830,
            length=LENGTH,
            url=f"https://vonage.example/v1/files/{number}",
            transcription_url=f"https://vonage.example/v1/files/words-{number}",
        )
        for number, asked in enumerate(timeline.recordings)
    ]
    return conversation(timeline, recordings)


def names(webhooks: list[Webhook]) -> list[str]:
    return [webhook.name for webhook in webhooks]


def the(name: str, webhooks: list[Webhook]) -> dict[str, Any]:
    [webhook] = [webhook for webhook in webhooks if webhook.name == name]
    return webhook.body


def all_webhooks(**scenario: Any) -> list[Webhook]:
    return [*opening(a_call(**scenario)), *a_conversation(**scenario)]


def test_a_call_is_told_in_the_order_of_its_life() -> None:
    assert names(all_webhooks()) == [
        "started, the caller's leg",
        "ringing, the caller's leg",
        "answered, the caller's leg",
        "started, outbound leg 1",
        "ringing, outbound leg 1",
        "answered, outbound leg 1",
        "completed, outbound leg 1",
        "completed, the caller's leg",
        "recording",
    ]


def test_no_stamp_is_before_the_one_told_earlier() -> None:
    stamps = [webhook.body["timestamp"] for webhook in all_webhooks()]

    assert stamps == sorted(stamps)
    assert stamps[0] == "2026-01-01T12:00:00.000Z"


def test_every_leg_has_its_own_id_in_one_conversation() -> None:
    plan = a_plan(a_record(), a_connect(), a_connect())

    webhooks = a_conversation(plan)

    legs = {webhook.body["uuid"] for webhook in webhooks if "uuid" in webhook.body}
    conversations = {webhook.body["conversation_uuid"] for webhook in webhooks}
    assert len(legs) == 3
    assert conversations == {a_call().conversation_uuid}


def test_legs_are_called_one_after_another() -> None:
    plan = a_plan(a_connect(), a_connect())

    webhooks = a_conversation(plan)

    second = the("started, outbound leg 2", webhooks)["timestamp"]
    assert second == the("answered, outbound leg 1", webhooks)["timestamp"]


def test_a_legs_events_go_where_its_connect_says() -> None:
    plan = a_plan(a_connect(eventUrl=["https://app.example/leg"]))

    webhooks = a_conversation(plan)

    to = {webhook.name: webhook.to.url if webhook.to else None for webhook in webhooks}
    assert to["ringing, outbound leg 1"] == "https://app.example/leg"
    assert to["answered, the caller's leg"] is None


def test_the_recording_has_exactly_seven_fields() -> None:
    recording = the("recording", a_conversation())

    assert set(recording) == SEVEN_FIELDS
    assert recording["start_time"] == "2026-01-01T12:00:01Z"
    assert recording["end_time"] == "2026-01-01T12:00:25Z"
    assert recording["timestamp"] == "2026-01-01T12:00:26.449Z"
    assert recording["size"] == 178_830
    assert recording["recording_uuid"] not in recording["recording_url"]


def test_a_recording_after_the_connect_starts_when_it_is_answered() -> None:
    recording = the("recording", a_conversation(a_plan(a_connect(), a_record())))

    assert recording["start_time"] == "2026-01-01T12:00:03Z"


def test_a_call_without_a_recording_lasts_as_long_as_its_audio() -> None:
    webhooks = a_conversation(a_plan(a_connect()))

    assert "recording" not in names(webhooks)
    assert the("completed, outbound leg 1", webhooks)["duration"] == "25"


def test_two_recordings_have_two_ids() -> None:
    webhooks = a_conversation(a_plan(a_record(), a_connect(), a_record()))

    recordings = [webhook.body for webhook in webhooks if webhook.kind == "recording"]
    assert len({recording["recording_uuid"] for recording in recordings}) == 2


def test_a_transcription_that_was_asked_for_is_told_after_the_recording() -> None:
    plan = a_plan(a_record(transcription={}))

    *_, recording, transcription = a_conversation(plan)

    assert transcription.to == recording.to
    assert transcription.body == {
        "conversation_uuid": recording.body["conversation_uuid"],
        "recording_uuid": recording.body["recording_uuid"],
        "status": "transcribed",
        "transcription_url": "https://vonage.example/v1/files/words-0",
        "type": "record",
    }


def test_a_call_that_breaks_down_is_told_with_its_reason_and_its_end() -> None:
    error, completed = breakdown(a_call(), "Syntax error in NCCO.", NOON)

    assert error.body == {
        "reason": "Syntax error in NCCO.",
        "conversation_uuid": a_call().conversation_uuid,
        "timestamp": "2026-01-01T12:00:00.000Z",
    }
    assert completed.body["status"] == "completed"
    assert completed.body["duration"] == "0"
    assert completed.body["start_time"] is None


def test_events_twice_repeats_events_and_not_the_recording() -> None:
    webhooks = all_webhooks(events_twice=True)

    assert names(webhooks).count("started, the caller's leg") == 2
    assert names(webhooks).count("completed, outbound leg 1") == 2
    assert names(webhooks).count("recording") == 1


def test_recording_twice_repeats_the_recording_alone() -> None:
    webhooks = all_webhooks(recording_twice=True)

    first, second = webhooks[-2:]
    assert first == second
    assert names(webhooks).count("answered, the caller's leg") == 1


def test_out_of_order_tells_ringing_before_started() -> None:
    told = names(all_webhooks(out_of_order=True))

    assert told[:2] == ["ringing, the caller's leg", "started, the caller's leg"]
    assert told.index("answered, outbound leg 1") < told.index("ringing, outbound leg 1")


def test_out_of_order_tells_the_recording_before_the_answer() -> None:
    told = names(all_webhooks(out_of_order=True))

    assert told.index("recording") < told.index("answered, the caller's leg")


def test_out_of_order_loses_nothing() -> None:
    assert sorted(names(all_webhooks(out_of_order=True))) == sorted(names(all_webhooks()))


def test_a_transfer_moves_the_call_to_another_conversation() -> None:
    webhooks = all_webhooks(transfer=True)

    transfer = the("transfer, the caller's leg", webhooks)
    assert transfer["type"] == "transfer"
    assert "status" not in transfer
    before = the("ringing, the caller's leg", webhooks)["conversation_uuid"]
    after = the("recording", webhooks)["conversation_uuid"]
    assert (transfer["conversation_uuid_from"], transfer["conversation_uuid_to"]) == (before, after)
    assert before != after


def test_a_busy_line_never_answers() -> None:
    webhooks = a_conversation(busy=True)

    assert names(webhooks) == [
        "answered, the caller's leg",
        "started, outbound leg 1",
        "ringing, outbound leg 1",
        "busy, outbound leg 1",
        "completed, outbound leg 1",
        "completed, the caller's leg",
        "recording",
    ]
    assert the("completed, outbound leg 1", webhooks)["duration"] == "0"
    assert the("completed, the caller's leg", webhooks)["duration"] == "2"


def test_a_recording_that_waits_for_an_answer_is_not_made_on_a_busy_line() -> None:
    webhooks = a_conversation(a_plan(a_connect(), a_record()), busy=True)

    assert "recording" not in names(webhooks)


def test_busy_means_nothing_if_nobody_is_called() -> None:
    webhooks = a_conversation(a_plan(a_record()), busy=True)

    assert the("completed, the caller's leg", webhooks)["duration"] == "25"


def test_an_empty_recording_has_neither_address_nor_size() -> None:
    recording = the("recording", a_conversation(empty_recording=True))

    assert set(recording) == SEVEN_FIELDS
    assert (recording["recording_url"], recording["size"]) == ("", 0)


def test_an_unasked_transcription_reaches_the_recordings_address() -> None:
    *_, recording, transcription = a_conversation(transcription=True)

    assert transcription.to == recording.to
    assert "recording_url" not in transcription.body


@pytest.mark.parametrize("scenario", [{}, {"out_of_order": True}, {"transfer": True}])
def test_the_name_of_a_webhook_holds_no_phone_number(scenario: dict[str, bool]) -> None:
    assert not any("447700" in name for name in names(all_webhooks(**scenario)))
