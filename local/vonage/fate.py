"""Says what becomes of a download, given how often the recording was asked for before."""

from enum import StrEnum

from local.vonage.scenario import Scenario


class Fate(StrEnum):
    """What becomes of one download, in the words of the call's steps."""

    GONE = "gone"
    NOT_READY = "not ready"
    UNAVAILABLE = "unavailable"
    THROTTLED = "throttled"
    TRUNCATED = "truncated"
    SERVED = "served"


def fate(scenario: Scenario, attempt: int) -> Fate:
    """Tell what becomes of an attempt, counted from 1; each trouble lasts as long as was asked."""
    if scenario.gone:
        return Fate.GONE
    troubles = [
        *[Fate.NOT_READY] * scenario.not_ready,
        *[Fate.UNAVAILABLE] * scenario.download_errors,
        *[Fate.THROTTLED] * scenario.throttled,
        *[Fate.TRUNCATED] * scenario.truncated,
    ]
    return troubles[attempt - 1] if attempt <= len(troubles) else Fate.SERVED
