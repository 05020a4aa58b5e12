import json
from io import StringIO

from local.demo.screen import Screen
from local.demo.watch import LINES_KEPT, Watch

PARKED = json.dumps(
    {"level": "warning", "event": "message parked", "recording_id": "rec-1", "reason": "not audio"}
)
STARTED = json.dumps(
    {"level": "info", "event": "transcription started", "job_names": ["callscribe-1"]}
)


def a_webhook(kind: str) -> str:
    return json.dumps({"level": "info", "event": "webhook accepted", "kind": kind})


def test_a_step_is_shown_as_it_happens() -> None:
    out = StringIO()

    Watch(Screen(out))("transcriber", STARTED)

    assert "job started: callscribe-1" in out.getvalue()


def test_with_many_calls_only_trouble_is_shown() -> None:
    out = StringIO()
    watch = Watch(Screen(out), quiet=True)

    watch("transcriber", STARTED)
    watch("recorder", PARKED)

    assert "job started" not in out.getvalue()
    assert "not audio" in out.getvalue()


def test_the_events_of_many_legs_are_told_as_one() -> None:
    out = StringIO()
    watch = Watch(Screen(out), legs=False)

    for kind in ("ringing", "answered", "completed", "recording.available.v1"):
        watch("webhook-gateway", a_webhook(kind))

    assert "event webhook: ringing" not in out.getvalue()
    assert "event webhooks of all legs: 3" in out.getvalue()
    assert out.getvalue().index("of all legs") < out.getvalue().index("the recording is ready")


def test_trouble_is_told_at_once_among_the_events_of_many_legs() -> None:
    out = StringIO()
    watch = Watch(Screen(out), legs=False)

    watch("webhook-gateway", a_webhook("ringing"))
    watch("recorder", PARKED)

    assert "not audio" in out.getvalue()
    assert "of all legs" not in out.getvalue()


def test_a_parked_message_is_remembered_by_its_recording() -> None:
    watch = Watch(Screen(StringIO()))

    watch("recorder", PARKED)

    assert watch.parked == {"rec-1": "message parked: not audio"}


def test_the_last_lines_that_told_nothing_are_kept_for_when_it_fails() -> None:
    watch = Watch(Screen(StringIO()))

    for number in range(LINES_KEPT + 1):
        watch("ministack", f"line {number}")

    assert len(watch.untold) == LINES_KEPT
    assert watch.untold[-1] == f"ministack: line {LINES_KEPT}"
