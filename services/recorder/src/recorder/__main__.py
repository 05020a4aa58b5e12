"""Puts the recorder together: ``python -m recorder``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Final
from uuid import uuid4

from urllib3 import PoolManager

from callscribe.aws import client
from callscribe.contracts import RecordingAvailable
from callscribe.names import QueueName
from callscribe.parking import ParkingNotice
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import read
from callscribe.sqs import SqsPublisher, SqsQueue
from callscribe.telemetry import Counters
from recorder.download import Downloads
from recorder.handler import SOURCE, handle
from recorder.prepare import Workshop
from recorder.s3 import S3Audio
from recorder.settings import Settings
from recorder.token import Signer

WORKERS_OWN_THREADS: Final = 3
"""The poll, the heartbeat and the deletes, which share the SQS client with the handlers."""

S3_THREADS: Final = 2
"""Of a handler: it reads or sends, and meanwhile the next range comes or the last part goes."""


def downloads(settings: Settings) -> Downloads:
    """Make what fetches recordings as our application."""
    signer = Signer(
        application_id=settings.application_id,
        key=settings.key,
        now=partial(datetime.now, UTC),
        new_id=lambda: str(uuid4()),
    )
    pools = PoolManager(maxsize=settings.concurrency)
    return Downloads(pools, signer.token, settings.waits, clock=monotonic)


def readers(settings: Settings, counters: Counters) -> Sequence[Reader[RecordingAvailable]]:
    """Connect the recordings queue to the handler, and the handler to Vonage and AWS."""
    sqs = client("sqs", connections=settings.concurrency + WORKERS_OWN_THREADS)
    s3 = client("s3", connections=settings.concurrency * S3_THREADS)
    return [
        Reader(
            queue=SqsQueue(sqs, settings.queue_url, settings.dead_letter_url, counters=counters),
            parse=RecordingAvailable.model_validate_json,
            handle=partial(
                handle,
                source=downloads(settings),
                store=S3Audio(s3, settings.audio_bucket),
                listeners=(
                    SqsPublisher(sqs, settings.transcriptions_queue_url),
                    SqsPublisher(sqs, settings.call_events_queue_url),
                ),
                policy=settings.policy,
                workshop=Workshop(),
                now=partial(datetime.now, UTC),
            ),
            on_parked=ParkingNotice(
                SqsPublisher(sqs, settings.call_events_queue_url),
                queue=QueueName.RECORDINGS,
                source=SOURCE,
                now=partial(datetime.now, UTC),
            ),
        )
    ]


if __name__ == "__main__":
    settings = read(Settings)
    raise SystemExit(work("recorder", settings, partial(readers, settings)))
