"""A receiver of webhooks on loopback, that answers as it is told to."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Post:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Loopback:
    """What came, and what is answered: the statuses in turn, the last one from then on."""

    port: int = 0
    statuses: list[int] = field(default_factory=lambda: [200])
    answer: bytes = b"thanks"
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False
    posts: list[Post] = field(default_factory=list)
    ending: Event = field(default_factory=Event)

    def next_status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


class Handler(BaseHTTPRequestHandler):
    loopback: Loopback

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.loopback.posts.append(Post(self.path, dict(self.headers.items()), body))
        if self.loopback.drip:
            self._drip()
            return
        self.send_response(self.loopback.next_status())
        for name, value in self.loopback.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.loopback.answer)

    def _drip(self) -> None:
        """Send a byte now and then, which keeps every read within its time-out."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        while not self.loopback.ending.wait(0.05):
            self.wfile.write(b".")
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing: the tests cut connections on purpose."""


@contextmanager
def a_receiver(*, secured: ssl.SSLContext | None = None, **how: Any) -> Iterator[Loopback]:
    loopback = Loopback(**how)
    server = Server(("127.0.0.1", 0), type("Handling", (Handler,), {"loopback": loopback}))
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    loopback.port = server.server_port
    thread = Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield loopback
    finally:
        loopback.ending.set()
        server.shutdown()
        server.server_close()
        thread.join()
