"""Stands in for S3 where one recording lies in a file: gives it in ranges, forgets what comes."""

from pathlib import Path
from typing import ClassVar

from bench.forgetful_s3 import ForgetfulS3


class FileS3(ForgetfulS3):
    """Has one recording to give, whatever the bucket."""

    recording: ClassVar[Path]
    key: ClassVar[str]

    def size_of(self, key: str) -> int | None:
        """Tell the size of an object, if it is there."""
        return self.recording.stat().st_size if key == self.key else super().size_of(key)

    def range_of(self, key: str, start: int, length: int) -> bytes:
        """Give some bytes of an object."""
        if key != self.key:
            return super().range_of(key, start, length)
        with self.recording.open("rb") as file:
            file.seek(start)
            return file.read(length)
