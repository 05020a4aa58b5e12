import pytest

from local.vonage.terminal import described


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "23:11:24.322   200  answer"),
        ({"attempts": 2}, "23:11:24.322   200  answer  (second attempt)"),
        ({"status": None, "attempts": 0}, "23:11:24.322        answer"),
        (
            {"status": None, "trouble": "no answer: ReadTimeoutError"},
            "23:11:24.322  no answer: ReadTimeoutError  answer",
        ),
    ],
)
def test_a_step_is_a_line(changes: dict[str, object], line: str) -> None:
    step = {
        "name": "answer",
        "time": "2026-11-23T23:11:24.322147+00:00",
        "status": 200,
        "attempts": 1,
        "trouble": "",
    }

    assert described(step | changes) == line
