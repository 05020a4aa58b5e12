"""Decides what a webhook is, by its shape: recordings have been seen to come by the events URL."""

from datetime import datetime
from hashlib import sha256

from pydantic import ValidationError

from callscribe.contracts import (
    AvailableRecording,
    CallEvent,
    Event,
    LostRecording,
    RecordingAvailable,
    RecordingLost,
    VonageEvent,
)
from callscribe.errors import PermanentError
from callscribe.names import QueueName
from webhook_gateway.payload import Payload
from webhook_gateway.shape import (
    address_of,
    conversation_of,
    is_recording,
    kind_of,
    leg_of,
    moment_of,
    size_of,
)

SOURCE = "callscribe/webhook-gateway"

NO_ADDRESS = "Vonage made no audio: its recording webhook came without an address"


def event_of(payload: Payload, *, now: datetime) -> Event:
    """Turn a webhook into the event to publish.

    The same webhook is always the same event: the id derives from Vonage's own ids and times.

    :raises PermanentError: if it names no conversation, or a recording without an id.
    """
    said = payload.fields
    time = moment_of(said, "timestamp") or now
    try:
        if not is_recording(said):
            return _call_event(payload, time)
        return _available(payload, time) if address_of(said) else _lost(payload, time)
    except ValidationError as error:
        wrong = ", ".join(str(field["loc"][0]) for field in error.errors(include_input=False))
        raise PermanentError(f"the webhook is not understood: no usable {wrong}") from None


def queues_of(event: Event) -> tuple[QueueName, ...]:
    """Tell which queues an event goes to: a recording is work for one, and a fact for another."""
    if isinstance(event, RecordingAvailable):
        return (QueueName.RECORDINGS, QueueName.CALL_EVENTS)
    return (QueueName.CALL_EVENTS,)


def _available(payload: Payload, time: datetime) -> RecordingAvailable:
    said = payload.fields
    data = AvailableRecording(
        recording_id=said.get("recording_uuid", ""),
        conversation_id=conversation_of(said) or "",
        url=address_of(said),
        size=size_of(said),
        started_at=moment_of(said, "start_time"),
        ended_at=moment_of(said, "end_time"),
        raw=payload.raw,
    )
    return RecordingAvailable(source=SOURCE, subject=data.recording_id, time=time, data=data)


def _lost(payload: Payload, time: datetime) -> RecordingLost:
    said = payload.fields
    data = LostRecording(
        recording_id=said.get("recording_uuid", ""),
        conversation_id=conversation_of(said) or "",
        reason=NO_ADDRESS,
        raw=payload.raw,
    )
    return RecordingLost(source=SOURCE, subject=data.recording_id, time=time, data=data)


def _call_event(payload: Payload, time: datetime) -> CallEvent:
    said = payload.fields
    data = VonageEvent(
        conversation_id=conversation_of(said) or "",
        kind=kind_of(said),
        leg_id=leg_of(said),
        occurred_at=moment_of(said, "timestamp"),
        raw=payload.raw,
    )
    return CallEvent(source=SOURCE, subject=_subject(data), time=time, data=data)


def _subject(data: VonageEvent) -> str:
    """Tell this event of a call from every other, and its second delivery not from its first."""
    moment = data.occurred_at
    told_by = moment.isoformat() if moment else sha256(data.raw.encode()).hexdigest()
    return "/".join((data.conversation_id, data.leg_id or "-", data.kind, told_by))
