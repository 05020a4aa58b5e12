"""Counts with spans of time: pairs of a start and an end, in seconds."""

from collections.abc import Iterable, Iterator, Sequence

Span = tuple[float, float]


def joined_up(spans: Iterable[Span], *, gap: float = 0.0) -> list[Span]:
    """Join spans that touch, or are less than ``gap`` apart; what comes out is in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or start - joined[-1][1] < gap):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def length(spans: Iterable[Span]) -> float:
    """Sum the lengths of spans that do not overlap."""
    return sum(end - start for start, end in spans)


def common(some: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Give the time that is in both; each comes in order and does not overlap in itself.

    Two that only touch have that moment in common, which has no length.
    """
    here, there = 0, 0
    while here < len(some) and there < len(others):
        start = max(some[here][0], others[there][0])
        end = min(some[here][1], others[there][1])
        if start <= end:
            yield start, end
        if some[here][1] <= others[there][1]:
            here += 1
        else:
            there += 1


def minus(some: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Give the time that is in the first but not in the others; each in order, as above."""
    place = 0
    for start, end in some:
        at = start
        while place < len(others) and others[place][1] <= at:
            place += 1
        ahead = place
        while ahead < len(others) and others[ahead][0] < end:
            if others[ahead][0] > at:
                yield at, others[ahead][0]
            at = max(at, others[ahead][1])
            ahead += 1
        if at < end:
            yield at, end
