"""A read-only file over ranged reads, for a library that wants to seek in an object in S3."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from callscribe.errors import CallscribeError, PermanentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK_BYTES: Final = 64 * 1024
KEPT_BLOCKS: Final = 3
READINGS: Final = 2
"""How often every block may be fetched, on average; damaged audio could be sought in for ever."""

SPARE_BLOCKS: Final = 64
"""What may be fetched on top: opening a sound file looks at its ends."""

Fetch = Callable[[int, int], bytes]
"""Gives the bytes from a position on, so many of them."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """An object of so many bytes, any of which can be fetched."""

    size: int
    fetch: Fetch


class RangedFile(io.RawIOBase):
    """A file that is fetched block by block; the last few blocks are kept.

    Reads never raise: the library that reads is written in C and would take an error for the end of
    the file. They give nothing from then on, and ``failure`` says why.
    """

    def __init__(self, content: Ranges, block_bytes: int = BLOCK_BYTES) -> None:
        super().__init__()
        self.size = content.size
        self.failure: CallscribeError | None = None
        self._fetch = content.fetch
        self._block_bytes = block_bytes
        self._may_fetch = READINGS * (content.size // block_bytes) + SPARE_BLOCKS
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
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer, unless the file ends before; tell how many bytes came."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._rest_of_block()):
            piece = piece[: len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def _rest_of_block(self) -> memoryview:
        if self.failure or self._at >= self.size:
            return memoryview(b"")
        number, skip = divmod(self._at, self._block_bytes)
        try:
            return memoryview(self._block(number))[skip:]
        except CallscribeError as error:
            self.failure = error
            return memoryview(b"")

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            if not self._may_fetch:
                raise PermanentError("the audio is damaged: reading it comes to no end")
            self._may_fetch -= 1
            if len(self._blocks) == KEPT_BLOCKS:  # before the next one comes: blocks may be large
                del self._blocks[next(iter(self._blocks))]
            start = number * self._block_bytes
            self._blocks[number] = self._fetch(start, min(self._block_bytes, self.size - start))
        return self._blocks[number]
