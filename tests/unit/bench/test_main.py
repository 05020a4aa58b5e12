import pytest

from bench.__main__ import BENCHMARKS, main
from bench.report import CannotMeasureError, Goal, Report, Row


def a_report(*, ratio: float) -> Report:
    row = Row(what="ms", ours=1.0, baseline=1.0, ratio=ratio, goal=Goal("at most", 5))
    return Report("results", "json.loads", (row,))


def test_a_missed_goal_is_no_failure_of_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(BENCHMARKS, "results", lambda: a_report(ratio=6.0))

    status = main(["results"])

    assert status == 0
    assert "0 of 1 goals met; missed: results: ms" in capsys.readouterr().out


def test_what_cannot_be_measured_is_said_in_a_line_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_node() -> Report:
        raise CannotMeasureError("Node.js is missing")

    monkeypatch.setitem(BENCHMARKS, "worker", without_node)
    monkeypatch.setitem(BENCHMARKS, "results", lambda: a_report(ratio=2.0))

    status = main(["worker", "results"])

    shown = capsys.readouterr().out
    assert status == 1
    assert "worker: not measured: Node.js is missing" in shown
    assert "1 of 1 goals met" in shown


def test_a_benchmark_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["gatewy"])

    assert "no such benchmark: gatewy" in capsys.readouterr().err
