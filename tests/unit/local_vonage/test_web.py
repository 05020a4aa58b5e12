from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from local.vonage.audio import probe
from local.vonage.journal import Journal
from local.vonage.line import Exchange
from local.vonage.phone import Phone
from local.vonage.shelf import Shelf
from local.vonage.studio import Studio
from local.vonage.testing import (
    NOON,
    FakeApplication,
    a_connect,
    a_record,
    an_application,
    an_audio_file,
)
from local.vonage.web import Desk, create_app
from local.vonage.webhooks import Webhooks

SEED = UUID("0e7a2b74-6f3d-4c55-9d6e-0d6a3c0f8a11")


@pytest.fixture
def application() -> FakeApplication:
    return FakeApplication(a_record(format="wav"), a_connect())


@pytest.fixture
def client(tmp_path: Path, application: FakeApplication) -> FlaskClient:
    exchange = Exchange(
        application=an_application(),
        base_url="https://vonage.example",
        studio=Studio(tmp_path, Shelf(), "https://vonage.example"),
        webhooks=Webhooks(application, retry_delay=0, sleep=lambda _: None),
        pace=0,
        now=lambda: NOON,
        sleep=lambda _: None,
    )
    journal = Journal()
    sample = an_audio_file(tmp_path / "sample.wav")
    phone = Phone(exchange, journal, sample=sample, folder=tmp_path, start=lambda hold: hold())
    media = Blueprint("media", __name__)
    desk = Desk(phone, journal, new_seed=lambda: SEED)
    return create_app(desk, media).test_client()


def test_a_call_is_placed_and_can_be_followed(client: FlaskClient) -> None:
    answer = client.post("/local/calls", json={})

    placed = answer.get_json()
    page = client.get(f"/local/calls/{placed['call']}").get_json()
    assert answer.status_code == 202
    assert set(placed) == {"call", "conversation_uuid", "recording_uuid"}
    assert page["state"] == "completed"
    assert placed.items() <= page.items()


def test_a_call_has_the_parties_the_audio_and_the_scenario_asked_for(
    client: FlaskClient, application: FakeApplication, tmp_path: Path
) -> None:
    audio = an_audio_file(tmp_path / "mine.wav", seconds=3)

    client.post(
        "/local/calls",
        json={
            "audio": str(audio),
            "caller": "447700900555",
            "called": "447700900444",
            "scenario": {"recording_twice": True},
        },
    )

    [asked] = application.told("/answer")
    assert (asked["from"], asked["to"]) == ("447700900555", "447700900444")
    sizes = [recording["size"] for recording in application.told("/recordings")]
    assert sizes == [audio.stat().st_size] * 2


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ([], "the body: "),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"caller": "+447700900555"}, "caller: String should match pattern"),
        ({"scenario": {"event_twice": True}}, "scenario.event_twice: Extra inputs"),
        ({"scenario": {"not_ready": "3"}}, "scenario.not_ready: "),
        ({"audio": "missing.wav"}, "there is no such audio file"),
        ({"audio": __file__}, "the file is not audio that can be read"),
    ],
)
def test_a_wrong_request_is_answered_with_one_plain_line(
    body: Any, line: str, client: FlaskClient
) -> None:
    answer = client.post("/local/calls", json=body)

    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text.startswith(line)
    assert answer.text.count("\n") == 1
    assert client.get("/local/calls").get_json() == []


def test_a_request_that_is_not_json_is_refused(client: FlaskClient) -> None:
    assert client.post("/local/calls", data="hello").status_code == 400


def test_all_calls_are_listed(client: FlaskClient) -> None:
    call = client.post("/local/calls", json={}).get_json()["call"]

    pages = client.get("/local/calls").get_json()

    assert [page["call"] for page in pages] == [call]


def test_an_unknown_call_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/local/calls/another")

    assert (answer.status_code, answer.text) == (404, "there is no such call\n")


def test_it_says_that_it_lives(client: FlaskClient) -> None:
    assert client.get("/health").status_code == 200


def test_a_call_of_many_is_recorded_with_everybody_on_it(
    client: FlaskClient, tmp_path: Path
) -> None:
    answers = [client.post("/local/calls", json={"parties": 3}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert probe(tmp_path / "3-parties.wav").channels == 3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"parties": 0}, "parties: "),
        ({"parties": 33}, "parties: "),
        ({"parties": 2, "audio": "call.wav"}, "either audio or parties"),
    ],
)
def test_a_call_that_nobody_could_hold_is_refused(
    client: FlaskClient, asked: dict[str, Any], words: str
) -> None:
    answer = client.post("/local/calls", json=asked)

    assert answer.status_code == 400
    assert words in answer.text
