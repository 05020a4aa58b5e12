"""Reads media from S3, and writes transcripts there."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from local.transcribe.places import Place, write_check

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

CHUNK: Final = 1024 * 1024


class S3:
    """The buckets of the account."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client

    @property
    def region(self) -> str:
        """The region that the buckets are in."""
        return self._client.meta.region_name

    def readable(self, place: Place) -> bool:
        """Tell whether an object is there."""
        try:
            self._client.head_object(Bucket=place.bucket, Key=place.key)
        except ClientError:
            return False
        return True

    def writable(self, place: Place) -> bool:
        """Tell whether an object may be written, by writing an empty one beside it."""
        check = write_check(place)
        try:
            self._client.put_object(Bucket=check.bucket, Key=check.key, Body=b"")
        except ClientError:
            return False
        return True

    def fetch(self, place: Place, path: Path) -> str:
        """Copy an object to a file, and give the SHA-256 of its bytes in hex."""
        digest = hashlib.sha256()
        body = self._client.get_object(Bucket=place.bucket, Key=place.key)["Body"]
        with path.open("wb") as file:
            for chunk in body.iter_chunks(CHUNK):
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    def store(self, place: Place, document: dict[str, Any]) -> None:
        """Write a document as JSON."""
        self._client.put_object(
            Bucket=place.bucket,
            Key=place.key,
            Body=json.dumps(document).encode(),
            ContentType="application/json",
        )
