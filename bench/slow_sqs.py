"""Stands in for SQS where it is 15 ms away: takes messages, counts the calls, forgets the messages.

It costs a tenth of what any emulator does, so it is not what is measured.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from threading import Thread
from typing import Any, Final
from uuid import uuid4

from bench.http_text import END_OF_HEAD, body_of, whole

LATENCY_SECONDS: Final = 0.015


class SlowSqs(asyncio.Protocol):
    """One connection; ``calls`` counts the calls of all connections."""

    calls = 0

    def __init__(self) -> None:
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Answer a request when all of it is there and its time has passed."""
        self._received += data
        if whole(self._received):
            said = answer(json.loads(body_of(self._received)))
            self._received = b""
            type(self).calls += 1
            loop = asyncio.get_running_loop()
            loop.call_later(LATENCY_SECONDS, self._transport.write, _http(said))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Take the messages of a request: ``SendMessageBatch`` has entries, ``SendMessage`` has none.

    Source: Amazon SQS API Reference, of its JSON protocol.
    """
    if "Entries" in request:
        entries = [{"Id": entry["Id"], **_taken(entry)} for entry in request["Entries"]]
        return {"Successful": entries, "Failed": []}
    return _taken(request) if "MessageBody" in request else {}


def _taken(message: dict[str, Any]) -> dict[str, str]:
    digest = md5(message["MessageBody"].encode(), usedforsecurity=False).hexdigest()
    return {"MessageId": str(uuid4()), "MD5OfMessageBody": digest}


def _http(said: dict[str, Any]) -> bytes:
    body = json.dumps(said).encode()
    kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
    return kind + str(len(body)).encode() + END_OF_HEAD + body


@contextmanager
def slow_sqs() -> Iterator[str]:
    """Run it in a thread for as long as the block lasts, and give its address."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(SlowSqs, "127.0.0.1", 0))
    thread = Thread(target=loop.run_forever, name="slow-sqs", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()
