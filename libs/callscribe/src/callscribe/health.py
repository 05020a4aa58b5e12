"""Answers an orchestrator's question whether the process lives, and shows its counters."""

import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from callscribe.telemetry import Counters

SLOWEST_SECONDS: Final = 5
"""How long a client may take over its request before its thread is freed."""

STOP_CHECK_SECONDS: Final = 0.1
"""How soon the server notices that it is to shut down."""


def serve_health(
    host: str, port: int, *, alive: Callable[[], bool], counters: Counters
) -> ThreadingHTTPServer:
    """Serve ``GET /health`` from a thread: 200 while alive, else 503; the body has the counters.

    ``port`` 0 takes a free one; the server returned knows it, and is to be shut down by the caller.
    """

    class Health(BaseHTTPRequestHandler):
        timeout = SLOWEST_SECONDS

        def do_GET(self) -> None:
            if self.path != "/health":
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            fine = alive()
            body = json.dumps({"alive": fine, **counters.snapshot()}).encode()
            self.send_response(HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing: a health check every few seconds is no fact worth a line."""

    server = ThreadingHTTPServer((host, port), Health)
    forever = server.serve_forever
    Thread(target=forever, args=[STOP_CHECK_SECONDS], name="health", daemon=True).start()
    return server
