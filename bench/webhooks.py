"""Makes webhooks as Vonage sends them: signed, and of one call in ten a recording."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from webhook_gateway.ncco import EVENTS, RECORDING
from webhook_gateway.testing import bearer, some_claims

EVENTS_PER_RECORDING: Final = 9
"""A call of two parties is started, ringing and answered on each leg, and so on to its end."""


def requests(count: int, *, port: int) -> Iterator[bytes]:
    """Make HTTP requests, each of them another webhook."""
    for number in range(count):
        recording = number % (EVENTS_PER_RECORDING + 1) == EVENTS_PER_RECORDING
        said = _recording(number) if recording else _event(number)
        yield _request(RECORDING if recording else EVENTS, json.dumps(said).encode(), port)


def _event(number: int) -> dict[str, Any]:
    return {
        "headers": {},
        "end_time": "2026-03-02T12:00:42.000Z",
        "uuid": f"{number:032x}",
        "network": "GB-FIXED",
        "duration": "7",
        "start_time": "2026-03-02T12:00:35.000Z",
        "rate": "0.00450000",
        "price": "0.00052500",
        "from": "447700900001",
        "to": "447700900002",
        "conversation_uuid": f"CON-{number:032x}",
        "status": "completed",
        "direction": "inbound",
        "timestamp": "2026-03-02T12:00:41.712Z",
    }


def _recording(number: int) -> dict[str, Any]:
    return {
        "start_time": "2026-03-02T12:00:35Z",
        "recording_url": f"https://api-us.nexmo.com/v1/files/{number:032x}",
        "size": 480_044,
        "recording_uuid": f"{number:032x}",
        "end_time": "2026-03-02T12:00:42Z",
        "conversation_uuid": f"CON-{number:032x}",
        "timestamp": "2026-03-02T12:00:43.100Z",
    }


def _request(path: str, body: bytes, port: int) -> bytes:
    signature = bearer(some_claims(body, at=datetime.now(UTC)))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {signature}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
