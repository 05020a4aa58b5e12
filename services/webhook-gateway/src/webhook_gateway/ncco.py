"""Tells Vonage what to do with a call, in its call control objects (NCCO)."""

from typing import Any

from pydantic import BaseModel
from vonage_voice.models import (
    Connect,
    Record,
    Talk,
)

from webhook_gateway.party import PHONE, endpoint
from webhook_gateway.settings import Settings

EVENTS = "/webhooks/events"
RECORDING = "/webhooks/recording"


MAX_SECONDS = 2 * 60 * 60
"""The longest recording and the longest call. Source: Vonage NCCO reference, ``timeOut``."""

QUIET_SECONDS = 10
"""Of silence, after which a caller has left a message; Vonage waits no longer than that."""


def ncco(settings: Settings, *, called: Any) -> list[dict[str, Any]]:
    """Record the call, greet the caller and connect the parties; ``called`` is the number dialled.

    The recording comes first, so that the greeting is on it too. If there is nobody to connect, it
    is what keeps the call up, so it comes last.
    """
    greeting: list[BaseModel] = (
        [Talk(text=settings.greeting, language=settings.language)] if settings.greeting else []
    )
    connects = [_connect(settings, party, called) for party in settings.parties]
    actions: list[BaseModel] = (
        [_record(settings), *greeting, *connects] if connects else [*greeting, _message(settings)]
    )
    return [action.model_dump(mode="json", by_alias=True, exclude_none=True) for action in actions]


def _record(settings: Settings) -> Record:
    return Record(
        format=settings.record_format,
        split="conversation" if settings.record_split else None,
        # The SDK turns split on for any number of channels.
        channels=settings.channels if settings.record_split else None,
        beepStart=settings.record_beep,
        eventUrl=[settings.public_url + RECORDING],
        eventMethod="POST",
    )


def _message(settings: Settings) -> Record:
    return Record(
        format=settings.record_format,
        beepStart=settings.record_beep,
        endOnSilence=QUIET_SECONDS,
        timeOut=MAX_SECONDS,
        eventUrl=[settings.public_url + RECORDING],
        eventMethod="POST",
    )


def _connect(settings: Settings, party: str, called: Any) -> Connect:
    caller_id = settings.caller_id or _number(called)
    return Connect(
        endpoint=[endpoint(party)],
        from_=caller_id,
        # A call to a user or a SIP address names no number of ours to show.
        randomFromNumber=None if caller_id else True,
        timeout=settings.connect_timeout,
        eventUrl=[settings.public_url + EVENTS],
        eventMethod="POST",
    )


def _number(called: Any) -> str | None:
    return called if isinstance(called, str) and PHONE.fullmatch(called) else None
