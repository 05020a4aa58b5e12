"""Speaks to Amazon S3: the bucket in which Amazon Transcribe and we put transcripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import PermanentError, TransientError
from results.s3_uri import key_in

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

THERE: Final = "PreconditionFailed"
MISSING: Final = frozenset({"NoSuchKey", "404"})
"""What S3 says of an object that is not there: the first to GET, the second to HEAD."""


class TranscriptsBucket:
    """The transcripts bucket; every failure of S3 itself is worth another try later."""

    def __init__(self, client: "S3Client", bucket: str, *, max_bytes: int) -> None:
        self._client = client
        self._bucket = bucket
        self._max_bytes = max_bytes

    def read(self, uri: str) -> bytes:
        """Read the file that Amazon Transcribe wrote.

        :raises TransientError: if it is not there yet, or S3 cannot give it now.
        :raises PermanentError: if it is not in our bucket, or too big to be read into memory.
        """
        key = key_in(self._bucket, uri)
        with _plain_errors():
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            if answer["ContentLength"] > self._max_bytes:
                answer["Body"].close()
                size = f"{answer['ContentLength']} bytes, at most {self._max_bytes} are read"
                raise PermanentError(f"the transcript of Amazon Transcribe has {size}")
            return answer["Body"].read()

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key.

        :raises TransientError: if S3 cannot say now.
        """
        with _plain_errors():
            try:
                self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if _code(error) in MISSING:
                    return False
                raise
        return True

    def get(self, key: str) -> bytes | None:
        """Read an object of ours, if it is there.

        :raises TransientError: if S3 cannot give it now.
        """
        with _plain_errors():
            try:
                return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if _code(error) in MISSING:
                    return None
                raise

    def list(self, prefix: str) -> dict[str, str]:
        """Give the ETags of all objects whose keys start so, by their keys.

        :raises TransientError: if S3 cannot say now.
        """
        with _plain_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=prefix
            )
            return {
                found["Key"]: found["ETag"] for page in pages for found in page.get("Contents", ())
            }

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written.

        :raises TransientError: if S3 cannot take it now, as when two write at the same time.
        """
        return self.put(key, content, content_type=content_type, instead_of=None)

    def put(self, key: str, content: bytes, *, content_type: str, instead_of: str | None) -> bool:
        """Write an object if it still has that ETag, or there is none; tell if it was written.

        :raises TransientError: if S3 cannot take it now, as when two write at the same time.
        """
        condition: Any = {"IfMatch": instead_of} if instead_of else {"IfNoneMatch": "*"}
        with _plain_errors():
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=content,
                    ContentType=content_type,
                    **condition,
                )
            except ClientError as error:
                if _code(error) == THERE:
                    return False
                raise
        return True

    def delete(self, key: str) -> None:
        """Delete an object, be it there or not.

        :raises TransientError: if S3 cannot do it now.
        """
        with _plain_errors():
            self._client.delete_object(Bucket=self._bucket, Key=key)


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if _code(error) in MISSING:
            raise TransientError("the transcript is not there yet") from error
        # A missing permission among them: an operator grants it while the message waits.
        raise TransientError(f"S3 could not answer: {_code(error)}") from error
    except BotoCoreError as error:
        raise TransientError(f"S3 was not reached: {type(error).__name__}") from error


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]
