import json
from datetime import timedelta

import pytest

from callscribe.outcome import backoff
from callscribe.settings import EXIT_WRONG_SETTINGS, read
from local.stack.resources import MAX_RECEIVE_COUNT
from results.notify.settings import Settings

SECRET = "whsec_" + "A" * 43 + "="
ENOUGH = {
    "QUEUE_URL": "http://sqs/notifications",
    "DEAD_LETTER_URL": "http://sqs/notifications-dead-letter",
    "CALL_EVENTS_QUEUE_URL": "http://sqs/call-events",
}


def settings(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (ENOUGH | changes).items():
        monkeypatch.setenv(f"NOTIFY_{name}", value)
    return read(Settings)


def receivers(*urls: str) -> str:
    return json.dumps([{"url": url, "secrets": [SECRET]} for url in urls])


def test_without_receivers_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, RECEIVERS="", EVENT_BUS="")

    assert made.receivers == ()
    assert made.event_bus is None


def test_receivers_are_a_list_in_json(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, RECEIVERS=receivers("https://a.example", "https://b.example/x"))

    assert [one.place.host for one in made.receivers] == ["a.example", "b.example"]


def test_attempts_make_about_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = settings(monkeypatch).limits

    waits = [
        backoff(attempt, base=limits.retry_base, cap=limits.retry_cap, random=lambda: 0.5)
        for attempt in range(1, limits.max_attempts)
    ]

    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=28)
    assert limits.max_attempts < MAX_RECEIVE_COUNT


@pytest.mark.parametrize(
    "wrong",
    [
        receivers("http://a.example"),
        receivers("https://a.example", "https://a.example"),
        receivers("ftp://a.example"),
    ],
    ids=["http", "twice", "no address"],
)
def test_wrong_receivers_stop_the_process_without_showing_them(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        settings(monkeypatch, RECEIVERS=wrong)

    said = capsys.readouterr().err
    assert stopped.value.code == EXIT_WRONG_SETTINGS
    assert said.startswith("NOTIFY_")
    assert SECRET not in said
    assert "a.example" not in said


def test_http_is_for_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings(monkeypatch, RECEIVERS=receivers("http://hooks"), ALLOW_PRIVATE="true")

    assert made.receivers[0].place.scheme == "http"
