"""Writes values the way people read them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from results.ledger.deliveries import DeliveryView
from results.ledger.views import CallView, Stage, Status

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
UNKNOWN: Final = "\u2013"

STATUSES: Final = {
    Status.LIVE: "On the phone",
    Status.IN_PROGRESS: "In progress",
    Status.READY: "Ready",
    Status.FAILED: "Failed",
    Status.UNRECORDED: "Not recorded",
    Status.DELETED: "Deleted",
}
STAGES: Final = {
    Stage.ANNOUNCED: "Announced by Vonage",
    Stage.STORED: "Audio stored",
    Stage.STARTED: "Transcription started",
    Stage.FINISHED: "Transcription finished",
    Stage.PUBLISHED: "Transcript published",
}

DELIVERIES: Final = {
    "delivered": "told",
    "failed": "not reached, tried again",
    "gone": "wants to hear no more",
    "refused": "not allowed",
}
"""By the state of a delivery to a receiver outside."""


def delivered(it: DeliveryView) -> str:
    """Write how a delivery went, with what the receiver answered if that was not its thanks."""
    said = DELIVERIES.get(it.state, it.state)
    if it.state == "delivered":
        return said
    status = f"{it.status} " if it.status else ""
    return f"{said} ({status}{it.answer})" if it.answer or status else said


def clock(seconds: float | None) -> str:
    """Write a place in a call, or its length, as on a clock: 1:23, or 1:02:03."""
    if seconds is None:
        return UNKNOWN
    whole = int(seconds)
    hours, rest = divmod(whole, HOUR)
    minutes, left = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def lasting(seconds: float | None) -> str:
    """Write how long something took: 8 s, 4 min 12 s, or 2 h 3 min."""
    if seconds is None:
        return UNKNOWN
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"


def day_of(moment: datetime, now: datetime) -> str:
    """Name a day as people do: Today, Yesterday, or its date; days are in UTC."""
    day = moment.astimezone(UTC).date()
    gone = (now.astimezone(UTC).date() - day).days
    if gone in (0, 1):
        return ("Today", "Yesterday")[gone]
    return f"{day:%A}, {day.day} {day:%B %Y}"


def number(said: str | None) -> str:
    """Write a telephone number as it is dialled; what is no number stays as it is."""
    if not said:
        return "unknown"
    return f"+{said}" if said.isdecimal() and len(said) > len("00000000") else said


def name_of(call: CallView) -> str:
    """Name a call after its two numbers."""
    return f"{number(call.caller)} to {number(call.called)}"


def money(amount: float | Decimal) -> str:
    """Write an amount, without a currency: that is the account's."""
    return f"{amount:,.2f}"


def price(amount: Decimal) -> str:
    """Write a small amount whole, without the zeros at its end."""
    return f"{amount.normalize():f}"


def percent(share: float) -> str:
    """Write a share of 1 as a percentage."""
    return f"{round(share * 100)} %"
