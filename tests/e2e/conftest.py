"""The stack that the journeys of one route share; each is started when it is first asked for."""

from collections.abc import Iterator

import pytest

from local.stack.resources import Route
from tests.e2e.journey import Journey, journey


@pytest.fixture(scope="session")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("direct"), route=Route.SQS) as running:
        yield running


@pytest.fixture(scope="session")
def through_lambda(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with journey(tmp_path_factory.mktemp("lambda"), route=Route.LAMBDA) as running:
        yield running
