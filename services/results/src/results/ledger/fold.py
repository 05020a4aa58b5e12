"""Folds the facts about a call into its record: the same facts always make the same record."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from callscribe.contracts import CallDeleted, CallEvent, CallNoted, Fact
from results.ledger.facts import CALL, home_of, id_of, in_order
from results.ledger.legs import has_ended, legs_of
from results.ledger.recordings import recordings_of
from results.ledger.stops import first, stops_of
from results.ledger.views import CallView, LegView, RecordingView, Status, StopView

NEVER_ANNOUNCED = "no recording was announced"
WAIT_FOR_IT = "Vonage announces a recording within seconds; check that the answer says to record."


def fold(nodes: Iterable[str], facts: Iterable[Fact]) -> CallView:
    """Make the record of the call that has these places and facts, of which there is at least one.

    The order in which they came, and how often, makes no difference.
    """
    places = sorted(nodes)
    said = in_order(facts)
    began = _began(said)
    known: dict[str, Any] = {
        "call_id": id_of(home_of(places)),
        "conversation_ids": tuple(id_of(node) for node in places if node.startswith(CALL)),
    }
    deleted = [fact for fact in said if isinstance(fact, CallDeleted)]
    if deleted:
        # What the others tell is about to go, so nothing may hang on it.
        at = deleted[0].time
        return CallView(**known, status=Status.DELETED, started_at=at, deleted=True)
    described = recordings_of(said)
    of_nobody = [fact for fact in said if getattr(fact.data, "recording_id", None) is None]
    stops = (*stops_of(of_nobody, (), run=1), *(stop for _, its in described for stop in its))
    recordings = tuple(recording for recording, _ in described)
    legs = legs_of(fact for fact in said if isinstance(fact, CallEvent))
    return CallView(
        **known,
        **_standing(recordings, stops, legs),
        **_parties(legs),
        started_at=_started(legs, recordings) or began,
        legs=legs,
        recordings=recordings,
        stops=stops,
        note=_note(said),
        **_times(legs, recordings),
        price=_sum(leg.price for leg in legs),
    )


def _began(said: Sequence[Fact]) -> datetime:
    occurred = [f.data.occurred_at or f.time for f in said if isinstance(f, CallEvent)]
    return min(occurred or [said[0].time])


def _standing(
    recordings: Sequence[RecordingView], stops: Sequence[StopView], legs: Sequence[LegView]
) -> dict[str, Any]:
    standings = {recording.status for recording in recordings}
    stop = first(stops)
    if stop is not None:
        return {"status": Status.FAILED, "reason": stop.reason, "advice": stop.advice}
    if Status.IN_PROGRESS in standings:
        return {"status": Status.IN_PROGRESS}
    if standings:
        return {"status": Status.READY}
    if legs and all(has_ended(leg) for leg in legs):
        return {"status": Status.UNRECORDED, "reason": NEVER_ANNOUNCED, "advice": WAIT_FOR_IT}
    return {"status": Status.LIVE}


def _parties(legs: Sequence[LegView]) -> dict[str, Any]:
    """Tell who called whom: an incoming leg has the caller, the first outgoing one who was called.

    What the caller dialled is our own number, so it counts only if nobody else was called.
    """
    came = next((leg for leg in legs if leg.direction == "inbound"), None)
    went = next((leg for leg in legs if leg.direction != "inbound"), None)
    caller, called = came or went, went or came
    return {
        "caller": caller.caller if caller else None,
        "called": called.called if called else None,
        "direction": caller.direction if caller else None,
    }


def _started(legs: Sequence[LegView], recordings: Sequence[RecordingView]) -> datetime | None:
    times = [leg.started_at for leg in legs] or [it.started_at for it in recordings]
    return min((at for at in times if at), default=None)


def _times(legs: Sequence[LegView], recordings: Sequence[RecordingView]) -> dict[str, Any]:
    if legs and not all(has_ended(leg) for leg in legs):
        return {}
    started = _started(legs, recordings)
    ends = [leg.ended_at for leg in legs] or [it.ended_at for it in recordings]
    ended = max((at for at in ends if at), default=None)
    if started is None or ended is None:
        return {"ended_at": ended}
    return {"ended_at": ended, "seconds": max((ended - started).total_seconds(), 0.0)}


def _sum(prices: Iterable[Decimal | None]) -> Decimal | None:
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if known else None


def _note(said: Sequence[Fact]) -> str:
    notes = [fact.data.note for fact in said if isinstance(fact, CallNoted)]
    return notes[-1] if notes else ""
