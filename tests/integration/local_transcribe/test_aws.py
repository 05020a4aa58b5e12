"""What the local Transcribe does with S3 and EventBridge."""

import hashlib
import logging
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from local.stack.emulator import REGION
from local.transcribe.eventbridge import EventBridge
from local.transcribe.places import Place
from local.transcribe.s3 import S3
from local.transcribe.testing import a_job

pytestmark = pytest.mark.emulator


class Emulator(Protocol):
    def client(self, service: str) -> Any: ...


@pytest.fixture
def bucket(aws: Emulator) -> str:
    name = f"test-{uuid4()}"
    where = {"LocationConstraint": REGION}
    aws.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=where)
    return name


def test_an_object_is_copied_with_the_hash_of_its_bytes(
    aws: Emulator, bucket: str, tmp_path: Path
) -> None:
    content = bytes(3_000_000)
    aws.client("s3").put_object(Bucket=bucket, Key="call.mp3", Body=content)

    sha256 = S3(aws.client("s3")).fetch(Place(bucket, "call.mp3"), tmp_path / "media")

    assert (tmp_path / "media").read_bytes() == content
    assert sha256 == hashlib.sha256(content).hexdigest()


def test_only_what_is_there_can_be_read(aws: Emulator, bucket: str) -> None:
    s3 = S3(aws.client("s3"))
    s3.store(Place(bucket, "there.json"), {})

    assert s3.readable(Place(bucket, "there.json"))
    assert not s3.readable(Place(bucket, "elsewhere.json"))
    assert not s3.readable(Place("no-such-bucket", "there.json"))


def test_a_bucket_is_tried_for_writing(aws: Emulator, bucket: str) -> None:
    s3 = S3(aws.client("s3"))

    assert s3.writable(Place(bucket, "folder/one.json"))
    assert s3.readable(Place(bucket, "folder/.write_access_check_file.temp"))
    assert not s3.writable(Place("no-such-bucket", "folder/one.json"))


def test_an_event_that_nobody_takes_is_lost_with_a_word_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    make: Any = boto3.client
    nowhere = make(
        "events",
        endpoint_url="http://127.0.0.1:1",
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )

    with caplog.at_level(logging.WARNING, logger="local.transcribe"):
        EventBridge(nowhere, source="callscribe.transcribe").tell(a_job())

    assert [record.message for record in caplog.records] == ["event lost"]


def test_an_event_in_the_name_of_aws_is_refused(
    aws: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    events = EventBridge(aws.client("events"), source="aws.transcribe")

    with caplog.at_level(logging.WARNING, logger="local.transcribe"):
        events.tell(a_job().failed("Unsupported media format."))

    assert [record.message for record in caplog.records] == ["event lost"]
