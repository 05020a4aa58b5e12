"""Finds what stopped a recording, or a call, and is not mended yet."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from callscribe.contracts import (
    Fact,
    MessageParked,
    MessageRetried,
    RecordingLost,
    TranscriptFailed,
)
from callscribe.names import job_of
from results.ledger.advice import AGAIN, LOST, advice_on, stage_after
from results.ledger.views import Stage, StageView, StopView


def stops_of(
    facts: Sequence[Fact], stages: Collection[StageView], *, run: int
) -> tuple[StopView, ...]:
    """Tell what stops a recording in its newest run, given the stages that were reached."""
    reached = {it.stage for it in stages}
    retried = {fact.data.parked_id for fact in facts if isinstance(fact, MessageRetried)}
    stops = (_stop(fact) for fact in facts if fact.id not in retried)
    return tuple(
        stop
        for stop in stops
        if stop is not None and stop.run in (None, run) and stop.stopped_before not in reached
    )


def _stop(fact: Fact) -> StopView | None:
    match fact:
        case MessageParked():
            return _parked(fact)
        case RecordingLost(data=lost):
            return StopView(
                id=fact.id,
                reason=lost.reason,
                advice=LOST,
                at=fact.time,
                stopped_before=Stage.ANNOUNCED,
                recording_id=lost.recording_id,
            )
        case TranscriptFailed(data=failed):
            return StopView(
                id=fact.id,
                reason=failed.reason,
                advice=AGAIN,
                at=fact.time,
                stopped_before=Stage.PUBLISHED,
                recording_id=failed.recording_id,
                run=failed.run,
            )
        case _:
            return None


def _parked(fact: MessageParked) -> StopView:
    parked = fact.data
    return StopView(
        id=fact.id,
        reason=parked.reason,
        advice=advice_on(parked.queue, parked.reason),
        at=fact.time,
        stopped_before=stage_after(parked.queue),
        recording_id=parked.recording_id,
        run=_run_in(parked.body),
        queue=parked.queue,
        attempts=parked.attempts,
    )


def _run_in(body: str) -> int | None:
    """Tell of which run a message was: it says so, or the name of its job does."""
    try:
        said = json.loads(body)
        data = said.get("data") or said.get("detail")
        run: Any = (
            data.get("run") or job_of(data.get("job_name") or data["TranscriptionJobName"]).run
        )
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return None
    return run if isinstance(run, int) else None


def first(stops: Iterable[StopView]) -> StopView | None:
    """Choose the stop to tell of: the one that came first, as the others may follow from it."""
    return min(stops, key=lambda stop: (stop.at, stop.id), default=None)
