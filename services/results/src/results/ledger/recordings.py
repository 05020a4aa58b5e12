"""Describes each recording of a call by the facts about it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from callscribe.contracts import (
    Fact,
    PartiesNamed,
    RecordingAvailable,
    RecordingStored,
    TranscriptionFinished,
    TranscriptionStarted,
    TranscriptReady,
)
from callscribe.names import JobId, job_of
from results.ledger.deliveries import deliveries_of
from results.ledger.stops import first, stops_of
from results.ledger.views import RecordingView, Stage, StageView, Status, StopView

Described = tuple[RecordingView, tuple[StopView, ...]]
"""A recording, and what stops it."""


def recordings_of(facts: Sequence[Fact]) -> list[Described]:
    """Describe each recording, in the order in which they began; facts come sorted by time."""
    by_id: dict[str, list[Fact]] = {}
    for fact in facts:
        recording_id = getattr(fact.data, "recording_id", None)
        if recording_id:
            by_id.setdefault(recording_id, []).append(fact)
    known = [_recording(recording_id, its) for recording_id, its in by_id.items()]
    return sorted(known, key=lambda it: _beginning(it[0]))


def _beginning(recording: RecordingView) -> tuple[bool, Any, str]:
    at = recording.started_at or (recording.stages[0].at if recording.stages else None)
    return at is None, at or 0, recording.recording_id


def _recording(recording_id: str, facts: Sequence[Fact]) -> Described:
    run = max((it for fact in facts if (it := _run(fact))), default=1)
    stages = tuple(sorted(_stages(facts, run), key=lambda it: list(Stage).index(it.stage)))
    stops = stops_of(facts, stages, run=run)
    stop = first(stops)
    done = any(it.stage is Stage.PUBLISHED for it in stages)
    view = RecordingView(
        recording_id=recording_id,
        status=Status.READY if done else Status.FAILED if stop else Status.IN_PROGRESS,
        run=run,
        reason=stop.reason if stop and not done else None,
        advice=stop.advice if stop and not done else None,
        stages=stages,
        transcript_run=max(_published(facts), default=None),
        names=_names(facts),
        deliveries=deliveries_of(facts),
        **_heard(facts),
        **_measured(facts),
    )
    return view, stops


def _run(fact: Fact) -> int | None:
    if isinstance(fact, TranscriptionFinished):
        return _job(fact).run
    run = getattr(fact.data, "run", None)
    return run if isinstance(run, int) else None


def _job(fact: TranscriptionFinished) -> JobId:
    try:
        return job_of(fact.data.job_name)
    except ValueError:
        return JobId(fact.data.recording_id)


def _stages(facts: Sequence[Fact], run: int) -> Iterator[StageView]:
    """Find when each stage was first reached; what all runs share is of the first."""
    announced = [fact for fact in facts if isinstance(fact, RecordingAvailable)]
    stored = [fact for fact in facts if isinstance(fact, RecordingStored)]
    started = [f for f in facts if isinstance(f, TranscriptionStarted) and f.data.run == run]
    published = [f for f in facts if isinstance(f, TranscriptReady) and f.data.run == run]
    yield from _stage(Stage.ANNOUNCED, announced, 1)
    yield from _stage(Stage.STORED, stored, 1)
    yield from _stage(Stage.STARTED, started, run)
    yield from _stage(Stage.FINISHED, _last_of_all_parts(facts, run), run)
    yield from _stage(Stage.PUBLISHED, published, run)


def _stage(stage: Stage, facts: Sequence[Fact], run: int) -> Iterator[StageView]:
    if facts:
        yield StageView(stage, facts[0].time, facts[0].attempt, run)


def _last_of_all_parts(facts: Iterable[Fact], run: int) -> list[TranscriptionFinished]:
    """Give the end of the job that ended last, if every part of the set has ended."""
    ended: dict[JobId, TranscriptionFinished] = {}
    for fact in facts:
        if isinstance(fact, TranscriptionFinished) and _job(fact).run == run:
            ended.setdefault(_job(fact), fact)
    if not ended or len(ended) < max(job.parts for job in ended):
        return []
    return [list(ended.values())[-1]]


def _published(facts: Iterable[Fact]) -> list[int]:
    return [fact.data.run for fact in facts if isinstance(fact, TranscriptReady)]


def _names(facts: Iterable[Fact]) -> tuple[str, ...]:
    given = [fact.data.names for fact in facts if isinstance(fact, PartiesNamed)]
    return given[-1] if given else ()


def _heard(facts: Iterable[Fact]) -> dict[str, Any]:
    for fact in facts:
        if isinstance(fact, RecordingAvailable):
            return {"started_at": fact.data.started_at, "ended_at": fact.data.ended_at}
    return {}


def _measured(facts: Iterable[Fact]) -> dict[str, Any]:
    for fact in facts:
        if isinstance(fact, RecordingStored):
            stored = fact.data
            return {
                "duration": stored.duration,
                "channels": stored.channels,
                "media_format": stored.media_format,
                "size": stored.size,
                "audio_key": stored.key,
            }
    return {}
