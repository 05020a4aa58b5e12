from threading import Event

import pytest

from callscribe.errors import TransientError
from recorder.audio.ahead import reading_ahead
from recorder.audio.ranged import Ranges

CONTENT = bytes(range(100))


class Requests:
    """Gives ranges of the content, tells what was asked for, and fails where told to."""

    def __init__(self, *, fails_at: int | None = None) -> None:
        self.asked: list[tuple[int, int]] = []
        self.came = Event()
        self._fails_at = fails_at

    def __call__(self, start: int, length: int) -> bytes:
        self.asked.append((start, length))
        if len(self.asked) > 1:
            self.came.set()
        if start == self._fails_at:
            raise TransientError("S3 went away")
        return CONTENT[start : start + length]


def test_what_comes_next_is_fetched_before_it_is_asked_for() -> None:
    requests = Requests()

    with reading_ahead(Ranges(100, requests)) as ahead:
        first = ahead.fetch(0, 40)
        assert requests.came.wait(10)

    assert first == CONTENT[:40]
    assert requests.asked == [(0, 40), (40, 40)]


def test_every_range_is_fetched_once_and_none_beyond_the_end() -> None:
    requests = Requests()

    with reading_ahead(Ranges(100, requests)) as ahead:
        read = [ahead.fetch(0, 40), ahead.fetch(40, 40), ahead.fetch(80, 20)]

    assert b"".join(read) == CONTENT
    assert requests.asked == [(0, 40), (40, 40), (80, 20)]


def test_a_jump_brings_what_was_asked_for() -> None:
    with reading_ahead(Ranges(100, Requests())) as ahead:
        read = [ahead.fetch(0, 10), ahead.fetch(90, 10), ahead.fetch(20, 10)]

    assert read == [CONTENT[:10], CONTENT[90:], CONTENT[20:30]]


def test_a_failure_comes_when_its_range_is_asked_for() -> None:
    with reading_ahead(Ranges(100, Requests(fails_at=40))) as ahead:
        assert ahead.fetch(0, 40) == CONTENT[:40]
        with pytest.raises(TransientError, match="S3 went away"):
            ahead.fetch(40, 40)


def test_a_failure_of_what_nobody_wants_is_none() -> None:
    with reading_ahead(Ranges(100, Requests(fails_at=40))) as ahead:
        read = [ahead.fetch(0, 40), ahead.fetch(60, 40)]

    assert read == [CONTENT[:40], CONTENT[60:]]
