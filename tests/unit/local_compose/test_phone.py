import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import urllib3
from flask import Flask, Response, request
from werkzeug.serving import make_server

from callscribe.names import failure_key, transcript_key
from local.compose.phone import NoTranscriptError, Phone, steps, transcript
from local.vonage.server import QuietHandler

RECORDING = "rec-1"


class FakeBucket(dict[str, str]):
    """A bucket of texts."""

    def text(self, key: str) -> str | None:
        return self.get(key)


class FakeVonage:
    """A local Vonage whose call goes on with each look at its page."""

    def __init__(self, *pages: dict[str, Any], refusal: str = "") -> None:
        self.pages = list(pages)
        self.refusal = refusal
        self.asked: dict[str, Any] = {}

    def place(self) -> Any:
        self.asked = request.get_json()
        if self.refusal:
            return Response(f"{self.refusal}\n", 400)
        return {"call": "call-1"}, 202

    def page(self) -> Any:
        return self.pages.pop(0) if len(self.pages) > 1 else self.pages[0]

    def app(self) -> Flask:
        app = Flask("vonage")
        app.add_url_rule("/local/calls", view_func=self.place, methods=["POST"])
        app.add_url_rule("/local/calls/call-1", view_func=self.page)
        return app


def a_page(*names: str, state: str = "running", failure: str | None = None) -> dict[str, Any]:
    return {"state": state, "failure": failure, "steps": [{"name": name} for name in names]}


@pytest.fixture
def vonage() -> FakeVonage:
    return FakeVonage(
        a_page("ringing"),
        a_page("ringing", "answered"),
        a_page("ringing", "answered", "recording", state="completed"),
    )


@pytest.fixture
def phone(vonage: FakeVonage, tmp_path: Path) -> Iterator[Phone]:
    server = make_server("127.0.0.1", 0, vonage.app(), request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    with urllib3.PoolManager(retries=False, timeout=5) as http:
        yield Phone(f"http://127.0.0.1:{server.port}", tmp_path, http)
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_step_is_given_once_and_in_order(phone: Phone) -> None:
    call = phone.place(None)

    assert [step["name"] for step in steps(phone, call)] == ["ringing", "answered", "recording"]


def test_a_call_of_ones_own_is_put_where_the_local_vonage_sees_it(
    phone: Phone, vonage: FakeVonage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own") / "mine.wav"
    own.write_bytes(b"sound")

    phone.place(own)

    assert vonage.asked == {"audio": str(phone.shared / "mine.wav")}
    assert (phone.shared / "mine.wav").read_bytes() == b"sound"


def test_a_call_that_is_refused_says_why(phone: Phone, vonage: FakeVonage) -> None:
    vonage.refusal = "that is no audio"

    with pytest.raises(NoTranscriptError, match="that is no audio"):
        phone.place(None)


def test_a_call_that_goes_wrong_says_why_after_its_steps(phone: Phone, vonage: FakeVonage) -> None:
    vonage.pages = [a_page("ringing", state="failed", failure="the answer was no NCCO")]

    with pytest.raises(NoTranscriptError, match="no NCCO"):
        list(steps(phone, phone.place(None)))


def test_the_transcript_is_given_as_text() -> None:
    bucket = FakeBucket({transcript_key(RECORDING, "txt"): "Hello."})

    assert transcript(bucket, RECORDING, seconds=1) == "Hello."


def test_the_transcript_of_a_silent_call_is_empty_and_no_failure() -> None:
    bucket = FakeBucket({transcript_key(RECORDING, "txt"): ""})

    assert transcript(bucket, RECORDING, seconds=1) == ""


def test_a_recording_that_has_none_says_why() -> None:
    bucket = FakeBucket({failure_key(RECORDING): json.dumps({"reason": "no speech"})})

    with pytest.raises(NoTranscriptError, match="no speech"):
        transcript(bucket, RECORDING, seconds=1)


def test_nobody_waits_for_ever() -> None:
    with pytest.raises(NoTranscriptError, match="after 0 s"):
        transcript(FakeBucket(), RECORDING, seconds=0)
