"""Speaks to Amazon S3: the transcripts bucket, where the set of a recording's jobs is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import TransientError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

THERE: Final = "PreconditionFailed"


class TranscriptsBucket:
    """The transcripts bucket; every failure of S3 is worth another try later."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put_once(self, key: str, content: bytes) -> bytes:
        """Write JSON unless it is there, and give what is there then.

        :raises TransientError: if S3 cannot take or give it now.
        """
        with _plain_errors():
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=content,
                    ContentType="application/json",
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != THERE:
                    raise
                return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return content


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        # A missing permission among them: an operator grants it while the message waits.
        code = error.response["Error"]["Code"]
        raise TransientError(f"S3 could not answer: {code}") from error
    except BotoCoreError as error:
        raise TransientError(f"S3 was not reached: {type(error).__name__}") from error
