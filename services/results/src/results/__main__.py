"""Puts the results worker together: ``python -m results``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from callscribe.aws import client
from callscribe.contracts import News, completion, fact
from callscribe.names import QueueName
from callscribe.parking import ParkingNotice
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import read
from callscribe.sqs import SqsPublisher, SqsQueue
from callscribe.telemetry import Counters
from callscribe.transcribe import describe
from results.announcement import announcing
from results.handler import complete, keep
from results.ledger.ledger import Ledger
from results.ledger.objects import RecordingObjects
from results.ledger.table import CallsTable
from results.ledger.watched import WatchedCompletions
from results.peaks import beside
from results.peaks_audio import AudioBucket
from results.s3 import TranscriptsBucket
from results.settings import Settings

SOURCE: Final = "callscribe/results"

WORKERS_OWN_THREADS: Final = 3
"""The poll, the heartbeat and the deletes of each queue's worker."""


def ledger_of(settings: Settings, s3: Any) -> Ledger:
    """Connect the ledger to the calls table, and to the objects that go with a deleted call."""
    dynamodb = client("dynamodb", connections=2 * settings.concurrency)
    objects = RecordingObjects(
        s3, audio_bucket=settings.audio_bucket, transcripts_bucket=settings.transcripts_bucket
    )
    return Ledger(CallsTable(dynamodb, settings.calls_table), objects)


def readers(settings: Settings, counters: Counters) -> Sequence[Reader[Any]]:
    """Connect both queues to their handlers, and the handlers to AWS."""
    threads = settings.concurrency
    sqs = client("sqs", connections=2 * WORKERS_OWN_THREADS + 2 * threads)
    s3 = client("s3", connections=threads)
    ledger = ledger_of(settings, s3)
    bucket = TranscriptsBucket(s3, settings.transcripts_bucket, max_bytes=settings.max_file_bytes)
    notifications = SqsPublisher(sqs, settings.notifications_queue_url)

    def tell(news: News) -> bool:
        # Who deletes a call wants no trace of it, outside least of all; keeping it erases it again.
        ledger.keep(news)
        if ledger.is_of_a_deleted_call(news):
            return False
        notifications.publish(news)
        return True

    notice = partial(
        ParkingNotice,
        SqsPublisher(sqs, settings.call_events_queue_url),
        source=SOURCE,
        now=partial(datetime.now, UTC),
    )
    audio = AudioBucket(s3, settings.audio_bucket)
    completions = SqsQueue(
        sqs, settings.completions_queue_url, settings.completions_dead_letter_url, counters=counters
    )
    call_events = SqsQueue(
        sqs, settings.call_events_queue_url, settings.call_events_dead_letter_url, counters=counters
    )
    handle = partial(
        complete,
        describe=partial(describe, client("transcribe", connections=threads)),
        bucket=bucket,
        completions=SqsPublisher(sqs, settings.completions_queue_url),
        channel_names=settings.party_names,
        now=partial(datetime.now, UTC),
    )
    return [
        Reader(
            queue=completions,
            parse=completion.validate_json,
            handle=announcing(
                WatchedCompletions(handle, ledger),
                bucket=bucket,
                bucket_name=settings.transcripts_bucket,
                tell=tell,
                now=partial(datetime.now, UTC),
            ),
            on_parked=notice(queue=QueueName.COMPLETIONS),
        ),
        Reader(
            queue=call_events,
            parse=fact.validate_json,
            handle=beside(partial(keep, table=ledger), audio=audio, bucket=bucket),
            on_parked=notice(queue=QueueName.CALL_EVENTS),
        ),
    ]


if __name__ == "__main__":
    settings = read(Settings)
    raise SystemExit(work("results", settings, partial(readers, settings)))
