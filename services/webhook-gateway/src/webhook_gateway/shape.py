"""Reads a webhook's fields: what kind it is of, which ids and times it names.

Each reader gives nothing for what it can't read, because a recording must not be lost over a size
or a time that only describes it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from callscribe.contracts import Id

Fields = Mapping[str, Any]

CONVERSATION = ("conversation_uuid", "conversation_uuid_to", "conversation_uuid_from")
"""Where the conversation's id may be; a transfer names two, and the call goes on in the second."""

LEG = ("uuid", "call_uuid")
"""Where the leg's id may be; ``human`` and ``machine`` have the second."""

KIND_BY_FIELD = {
    "dtmf": "input",
    "speech": "input",
    "payload": "notify",
    "original_request": "fallback",
    "reason": "error",
}
"""What a webhook without a status or type is, by a field that only this kind has."""

KIND = re.compile(r"[a-z][a-z_-]{0,39}")

DIGITS = re.compile(r"[0-9]{1,15}")

_id = TypeAdapter[str](Id)


def is_recording(said: Fields) -> bool:
    """Tell whether a webhook says that a recording has ended.

    One that says a recording was transcribed by Vonage can reach the same address; it brings no
    audio.
    """
    if said.get("status") == "transcribed" or "transcription_url" in said:
        return False
    return "recording_url" in said or ("recording_uuid" in said and "status" not in said)


def kind_of(said: Fields) -> str:
    """Name what happened: the status, else the type, else what the fields show."""
    for name in (said.get("status"), said.get("type")):
        if isinstance(name, str) and KIND.fullmatch(name):
            return name
    return next((kind for field, kind in KIND_BY_FIELD.items() if field in said), "other")


def conversation_of(said: Fields) -> str | None:
    """Give the id of the conversation."""
    return _first_id(said, CONVERSATION)


def leg_of(said: Fields) -> str | None:
    """Give the id of the leg."""
    return _first_id(said, LEG)


def address_of(said: Fields) -> str:
    """Give the address of a recording, which is empty if Vonage made no audio."""
    return str(said.get("recording_url") or "").strip()


def size_of(said: Fields) -> int | None:
    """Give the bytes of a recording: a number in a body, text in a query."""
    text = str(said.get("size"))
    return int(text) if DIGITS.fullmatch(text) else None


def moment_of(said: Fields, name: str) -> datetime | None:
    """Give the time in a field; one without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(said[name])
    except (KeyError, TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _first_id(said: Fields, names: tuple[str, ...]) -> str | None:
    return next((said[name] for name in names if _is_id(said.get(name))), None)


def _is_id(value: Any) -> bool:
    try:
        _id.validate_python(value)
    except ValidationError:
        return False
    return True
