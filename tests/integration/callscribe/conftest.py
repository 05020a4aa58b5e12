"""A queue of its own for each test, and real worker processes that read it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from local.stack.emulator import credentials
from tests.integration.callscribe.harness import Aws, Log, Queue, make_queue
from tests.integration.callscribe.program import Program


@pytest.fixture
def queue(aws: Aws) -> Queue:
    return make_queue(aws)


@pytest.fixture
def log() -> Log:
    return Log()


StartWorker = Callable[..., Program]
"""Starts a worker by name on a queue, with more settings by keyword, in lower case."""


@pytest.fixture
def start_worker(aws: Aws, log: Log) -> Iterator[StartWorker]:
    programs: list[Program] = []

    def start(name: str, queue: Queue, *, endpoint: str = "", **settings: Any) -> Program:
        usual = {
            "queue_url": queue.url,
            "dead_letter_url": queue.dead_letter_url,
            "health_host": "127.0.0.1",
            "health_port": 0,
            "poll_wait": 1,
        }
        variables = {f"PROGRAM_{key}".upper(): str(v) for key, v in (usual | settings).items()}
        addresses = {"AWS_ENDPOINT_URL": endpoint or aws.endpoint}
        program = Program(credentials() | addresses | variables, partial(log.add, name))
        programs.append(program)
        log.wait_for("started", worker=name)
        return program

    yield start
    for program in programs:
        program.clean_up()
