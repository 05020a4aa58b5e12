"""Measures the recorder's memory and its throughput against a plain copy loop."""

from collections.abc import Callable
from typing import Final

from bench.recordings import Run, copy, places, record
from bench.report import Goal, Report, rows

ROUNDS: Final = 3
MB: Final = 10**6
SMALL: Final = 10 * MB
LARGE: Final = 1000 * MB

GOAL_MEMORY: Final = Goal("at most", 1.2)
GOAL: Final = Goal("at least", 0.8)

BASELINE: Final = (
    "a loop that reads 8 MiB of the answer and calls boto3's upload_part, in a process of its own; "
    "for the memory, the recorder itself at 10 MB"
)
NOTES: Final = (
    "S3: a stub of our own that takes every byte and forgets it, because MiniStack and fauxqs take "
    "longer to store a GB than either side to copy it; SQS: fauxqs",
    "the recorder's time runs from the event on its queue until S3 has the recording, the loop's "
    "is that of the copy alone; then the recorder listens through what it stored, which its CPU "
    "seconds have too",
    f"recordings: wav, served from memory on loopback; a new process for each, {ROUNDS} of each "
    "kind in turns",
)

Figures = dict[str, tuple[Callable[[Run], float], Goal | None]]

MEMORY: Final[Figures] = {"peak MB at 1 GB": (lambda run: run.peak, GOAL_MEMORY)}
COPYING: Final[Figures] = {
    "MB/s": (lambda run: LARGE / MB / run.seconds, GOAL),
    "CPU ms, copied and measured": (lambda run: run.cpu * 1000, None),
    "s until it is announced": (lambda run: run.announced or run.seconds, None),
}


def measure() -> Report:
    """Store recordings with both sides in turns.

    :raises CannotMeasureError: if one of them does not run here.
    """
    small, large, bare = list[Run](), list[Run](), list[Run]()
    with places() as there:
        for _ in range(ROUNDS):
            small.append(record(there, SMALL))
            large.append(record(there, LARGE))
            bare.append(copy(there, LARGE))
    measured = (*rows(large, small, MEMORY), *rows(large, bare, COPYING))
    return Report("recorder", BASELINE, measured, NOTES)
