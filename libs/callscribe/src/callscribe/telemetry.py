"""Logs and counters: one JSON line per thing that happened, names from one list.

A message is constant text and the values are fields, so that a log can be searched by either.
Whatever is bound with ``bound`` is on every line of that thread until the block ends.
"""

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from types import MappingProxyType
from typing import Any, Final

_bound: ContextVar[Mapping[str, Any]] = ContextVar("bound", default=MappingProxyType({}))

_OURS: Final = "callscribe_fields"


class Metric(StrEnum):
    """Every counter there is."""

    RECEIVED = "messages_received"
    DONE = "messages_done"
    PARKED = "messages_parked"
    RETRIED = "messages_retried"
    GIVEN_BACK = "messages_given_back"
    LOST = "messages_lost"
    UNEXPECTED = "unexpected_failures"
    HEARTBEATS = "visibility_extensions"
    RECEIVE_FAILURES = "receive_failures"
    ENTRIES_RETRIED = "batch_entries_retried"
    DELETES_REFUSED = "deletes_refused"
    SQS_CALLS = "sqs_calls"
    WEBHOOKS = "webhooks_accepted"
    WEBHOOKS_REFUSED = "webhooks_refused"


class Counters:
    """Counts things, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[str] = Counter()

    def add(self, metric: Metric, by: int = 1) -> None:
        """Count ``by`` more of a metric."""
        with self._lock:
            self._counts[metric.value] += by

    def __getitem__(self, metric: Metric) -> int:
        return self._counts[metric.value]

    def snapshot(self) -> dict[str, int]:
        """Give every metric and its count since the process began, zeros included."""
        with self._lock:
            return {metric.value: self._counts[metric.value] for metric in Metric}


@contextmanager
def bound(**fields: Any) -> Iterator[None]:
    """Put these fields on every log line of the block; ``None`` stands for not known."""
    known = {name: value for name, value in fields.items() if value is not None}
    token = _bound.set({**_bound.get(), **known})
    try:
        yield
    finally:
        _bound.reset(token)


def attempt() -> int | None:
    """Tell which attempt to handle a message this thread is at, if it handles one."""
    number = _bound.get().get("attempt")
    return number if isinstance(number, int) else None


def facts(**fields: Any) -> dict[str, Any]:
    """Wrap the values of one log line: ``logger.info("recording stored", extra=facts(size=3))``."""
    return {_OURS: fields}


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: time, level, service, event, then its fields."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Write the record, with its traceback if it has one, on one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "event": record.getMessage(),
            **_bound.get(),
            **getattr(record, _OURS, {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stdout(service: str, level: str) -> None:
    """Send every log line of this process to standard output as JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # Below this level, these write bodies, headers and addresses.
    for library in ("boto3", "botocore", "s3transfer", "urllib3"):
        logging.getLogger(library).setLevel(logging.WARNING)
