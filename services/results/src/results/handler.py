"""Decides what becomes of a completion: a transcript, or the reason why there is none."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from callscribe.contracts import (
    Completion,
    Fact,
    TranscribeJobChanged,
    TranscriptionFinished,
    TranscriptionSet,
    TranscriptionStarted,
)
from callscribe.errors import PermanentError
from callscribe.job import finished
from callscribe.names import JOB_PREFIX, JobId, job_of, set_key, transcript_key
from callscribe.telemetry import bound, facts
from results import outcomes
from results.assembly import assemble, result_of
from results.bucket import Bucket
from results.composer import compose
from results.failure import failure_of
from results.outcomes import Outcome
from results.publication import fail, leave, publish, seen
from results.render import Format
from results.watch import Describe, Publisher, watch

logger = logging.getLogger(__name__)


class Table(Protocol):
    """Where facts are kept."""

    def keep(self, fact: Fact) -> bool:
        """Keep a fact unless it is there, and tell whether it was new."""


def keep(fact: Fact, *, table: Table) -> None:
    """Keep a fact about a call, once.

    :raises TransientError: if the table is not ready.
    :raises PermanentError: if the table refuses it.
    """
    new = table.keep(fact)
    logger.info("fact kept", extra=facts(type=fact.type, new=new))


def complete(
    event: Completion,
    *,
    describe: Describe,
    bucket: Bucket,
    completions: Publisher,
    channel_names: Sequence[str],
    now: Callable[[], datetime],
) -> None:
    """Publish the transcript of a job that ended well, or the reason of one that did not.

    A job that is one of a set waits for the others. A reminder asks after those not heard of.

    :raises TransientError: if the job, its file, the bucket or the queue is not ready.
    :raises PermanentError: if the job is not ours, or its file is not understood.
    """
    if isinstance(event, TranscriptionStarted):
        watch(
            event,
            describe=describe,
            bucket=bucket,
            completions=completions,
            channel_names=channel_names,
            now=now(),
        )
        return
    if isinstance(event, TranscribeJobChanged):
        event = _described(event, describe)
    with bound(**event.trace):
        _settle(event, bucket, channel_names)


def _described(event: TranscribeJobChanged, describe: Describe) -> TranscriptionFinished:
    """Say of a job what AWS's own event leaves out, as the notifier does."""
    job = describe(event.detail.job_name)
    return TranscriptionFinished(
        source="callscribe/results",
        subject=job.name.removeprefix(JOB_PREFIX),
        time=event.time,
        correlationid=job.correlation_id or event.id,
        data=finished(job),
    )


def _settle(event: TranscriptionFinished, bucket: Bucket, channel_names: Sequence[str]) -> None:
    job = job_of(event.data.job_name)
    written = bucket.get(set_key(job.recording_id, job.run))
    if written is None:
        _settle_alone(event, job, bucket, channel_names)
        return
    planned = TranscriptionSet.model_validate_json(written)
    outcomes.keep(Outcome(**event.data.model_dump(), ended_at=event.time), planned, bucket)
    assemble(planned, bucket=bucket, channel_names=channel_names)


def _settle_alone(
    event: TranscriptionFinished, job: JobId, bucket: Bucket, channel_names: Sequence[str]
) -> None:
    """Publish what a job gave that no set names: it was started by another than the transcriber."""
    ended = event.data
    if job.parts > 1:
        raise PermanentError("the job is one of several, and nothing says which the others are")
    there = seen(ended.recording_id, job.run, bucket)
    if ended.status == "FAILED":
        fail(failure_of(ended, event.time), run=job.run, bucket=bucket)
    elif transcript_key(ended.recording_id, Format.JSON, job.run) in there:
        leave(ended.recording_id, run=job.run, bucket=bucket)
    else:
        composed = compose(
            result_of(ended, bucket),
            recording_id=ended.recording_id,
            conversation_id=ended.conversation_id,
            language=ended.language_code,
            channel_names=channel_names,
        )
        publish(composed, run=job.run, instead_of=there, bucket=bucket)
