"""Says how many people are on the demo's calls, and what that changes in the programs."""

from collections.abc import Mapping
from pathlib import Path

from local.stack.environment import parties
from local.vonage.audio import UnreadableAudioError, probe

MOST = 32
"""As many as Vonage records on channels of their own."""

USUAL = 2
FEW = 5
"""Up to so many, each event of each leg is shown."""

QUICK = "0.01"
"""Seconds between two webhooks where there are a hundred to come."""


class WrongNumberError(Exception):
    """So many people cannot be on a call."""


def how_many(asked: str, call: Path | None) -> int:
    """Read how many are to be on a call; unsaid, a file has a person on each of its channels.

    :raises WrongNumberError: if it is no number, or one that Vonage does not record.
    """
    if not asked:
        return min(max(USUAL, _channels(call)), MOST) if call else USUAL
    if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked) <= MOST:
        raise WrongNumberError(f"PARTIES must be a whole number from 1 to {MOST}")
    return int(asked)


def overrides(count: int) -> dict[str, Mapping[str, str]]:
    """Give the variables that differ from the usual ones, by the name of the program."""
    gateway = {"WEBHOOK_GATEWAY_PARTIES": parties(count - 1)}
    vonage = {"LOCAL_VONAGE_PACE": QUICK} if count > FEW else {}
    return {"webhook-gateway": gateway, "vonage": vonage}


def _channels(call: Path) -> int:
    try:
        return probe(call).channels
    except UnreadableAudioError:
        # The local Vonage says what is wrong with it.
        return USUAL
