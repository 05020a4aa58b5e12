"""A read-only file over ranged reads, for a library that wants to seek in an object in S3."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from callscribe.errors import CallscribeError, PermanentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK_BYTES: Final = 64 * 1024
KEPT_BLOCKS: Final = 16
MAX_BLOCKS: Final = 256
"""16 MiB: a sound file takes one to three blocks (measured), a damaged one could be read whole."""

Fetch = Callable[[int, int], bytes]
"""Gives the bytes from a position on, so many of them."""


class RangedFile(io.RawIOBase):
    """A file of ``size`` bytes, fetched block by block; the last few blocks are kept.

    Reads never raise: the library that reads is written in C and would take an error for the end of
    the file. They give nothing from then on, and ``failure`` says why.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        super().__init__()
        self.size = size
        self.failure: CallscribeError | None = None
        self._fetch = fetch
        self._at = 0
        self._fetched = 0
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

    def _rest_of_block(self) -> bytes:
        if self.failure or self._at >= self.size:
            return b""
        number, skip = divmod(self._at, BLOCK_BYTES)
        try:
            return self._block(number)[skip:]
        except CallscribeError as error:
            self.failure = error
            return b""

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            if self._fetched >= MAX_BLOCKS:
                raise PermanentError("the audio is damaged: nothing near its ends describes it")
            start = number * BLOCK_BYTES
            self._fetched += 1
            self._blocks[number] = self._fetch(start, min(BLOCK_BYTES, self.size - start))
            if len(self._blocks) > KEPT_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
        return self._blocks[number]
