from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.response import StreamingBody
from botocore.stub import Stubber
from moto import mock_aws

from callscribe.errors import PermanentError, TransientError
from results.s3 import TranscriptsBucket

BUCKET = "callscribe-transcripts"
REGION = "eu-west-1"
URI = f"https://s3.{REGION}.amazonaws.com/{BUCKET}/transcribe/job.json"


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        s3 = boto3.client("s3", region_name=REGION)
        make_bucket(s3, BUCKET)
        yield s3


def make_bucket(s3: Any, name: str) -> None:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})


def a_bucket(client: Any, *, name: str = BUCKET, max_bytes: int = 1000) -> TranscriptsBucket:
    return TranscriptsBucket(client, name, max_bytes=max_bytes)


def test_the_file_is_read_from_the_address_that_transcribe_gives(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="transcribe/job.json", Body=b"{}")

    assert a_bucket(client).read(URI) == b"{}"


def test_a_file_that_is_not_there_yet_is_tried_again(client: Any) -> None:
    with pytest.raises(TransientError, match="the transcript is not there yet"):
        a_bucket(client).read(URI)


def test_a_file_in_another_bucket_is_refused(client: Any) -> None:
    with pytest.raises(PermanentError, match="not in our bucket"):
        a_bucket(client, name="other").read(URI)


def test_a_file_that_would_fill_the_memory_is_refused_unread(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key="transcribe/job.json", Body=b"x" * 11)

    with pytest.raises(PermanentError, match="11 bytes, at most 10 are read"):
        a_bucket(client, max_bytes=10).read(URI)


def test_a_bucket_that_is_not_there_may_come(client: Any) -> None:
    with pytest.raises(TransientError, match="S3 could not answer: NoSuchBucket"):
        a_bucket(client, name="missing").put_once("a.json", b"{}", content_type="text/plain")


def test_an_object_is_written_once(client: Any) -> None:
    bucket = a_bucket(client)

    first = bucket.put_once("a.txt", b"first", content_type="text/plain; charset=utf-8")
    second = bucket.put_once("a.txt", b"second", content_type="text/plain; charset=utf-8")

    there = client.get_object(Bucket=BUCKET, Key="a.txt")
    assert (first, second) == (True, False)
    assert there["Body"].read() == b"first"
    assert there["ContentType"] == "text/plain; charset=utf-8"


def test_an_object_is_replaced_only_by_who_saw_what_is_there(client: Any) -> None:
    bucket = a_bucket(client)
    bucket.put_once("a/1.txt", b"first", content_type="text/plain")
    seen = bucket.list("a/")["a/1.txt"]

    second = bucket.put("a/1.txt", b"second", content_type="text/plain", instead_of=seen)
    third = bucket.put("a/1.txt", b"third", content_type="text/plain", instead_of=seen)

    assert (second, third) == (True, False)
    assert bucket.get("a/1.txt") == b"second"


def test_what_is_not_there_is_nothing(client: Any) -> None:
    bucket = a_bucket(client)

    assert bucket.get("a/1.txt") is None
    assert bucket.list("a/") == {}


def test_more_objects_than_s3_lists_at_once_are_all_listed(client: Any) -> None:
    for number in range(1001):
        client.put_object(Bucket=BUCKET, Key=f"a/{number}", Body=b"")
    client.put_object(Bucket=BUCKET, Key="b/1", Body=b"")

    assert len(a_bucket(client).list("a/")) == 1001


def test_an_object_is_there_until_it_is_deleted(client: Any) -> None:
    bucket = a_bucket(client)
    bucket.put_once("failure.json", b"{}", content_type="application/json")

    before = bucket.has("failure.json")
    for _ in range(2):
        bucket.delete("failure.json")

    assert before
    assert not bucket.has("failure.json")


def test_nobody_at_the_other_end_is_a_reason_to_try_again() -> None:
    nobody = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )

    with pytest.raises(TransientError, match="S3 was not reached: EndpointConnectionError"):
        a_bucket(nobody).has("a.txt")


def test_two_who_write_at_the_same_time_try_again() -> None:
    with stubbed() as (s3, stub):
        stub.add_client_error("put_object", "ConditionalRequestConflict", http_status_code=409)

        with pytest.raises(TransientError, match="ConditionalRequestConflict"):
            a_bucket(s3).put_once("a.json", b"{}", content_type="application/json")


def test_a_file_that_breaks_off_is_tried_again() -> None:
    with stubbed() as (s3, stub):
        half = StreamingBody(BytesIO(b"{"), 2)
        stub.add_response("get_object", {"ContentLength": 2, "Body": half})

        with pytest.raises(TransientError, match="S3 was not reached: IncompleteReadError"):
            a_bucket(s3).read(URI)


@contextmanager
def stubbed() -> Iterator[tuple[Any, Stubber]]:
    s3 = boto3.client(
        "s3", region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )
    with Stubber(s3) as stub:
        yield s3, stub


@pytest.mark.emulator
def test_over_the_wire_too_the_first_writer_wins(aws: Emulator) -> None:
    s3 = aws.client("s3")
    name = f"transcripts-{uuid4().hex}"
    make_bucket(s3, name)
    bucket = a_bucket(s3, name=name)

    first = bucket.put_once("transcribe/job.json", b"first", content_type="application/json")
    second = bucket.put_once("transcribe/job.json", b"second", content_type="application/json")

    assert (first, second) == (True, False)
    assert bucket.has("transcribe/job.json")
    assert not bucket.has("transcribe/other.json")
    assert bucket.read(f"{aws.endpoint}/{name}/transcribe/job.json") == b"first"


@pytest.mark.emulator
def test_over_the_wire_too_an_object_is_replaced_only_by_who_saw_it(aws: Emulator) -> None:
    s3 = aws.client("s3")
    name = f"transcripts-{uuid4().hex}"
    make_bucket(s3, name)
    bucket = a_bucket(s3, name=name)
    bucket.put_once("a/1.txt", b"first", content_type="text/plain")
    seen = bucket.list("a/")["a/1.txt"]

    second = bucket.put("a/1.txt", b"second", content_type="text/plain", instead_of=seen)
    third = bucket.put("a/1.txt", b"third", content_type="text/plain", instead_of=seen)

    assert (second, third) == (True, False)
    assert bucket.get("a/1.txt") == b"second"
    assert bucket.get("a/2.txt") is None


@pytest.mark.emulator
def test_over_the_wire_too_a_missing_file_is_tried_again(aws: Emulator) -> None:
    s3 = aws.client("s3")
    name = f"transcripts-{uuid4().hex}"
    make_bucket(s3, name)

    with pytest.raises(TransientError, match="the transcript is not there yet"):
        a_bucket(s3, name=name).read(f"{aws.endpoint}/{name}/transcribe/job.json")
