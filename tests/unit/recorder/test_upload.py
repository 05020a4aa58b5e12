import tracemalloc
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from callscribe.errors import TransientError
from recorder.parts import PART_BYTES, in_parts
from recorder.upload import upload

TARGET = {"Bucket": "audio", "Key": "recordings/rec-1/audio.wav", "ContentType": "audio/wav"}
SECONDS = 10.0
"""After which what a test waits for will not happen any more."""

UNREACHABLE = EndpointConnectionError(endpoint_url="https://s3")


class FakeS3:
    """S3's multipart uploads, of which only the parts' sizes are kept."""

    def __init__(self) -> None:
        self.uploads: dict[str, list[int]] = {}
        self.objects: list[tuple[str, int]] = []
        self.failures: dict[str, Exception] = {}

    def create_multipart_upload(self, **request: Any) -> dict[str, Any]:
        self.uploads["upload-1"] = []
        return {"Bucket": request["Bucket"], "Key": request["Key"], "UploadId": "upload-1"}

    def upload_part(self, **request: Any) -> dict[str, Any]:
        self._fail("upload_part")
        self.uploads[request["UploadId"]].append(len(request["Body"]))
        return {"ETag": f"etag-{request['PartNumber']}", "ChecksumCRC32": "AAAA"}

    def complete_multipart_upload(self, **request: Any) -> None:
        self._fail("complete_multipart_upload")
        sizes = self.uploads.pop(request["UploadId"])
        assert [p["PartNumber"] for p in request["MultipartUpload"]["Parts"]] == [
            number for number, _ in enumerate(sizes, start=1)
        ]
        assert request["IfNoneMatch"] == "*"
        self.objects.append((request["Key"], sum(sizes)))

    def abort_multipart_upload(self, **request: Any) -> None:
        self._fail("abort_multipart_upload")
        del self.uploads[request["UploadId"]]

    def _fail(self, operation: str) -> None:
        if operation in self.failures:
            raise self.failures[operation]


def send(s3: FakeS3, parts: Iterator[bytearray]) -> None:
    client: Any = s3
    upload(client, parts, TARGET)


def three_parts() -> Iterator[bytearray]:
    yield from (bytearray(8), bytearray(8), bytearray(5))


def test_the_parts_become_one_object() -> None:
    s3 = FakeS3()

    send(s3, three_parts())

    assert s3.objects == [("recordings/rec-1/audio.wav", 21)]


def test_the_next_part_is_read_while_one_is_on_its_way() -> None:
    s3, second_read = FakeS3(), Event()
    sent = s3.upload_part

    def upload_part(**request: Any) -> dict[str, Any]:
        if request["PartNumber"] == 1 and not second_read.wait(SECONDS):
            raise TimeoutError
        return sent(**request)

    def parts() -> Iterator[bytearray]:
        yield bytearray(8)
        second_read.set()
        yield bytearray(8)

    s3.upload_part = upload_part  # type: ignore[method-assign]  # the fake, made slower
    send(s3, parts())

    assert s3.objects == [("recordings/rec-1/audio.wav", 16)]


def test_no_more_is_read_while_two_parts_are_in_memory() -> None:
    s3 = FakeS3()
    unsent: list[int] = []

    def parts() -> Iterator[bytearray]:
        for number in range(20):
            unsent.append(number - len(s3.uploads["upload-1"]))
            yield bytearray(8)

    send(s3, parts())

    assert max(unsent) == 1


def test_memory_does_not_grow_with_the_recording() -> None:
    chunk = bytes(256 * 1024)

    def peak(parts: int) -> int:
        chunks = (chunk for _ in range(parts * PART_BYTES // len(chunk)))
        tracemalloc.start()
        send(FakeS3(), in_parts(chunks, PART_BYTES))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(parts=32) < 1.05 * peak(parts=2) < 2.2 * PART_BYTES


@pytest.mark.parametrize("operation", ["upload_part", "complete_multipart_upload"])
def test_an_upload_that_fails_leaves_nothing_behind(operation: str) -> None:
    s3 = FakeS3()
    s3.failures[operation] = UNREACHABLE

    with pytest.raises(EndpointConnectionError):
        send(s3, three_parts())

    assert s3.uploads == {}
    assert s3.objects == []


def test_a_stream_that_fails_leaves_nothing_behind() -> None:
    s3 = FakeS3()

    def breaks_off() -> Iterator[bytearray]:
        yield from three_parts()
        raise TransientError("the download broke off")

    with pytest.raises(TransientError, match="broke off"):
        send(s3, breaks_off())

    assert s3.uploads == {}
    assert s3.objects == []


def test_the_reason_of_a_failure_is_told_even_if_the_upload_cannot_be_aborted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    s3 = FakeS3()
    s3.failures["upload_part"] = TransientError("the first reason")
    s3.failures["abort_multipart_upload"] = UNREACHABLE

    with pytest.raises(TransientError, match="the first reason"):
        send(s3, three_parts())

    assert [record.message for record in caplog.records] == ["upload not aborted"]
