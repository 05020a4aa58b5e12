"""Decides what to say of a job that ended: what AWS's event leaves out comes from the job."""

import logging
from collections.abc import Callable
from typing import Final, Protocol

from callscribe.contracts import Event, TranscribeJobChanged, TranscriptionFinished
from callscribe.job import Job, finished
from callscribe.names import JOB_PREFIX
from callscribe.telemetry import bound, facts

logger = logging.getLogger(__name__)

SOURCE: Final = "callscribe/notifier"


class Publisher(Protocol):
    """Where events are published."""

    def publish(self, event: Event) -> None:
        """Publish the event."""


def handle(
    event: TranscribeJobChanged, *, describe: Callable[[str], Job], completions: Publisher
) -> None:
    """Pass on that a job ended, as the job itself describes it.

    The time is that of AWS's event, so the same one delivered twice becomes the same message twice.

    :raises PermanentError: if the job is not there any more.
    :raises TransientError: if Amazon Transcribe or the queue is not ready.
    """
    job = describe(event.detail.job_name)
    told = TranscriptionFinished(
        source=SOURCE,
        subject=job.name.removeprefix(JOB_PREFIX),
        time=event.time,
        correlationid=job.correlation_id or event.id,
        data=finished(job),
    )
    with bound(**told.trace):
        completions.publish(told)
        logger.info("completion passed on", extra=facts(job_name=job.name, status=job.status))
