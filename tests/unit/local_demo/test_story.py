import json

import pytest

from local.demo.story import step_of


def a_line(**fields: object) -> str:
    return json.dumps({"level": "info", **fields})


def test_a_stored_recording_is_told_with_its_measures() -> None:
    line = a_line(
        event="recording stored",
        recording_id="rec-1",
        format="mp3",
        channels=2,
        duration=24.04,
        size=192_960,
    )

    step = step_of("recorder", line)

    assert step
    assert step.text == "recording stored: mp3, 2 channels, 24.0 s, 193 kB"
    assert step.recording_id == "rec-1"


def test_one_channel_is_told_in_the_singular() -> None:
    line = a_line(event="recording stored", format="wav", channels=1, duration=1, size=2000)

    step = step_of("recorder", line)

    assert step
    assert "1 channel," in step.text


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "nobody speaks, so there is no job"),
        (["callscribe-1"], "job started: callscribe-1"),
        (["callscribe-1..run1-part1-of2", "callscribe-1..run1-part2-of2"], "2 jobs started"),
    ],
)
def test_the_jobs_of_a_recording_are_told_by_name_or_number(names: list[str], words: str) -> None:
    step = step_of("transcriber", a_line(event="transcription started", job_names=names))

    assert step
    assert step.text.startswith(words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("answer", "the phone rings"), ("recording.available.v1", "ready"), ("ringing", "ringing")],
)
def test_a_webhook_is_told_in_plain_words(kind: str, words: str) -> None:
    step = step_of("webhook-gateway", a_line(event="webhook accepted", kind=kind))

    assert step
    assert words in step.text


def test_a_warning_is_told_whatever_it_is() -> None:
    line = json.dumps({"level": "warning", "event": "message parked", "reason": "not audio"})

    step = step_of("recorder", line)

    assert step
    assert step.trouble
    assert step.text == "message parked: not audio"


def test_an_error_is_told_with_the_last_line_of_its_traceback() -> None:
    line = json.dumps(
        {"level": "error", "event": "unexpected failure", "traceback": "Traceback\nKeyError: 'a'"}
    )

    step = step_of("results", line)

    assert step
    assert step.text == "unexpected failure: KeyError: 'a'"


@pytest.mark.parametrize("line", ["Listening on 127.0.0.1", "{not json", "[1]", '"text"', ""])
def test_what_is_not_a_log_line_is_not_told(line: str) -> None:
    assert step_of("ministack", line) is None


def test_a_log_line_that_is_no_step_is_not_told() -> None:
    assert step_of("results", a_line(event="fact kept")) is None


def test_the_call_of_the_notifier_is_told_though_its_own_log_is_not_heard() -> None:
    line = "INFO [events] EventBridge → Lambda callscribe-notifier: dispatched"

    step = step_of("ministack", line)

    assert step
    assert step.program == "notifier"
