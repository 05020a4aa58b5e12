"""Speaks to Amazon S3: where the recordings are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.contracts import MediaFormat
from callscribe.errors import TransientError
from callscribe.names import audio_key, audio_prefix
from recorder.parts import PART_BYTES, in_parts
from recorder.ranged import RangedFile
from recorder.upload import Request, put, upload

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

CONTENT_TYPES: Final[dict[MediaFormat, str]] = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}

ALREADY_THERE: Final = "PreconditionFailed"
"""What S3 answers, as 412, to a write under ``If-None-Match: *`` where there is an object."""


class S3Audio:
    """The bucket of recordings; the first to write a recording wins."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self.bucket = bucket

    def find(self, recording_id: str) -> str | None:
        """Tell the key of a recording's audio, if it is there.

        :raises TransientError: if S3 does not answer.
        """
        with _plain_errors("list the recordings"):
            answer = self._client.list_objects_v2(
                Bucket=self.bucket, Prefix=audio_prefix(recording_id), MaxKeys=1
            )
        return next((found["Key"] for found in answer.get("Contents", ())), None)

    def write(self, recording_id: str, media_format: MediaFormat, chunks: Iterator[bytes]) -> str:
        """Write a recording unless it is there, and tell its key.

        Whatever the chunks raise comes through, and leaves nothing behind.

        :raises TransientError: if S3 does not take it, or somebody else writes it just now.
        """
        key = audio_key(recording_id, media_format)
        target: Request = {
            "Bucket": self.bucket,
            "Key": key,
            "ContentType": CONTENT_TYPES[media_format],
        }
        parts = in_parts(chunks, PART_BYTES)
        first = next(parts, bytearray())
        with _plain_errors("take the recording"), _first_writer_wins():
            if len(first) < PART_BYTES:
                put(self._client, first, target)
            else:
                upload(self._client, chain([first], parts), target)
        return key

    def open(self, key: str) -> RangedFile:
        """Open a recording to read some of it.

        :raises TransientError: if S3 does not answer.
        """
        with _plain_errors("show the recording"):
            size = self._client.head_object(Bucket=self.bucket, Key=key)["ContentLength"]

        def fetch(start: int, length: int) -> bytes:
            with _plain_errors("give the recording"):
                answer = self._client.get_object(
                    Bucket=self.bucket, Key=key, Range=f"bytes={start}-{start + length - 1}"
                )
                return answer["Body"].read()

        return RangedFile(size, fetch)


@contextmanager
def _first_writer_wins() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] != ALREADY_THERE:
            raise


@contextmanager
def _plain_errors(task: str) -> Iterator[None]:
    # Even a missing permission is transient: parking every recording would be worse than waiting.
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise TransientError(f"S3 did not {task}: {code}") from error
    except BotoCoreError as error:
        raise TransientError(f"S3 did not {task}: {type(error).__name__}") from error
