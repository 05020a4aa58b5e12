"""Stands in for Vonage's signature and for the queues, and keeps the log, in tests."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import jwt

from callscribe.contracts import Event
from callscribe.telemetry import JsonLines
from webhook_gateway.settings import Settings

SECRET = "a-signature-secret-of-more-than-32-characters"  # noqa: S105 - opens nothing
API_KEY = "a1b2c3d"
APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"

ENOUGH = {
    "recordings_queue_url": "http://sqs/recordings",
    "call_events_queue_url": "http://sqs/call-events",
    "public_url": "https://calls.example.com",
    "parties": "447700900002",
    "signature_secrets": SECRET,
    "api_key": API_KEY,
    "application_id": APPLICATION,
}
"""The settings of a gateway that checks signatures; numbers are those kept for drama."""


def some_settings(**changes: Any) -> Settings:
    """Make settings that only differ from the usual ones in what a test is about."""
    return Settings.model_validate(ENOUGH | changes)


def some_claims(body: bytes, *, at: datetime, **changes: Any) -> dict[str, Any]:
    """Make the claims of a webhook signed at a time; a change to ``None`` leaves a claim out."""
    claims = {
        "iat": at.timestamp(),
        "jti": str(uuid4()),
        "iss": "Vonage",
        "payload_hash": sha256(body).hexdigest(),
        "api_key": API_KEY,
        "application_id": APPLICATION,
        **changes,
    }
    return {name: claim for name, claim in claims.items() if claim is not None}


def bearer(claims: Mapping[str, Any], secret: str = SECRET) -> str:
    """Sign claims as Vonage does, as the value of the ``Authorization`` header."""
    return f"Bearer {jwt.encode(dict(claims), secret, algorithm='HS256')}"


class FakeQueues:
    """Keeps what is published, or fails as it is told to."""

    def __init__(self) -> None:
        self.published: list[Event] = []
        self.failure: Exception | None = None

    def publish(self, event: Event) -> None:
        """Keep the event."""
        if self.failure:
            raise self.failure
        self.published.append(event)


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines("webhook-gateway"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def captured_log() -> Iterator[list[str]]:
    """Keep every log line of the block, down to debug, as an operator would see it."""
    kept = _Lines()
    root = logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        yield kept.lines
    finally:
        root.removeHandler(kept)
        root.setLevel(level)
