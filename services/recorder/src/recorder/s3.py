"""Speaks to Amazon S3: where the recordings are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.contracts import MediaFormat
from callscribe.errors import TransientError
from callscribe.names import audio_key, audio_prefix, description_key
from recorder.audio.ranged import Ranges
from recorder.parts import PART_BYTES, in_parts
from recorder.prepare import StoredPart
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

NOT_THERE: Final = frozenset({"404", "NoSuchKey"})
"""What S3 answers to a HEAD, which has no body to say more, and to a GET."""

PIECE: Final = "piece"
"""The metadata of a part that says which channels and frames of the recording it has."""


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
        self._write(key, chunks, {"ContentType": CONTENT_TYPES[media_format]})
        return key

    def open(self, key: str) -> Ranges:
        """Open a recording to read it.

        :raises TransientError: if S3 does not answer; so does reading.
        """
        with _plain_errors("show the recording"):
            size = self._client.head_object(Bucket=self.bucket, Key=key)["ContentLength"]

        def fetch(start: int, length: int) -> bytes:
            with _plain_errors("give the recording"):
                answer = self._client.get_object(
                    Bucket=self.bucket, Key=key, Range=f"bytes={start}-{start + length - 1}"
                )
                return answer["Body"].read()

        return Ranges(size, fetch)

    def part(self, key: str) -> StoredPart | None:
        """Tell what is there of a part.

        :raises TransientError: if S3 does not answer.
        """
        with _plain_errors("show a part"), _nothing_there():
            there = self._client.head_object(Bucket=self.bucket, Key=key)
            return StoredPart(there["ContentLength"], there["Metadata"].get(PIECE, ""))
        return None

    def write_part(self, key: str, chunks: Iterator[bytes], *, piece: str) -> None:
        """Write a part unless it is there.

        :raises TransientError: if S3 does not take it, or somebody else writes it just now.
        """
        self._write(key, chunks, {"ContentType": CONTENT_TYPES["flac"], "Metadata": {PIECE: piece}})

    def description(self, recording_id: str) -> str | None:
        """Give a recording's description, if it is there.

        :raises TransientError: if S3 does not answer.
        """
        with _plain_errors("give the description"), _nothing_there():
            answer = self._client.get_object(Bucket=self.bucket, Key=description_key(recording_id))
            return answer["Body"].read().decode()
        return None

    def write_description(self, recording_id: str, text: str) -> str:
        """Write a recording's description unless it is there, and give what is there then.

        :raises TransientError: if S3 does not take it, or somebody else writes it just now.
        """
        content = {"ContentType": "application/json"}
        self._write(description_key(recording_id), iter([text.encode()]), content)
        return self.description(recording_id) or text

    def _write(self, key: str, chunks: Iterator[bytes], content: Request) -> None:
        target: Request = {"Bucket": self.bucket, "Key": key, **content}
        parts = in_parts(chunks, PART_BYTES)
        first = next(parts, bytearray())
        with _plain_errors("take the recording"), _first_writer_wins():
            if len(first) < PART_BYTES:
                put(self._client, first, target)
            else:
                upload(self._client, chain([first], parts), target)


@contextmanager
def _nothing_there() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in NOT_THERE:
            raise


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
