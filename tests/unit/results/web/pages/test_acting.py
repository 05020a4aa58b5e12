import re
from collections.abc import Iterator, Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from results.ledger.deliveries import DeliveryView
from results.ledger.testing import NOON, a_call, a_recording, a_transcript
from results.web.access import PERSON
from tests.browser.site import Calls, app_of

RECORDING = "rec-CON-1"


@pytest.fixture
def calls() -> Calls:
    return Calls(a_call())


@pytest.fixture
def client(calls: Calls) -> Iterator[FlaskClient]:
    app = app_of(calls, {RECORDING: a_transcript(RECORDING, "Hello.", "Hello.")})
    with app.test_client() as client:
        with client.session_transaction() as session:
            session[PERSON] = "token"
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/calls/nobody",
        "/calls/CON-1/recordings/none/audio",
        "/calls/CON-1/recordings/none/peaks.json",
        f"/calls/CON-1/recordings/{RECORDING}/turns/2",
        f"/calls/CON-1/recordings/{RECORDING}/transcript.pdf",
        "/calls/nobody/delete",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "Not found" in answer.text


def test_a_call_without_anything_parked_is_not_retried_and_it_is_said(client: FlaskClient) -> None:
    answer = _post(client, "/calls/CON-1/retry")

    assert "That was not possible: nothing of this call is parked." in answer.text


def test_a_name_is_one_short_line(client: FlaskClient, calls: Calls) -> None:
    _post(client, f"/calls/CON-1/recordings/{RECORDING}/names", {"name": "A\nn\tn " + "x" * 99})

    [recording] = calls.calls["CON-1"].recordings
    assert recording.names == (("Ann " + "x" * 99)[:40],)


def test_a_wish_that_makes_no_sense_is_refused(client: FlaskClient) -> None:
    answer = _post(client, f"/calls/CON-1/recordings/{RECORDING}/again", {"max_speakers": "-1"})

    assert answer.status_code == 400


def test_a_language_that_amazon_cannot_have_is_refused(client: FlaskClient) -> None:
    answer = _post(client, f"/calls/CON-1/recordings/{RECORDING}/again", {"language_code": "en"})

    assert answer.status_code == 400


def test_a_note_as_long_as_the_api_takes_stays_whole(client: FlaskClient, calls: Calls) -> None:
    note = "n" * 10_000

    _post(client, "/calls/CON-1/note", {"note": note})

    assert calls.calls["CON-1"].note == note


def test_a_cursor_of_somebody_elses_is_refused(client: FlaskClient) -> None:
    assert client.get("/?cursor=odd").status_code == 400


def test_a_list_is_given_page_by_page(client: FlaskClient, calls: Calls) -> None:
    calls.calls |= {f"CON-{n}": a_call(f"CON-{n}", minutes_later=n) for n in range(2, 62)}

    first, second = client.get("/").text, client.get("/?cursor=50").text

    assert "Older calls" in first
    assert (first.count('class="call-row'), second.count('class="call-row')) == (50, 11)


def test_a_call_that_is_deleted_twice_stays_gone(client: FlaskClient, calls: Calls) -> None:
    _post(client, "/calls/CON-1/delete")

    again = _post(client, "/calls/CON-1/delete")

    assert again.status_code == 404
    assert calls.calls["CON-1"].deleted


def test_a_form_without_its_token_changes_nothing(client: FlaskClient, calls: Calls) -> None:
    answer = client.post("/calls/CON-1/note", data={"note": "forged"})

    assert answer.status_code == 403
    assert calls.calls["CON-1"].note == ""


def _post(client: FlaskClient, path: str, data: Mapping[str, str] | None = None) -> TestResponse:
    """Send a form as a page does: with the token that it holds."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert token is not None
    return client.post(path, data={"csrf_token": token[1], **(data or {})}, follow_redirects=True)


def test_who_outside_was_told_stands_on_the_call() -> None:
    delivery = DeliveryView(NOON, "hooks.example.com", "ready", "failed", 503, "<busy>")
    call = a_call(recordings=(a_recording(RECORDING, deliveries=(delivery,)),))
    app = app_of(Calls(call), {RECORDING: a_transcript(RECORDING, "Hello.")})

    with app.test_client() as client:
        with client.session_transaction() as session:
            session[PERSON] = "token"
        page = client.get("/calls/CON-1").text

    assert "hooks.example.com: not reached, tried again (503 &lt;busy&gt;)" in page
