"""A server on this machine that answers as it is told, well or badly."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Event, Thread
from typing import ClassVar

from recorder.address import Address

PATIENCE = 10.0


@dataclass(frozen=True)
class Reply:
    """What to answer: ``stated`` is the Content-Length, -1 that of the body, ``None`` no header.

    Then either all is said, or the connection is reset, or nothing more comes.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stated: int | None = -1
    then: str = "end"


class Loopback:
    """Gives its replies in turn, the last one for ever, and keeps what was asked."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = Event()
        self.together: Barrier | None = None
        self._replies: list[Reply] = []

    def url(self, path: str = "/v1/files/file-1") -> str:
        return f"http://{self.host}{path}"

    def address(self, path: str = "/v1/files/file-1") -> Address:
        return Address("http", "127.0.0.1", self.port, path)

    def will(self, *replies: Reply) -> None:
        self._replies[:] = replies

    def next_reply(self) -> Reply:
        if self.together:
            self.together.wait(PATIENCE)
        reply = self._replies[0]
        del self._replies[: len(self._replies) > 1]
        return reply


class _Handler(BaseHTTPRequestHandler):
    loopback: ClassVar[Loopback]

    def do_GET(self) -> None:
        server = self.loopback
        path = self.requestline.split()[1]  # self.path would make one slash of two
        server.asked.append((path, dict(self.headers)))
        reply = server.next_reply()
        if reply.then == "silence":
            server.stopping.wait(PATIENCE)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.stated is not None:
            stated = len(reply.body) if reply.stated < 0 else reply.stated
            self.send_header("Content-Length", str(stated))
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(reply.body)
            self.wfile.flush()
            self._finish(reply.then)

    def _finish(self, then: str) -> None:
        if then == "stall":
            self.loopback.stopping.wait(PATIENCE)
        if then == "reset":
            linger = b"\x01\x00\x00\x00" + bytes(4)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Serve on a free port until the block ends."""

    class Handler(_Handler):
        pass  # one class for each server: what it gives is the class's

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server = Handler.loopback = Loopback(http.server_port)
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            http.shutdown()
            thread.join()
