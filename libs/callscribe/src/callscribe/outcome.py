"""Decides what becomes of a message: classify first, back off after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pydantic import ValidationError

from callscribe.errors import PermanentError, TransientError
from callscribe.limits import Limits

Random = Callable[[], float]
"""Gives a number from 0 up to 1, as ``random.random`` does."""

MAX_DOUBLINGS: Final = 20
"""More would change nothing but overflow: a second doubled so often is twelve days."""


@dataclass(frozen=True, slots=True)
class Done:
    """The effect exists; the message can go."""


@dataclass(frozen=True, slots=True)
class Park:
    """Trying again cannot help; a person should see the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again later."""

    after: timedelta
    reason: str


Outcome = Done | Park | Retry


def outcome_of(
    error: BaseException, *, attempt: int, limits: Limits, random: Random
) -> Park | Retry:
    """Decide what a failure means for the message whose ``attempt``-th delivery this was."""
    if isinstance(error, PermanentError):
        return Park(str(error))
    reason = str(error) if isinstance(error, TransientError) else _unexpected(error)
    if attempt >= limits.max_attempts:
        return Park(f"given up after {attempt} attempts: {reason}")
    asked = error.retry_after if isinstance(error, TransientError) else None
    wait = backoff(attempt, base=limits.retry_base, cap=limits.retry_cap, random=random)
    return Retry(wait if asked is None else max(asked, timedelta(0)), reason)


def backoff(attempt: int, *, base: timedelta, cap: timedelta, random: Random) -> timedelta:
    """Wait longer with each attempt, with full jitter, so that a crowd does not come back as one.

    Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
    """
    doublings = min(attempt - 1, MAX_DOUBLINGS)
    return random() * min(cap, base * (1 << doublings))


def not_understood(error: ValidationError) -> str:
    """Say in one line what is wrong with a message, by the names of its fields alone."""
    wrongs = error.errors(include_url=False, include_input=False, include_context=False)
    return "the message is not understood: " + "; ".join(
        f"{'.'.join(str(part) for part in wrong['loc']) or 'body'}: {wrong['msg']}"
        for wrong in wrongs
    )


def _unexpected(error: BaseException) -> str:
    # The type alone: the text of an error nobody anticipated may hold anything.
    return f"unexpected {type(error).__name__}"
