"""Decides what becomes of a stored recording: one job, then word that it was started."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from callscribe.contracts import Event, RecordingStored, StartedTranscription, TranscriptionStarted
from callscribe.telemetry import facts
from transcriber.job import TranscriptionJob, transcription_job
from transcriber.options import JobOptions

logger = logging.getLogger(__name__)

SOURCE: Final = "callscribe/transcriber"


class Jobs(Protocol):
    """Where jobs are started."""

    def start(self, job: TranscriptionJob) -> None:
        """Start the job, or adopt the one that was started for the same recording before."""


class Publisher(Protocol):
    """Where events are published."""

    def publish(self, event: Event) -> None:
        """Publish the event."""


def handle(
    event: RecordingStored,
    *,
    jobs: Jobs,
    events: Publisher,
    options: JobOptions,
    now: Callable[[], datetime],
) -> None:
    """Start the transcription of a stored recording, then say so.

    :raises PermanentError: if Amazon Transcribe cannot transcribe it, or refuses.
    :raises TransientError: if Amazon Transcribe or the queue is not ready.
    """
    job = transcription_job(event, options)
    jobs.start(job)
    events.publish(_word_of(job, event, at=now()))
    logger.info("transcription started", extra=facts(job_name=job.name))


def _word_of(
    job: TranscriptionJob, event: RecordingStored, *, at: datetime
) -> TranscriptionStarted:
    """Say which job it is; with redaction on, AWS puts ``redacted-`` before the file's name.

    Where the result lies in the end is for GetTranscriptionJob to say, not for this event.
    """
    return TranscriptionStarted(
        source=SOURCE,
        subject=event.data.recording_id,
        time=at,
        correlationid=event.correlationid,
        data=StartedTranscription(
            recording_id=event.data.recording_id,
            conversation_id=event.data.conversation_id,
            job_name=job.name,
            output_bucket=job.options.transcripts_bucket,
            output_key=job.output_key,
        ),
    )
