"""Puts the results worker together: ``python -m results``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from callscribe.aws import client
from callscribe.contracts import completion, fact
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import read
from callscribe.sqs import SqsPublisher, SqsQueue
from callscribe.telemetry import Counters
from callscribe.transcribe import describe
from results.handler import complete, keep
from results.s3 import TranscriptsBucket
from results.settings import Settings
from results.table import CallsTable

WORKERS_OWN_THREADS: Final = 3
"""The poll, the heartbeat and the deletes of each queue's worker."""


def readers(settings: Settings, counters: Counters) -> Sequence[Reader[Any]]:
    """Connect both queues to their handlers, and the handlers to AWS."""
    threads = settings.concurrency
    sqs = client("sqs", connections=2 * WORKERS_OWN_THREADS + threads)
    bucket = TranscriptsBucket(
        client("s3", connections=threads),
        settings.transcripts_bucket,
        max_bytes=settings.max_file_bytes,
    )
    table = CallsTable(client("dynamodb", connections=threads), settings.calls_table)
    completions = SqsQueue(
        sqs, settings.completions_queue_url, settings.completions_dead_letter_url, counters=counters
    )
    call_events = SqsQueue(
        sqs, settings.call_events_queue_url, settings.call_events_dead_letter_url, counters=counters
    )
    return [
        Reader(
            queue=completions,
            parse=completion.validate_json,
            handle=partial(
                complete,
                describe=partial(describe, client("transcribe", connections=threads)),
                bucket=bucket,
                completions=SqsPublisher(sqs, settings.completions_queue_url),
                channel_names=settings.party_names,
                now=partial(datetime.now, UTC),
            ),
        ),
        Reader(queue=call_events, parse=fact.validate_json, handle=partial(keep, table=table)),
    ]


if __name__ == "__main__":
    settings = read(Settings)
    raise SystemExit(work("results", settings, partial(readers, settings)))
