"""Decides what becomes of a stored recording: a set of jobs, then word that they were started."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from callscribe.contracts import Event, RecordingStored, TranscriptionSet, TranscriptionStarted
from callscribe.errors import PermanentError
from callscribe.names import set_key
from callscribe.telemetry import facts
from transcriber.job import TranscriptionJob, jobs_of
from transcriber.options import JobOptions
from transcriber.sets import set_of
from transcriber.wishes import wished

logger = logging.getLogger(__name__)

SOURCE: Final = "callscribe/transcriber"


class Bucket(Protocol):
    """Where sets are written."""

    def put_once(self, key: str, content: bytes) -> bytes:
        """Write an object unless it is there, and give what is there then."""


class Jobs(Protocol):
    """Where jobs are started."""

    def start(self, job: TranscriptionJob) -> None:
        """Start the job, or adopt the one that was started for the same part before."""


class Publisher(Protocol):
    """Where events are published."""

    def publish(self, event: Event, *, delay: timedelta = timedelta(0)) -> None:
        """Publish the event, to be seen after a delay."""


def handle(
    event: RecordingStored,
    *,
    bucket: Bucket,
    jobs: Jobs,
    events: Publisher,
    completions: Publisher,
    options: JobOptions,
    watch_after: timedelta,
    now: Callable[[], datetime],
) -> None:
    """Start the transcription of a stored recording, then say so.

    Whoever makes the transcript is told at once if there is nothing to wait for, and otherwise
    after ``watch_after``, when it asks for those jobs that it heard nothing of.

    :raises PermanentError: if Amazon Transcribe cannot transcribe it, or refuses.
    :raises TransientError: if Amazon Transcribe, the bucket or a queue is not ready.
    """
    ours = set_of(event.data)
    described = jobs_of(event, ours, wished(options, event.data.wishes))
    planned = _adopted(ours, bucket)
    for job in described:
        jobs.start(job)
    word = _word_of(planned, event, at=now())
    events.publish(word)
    completions.publish(word, delay=watch_after if described else timedelta(0))
    names = [job.name for job in described]
    logger.info("transcription started", extra=facts(jobs=len(names), job_names=names))


def _adopted(ours: TranscriptionSet, bucket: Bucket) -> TranscriptionSet:
    """Write the set down, or take the one that is there: it is the same, or there are two truths.

    :raises PermanentError: if the recording was cut in another way when it came before.
    """
    key = set_key(ours.recording_id, ours.run)
    there = TranscriptionSet.model_validate_json(
        bucket.put_once(key, ours.model_dump_json().encode())
    )
    if there.jobs != ours.jobs:
        raise PermanentError("the recording is already being transcribed in other parts")
    return there


def _word_of(
    planned: TranscriptionSet, event: RecordingStored, *, at: datetime
) -> TranscriptionStarted:
    subject = planned.recording_id + (f"/{planned.run}" if planned.run > 1 else "")
    return TranscriptionStarted(
        source=SOURCE, subject=subject, time=at, correlationid=event.correlationid, data=planned
    )
