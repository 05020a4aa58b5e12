"""Speaks to Amazon S3: reads a recording's sound while it comes, in bounded memory."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from soundfile import SoundFile, SoundFileError

from callscribe.errors import CallscribeError, PermanentError, TransientError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from mypy_boto3_s3.client import S3Client

BLOCK_BYTES: Final = 1024 * 1024
"""Bytes that are asked for at a time: a minute of a telephone call in wav, several in mp3."""

KEPT_BLOCKS: Final = 3
"""The one at the head, which libsndfile comes back to, and those that are being read."""


class AudioBucket:
    """The bucket of recordings; the event says which it is, the settings which it may be."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def open(self, bucket: str, key: str) -> "Sound":
        """Open a recording.

        :raises TransientError: if S3 cannot give it now.
        :raises PermanentError: if it is in another bucket, is gone, or is not audio.
        """
        if bucket != self._bucket:
            raise PermanentError("the recording is not in our bucket")
        with _plain_errors():
            size = self._client.head_object(Bucket=bucket, Key=key)["ContentLength"]

        def fetch(start: int, length: int) -> bytes:
            span = f"bytes={start}-{start + length - 1}"
            with _plain_errors():
                answer = self._client.get_object(Bucket=bucket, Key=key, Range=span)
                return answer["Body"].read()

        return Sound(StreamedFile(size, fetch))


class Sound:
    """A recording in the containers that libsndfile knows."""

    def __init__(self, file: "StreamedFile") -> None:
        self._file = file
        with self._failures():
            self._sound: Any = SoundFile(file)
        self.sample_rate = int(self._sound.samplerate)
        self.channels = int(self._sound.channels)

    def blocks(self, frames: int) -> Iterator[Any]:
        """Give so many frames at a time, as 16-bit numbers; only the last block may be shorter.

        :raises TransientError: if S3 stops giving it.
        :raises PermanentError: if the audio is damaged.
        """
        while True:
            with self._failures():
                block = self._sound.read(frames, dtype="int16", always_2d=True)
            if len(block):
                yield block
            if len(block) < frames:
                return

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Tell what failed: a library in C takes a failure to read for the end of the file."""
        try:
            yield
        except SoundFileError as error:
            raise self._file.failure or PermanentError("the audio cannot be read") from error
        if self._file.failure:
            raise self._file.failure


class StreamedFile(io.RawIOBase):
    """A file of ``size`` bytes, fetched block by block; the last few blocks are kept.

    Reads never raise: what they would raise is ``failure``, and they give nothing from then on.
    """

    def __init__(self, size: int, fetch: Callable[[int, int], bytes]) -> None:
        super().__init__()
        self.failure: CallscribeError | None = None
        self._size = size
        self._fetch = fetch
        self._at = 0
        self._blocks: dict[int, bytes] = {}

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be moved in."""
        return True

    def tell(self) -> int:
        """Tell the position."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move, and tell the new position."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer, unless the file ends before; tell how many bytes came."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._rest_of_block(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def _rest_of_block(self, most: int) -> memoryview:
        if self.failure or self._at >= self._size:
            return memoryview(b"")
        number, skip = divmod(self._at, BLOCK_BYTES)
        try:
            return memoryview(self._block(number))[skip : skip + most]
        except CallscribeError as error:
            self.failure = error
            return memoryview(b"")

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            start = number * BLOCK_BYTES
            if len(self._blocks) >= KEPT_BLOCKS:
                oldest = next(known for known in self._blocks if known)
                del self._blocks[oldest]
            self._blocks[number] = self._fetch(start, min(BLOCK_BYTES, self._size - start))
        return self._blocks[number]


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in ("NoSuchKey", "404"):
            raise PermanentError("the recording is not there any more") from error
        raise TransientError(f"S3 could not give the recording: {code}") from error
    except BotoCoreError as error:
        reason = type(error).__name__
        raise TransientError(f"S3 could not give the recording: {reason}") from error
