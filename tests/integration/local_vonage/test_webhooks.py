import socket
import struct
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
import urllib3

from local.stack.ports import free_port
from local.vonage.outgoing import Request
from local.vonage.webhooks import Delivery, Webhooks

HOST = "127.0.0.1"
RESET = struct.pack("ii", 1, 0)
"""A linger of no seconds: closing the socket resets the connection."""

Deliver = Callable[[int], Delivery]


@pytest.fixture
def deliver() -> Iterator[Deliver]:
    """Send an event to a port, with little patience."""
    with urllib3.PoolManager() as http:
        webhooks = Webhooks(http, retry_delay=0, sleep=lambda _: None)

        def deliver(port: int) -> Delivery:
            event = Request("POST", f"http://{HOST}:{port}/events", {}, b"{}")
            return webhooks.send(event, read_seconds=0.1)

        yield deliver


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server((HOST, 0)) as listener:
        yield listener


def taking(listener: socket.socket, answer: Callable[[socket.socket], None]) -> list[bytes]:
    """Take two connections, answer the first as said, and the second with 200."""
    heard: list[bytes] = []

    def take() -> None:
        for react in (answer, accept):
            connection, _ = listener.accept()
            heard.append(connection.recv(65_536))
            react(connection)

    Thread(target=take, daemon=True).start()
    return heard


def accept(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    connection.close()


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    connection.close()


def close(connection: socket.socket) -> None:
    connection.close()


def break_off(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[")
    connection.close()


kept: list[socket.socket] = []


@pytest.mark.parametrize("answer", [kept.append, reset, close, break_off])
def test_a_stalled_or_broken_connection_is_tried_once_more(
    answer: Callable[[socket.socket], None], listener: socket.socket, deliver: Deliver
) -> None:
    heard = taking(listener, answer)

    delivery = deliver(listener.getsockname()[1])

    assert delivery.accepted
    assert delivery.attempts == 2
    assert [request.partition(b" ")[0] for request in heard] == [b"POST", b"POST"]
    for connection in kept:
        connection.close()


def test_nobody_listening_is_tried_twice_and_said(deliver: Deliver) -> None:
    delivery = deliver(free_port())

    assert delivery.attempts == 2
    assert delivery.outcome == "no answer: NewConnectionError"
