"""What is asked of the transcripts bucket."""

from typing import Protocol


class Bucket(Protocol):
    """Where Amazon Transcribe's files are, and ours go."""

    def read(self, uri: str) -> bytes:
        """Read the file that Amazon Transcribe wrote."""

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""

    def get(self, key: str) -> bytes | None:
        """Read an object of ours, if it is there."""

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""

    def put(self, key: str, content: bytes, *, content_type: str, instead_of: str | None) -> bool:
        """Write an object if it still has that ETag, or there is none; tell if it was written."""

    def delete(self, key: str) -> None:
        """Delete an object, be it there or not."""

    def list(self, prefix: str) -> dict[str, str]:
        """Give the ETags of all objects whose keys start so, by their keys."""
