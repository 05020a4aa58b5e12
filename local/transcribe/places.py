"""Where in S3 a job's files lie: its media, its transcripts, the trace of its write check."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

VIRTUAL_HOST: Final = re.compile(r"(?P<bucket>.+)\.s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?")
WRITE_CHECK: Final = ".write_access_check_file.temp"
REDACTED: Final = "redacted-"


@dataclass(frozen=True, slots=True)
class Place:
    """One object in S3."""

    bucket: str
    key: str

    def beside(self, name: str) -> "Place":
        """Give the object of another name in the same folder."""
        return Place(self.bucket, posixpath.join(posixpath.dirname(self.key), name))


def media_place(uri: str) -> Place | None:
    """Find the object that a media URI means: ``s3://``, or https with the bucket in either place.

    ``None`` if it means none.
    """
    parts = urlsplit(uri)
    path = unquote(parts.path).lstrip("/")
    bucket = parts.netloc
    if parts.scheme != "s3":
        hosted = VIRTUAL_HOST.fullmatch(parts.hostname or "")
        bucket, _, path = (hosted["bucket"], "", path) if hosted else path.partition("/")
    return Place(bucket, path) if bucket and path else None


def output_place(request: Mapping[str, Any]) -> Place:
    """Tell where the transcript goes: a key that does not end in ``.json`` is a folder."""
    file = f"{request['TranscriptionJobName']}.json"
    key = request.get("OutputKey") or file
    return Place(request["OutputBucketName"], key if key.endswith(".json") else f"{key}/{file}")


def redacted(place: Place) -> Place:
    """Tell where the redacted transcript of a transcript goes."""
    return place.beside(REDACTED + posixpath.basename(place.key))


def write_check(place: Place) -> Place:
    """Name the empty object by which Transcribe tries whether it may write; it is left there."""
    return place.beside(WRITE_CHECK)


def address(place: Place, region: str) -> str:
    """Give the URI of an object in the form of ``TranscriptFileUri``."""
    return f"https://s3.{region}.amazonaws.com/{place.bucket}/{place.key}"
