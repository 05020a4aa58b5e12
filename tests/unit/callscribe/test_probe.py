from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from callscribe.health import serve_health
from callscribe.probe import main
from callscribe.telemetry import Counters
from local.stack.ports import free_port


@contextmanager
def a_process(*, alive: bool) -> Iterator[str]:
    server = serve_health("127.0.0.1", 0, alive=lambda: alive, counters=Counters())
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_process_that_lives_is_healthy() -> None:
    with a_process(alive=True) as address:
        status = main([f"{address}/health"])

    assert status == 0


def test_a_process_that_is_stuck_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    with a_process(alive=False) as address:
        status = main([f"{address}/health"])

    assert status == 1
    assert capsys.readouterr().err == "answered 503\n"


def test_a_process_that_does_not_listen_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    status = main([f"http://127.0.0.1:{free_port()}/health"])

    assert status == 1
    assert capsys.readouterr().err == "no answer: ConnectionRefusedError\n"
