"""Speaks HTTP to a receiver: one POST to one address, within a time, and no more.

No redirect is followed, no proxy used, nothing kept open, and little of the answer read: the other
side may be anybody.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer
from time import monotonic
from typing import Final

from results.notify.address import NotAllowedError, Resolve, address_of
from results.notify.answer import Answer, answer_of
from results.notify.receivers import PORTS, Place

MAX_ANSWER: Final = 1000
"""Bytes of an answer that are read: enough for a person to see what is wrong."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Poster:
    """Makes POSTs; ``seconds`` are for all of one, from the first packet to the last."""

    seconds: float
    allow_private: bool
    resolve: Resolve = resolve
    trust: ssl.SSLContext | None = None

    def post(self, place: Place, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post to a receiver and read its answer; whatever goes wrong is an answer too."""
        try:
            address = address_of(
                place.host, place.port, resolve=self.resolve, allow_private=self.allow_private
            )
            with self._connected(place, address) as connection:
                connection.request("POST", place.target, body, {**headers, "Host": _host(place)})
                came = connection.getresponse()
                text = came.read(MAX_ANSWER).decode(errors="replace")
                return answer_of(came.status, text, came.headers["Retry-After"])
        except NotAllowedError as error:
            return Answer("refused", None, str(error))
        except TimeoutError:
            return Answer("failed", None, "the receiver took too long")
        except (OSError, HTTPException) as error:
            # The type alone: the text of these may hold the address.
            return Answer("failed", None, f"the receiver was not reached: {type(error).__name__}")

    @contextmanager
    def _connected(self, place: Place, address: str) -> Iterator[HTTPConnection]:
        connection = HTTPConnection(place.host, place.port)
        begun = monotonic()
        sock = socket.create_connection((address, place.port), timeout=self.seconds)
        if place.scheme == "https":
            sock = self._secured(sock, place.host)
        # A time-out of the socket is one of each read: a byte a second would keep us for ever.
        end = _End(sock)
        timer = Timer(max(begun + self.seconds - monotonic(), 0), end)
        timer.daemon = True
        timer.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            connection.sock = sock
            yield connection
            if end.came:
                # What ends because we end it looks like an answer that is whole.
                raise TimeoutError
        except (OSError, HTTPException) as error:
            if end.came:
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()
            connection.close()
            sock.close()

    def _secured(self, sock: socket.socket, host: str) -> socket.socket:
        trust = self.trust or ssl.create_default_context()
        return trust.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)


class _End:
    """Ends a connection under way, when it is called."""

    def __init__(self, sock: socket.socket) -> None:
        self.came = False
        self._sock = sock

    def __call__(self) -> None:
        self.came = True
        with suppress(OSError):
            socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


def _host(place: Place) -> str:
    host = f"[{place.host}]" if ":" in place.host else place.host
    return host if place.port == PORTS[place.scheme] else f"{host}:{place.port}"
