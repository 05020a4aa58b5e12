"""Reads an NCCO strictly, and says what the phone has to do."""

import json
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from local.vonage.actions import Action, Connect, Record, Stream, Talk, Transcription
from local.vonage.values import Method

MediaFormat = Literal["mp3", "wav", "ogg"]

CONTENT_TYPE = "application/json"
CHANNELS_OF_A_SPLIT = 2

PLAIN_FAULTS = {
    "extra_forbidden": "is not a key that Vonage knows here",
    "missing": "is required",
    "model_attributes_type": "is not a JSON object",
    "union_tag_not_found": "does not say what it is",
}
"""Better words for the commonest mistakes, by pydantic's name of the error."""

_actions = TypeAdapter[list[Action]](list[Action])


class WrongNccoError(Exception):
    """The application's answer is no NCCO that Vonage could obey; the text says where and why."""


@dataclass(frozen=True)
class Destination:
    """Where a webhook goes."""

    url: str
    method: Method


@dataclass(frozen=True)
class PlannedLeg:
    """Somebody to call; ``caller_id`` is ``None`` for any number of the application's.

    Events without a place of their own go to the application's event address.
    """

    to: str
    caller_id: str | None
    detects_machines: bool
    events_to: Destination | None


@dataclass(frozen=True)
class PlannedRecording:
    """A recording to make; ``legs_before`` connects have been answered when it starts.

    ``max_seconds`` is ``None`` for as long as the call lasts, ``webhook_to`` for the application's
    event address. ``transcribed`` says whether Vonage's own transcription was asked for.
    """

    media_format: MediaFormat
    channels: int
    max_seconds: int | None
    legs_before: int
    webhook_to: Destination | None
    transcribed: bool
    transcription_to: Destination | None


@dataclass(frozen=True)
class Plan:
    """What an NCCO asks of the phone; ``passed_over`` are the actions it knows but cannot play."""

    legs: tuple[PlannedLeg, ...]
    recordings: tuple[PlannedRecording, ...]
    passed_over: tuple[str, ...]


def read_ncco(body: bytes, content_type: str) -> Plan:
    """Check the answer of the answer webhook, and plan the call.

    :raises WrongNccoError: if Vonage could not obey it.
    """
    if content_type.partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise WrongNccoError(f"the NCCO is not sent as {CONTENT_TYPE}")
    try:
        said = json.loads(body)
    except ValueError as error:
        raise WrongNccoError("the NCCO is not JSON") from error
    if not isinstance(said, list) or not said:
        raise WrongNccoError("the NCCO is not a JSON array of actions")
    try:
        return _plan(_actions.validate_python(said))
    except ValidationError as error:
        raise WrongNccoError(_first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    """Say in words where the first mistake is, without the value: it may be a phone number."""
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    index, *keys = fault["loc"]
    place = f", at {'.'.join(map(str, keys))}" if keys else ""
    what = PLAIN_FAULTS.get(fault["type"], fault["msg"].removeprefix("Value error, "))
    return f"action {int(index) + 1} of the NCCO{place}: {what}"


def _plan(actions: list[Action]) -> Plan:
    legs: list[PlannedLeg] = []
    recordings: list[PlannedRecording] = []
    passed_over: list[str] = []
    for action in actions:
        if isinstance(action, Connect):
            legs.append(_leg(action))
        elif isinstance(action, Record):
            recordings.append(_recording(action, legs_before=len(legs)))
        elif not isinstance(action, Talk | Stream):
            passed_over.append(action.action)
    return Plan(tuple(legs), tuple(recordings), tuple(passed_over))


def _leg(connect: Connect) -> PlannedLeg:
    return PlannedLeg(
        to=connect.endpoint[0].address,
        caller_id=connect.from_,
        detects_machines=bool(connect.machine_detection or connect.advanced_machine_detection),
        events_to=_destination(connect.event_url, connect.event_method),
    )


def _recording(record: Record, *, legs_before: int) -> PlannedRecording:
    channels = (record.channels or CHANNELS_OF_A_SPLIT) if record.split else 1
    webhook_to = _destination(record.event_url, record.event_method)
    asked = record.transcription or Transcription()
    return PlannedRecording(
        media_format=record.format or ("wav" if channels > CHANNELS_OF_A_SPLIT else "mp3"),
        channels=channels,
        max_seconds=record.time_out,
        legs_before=legs_before,
        webhook_to=webhook_to,
        transcribed=record.transcription is not None,
        transcription_to=_destination(asked.event_url, asked.event_method) or webhook_to,
    )


def _destination(event_url: list[str] | None, method: Method) -> Destination | None:
    return Destination(url=event_url[0], method=method) if event_url else None
