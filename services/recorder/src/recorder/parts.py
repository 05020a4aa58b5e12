"""Regroups a stream into the parts of a multipart upload, one at a time."""

from collections.abc import Iterator
from typing import Final

PART_BYTES: Final = 8 * 1024**2
"""At least 5 MiB, says S3. Two parts are in memory at a time, however long the recording."""

MAX_PARTS: Final = 10_000
"""Source: Amazon S3 User Guide, "Amazon S3 multipart upload limits"."""

MAX_OBJECT_BYTES: Final = MAX_PARTS * PART_BYTES
"""Largest recording that fits: 78 GiB."""


def in_parts(chunks: Iterator[bytes], size: int) -> Iterator[bytearray]:
    """Give parts of so many bytes and a last one of the rest; no part is empty.

    A part is good until the one after the next is asked for: two buffers take turns, as new ones
    would leave holes in the memory.
    """
    part, other, filled = bytearray(size), bytearray(), 0
    for chunk in chunks:
        rest = memoryview(chunk)
        while rest:
            taken = min(len(rest), size - filled)
            part[filled : filled + taken] = rest[:taken]
            filled, rest = filled + taken, rest[taken:]
            if filled == size:
                yield part
                part, other, filled = other or bytearray(size), part, 0
    if filled:
        del part[filled:]
        yield part
