import io

import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.audio.ranged import BLOCK_BYTES, KEPT_BLOCKS, SPARE_BLOCKS, RangedFile, Ranges

CONTENT = bytes(range(256)) * (5 * BLOCK_BYTES // 256) + b"the end"


class Requests:
    """Gives ranges of a content and keeps what it was asked for."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.content = content
        self.asked: list[tuple[int, int]] = []

    def __call__(self, start: int, length: int) -> bytes:
        self.asked.append((start, length))
        return self.content[start : start + length]


def a_file(requests: Requests) -> RangedFile:
    return RangedFile(Ranges(len(requests.content), requests))


def test_it_reads_like_the_file_it_stands_for() -> None:
    file, real = a_file(Requests()), io.BytesIO(CONTENT)

    for offset, whence, count in [
        (0, io.SEEK_SET, 12),
        (BLOCK_BYTES - 5, io.SEEK_SET, 10),
        (100, io.SEEK_CUR, 3 * BLOCK_BYTES),
        (-7, io.SEEK_END, 100),
        (0, io.SEEK_END, 1),
        (-3, io.SEEK_CUR, 3),
        (len(CONTENT) + 9, io.SEEK_SET, 1),
    ]:
        assert file.seek(offset, whence) == real.seek(offset, whence)
        assert file.read(count) == real.read(count)
        assert file.tell() == real.tell()


def test_nothing_is_fetched_before_it_is_read() -> None:
    requests = Requests()

    a_file(requests).seek(0, io.SEEK_END)

    assert requests.asked == []


def test_what_was_fetched_is_not_fetched_again() -> None:
    requests = Requests()
    file = a_file(requests)

    for _ in range(3):
        file.seek(10)
        file.read(20)

    assert requests.asked == [(0, BLOCK_BYTES)]


def test_the_last_block_is_asked_for_to_the_end_and_no_further() -> None:
    requests = Requests()
    file = a_file(requests)

    file.seek(-1, io.SEEK_END)
    file.read()

    assert requests.asked == [(5 * BLOCK_BYTES, len(b"the end"))]


def test_only_a_few_blocks_are_kept() -> None:
    requests = Requests(bytes(BLOCK_BYTES * (KEPT_BLOCKS + 2)))
    file = a_file(requests)
    file.read(len(requests.content))

    file.seek(0)
    file.read(1)

    assert requests.asked.count((0, BLOCK_BYTES)) == 2


def test_a_large_block_is_fetched_at_once() -> None:
    requests = Requests()
    file = RangedFile(Ranges(len(CONTENT), requests), block_bytes=2 * BLOCK_BYTES)

    assert file.read(len(CONTENT)) == CONTENT
    assert [length for _, length in requests.asked][:2] == [2 * BLOCK_BYTES] * 2


def test_a_file_that_is_read_over_and_over_is_given_up_on() -> None:
    requests = Requests(bytes(BLOCK_BYTES * (KEPT_BLOCKS + 1)))
    file = a_file(requests)

    for _ in range(SPARE_BLOCKS):
        file.seek(0)
        file.read(len(requests.content))

    assert len(requests.asked) == 2 * (KEPT_BLOCKS + 1) + SPARE_BLOCKS
    assert isinstance(file.failure, PermanentError)


def test_a_failure_ends_the_file_and_is_remembered() -> None:
    def fails(start: int, length: int) -> bytes:
        raise TransientError(f"no {length} bytes at {start}")

    file = RangedFile(Ranges(100, fails))

    assert file.read(10) == b""
    with pytest.raises(TransientError, match="no 100 bytes at 0"):
        raise file.failure or AssertionError


def test_a_range_that_comes_short_ends_the_file() -> None:
    file = RangedFile(Ranges(1000, Requests(b"short")))

    assert file.read(10) == b"short"
    assert file.read(10) == b""
