"""Puts the transcriber together: ``python -m transcriber``."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from callscribe.aws import client
from callscribe.contracts import RecordingStored
from callscribe.names import QueueName
from callscribe.parking import ParkingNotice
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import read
from callscribe.sqs import SqsPublisher, SqsQueue
from callscribe.telemetry import Counters
from transcriber.handler import SOURCE, handle
from transcriber.s3 import TranscriptsBucket
from transcriber.settings import Settings
from transcriber.transcribe import TranscribeJobs

WORKERS_OWN_THREADS: Final = 3
"""The poll, the heartbeat and the deletes, which share the SQS client with the handlers."""


def readers(settings: Settings, counters: Counters) -> Sequence[Reader[RecordingStored]]:
    """Connect the transcriptions queue to the handler, and the handler to AWS."""
    sqs = client("sqs", connections=settings.concurrency + WORKERS_OWN_THREADS)
    transcribe = client("transcribe", connections=settings.concurrency)
    s3 = client("s3", connections=settings.concurrency)
    return [
        Reader(
            queue=SqsQueue(sqs, settings.queue_url, settings.dead_letter_url, counters=counters),
            parse=RecordingStored.model_validate_json,
            handle=partial(
                handle,
                bucket=TranscriptsBucket(s3, settings.transcripts_bucket),
                jobs=TranscribeJobs(transcribe),
                events=SqsPublisher(sqs, settings.call_events_queue_url),
                completions=SqsPublisher(sqs, settings.completions_queue_url),
                options=settings,
                watch_after=timedelta(seconds=settings.watch_after),
                now=partial(datetime.now, UTC),
            ),
            on_parked=ParkingNotice(
                SqsPublisher(sqs, settings.call_events_queue_url),
                queue=QueueName.TRANSCRIPTIONS,
                source=SOURCE,
                now=partial(datetime.now, UTC),
            ),
        )
    ]


if __name__ == "__main__":
    settings = read(Settings)
    raise SystemExit(work("transcriber", settings, partial(readers, settings)))
