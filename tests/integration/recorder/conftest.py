from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.integration.recorder.loopback import Loopback, loopback


@pytest.fixture
def vonage() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


@pytest.fixture
def s3() -> Iterator[Any]:
    """S3 in this process, with one bucket."""
    with mock_aws():
        make: Any = boto3.client
        client = make(
            "s3", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        client.create_bucket(Bucket="audio")
        yield client
