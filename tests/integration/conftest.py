"""A real AWS emulator over the wire, one for each test process."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.stack.children import Children
from local.stack.emulator import REGION, start_emulator


@dataclass(frozen=True)
class Emulator:
    endpoint: str

    def client(self, service: str) -> Any:
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


@pytest.fixture(scope="session")
def aws() -> Iterator[Emulator]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Children(print) as children,
    ):
        yield Emulator(start_emulator(children, Path(folder)))
