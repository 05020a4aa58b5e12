import json
import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from callscribe.telemetry import Counters, JsonLines, Metric, bound, facts, log_to_stdout

logger = logging.getLogger("callscribe.tests")


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """Give the root logger, and put it back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers, root.level = handlers, level


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("root")
def test_a_line_has_time_level_service_event_and_facts(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stdout("recorder", "info")

    logger.info("recording stored", extra=facts(size=3))

    [line] = lines(capsys)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "service": "recorder",
        "event": "recording stored",
        "size": 3,
    }


@pytest.mark.usefixtures("root")
def test_a_line_under_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stdout("recorder", "warning")

    logger.info("recording stored")

    assert lines(capsys) == []


@pytest.mark.usefixtures("root")
def test_not_even_at_debug_do_libraries_write_what_they_send(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_to_stdout("recorder", "debug")

    for library in ("botocore.endpoint", "urllib3.connectionpool", "s3transfer.tasks"):
        logging.getLogger(library).debug("a body")

    assert lines(capsys) == []


def format_one(**record: Any) -> dict[str, Any]:
    said = {"name": "any", "levelname": "INFO", "msg": "something happened"} | record
    line: dict[str, Any] = json.loads(JsonLines("recorder").format(logging.makeLogRecord(said)))
    return line


def test_what_is_bound_is_on_every_line_of_the_block_and_none_after() -> None:
    with bound(recording_id="rec-1", conversation_id=None):
        with bound(attempt=2):
            inside = format_one()
        between = format_one()
    after = format_one()

    assert (inside["recording_id"], inside["attempt"]) == ("rec-1", 2)
    assert "conversation_id" not in inside
    assert between["recording_id"] == "rec-1"
    assert "attempt" not in between
    assert "recording_id" not in after


def test_what_one_thread_binds_is_not_on_the_lines_of_another() -> None:
    with ThreadPoolExecutor() as threads, bound(recording_id="rec-1"):
        other = threads.submit(format_one).result()

    assert "recording_id" not in other


def test_a_traceback_is_on_the_same_line() -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        line = format_one(exc_info=sys.exc_info())

    assert "ZeroDivisionError" in line["traceback"]


def test_a_fact_that_json_does_not_know_is_written_as_text() -> None:
    line = format_one(**facts(error=ValueError("too big")))

    assert line["error"] == "too big"


def test_counters_count_from_any_thread() -> None:
    counters = Counters()

    with ThreadPoolExecutor(8) as threads:
        for _ in range(1000):
            threads.submit(counters.add, Metric.DONE)

    assert counters[Metric.DONE] == 1000


def test_a_snapshot_has_every_metric() -> None:
    counters = Counters()
    counters.add(Metric.DONE, 3)

    assert counters.snapshot() == {metric.value: 0 for metric in Metric} | {"messages_done": 3}
