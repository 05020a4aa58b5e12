"""What may go wrong on purpose, set at start or while the local Transcribe runs."""

from enum import StrEnum
from threading import Lock
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt

from local.transcribe.errors import RefusedError


class Era(StrEnum):
    """The form of the transcript file: every one that AWS has written is still in use."""

    A = "A"
    """2018: the channel is said once, of all its items."""
    B = "B"
    """2021: the channel is said of every item."""
    C = "C"
    """2024: items have numbers, and there are ``audio_segments``."""


class Scenario(BaseModel):
    """The misfortunes to come; a job keeps those of the moment it was started at."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    era: Era = Field(default=Era.C, strict=False, description="the form of the transcript file")
    fail: str | None = Field(default=None, description="every job fails, for this reason")
    event_lost: bool = Field(default=False, description="no event tells that a job ended")
    event_twice: bool = Field(default=False, description="the event comes twice")
    slow: NonNegativeFloat = Field(default=0, description="a job takes so many seconds more")
    throttled: NonNegativeInt = Field(
        default=0, description="so many of the next requests get ThrottlingException"
    )
    limit_exceeded: NonNegativeInt = Field(
        default=0, description="then so many get LimitExceededException"
    )
    internal_failures: NonNegativeInt = Field(
        default=0, description="then so many get InternalFailureException"
    )


REFUSALS: Final = {
    "throttled": ("ThrottlingException", "Rate exceeded", 400),
    "limit_exceeded": (
        "LimitExceededException",
        "You have too many concurrent requests. Wait before retrying your request.",
        400,
    ),
    "internal_failures": (
        "InternalFailureException",
        "There was an internal error. Try your request again.",
        500,
    ),
}
"""Which error a counter of the scenario stands for; the texts are of the same kind as AWS's."""


class Stage:
    """Holds the scenario that is played now."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._lock = Lock()

    @property
    def scenario(self) -> Scenario:
        """The scenario, with what is left of its counters."""
        return self._scenario

    def play(self, scenario: Scenario) -> None:
        """Change the scenario for everything that starts from now on."""
        with self._lock:
            self._scenario = scenario

    def admit(self) -> None:
        """Let a request pass.

        :raises RefusedError: if the scenario says that it is to be refused.
        """
        with self._lock:
            for counter, (code, text, status) in REFUSALS.items():
                left = getattr(self._scenario, counter)
                if left:
                    self._scenario = self._scenario.model_copy(update={counter: left - 1})
                    raise RefusedError(code, text, status=status)
