"""Decides in which lists a call is found, and what the lists themselves tell of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from typing import Final

from pydantic import TypeAdapter

from results.ledger.views import CallView, Stage, Status

ALL: Final = "calls"


def of_status(status: Status) -> str:
    """Name the list of the calls of a status."""
    return f"status#{status.value}"


def of_number(number: str) -> str:
    """Name the list of the calls with a number."""
    return f"number#{number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A call's place in one list: ``moment`` sorts it there, and ends with the call's place."""

    listed_in: str
    moment: str
    figures: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the numbers of a day are made from; ``wait`` is from hanging up to the transcript."""

    status: Status
    seconds: float = 0.0
    transcribed: float = 0.0
    wait: float | None = None
    price: Decimal | None = None
    reasons: tuple[str, ...] = ()


figures_json = TypeAdapter(Figures)


def entries_of(call: CallView, place: str) -> tuple[Entry, ...]:
    """List a call under its time, its status and its numbers; of a deleted one only the status."""
    moment = f"{instant(call.started_at)}#{place}"
    if call.deleted:
        return (Entry(of_status(call.status), moment),)
    said = figures_json.dump_json(figures_of(call)).decode()
    both = chain.from_iterable((leg.caller, leg.called) for leg in call.legs)
    numbers = sorted({number for number in both if number is not None})
    lists = (of_status(call.status), *map(of_number, numbers))
    return (Entry(ALL, moment, said), *(Entry(name, moment) for name in lists))


def figures_of(call: CallView) -> Figures:
    """Tell what a call adds to the figures of its day."""
    ready = [it for it in call.recordings if it.has_transcript]
    return Figures(
        status=call.status,
        seconds=call.seconds or 0.0,
        transcribed=sum(it.duration or 0.0 for it in ready),
        wait=_wait(call),
        price=call.price,
        reasons=tuple(stop.reason for stop in call.stops),
    )


def _wait(call: CallView) -> float | None:
    published = [
        stage.at
        for it in call.recordings
        for stage in it.stages
        if stage.stage is Stage.PUBLISHED and stage.run == 1
    ]
    if call.ended_at is None or not published or len(published) < len(call.recordings):
        return None
    return max((max(published) - call.ended_at).total_seconds(), 0.0)


def instant(at: datetime) -> str:
    """Write a time so that the order of texts is that of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def place_in(moment: str) -> str:
    """Give the place of the call from what sorts it in a list."""
    return moment.partition("#")[2]
