import io

import pytest

from callscribe.errors import PermanentError, TransientError
from recorder.ranged import BLOCK_BYTES, KEPT_BLOCKS, MAX_BLOCKS, RangedFile

CONTENT = bytes(range(256)) * (5 * BLOCK_BYTES // 256) + b"the end"


class Requests:
    """Gives ranges of a content and keeps what it was asked for."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.content = content
        self.asked: list[tuple[int, int]] = []

    def __call__(self, start: int, length: int) -> bytes:
        self.asked.append((start, length))
        return self.content[start : start + length]


def test_it_reads_like_the_file_it_stands_for() -> None:
    file, real = RangedFile(len(CONTENT), Requests()), io.BytesIO(CONTENT)

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

    RangedFile(len(CONTENT), requests).seek(0, io.SEEK_END)

    assert requests.asked == []


def test_what_was_fetched_is_not_fetched_again() -> None:
    requests = Requests()
    file = RangedFile(len(CONTENT), requests)

    for _ in range(3):
        file.seek(10)
        file.read(20)

    assert requests.asked == [(0, BLOCK_BYTES)]


def test_the_last_block_is_asked_for_to_the_end_and_no_further() -> None:
    requests = Requests()
    file = RangedFile(len(CONTENT), requests)

    file.seek(-1, io.SEEK_END)
    file.read()

    assert requests.asked == [(5 * BLOCK_BYTES, len(b"the end"))]


def test_only_a_few_blocks_are_kept() -> None:
    requests = Requests(bytes(BLOCK_BYTES * (KEPT_BLOCKS + 2)))
    file = RangedFile(len(requests.content), requests)
    file.read(len(requests.content))

    file.seek(0)
    file.read(1)

    assert requests.asked.count((0, BLOCK_BYTES)) == 2


def test_a_file_that_would_be_read_whole_is_given_up_on() -> None:
    requests = Requests(bytes(BLOCK_BYTES * (MAX_BLOCKS + 10)))
    file = RangedFile(len(requests.content), requests)

    read = file.read(len(requests.content))

    assert len(read or b"") == MAX_BLOCKS * BLOCK_BYTES
    assert isinstance(file.failure, PermanentError)


def test_a_failure_ends_the_file_and_is_remembered() -> None:
    def fails(start: int, length: int) -> bytes:
        raise TransientError(f"no {length} bytes at {start}")

    file = RangedFile(100, fails)

    assert file.read(10) == b""
    with pytest.raises(TransientError, match="no 100 bytes at 0"):
        raise file.failure or AssertionError


def test_a_range_that_comes_short_ends_the_file() -> None:
    file = RangedFile(1000, Requests(b"short"))

    assert file.read(10) == b"short"
    assert file.read(10) == b""
