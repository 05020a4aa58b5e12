import logging
import sys
from typing import Any

import pytest
from gunicorn.config import Config

from webhook_gateway.server import DiscreetLogger, PoliteWorker, configuration, unquoted
from webhook_gateway.testing import some_settings


def a_record(message: str, *values: Any, error: Any = None) -> logging.LogRecord:
    return logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, message, values, error)


def an_error() -> Any:
    try:
        int("447700900001 is no number")
    except ValueError:
        return sys.exc_info()


def test_gunicorn_knows_every_setting_it_is_given() -> None:
    config = Config()

    for name, value in configuration(some_settings(port=3001)).items():
        config.set(name, value)

    assert config.address == [("0.0.0.0", 3001)]  # noqa: S104 - the default under test
    assert config.worker_class is PoliteWorker
    assert config.accesslog is None


def test_no_file_is_shared_with_another_gateway() -> None:
    assert configuration(some_settings())["control_socket_disable"] is True


@pytest.mark.parametrize(("ours", "gunicorns"), [("debug", "info"), ("warning", "warning")])
def test_gunicorn_is_never_asked_for_more_than_facts(ours: str, gunicorns: str) -> None:
    assert configuration(some_settings(log_level=ours))["loglevel"] == gunicorns


def test_gunicorns_lines_go_where_ours_go() -> None:
    config = Config()
    config.set("loglevel", "info")

    logger = DiscreetLogger(config)

    assert logger.error_log.handlers == []
    assert logger.error_log.propagate


@pytest.mark.parametrize(
    ("record", "left"),
    [
        (
            a_record("Error handling request %s %s", "GET", "/webhooks/answer?from=447700900001"),
            "Error handling request",
        ),
        (
            a_record("Invalid request from ip=127.0.0.1: Invalid header '447700900001'"),
            "Invalid request",
        ),
        (a_record("Error handling request", error=an_error()), "Error handling request"),
    ],
)
def test_what_gunicorn_quotes_of_a_request_is_cut(record: logging.LogRecord, left: str) -> None:
    assert unquoted(record)
    assert record.getMessage() == left
    assert record.exc_info is None


def test_gunicorns_other_lines_are_left_as_they_are() -> None:
    record = a_record("Booting worker with pid: %s", 7)

    assert unquoted(record)
    assert record.getMessage() == "Booting worker with pid: 7"
