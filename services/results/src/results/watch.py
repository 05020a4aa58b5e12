"""Asks what became of the jobs of a set of which nothing was heard: AWS may lose their events."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from callscribe.contracts import (
    Event,
    FinishedTranscription,
    TranscriptionSet,
    TranscriptionStarted,
)
from callscribe.errors import PermanentError
from callscribe.job import Job, UnknownJobError, finished
from callscribe.names import failure_key, transcript_key
from callscribe.telemetry import facts
from results import outcomes
from results.assembly import assemble
from results.bucket import Bucket
from results.outcomes import Outcome
from results.render import Format

logger = logging.getLogger(__name__)

SOONEST: Final = timedelta(seconds=1)
LATEST: Final = timedelta(minutes=15)
"""Between these two, jobs that still run are asked after when they have run for twice as long."""

PATIENCE: Final = timedelta(days=7)
"""Longer than any job runs, or waits its turn: after this a person should look."""

ENDED: Final = ("COMPLETED", "FAILED")

Describe = Callable[[str], Job]
"""Asks Amazon Transcribe about the job of a name."""


class Publisher(Protocol):
    """Where events are published."""

    def publish(self, event: Event, *, delay: timedelta = timedelta(0)) -> None:
        """Publish the event, to be seen after a delay."""


def watch(
    reminder: TranscriptionStarted,
    *,
    describe: Describe,
    bucket: Bucket,
    completions: Publisher,
    channel_names: Sequence[str],
    now: datetime,
) -> None:
    """Ask after every job that nothing was heard of, and again later after those that still run.

    Asking again is a new message, so that waiting for a long job uses up no attempts.

    :raises TransientError: if Amazon Transcribe, the bucket or the queue is not ready.
    :raises PermanentError: if jobs have run for longer than they can.
    """
    planned = reminder.data
    heard_of = outcomes.kept(planned, bucket)
    silent = [job.job_name for job in planned.jobs if job.job_name not in heard_of]
    running = [name for name in silent if not _ended(name, planned, describe, bucket, now)]
    if len(running) < len(silent) or not (running or _is_settled(planned, bucket)):
        assemble(planned, bucket=bucket, channel_names=channel_names)
    if running:
        _ask_again(reminder, running, completions, now)


def _ended(
    name: str, planned: TranscriptionSet, describe: Describe, bucket: Bucket, now: datetime
) -> bool:
    """Keep how a job ended, if it has; one that is not there any more has failed."""
    try:
        job = describe(name)
    except UnknownJobError as error:
        end = FinishedTranscription(
            recording_id=planned.recording_id,
            job_name=name,
            status="FAILED",
            failure_reason=str(error),
        )
    else:
        if job.status not in ENDED:
            return False
        end = finished(job)
    logger.warning("completion was lost", extra=facts(job_name=name, status=end.status))
    outcomes.keep(Outcome(**end.model_dump(), ended_at=now), planned, bucket)
    return True


def _is_settled(planned: TranscriptionSet, bucket: Bucket) -> bool:
    ids = planned.recording_id, planned.run
    transcript = transcript_key(ids[0], Format.JSON, ids[1])
    return bucket.has(transcript) or bucket.has(failure_key(*ids))


def _ask_again(
    reminder: TranscriptionStarted, running: Sequence[str], completions: Publisher, now: datetime
) -> None:
    age = now - reminder.time
    if age > PATIENCE:
        raise PermanentError(f"{len(running)} jobs are still running after {age.days} days")
    delay = min(max(age, SOONEST), LATEST)
    completions.publish(reminder, delay=delay)
    logger.info(
        "asking again later", extra=facts(running=len(running), after=delay.total_seconds())
    )
