"""What every test of the gateway may want to look at."""

from collections.abc import Iterator

import pytest

from webhook_gateway.testing import captured_log


@pytest.fixture
def log() -> Iterator[list[str]]:
    with captured_log() as lines:
        yield lines
