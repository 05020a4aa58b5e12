import json
from typing import Any

import pytest

from local.vonage.ncco import Destination, WrongNccoError, read_ncco
from local.vonage.testing import JSON, a_connect, a_plan, a_record

EVENTS = ["https://app.example/leg-events?tenant=7"]


def test_an_ncco_that_records_and_connects_becomes_a_plan() -> None:
    plan = a_plan(
        {"action": "talk", "text": "This call is recorded."},
        a_record(format="wav", channels=2),
        a_connect(eventUrl=EVENTS, eventMethod="GET"),
    )

    [recording], [leg] = plan.recordings, plan.legs
    assert (recording.media_format, recording.channels) == ("wav", 2)
    assert recording.webhook_to == Destination("https://app.example/recordings", "POST")
    assert (leg.to, leg.caller_id) == ("447700900001", "447700900000")
    assert leg.events_to == Destination(EVENTS[0], "GET")
    assert plan.passed_over == ()


@pytest.mark.parametrize(
    ("asked", "media_format", "channels"),
    [
        ({"split": None}, "mp3", 1),
        ({"split": None, "channels": 1}, "mp3", 1),
        ({}, "mp3", 2),
        ({"channels": 1}, "mp3", 1),
        ({"channels": 3}, "wav", 3),
        ({"channels": 32, "format": "ogg"}, "ogg", 32),
    ],
)
def test_a_recording_is_mono_unless_split_and_wav_above_two_channels(
    asked: dict[str, Any], media_format: str, channels: int
) -> None:
    [recording] = a_plan(a_record(**asked)).recordings

    assert (recording.media_format, recording.channels) == (media_format, channels)


def test_a_recording_knows_how_many_were_connected_before_it() -> None:
    plan = a_plan(a_record(), a_connect(), a_record(timeOut=60))

    first, second = plan.recordings
    assert (first.legs_before, first.max_seconds) == (0, None)
    assert (second.legs_before, second.max_seconds) == (1, 60)


def test_webhooks_without_an_address_go_to_the_application() -> None:
    plan = a_plan(a_record(eventUrl=None), a_connect())

    assert plan.recordings[0].webhook_to is None
    assert plan.legs[0].events_to is None


@pytest.mark.parametrize(
    ("transcription", "to"),
    [
        ({}, "https://app.example/recordings"),
        ({"eventUrl": ["https://app.example/words"]}, "https://app.example/words"),
    ],
)
def test_a_transcription_is_told_where_it_was_asked_for(
    transcription: dict[str, Any], to: str
) -> None:
    [recording] = a_plan(a_record(transcription=transcription)).recordings

    assert recording.transcribed
    assert recording.transcription_to == Destination(to, "POST")


@pytest.mark.parametrize(
    ("endpoint", "address"),
    [
        ({"type": "phone", "number": "447700900001", "dtmfAnswer": "1p2#"}, "447700900001"),
        ({"type": "app", "user": "jamie"}, "jamie"),
        ({"type": "sip", "uri": "sip:rebekka@sip.example.com"}, "sip:rebekka@sip.example.com"),
        (
            {
                "type": "websocket",
                "uri": "wss://app.example/audio",
                "content-type": "audio/l16;rate=8000",
                "headers": {"tenant": 7},
            },
            "wss://app.example/audio",
        ),
        ({"type": "vbc", "extension": "111"}, "111"),
    ],
)
def test_every_kind_of_endpoint_can_be_called(endpoint: dict[str, Any], address: str) -> None:
    [leg] = a_plan(a_connect(endpoint=[endpoint])).legs

    assert leg.to == address


def test_a_random_caller_id_is_left_open() -> None:
    [leg] = a_plan(a_connect(**{"from": None}, randomFromNumber=True)).legs

    assert leg.caller_id is None


def test_actions_that_need_a_person_are_passed_over_by_name() -> None:
    plan = a_plan(
        {"action": "stream", "streamUrl": ["https://app.example/hold.mp3"], "loop": 0},
        {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}},
        {"action": "notify", "payload": {}, "eventUrl": ["https://app.example/events"]},
        {"action": "wait", "timeout": 2},
        {"action": "conversation", "name": "room"},
        {"action": "transfer", "conversationId": "CON-1"},
    )

    assert plan.passed_over == ("input", "notify", "wait", "conversation", "transfer")


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ({"text": "no action"}, "action 1 of the NCCO: does not say what it is"),
        ({"action": "rekord"}, "'rekord'"),
        (a_record(fromat="mp3"), "record.fromat: is not a key that Vonage knows here"),
        (a_record(event_url=[]), "record.event_url: is not a key"),
        (a_record(eventUrl="https://app.example/"), "record.eventUrl: .* list"),
        (a_record(eventUrl=[]), "record.eventUrl: .* at least 1"),
        (a_record(eventUrl=["/recordings"]), "not an absolute URL"),
        (a_record(eventUrl=["app.example/recordings"]), "not an absolute URL"),
        (a_record(eventUrl=["https://app.example/a b"]), "not an absolute URL"),
        (a_record(eventUrl=["ftp://app.example/"]), "not an absolute URL"),
        (a_record(eventMethod="PUT"), "record.eventMethod"),
        (a_record(format="flac"), "record.format"),
        (a_record(split="both"), "record.split"),
        (a_record(split=None, channels=2), 'channels needs split to be "conversation"'),
        (a_record(format="mp3", channels=3), "mp3 holds at most two channels"),
        (a_record(channels=0), "record.channels"),
        (a_record(channels=33), "record.channels"),
        (a_record(channels="2"), "record.channels"),
        (a_record(endOnSilence=2), "record.endOnSilence"),
        (a_record(endOnSilence=11), "record.endOnSilence"),
        (a_record(endOnKey="10"), "record.endOnKey"),
        (a_record(timeOut=2), "record.timeOut"),
        (a_record(timeOut=7201), "record.timeOut"),
        (a_record(beepStart="true"), "record.beepStart"),
        (a_connect(**{"from": None}), "either from or randomFromNumber"),
        (a_connect(randomFromNumber=True), "either from or randomFromNumber"),
        (a_connect(**{"from": "+447700900000"}), "connect.from"),
        (a_connect(**{"from": 447700900000}), "connect.from"),
        (a_connect(endpoint=[]), "connect.endpoint"),
        (a_connect(endpoint=[{"type": "vbc", "extension": "1"}] * 2), "connect.endpoint"),
        (a_connect(endpoint={"type": "vbc", "extension": "1"}), "connect.endpoint"),
        (a_connect(endpoint=[{"type": "fax", "number": "447700900001"}]), "'fax'"),
        (a_connect(endpoint=[{"type": "phone"}]), "phone.number: is required"),
        (a_connect(endpoint=[{"type": "phone", "number": "0770"}]), "phone.number"),
        (a_connect(endpoint=[{"type": "phone", "uri": "sip:a@b"}]), "phone"),
        (a_connect(endpoint=[{"type": "app", "number": "447700900001"}]), "app.user"),
        (a_connect(endpoint=[{"type": "sip", "uri": "rebekka"}]), "sip.uri"),
        (a_connect(endpoint=[{"type": "websocket", "uri": "https://a"}]), "websocket.uri"),
        (a_connect(timeout=0), "connect.timeout"),
        (a_connect(timeout="60"), "connect.timeout"),
        (a_connect(limit=7201), "connect.limit"),
        (a_connect(eventType="asynchronous"), "connect.eventType"),
        (a_connect(machineDetection="ignore"), "connect.machineDetection"),
        ({"action": "talk"}, "talk.text: is required"),
        ({"action": "talk", "text": "a" * 1501}, "talk.text"),
        ({"action": "talk", "text": "hello", "level": 2}, "talk.level"),
        ({"action": "stream", "streamUrl": "https://app.example/a.mp3"}, "stream.streamUrl"),
        ({"action": "notify", "payload": {}}, "notify.eventUrl: is required"),
    ],
)
def test_a_wrong_action_is_refused_with_its_place_and_reason(
    action: dict[str, Any], reason: str
) -> None:
    with pytest.raises(WrongNccoError, match=reason):
        a_plan(action)


def test_the_reason_counts_actions_from_one() -> None:
    with pytest.raises(WrongNccoError, match=r"action 2 of the NCCO, at connect\.timeout"):
        a_plan(a_record(), a_connect(timeout=0))


def test_the_reason_repeats_no_phone_number() -> None:
    with pytest.raises(WrongNccoError) as error:
        a_plan(a_connect(**{"from": "+447700900999"}))

    assert "447700900999" not in str(error.value)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON"),
        (b"[", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "not a JSON array of actions"),
        (json.dumps(a_record()).encode(), "not a JSON array of actions"),
        (b'["record"]', "action 1 of the NCCO: is not a JSON object"),
    ],
)
def test_what_is_no_array_of_actions_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(WrongNccoError, match=reason):
        read_ncco(body, JSON)


@pytest.mark.parametrize("content_type", ["", "text/html", "application/xml", "text/json"])
def test_an_ncco_that_is_not_sent_as_json_is_refused(content_type: str) -> None:
    with pytest.raises(WrongNccoError, match="not sent as application/json"):
        read_ncco(json.dumps([a_record()]).encode(), content_type)


def test_a_charset_beside_the_content_type_does_no_harm() -> None:
    plan = read_ncco(json.dumps([a_record()]).encode(), "Application/JSON; charset=utf-8")

    assert len(plan.recordings) == 1
