"""Puts what ``bench.worker`` measures of the worker beside the other figures."""

from collections.abc import Callable
from typing import Final

from bench import worker
from bench.fauxqs import CannotStartError
from bench.report import CannotMeasureError, Goal, Report, rows

GOAL: Final = Goal("at least", worker.GOAL)
GOAL_CALLS: Final = Goal("at most", worker.GOAL_CALLS, of="ours")

BASELINE: Final = "a loop in boto3 that receives ten messages, deletes them, and does nothing else"
NOTES: Final = (
    "SQS: fauxqs",
    "the worker parses each message by its contract; its handler does nothing",
    f"each has a core to itself; {worker.MESSAGES} messages at a time, {worker.ROUNDS} times in "
    "turns",
)

Figure = Callable[[worker.Run], float]

FIGURES: Final[dict[str, tuple[Figure, Goal | None]]] = {
    "messages/s and core": (lambda run: run.per_core, GOAL),
    "SQS calls per message": (lambda run: run.calls / run.messages, GOAL_CALLS),
    "CPU ms per message": (lambda run: run.cpu / run.messages * 1000, None),
    "messages/s": (lambda run: run.messages / run.seconds, None),
}


def measure() -> Report:
    """Empty a queue with both in turns.

    :raises CannotMeasureError: if the queue cannot be started.
    """
    try:
        runs = worker.compare()
    except CannotStartError as error:
        raise CannotMeasureError(str(error)) from None
    return Report("worker", BASELINE, rows(runs["worker"], runs["bare"], FIGURES), NOTES)
