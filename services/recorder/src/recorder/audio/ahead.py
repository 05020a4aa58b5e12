"""Fetches what will be read next while what came before is worked on."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from recorder.audio.ranged import Fetch, Ranges


@contextmanager
def reading_ahead(content: Ranges) -> Iterator[Ranges]:
    """Give the same object, one range ahead of whoever reads it from beginning to end.

    What fetching ahead raises comes when that range is asked for, or never.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:
        yield Ranges(content.size, _ahead(content, pool))


def _ahead(content: Ranges, pool: ThreadPoolExecutor) -> Fetch:
    coming: dict[tuple[int, int], Future[bytes]] = {}

    def fetch(start: int, length: int) -> bytes:
        expected = coming.pop((start, length), None)
        coming.clear()
        found = expected.result() if expected else content.fetch(start, length)
        following = start + length, min(length, content.size - start - length)
        if following[1] > 0:
            coming[following] = pool.submit(content.fetch, *following)
        return found

    return fetch
