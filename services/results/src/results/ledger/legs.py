"""Puts together what Vonage's events tell of each leg of a call."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from callscribe.contracts import CallEvent
from results.ledger.facts import said_in
from results.ledger.views import LegView

BEGUN: Final = ("started", "ringing", "answered")
"""What happens to a leg before its end, in this order; they may come in any."""

ENDED: Final = (
    "timeout", "unanswered", "busy", "rejected", "cancelled", "failed", "disconnected", "completed",
)  # fmt: skip
"""How a leg may end; ``completed`` comes last and knows most."""

RANK: Final = {status: place for place, status in enumerate((*BEGUN, *ENDED))}


@dataclass(frozen=True, slots=True)
class _Said:
    event: CallEvent
    said: Mapping[str, Any]


def legs_of(events: Iterable[CallEvent]) -> tuple[LegView, ...]:
    """Describe each leg, in the order in which they began; events come sorted by their time."""
    by_leg: dict[str, list[_Said]] = defaultdict(list)
    for event in events:
        if event.data.leg_id:
            by_leg[event.data.leg_id].append(_Said(event, said_in(event)))
    legs = [_leg(leg_id, its) for leg_id, its in by_leg.items()]
    return tuple(sorted((it for it in legs if it), key=_beginning))


def has_ended(leg: LegView) -> bool:
    """Tell whether nothing more is to come of a leg."""
    return leg.status in ENDED


def _beginning(leg: LegView) -> tuple[datetime, bool, str]:
    at = leg.started_at or datetime.max.replace(tzinfo=UTC)
    # The caller's leg first, where both are told of in the same millisecond.
    return at, leg.direction != "inbound", leg.leg_id


def _leg(leg_id: str, its: Sequence[_Said]) -> LegView | None:
    known = [it for it in its if it.event.data.kind in RANK]
    if not known:
        return None
    last = max(known, key=lambda it: RANK[it.event.data.kind])
    first = min(known, key=lambda it: RANK[it.event.data.kind])
    ended = last.event.data.kind in ENDED
    return LegView(
        leg_id=leg_id,
        caller=_text(known, "from"),
        called=_text(known, "to"),
        direction=_text(known, "direction"),
        status=last.event.data.kind,
        started_at=_moment(known, "start_time") or _at(first.event),
        ended_at=(_moment(known, "end_time") or _at(last.event)) if ended else None,
        seconds=_number(known, "duration"),
        price=_price(known),
    )


def _at(event: CallEvent) -> datetime:
    return event.data.occurred_at or event.time


def _text(its: Iterable[_Said], name: str) -> str | None:
    found = [it.said[name] for it in its if isinstance(it.said.get(name), str) and it.said[name]]
    return found[0][:100] if found else None


def _moment(its: Iterable[_Said], name: str) -> datetime | None:
    for it in its:
        try:
            moment = datetime.fromisoformat(it.said[name])
        except (KeyError, TypeError, ValueError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _decimal(its: Iterable[_Said], name: str) -> Decimal | None:
    for it in its:
        try:
            number = Decimal(str(it.said[name]))
        except (KeyError, InvalidOperation):
            continue
        if number.is_finite() and number >= 0:
            return number
    return None


def _price(its: Iterable[_Said]) -> Decimal | None:
    return _decimal(its, "price")


def _number(its: Iterable[_Said], name: str) -> float | None:
    number = _decimal(its, name)
    return None if number is None else float(number)
