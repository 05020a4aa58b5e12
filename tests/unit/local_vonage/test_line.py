import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from urllib3.exceptions import ProtocolError

from local.vonage.audio import probe
from local.vonage.journal import Journal
from local.vonage.line import Exchange, Line
from local.vonage.shelf import Shelf
from local.vonage.studio import Studio
from local.vonage.testing import (
    NOON,
    FakeApplication,
    Reply,
    a_call,
    a_connect,
    a_record,
    an_application,
    an_audio_file,
)
from local.vonage.webhooks import Webhooks

Page = dict[str, Any]
Hold = Callable[..., Page]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def hold(tmp_path: Path, shelf: Shelf) -> Hold:
    """Hold a call with an application, and give its page."""
    audio = probe(an_audio_file(tmp_path / "call.wav"))

    def hold(application: FakeApplication, **scenario: Any) -> Page:
        exchange = Exchange(
            application=an_application(),
            base_url="https://vonage.example",
            studio=Studio(tmp_path, shelf, "https://vonage.example"),
            webhooks=Webhooks(application, retry_delay=0, sleep=lambda _: None),
            pace=0.1,
            now=lambda: NOON,
            sleep=lambda _: None,
        )
        entry = Journal().open(a_call(**scenario))
        Line(exchange, entry, audio).hold()
        return entry.read()

    return hold


def an_application_that(
    *actions: dict[str, Any], **replies: list[Reply | Exception]
) -> FakeApplication:
    return FakeApplication(
        *(actions or (a_record(format="wav"), a_connect())),
        replies={f"/{path}": waiting for path, waiting in replies.items()},
    )


def statuses(application: FakeApplication) -> list[str]:
    return [told.get("status", "") for told in application.told("/events")]


def test_a_call_goes_from_ring_to_recording(hold: Hold) -> None:
    application = an_application_that()

    page = hold(application)

    assert (page["state"], page["failure"]) == ("completed", None)
    assert statuses(application) == [
        "started",
        "ringing",
        "answered",
        "started",
        "ringing",
        "answered",
        "completed",
        "completed",
    ]
    [recording] = application.told("/recordings")
    assert recording["recording_uuid"] == page["recording_uuid"]
    assert recording["conversation_uuid"] == page["conversation_uuid"]


def test_the_caller_rings_before_the_answer_is_asked_for(hold: Hold) -> None:
    application = an_application_that()

    hold(application)

    assert [got.path for got in application.got][:4] == ["/events", "/events", "/answer", "/events"]


def test_the_recording_told_of_can_be_found_on_the_shelf(hold: Hold, shelf: Shelf) -> None:
    application = an_application_that()

    hold(application)

    [recording] = application.told("/recordings")
    found = shelf.ask(recording["recording_url"].rpartition("/")[2])
    assert found is not None
    assert found[0].recorded.size == recording["size"]


def test_every_step_is_written_down_with_what_the_application_answered(hold: Hold) -> None:
    application = an_application_that(events=[Reply(200), Reply(500), Reply(503), Reply(204)])

    page = hold(application)

    steps = [(step["name"], step["status"], step["attempts"]) for step in page["steps"][:4]]
    assert steps == [
        ("started, the caller's leg", 200, 1),
        ("ringing, the caller's leg", 500, 1),
        ("answer", 200, 1),
        ("answered, the caller's leg", 204, 2),
    ]


def test_an_event_nobody_takes_does_not_stop_the_call(hold: Hold) -> None:
    application = an_application_that(events=[Reply(401)] * 8)

    page = hold(application)

    assert page["state"] == "completed"
    assert len(application.told("/recordings")) == 1


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ([Reply(401)], "HTTP status 401"),
        ([Reply(503), Reply(503)], "HTTP status 503"),
        ([ProtocolError("reset"), ProtocolError("reset")], "no answer: ProtocolError"),
    ],
)
def test_a_recording_webhook_nobody_takes_is_a_failure(
    replies: list[Reply | Exception], reason: str, hold: Hold
) -> None:
    page = hold(an_application_that(recordings=replies))

    assert page["state"] == "failed"
    assert page["failure"] == f"the recording webhook was not taken: {reason}"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(500), "the answer webhook brought no NCCO: HTTP status 500"),
        (Reply(204), "the answer webhook brought no NCCO: HTTP status 204"),
        (Reply(200, b"[]", {"Content-Type": "text/html"}), "not sent as application/json"),
        (
            Reply(200, b'[{"action":"sing"}]', {"Content-Type": "application/json"}),
            "action 1 of the NCCO: .*'sing'",
        ),
    ],
)
def test_without_a_good_ncco_the_call_fails_and_the_application_is_told(
    reply: Reply, reason: str, hold: Hold
) -> None:
    application = an_application_that(answer=[reply])

    page = hold(application)

    assert page["state"] == "failed"
    *_, error, completed = application.told("/events")
    assert error["reason"] == page["failure"]
    assert re.search(reason, error["reason"])
    assert completed["status"] == "completed"
    assert application.told("/recordings") == []


def test_an_answer_webhook_that_is_busy_is_asked_again(hold: Hold) -> None:
    page = hold(an_application_that(answer=[Reply(503)]))

    assert page["state"] == "completed"


def test_what_the_phone_cannot_play_is_said(hold: Hold) -> None:
    page = hold(an_application_that({"action": "wait"}, a_record(format="wav")))

    assert "passed over: wait" in [step["name"] for step in page["steps"]]


def test_every_webhook_has_a_jti_of_its_own_but_a_second_attempt_has_not(hold: Hold) -> None:
    application = an_application_that(events=[Reply(503)])

    hold(application, events_twice=True)

    tokens = [got.headers["Authorization"] for got in application.got]
    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == len(tokens) - 1


def test_a_forger_is_heard_on_events_and_recordings_but_still_gets_his_answer(hold: Hold) -> None:
    genuine, forged = an_application_that(), an_application_that()

    hold(genuine)
    hold(forged, wrong_signature=True)

    same = {
        ours.path
        for ours, theirs in zip(genuine.got, forged.got, strict=True)
        if ours.headers == theirs.headers
    }
    assert same == {"/answer"}


def test_a_busy_line_gives_a_recording_of_silence(hold: Hold) -> None:
    application = an_application_that()

    page = hold(application, busy=True)

    assert page["state"] == "completed"
    assert "busy" in statuses(application)
    [recording] = application.told("/recordings")
    assert recording["size"] > 0


def test_audio_that_cannot_be_played_breaks_the_call_down(hold: Hold, tmp_path: Path) -> None:
    application = an_application_that(a_record(format="mp3"))
    (tmp_path / "call.wav").write_bytes(b"gone meanwhile")

    page = hold(application)

    assert page["failure"] == "the audio file cannot be read to its end"
    assert application.told("/events")[-2]["reason"] == page["failure"]


def test_a_mistake_of_ours_ends_the_call_too(hold: Hold, caplog: pytest.LogCaptureFixture) -> None:
    application = an_application_that(answer=[RuntimeError("a bug")])

    with caplog.at_level(logging.ERROR):
        page = hold(application)

    assert page["failure"] == "the local Vonage made a mistake: its log says which"
    assert "a bug" in caplog.text


def test_neither_page_nor_log_holds_a_phone_number(
    hold: Hold, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = hold(an_application_that(a_record(), a_connect(timeout=0)))

    assert "447700" not in str(page)
    assert "447700" not in caplog.text
