from collections.abc import Iterator
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from moto import mock_aws

from callscribe.errors import TransientError
from transcriber.s3 import TranscriptsBucket

BUCKET = "callscribe-transcripts"
REGION = "eu-west-1"
KEY = "transcripts/rec-1/set.json"


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


def make_bucket(s3: Any, name: str) -> None:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})


def a_client(**changes: Any) -> Any:
    make: Any = boto3.client
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return make("s3", region_name=REGION, **keys, **changes)


@pytest.fixture
def client() -> Iterator[Any]:
    with mock_aws():
        s3 = a_client()
        make_bucket(s3, BUCKET)
        yield s3


def test_a_set_is_written_once_and_whoever_comes_later_is_given_it(client: Any) -> None:
    bucket = TranscriptsBucket(client, BUCKET)

    first = bucket.put_once(KEY, b"first")
    second = bucket.put_once(KEY, b"second")

    assert (first, second) == (b"first", b"first")
    assert client.get_object(Bucket=BUCKET, Key=KEY)["ContentType"] == "application/json"


def test_a_bucket_that_is_not_there_may_come(client: Any) -> None:
    with pytest.raises(TransientError, match="S3 could not answer: NoSuchBucket"):
        TranscriptsBucket(client, "missing").put_once(KEY, b"{}")


def test_two_who_write_at_the_same_time_try_again() -> None:
    s3 = a_client()
    with Stubber(s3) as stub:
        stub.add_client_error("put_object", "ConditionalRequestConflict", http_status_code=409)

        with pytest.raises(TransientError, match="ConditionalRequestConflict"):
            TranscriptsBucket(s3, BUCKET).put_once(KEY, b"{}")


def test_nobody_at_the_other_end_is_a_reason_to_try_again() -> None:
    nobody = a_client(
        endpoint_url="http://127.0.0.1:9", config=Config(retries={"total_max_attempts": 1})
    )

    with pytest.raises(TransientError, match="S3 was not reached: EndpointConnectionError"):
        TranscriptsBucket(nobody, BUCKET).put_once(KEY, b"{}")


@pytest.mark.emulator
def test_over_the_wire_too_the_first_writer_wins(aws: Emulator) -> None:
    s3 = aws.client("s3")
    name = f"transcripts-{uuid4().hex}"
    make_bucket(s3, name)
    bucket = TranscriptsBucket(s3, name)

    first = bucket.put_once(KEY, b"first")
    second = bucket.put_once(KEY, b"second")

    assert (first, second) == (b"first", b"first")
