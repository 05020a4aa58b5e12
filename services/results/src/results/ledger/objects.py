"""Speaks to Amazon S3: erases what is kept of a recording."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import TransientError
from callscribe.names import JOB_PREFIX

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


class RecordingObjects:
    """Everything about recordings in the buckets of audio and of transcripts."""

    def __init__(self, client: "S3Client", *, audio_bucket: str, transcripts_bucket: str) -> None:
        self._client = client
        self._audio = audio_bucket
        self._transcripts = transcripts_bucket

    def erase(self, recording_id: str) -> None:
        """Delete everything about a recording, be it there or not.

        :raises TransientError: if S3 cannot do it now.
        """
        job = JOB_PREFIX + recording_id
        try:
            self._delete(self._audio, f"recordings/{recording_id}/")
            self._delete(self._transcripts, f"transcripts/{recording_id}/")
            for name in (job, f"redacted-{job}"):
                # The id of another recording may begin with this one.
                for end in (".json", ".."):
                    self._delete(self._transcripts, f"transcribe/{name}{end}")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            raise TransientError(f"S3 could not answer: {code}") from error
        except BotoCoreError as error:
            raise TransientError(f"S3 was not reached: {type(error).__name__}") from error

    def _delete(self, bucket: str, prefix: str) -> None:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        for page in pages:
            for found in page.get("Contents", ()):
                self._client.delete_object(Bucket=bucket, Key=found["Key"])
