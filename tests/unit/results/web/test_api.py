import re
from pathlib import Path
from typing import Any

import pytest

from callscribe.errors import TransientError
from results.ledger.views import Status
from tests.unit.results.web.desk import Desk

CALL = "/api/v1/calls/CON-1"
RECORDING = f"{CALL}/recordings/rec-CON-1"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def get(desk: Desk, path: str, **headers: str) -> Any:
    return desk.browser.get(path, headers=desk.key("read") | headers)


def test_calls_are_listed_page_by_page(desk: Desk) -> None:
    first = get(desk, "/api/v1/calls?limit=1").get_json()
    second = get(desk, f"/api/v1/calls?limit=1&cursor={first['cursor']}").get_json()

    assert {it["call_id"] for page in (first, second) for it in page["calls"]} == {"CON-1", "CON-2"}
    assert second["cursor"] is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("number=447700900002", 2),
        ("number=1", 0),
        ("status=failed", 1),
        ("since=2026-03-01T12:00:01Z", 0),
        ("before=2026-03-01T13:00:00%2B01:00", 0),
        ("text=447700900001", 2),
    ],
)
def test_calls_are_filtered(desk: Desk, query: str, count: int) -> None:
    assert len(get(desk, f"/api/v1/calls?{query}").get_json()["calls"]) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("status=odd", "status"),
        ("since=2026-03-01", "since"),
        ("since=0001-01-01T00:00:00%2B10:00", "range"),
        ("colour=red", "colour"),
    ],
)
def test_a_query_that_is_not_understood_is_a_problem(desk: Desk, query: str, field: str) -> None:
    answer = get(desk, f"/api/v1/calls?{query}")

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert field in answer.get_json()["detail"]


def test_a_cursor_that_is_none_of_ours_is_a_problem(desk: Desk) -> None:
    assert get(desk, "/api/v1/calls?cursor=x").status_code == 400


@pytest.mark.parametrize("any_id", ["CON-1", "rec-CON-1"])
def test_a_call_is_found_by_any_of_its_ids(desk: Desk, any_id: str) -> None:
    found = get(desk, f"/api/v1/calls/{any_id}").get_json()

    assert found["call_id"] == "CON-1"
    assert found["recordings"][0]["stages"][0]["stage"] == "announced"


def test_what_is_not_there_is_a_problem(desk: Desk) -> None:
    answer = get(desk, "/api/v1/calls/CON-9")

    assert answer.status_code == 404
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no such call",
    }


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("*/*", b'{"version"'),
        ("application/json", b'{"version"'),
        ("text/plain", b"Recording: rec-CON-1"),
        ("text/vtt", b"WEBVTT"),
        ("application/x-subrip", b"1\n"),
        ("text/csv", b""),
        ("text/markdown", b"#"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK",
        ),
    ],
)
def test_a_transcript_is_read_in_the_format_asked_for(
    desk: Desk, accept: str, start: bytes
) -> None:
    answer = get(desk, f"{RECORDING}/transcript", Accept=accept)

    assert answer.status_code == 200
    assert answer.data.startswith(start) or b"hello there" in answer.data
    assert accept in ("*/*", answer.mimetype)


def test_a_format_that_there_is_not_is_not_acceptable(desk: Desk) -> None:
    assert get(desk, f"{RECORDING}/transcript", Accept="image/png").status_code == 406


@pytest.mark.parametrize("suffix", ["txt", "json", "vtt", "srt", "csv", "docx", "md"])
def test_a_transcript_is_taken_along_as_a_file(desk: Desk, suffix: str) -> None:
    answer = get(desk, f"{RECORDING}/transcript.{suffix}")

    assert answer.status_code == 200
    said = answer.headers["Content-Disposition"]
    assert said == f'attachment; filename="rec-CON-1.{suffix}"'


@pytest.mark.parametrize(
    "path",
    [
        f"{RECORDING}/transcript.exe",
        "/api/v1/calls/CON-2/recordings/rec-2/transcript",
        "/api/v1/calls/CON-2/recordings/rec-2/audio",
        "/api/v1/calls/CON-2/recordings/rec-CON-1/audio",
    ],
)
def test_what_was_not_said_is_not_found(desk: Desk, path: str) -> None:
    assert get(desk, path).status_code == 404


def test_the_audio_is_fetched_where_it_lies(desk: Desk) -> None:
    answer = get(desk, f"{RECORDING}/audio")

    assert answer.status_code == 302
    assert answer.location == "https://audio.example/recordings/rec-CON-1/audio.mp3"


def test_a_note_sent_twice_is_the_same_note(desk: Desk) -> None:
    answers = [
        desk.browser.put(f"{CALL}/note", json={"note": "Call back"}, headers=desk.key())
        for _ in range(2)
    ]

    assert [it.status_code for it in answers] == [202, 202]
    assert [it.get_json()["note"] for it in answers] == ["Call back", "Call back"]


def test_the_names_of_the_parties_are_shown_in_the_transcript(desk: Desk) -> None:
    body = {"names": ["Ann", ""]}

    desk.browser.put(f"{RECORDING}/names", json=body, headers=desk.key())

    said = get(desk, f"{RECORDING}/transcript").get_json()
    assert [party["name"] for party in said["parties"]] == ["Ann", "Party 2"]


def test_a_failed_stage_is_retried(desk: Desk) -> None:
    path = "/api/v1/calls/CON-2/retry"

    first, second = (desk.browser.post(path, json={}, headers=desk.key()) for _ in range(2))

    assert (first.status_code, first.get_json()) == (202, {"retried": 1})
    assert second.status_code == 409
    assert desk.calls.retried == ["stop-1"]


def test_a_recording_is_transcribed_again_in_another_language(desk: Desk) -> None:
    body = {"language_code": "de-DE", "max_speakers": 0}

    answer = desk.browser.post(f"{RECORDING}/transcriptions", json=body, headers=desk.key())

    assert (answer.status_code, answer.get_json()) == (202, {"run": 2})
    assert desk.calls.wishes[0].language_code == "de-DE"


def test_a_deleted_call_leaves_a_tombstone_and_takes_no_note(desk: Desk) -> None:
    deleted = desk.browser.delete(CALL, headers=desk.key())
    noted = desk.browser.put(f"{CALL}/note", json={"note": ""}, headers=desk.key())

    assert (deleted.status_code, deleted.get_json()["deleted"]) == (202, True)
    assert noted.status_code == 404


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        ("note=x", "application/x-www-form-urlencoded", 415),
        ("{", "application/json", 400),
        ("[]", "application/json", 422),
        ('{"note": "a\\u0000b"}', "application/json", 422),
        ('{"note": "' + "x" * 2_000_000 + '"}', "application/json", 413),
    ],
)
def test_a_body_that_is_not_understood_is_a_problem(
    desk: Desk, content: str, content_type: str, status: int
) -> None:
    answer = desk.browser.put(
        f"{CALL}/note", data=content, content_type=content_type, headers=desk.key()
    )

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_the_figures_of_days_are_given_up_to_a_year(desk: Desk) -> None:
    days = get(desk, "/api/v1/days?first=2026-03-01&last=2026-03-02")
    too_many = get(desk, "/api/v1/days?first=2020-03-01&last=2026-03-02")

    assert [day["calls"] for day in days.get_json()] == [2, 0]
    assert too_many.status_code == 422


def test_failures_are_listed_alone(desk: Desk) -> None:
    [call] = get(desk, "/api/v1/failures").get_json()["calls"]

    assert (call["call_id"], call["status"]) == ("CON-2", Status.FAILED)


@pytest.mark.parametrize(
    ("error", "status"), [(TransientError("DynamoDB was not reached"), 503), (ValueError("x"), 500)]
)
def test_what_the_service_cannot_do_is_a_problem_that_tells_no_secret(
    error: Exception, status: int
) -> None:
    desk = Desk()
    desk.calls.fail(error)

    answer = get(desk, CALL)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert "x" not in (answer.get_json().get("detail") or "")


def test_the_reference_lists_every_operation(desk: Desk) -> None:
    document = desk.browser.get("/api/v1/openapi.json", headers=desk.key("read")).get_json()
    page = (Path(__file__).parents[4] / "docs/api.md").read_text(encoding="utf-8")

    offered = {
        f"{method.upper()} {path}" for path, it in document["paths"].items() for method in it
    }

    assert set(re.findall(r"^\| `([A-Z]+ [^`]+)` \|", page, re.MULTILINE)) == offered
