"""Lists what Vonage tells of a call, in the order it tells it. Nothing is sent here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.vonage.call import Call
from local.vonage.leg import Leg, called_leg, callers_leg
from local.vonage.ncco import PlannedRecording
from local.vonage.timeline import Timeline
from local.vonage.webhook import Webhook, second, stamp

AFTER_THE_END = timedelta(milliseconds=449)
"""How long after the end of the call its recording was stamped in Vonage's own tutorial."""


@dataclass(frozen=True)
class FinishedRecording:
    """A recording that lies ready, counted from 0; its size is in bytes."""

    number: int
    asked: PlannedRecording
    size: int
    length: timedelta
    url: str
    transcription_url: str


def opening(call: Call) -> list[Webhook]:
    """Tell that somebody calls."""
    leg = callers_leg(call, conversation_uuid=call.conversation_uuid)
    told = [leg.event("started", call.began), leg.event("ringing", call.began)]
    return _repeated(call, _swapped(told) if call.scenario.out_of_order else told)


def breakdown(call: Call, reason: str, at: datetime) -> list[Webhook]:
    """Tell that the call cannot go on, and that it is over.

    Source: Vonage's webhook reference, "Errors": this event has neither status nor leg.
    """
    error = {
        "reason": reason,
        "conversation_uuid": call.conversation_uuid,
        "timestamp": stamp(at),
    }
    leg = callers_leg(call, conversation_uuid=call.conversation_uuid)
    told = [Webhook("event", "error", None, error), leg.completed(None, at)]
    return _repeated(call, told)


def conversation(timeline: Timeline, recordings: Sequence[FinishedRecording]) -> list[Webhook]:
    """Tell everything from the answer to the last webhook about a recording."""
    call = timeline.call
    told = [*_answer(timeline), *_outbound(timeline), *_ending(timeline)]
    recorded = [webhook for made in recordings for webhook in _recorded(timeline, made)]
    if call.scenario.out_of_order:
        return _repeated(call, [*recorded, *_swapped(told)])
    return _repeated(call, [*told, *recorded])


def _answer(timeline: Timeline) -> Iterator[Webhook]:
    call = timeline.call
    leg = callers_leg(call, conversation_uuid=call.conversation_uuid)
    yield leg.answered(timeline.answered)
    if call.scenario.transfer:
        moved = {
            "conversation_uuid_from": call.conversation_uuid,
            "type": "transfer",
            "uuid": leg.uuid,
            "conversation_uuid_to": call.joined_conversation_uuid,
            "timestamp": stamp(timeline.answered),
        }
        yield Webhook("event", f"transfer, {leg.name}", None, moved)


def _outbound(timeline: Timeline) -> Iterator[Webhook]:
    for number, planned in enumerate(timeline.plan.legs, start=1):
        leg = called_leg(timeline.call, number, planned)
        yield leg.event("started", timeline.leg_started(number))
        yield leg.event("ringing", timeline.leg_started(number))
        at = timeline.leg_answered(number)
        if timeline.busy:
            yield leg.event("busy", at)
            yield leg.completed(None, at)
            continue
        yield leg.answered(at)
        if planned.detects_machines:
            yield leg.human(at)


def _ending(timeline: Timeline) -> Iterator[Webhook]:
    for number, planned in enumerate(timeline.plan.legs, start=1):
        if not timeline.busy:
            leg = called_leg(timeline.call, number, planned)
            yield leg.completed(timeline.leg_answered(number), timeline.ended)
    yield _joined(timeline.call).completed(timeline.answered, timeline.ended)


def _joined(call: Call) -> Leg:
    return callers_leg(call, conversation_uuid=call.joined_conversation_uuid)


def _recorded(timeline: Timeline, made: FinishedRecording) -> Iterator[Webhook]:
    call = timeline.call
    start = timeline.recording_started(made.asked)
    empty = call.scenario.empty_recording
    body = {
        "start_time": second(start),
        "recording_url": "" if empty else made.url,
        "size": 0 if empty else made.size,
        "recording_uuid": call.recording_uuid(made.number),
        "end_time": second(start + made.length),
        "conversation_uuid": call.joined_conversation_uuid,
        "timestamp": stamp(timeline.ended + AFTER_THE_END),
    }
    yield Webhook("recording", "recording", made.asked.webhook_to, body)
    if made.asked.transcribed or call.scenario.transcription:
        yield _transcribed(call, made)


def _transcribed(call: Call, made: FinishedRecording) -> Webhook:
    body = {
        "conversation_uuid": call.joined_conversation_uuid,
        "recording_uuid": call.recording_uuid(made.number),
        "status": "transcribed",
        "transcription_url": made.transcription_url,
        "type": "record",
    }
    return Webhook("event", "transcription", made.asked.transcription_to, body)


def _repeated(call: Call, webhooks: Sequence[Webhook]) -> list[Webhook]:
    twice = {"event": call.scenario.events_twice, "recording": call.scenario.recording_twice}
    return [webhook for webhook in webhooks for _ in range(2 if twice[webhook.kind] else 1)]


def _swapped(webhooks: Sequence[Webhook]) -> list[Webhook]:
    """Exchange every two neighbours."""
    swapped = list(webhooks)
    for index in range(0, len(swapped) - 1, 2):
        swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
    return swapped
