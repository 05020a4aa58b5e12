"""One emulator with everything applied to it, for all tests of Terraform."""

from collections.abc import Iterator

import pytest

from local.stack.children import Children
from local.stack.emulator import start_emulator
from tests.infra.cloud import ALL_IT_EMULATES, Cloud


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("cloud")
    with Children(lambda *_: None) as children:
        endpoint = start_emulator(children, folder, AUTH="true")
        applied = Cloud(endpoint, folder, ALL_IT_EMULATES)
        applied.apply()
        yield applied
