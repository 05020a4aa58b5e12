"""The web service over calls in memory, for its tests."""

from typing import Any, Final

from flask.testing import FlaskClient

from results.ledger.testing import NOON, a_call, a_recording, a_transcript
from results.ledger.views import CallView, Stage, Status, StopView
from results.web.app import create_app
from results.web.keys import Scope, new_key
from results.web.services import Services
from results.web.settings import Settings
from results.web.testing import FakeCalls, FakeKeys, FakeShelf

TOKEN: Final = "token-of-these-tests"

QUEUES: Final = ("recordings", "transcriptions", "completions", "call_events")


def settings(**more: Any) -> Settings:
    urls = {f"{queue}_{end}_url": "http://sqs" for queue in QUEUES for end in ("queue", "parked")}
    said: dict[str, Any] = {
        "calls_table": "calls",
        "audio_bucket": "audio",
        "transcripts_bucket": "transcripts",
        "secure_cookies": False,
        "access_token": TOKEN,
        **urls,
    }
    return Settings(**said | more)


def a_stopped_call(call_id: str = "CON-2") -> CallView:
    stop = StopView(
        id="stop-1",
        reason="the recording is gone",
        advice="Retry.",
        at=NOON,
        stopped_before=Stage.STORED,
        queue="recordings",
        attempts=3,
    )
    recording = a_recording("rec-2", status=Status.FAILED, audio_key=None, transcript_run=None)
    return a_call(call_id, status=Status.FAILED, stops=(stop,), recordings=(recording,))


class Desk:
    """A web service, a browser, and programs with keys."""

    def __init__(self, *calls: CallView, reachable: bool = True, **more: Any) -> None:
        self.calls = FakeCalls(*(calls or (a_call(), a_stopped_call())))
        self.keys = FakeKeys()
        said = a_transcript("rec-CON-1", "hello there", "yes")
        services = Services(
            calls=self.calls,
            shelf=FakeShelf({"rec-CON-1": said}),
            now=lambda: NOON,
            reachable=lambda: reachable,
            keys=self.keys,
            media_origins=("https://audio.example",),
        )
        self.app = create_app(services, settings(**more))
        self.browser: FlaskClient = self.app.test_client()

    def key(self, scope: Scope = "write") -> dict[str, str]:
        """Give the header of a new key."""
        key, shown = new_key("tests", scope, now=NOON)
        self.keys.put(key)
        return {"Authorization": f"Bearer {shown}"}

    def csrf(self, page: str = "/login") -> str:
        """Read the proof that a form holds."""
        text = self.browser.get(page).get_data(as_text=True)
        for mark in ('name="csrf_token" value="', 'name="csrf-token" content="'):
            if mark in text:
                return text.partition(mark)[2].partition('"')[0]
        raise AssertionError("there is no proof in the page")

    def log_in(self, token: str = TOKEN, target: str = "/") -> Any:
        """Send the login's form."""
        form = {"token": token, "csrf_token": self.csrf(), "next": target}
        return self.browser.post("/login", data=form)
