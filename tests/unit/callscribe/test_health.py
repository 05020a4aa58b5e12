import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from callscribe.health import serve_health
from callscribe.telemetry import Counters, Metric


@contextmanager
def served(*, alive: bool, counters: Counters | None = None) -> Iterator[HTTPConnection]:
    """Serve health on the loopback interface and connect to it."""
    server = serve_health("127.0.0.1", 0, alive=lambda: alive, counters=counters or Counters())
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()
        server.shutdown()
        server.server_close()


def test_a_process_that_lives_says_so_with_its_counters() -> None:
    counters = Counters()
    counters.add(Metric.DONE, 7)

    with served(alive=True, counters=counters) as connection:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        said = json.loads(answer.read())

    assert answer.status == 200
    assert (said["alive"], said["messages_done"], said["messages_lost"]) == (True, 7, 0)


def test_a_process_that_is_stuck_says_so() -> None:
    with served(alive=False) as connection:
        connection.request("GET", "/health")
        answer = connection.getresponse()

        assert answer.status == 503
        assert json.loads(answer.read())["alive"] is False


def test_nothing_else_is_served() -> None:
    with served(alive=True) as connection:
        connection.request("GET", "/metrics")

        assert connection.getresponse().status == 404
