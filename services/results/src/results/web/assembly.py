"""Connects the web service to AWS."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
from botocore.config import Config

from callscribe.aws import Patience, client
from callscribe.errors import TransientError
from callscribe.names import QueueName
from callscribe.sqs import SqsPublisher
from results.ledger.commands import LedgerCalls, Outgoing
from results.ledger.lists import Lists
from results.ledger.parking import SqsParking
from results.ledger.shelf import S3Shelf
from results.ledger.table import CallsTable
from results.web.keys_table import KeysTable
from results.web.services import Services
from results.web.settings import Settings

CALLERS_PATIENCE: Final = Patience(connect=2, read=5, attempts=2)
"""Somebody waits for the page, so it is better to say soon that AWS is out of reach."""

WAIT_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 0.1


def services_of(settings: Settings) -> Services:
    """Make everything that pages and API are made from."""
    make = partial(client, connections=settings.threads, patience=CALLERS_PATIENCE)
    dynamodb, sqs = make("dynamodb"), make("sqs")
    table = CallsTable(dynamodb, settings.calls_table)
    shelf = _shelf(settings, make("s3"))
    address = urlsplit(shelf.address("any", ""))
    return Services(
        calls=LedgerCalls(
            table,
            Lists(dynamodb, settings.calls_table),
            _outgoing(settings, sqs),
            now=partial(datetime.now, UTC),
            new_id=lambda: str(uuid4()),
            wait=wait,
        ),
        shelf=shelf,
        now=partial(datetime.now, UTC),
        reachable=partial(_reachable, table),
        keys=KeysTable(dynamodb, settings.calls_table),
        media_origins=(f"{address.scheme}://{address.netloc}",),
    )


def wait(is_so: Callable[[], bool]) -> None:
    """Wait for what the worker does, for so long as somebody likes to wait for an answer."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so() and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)


def _reachable(table: CallsTable) -> bool:
    try:
        table.record("health")
    except TransientError:
        return False
    return True


def _shelf(settings: Settings, s3: Any) -> S3Shelf:
    return S3Shelf(
        s3,
        signer_of(settings.public_s3_url),
        audio_bucket=settings.audio_bucket,
        transcripts_bucket=settings.transcripts_bucket,
    )


def signer_of(public_s3_url: str | None) -> Any:
    """Make a client that signs addresses for browsers, at another host than ours if need be.

    Told nothing, boto3 would sign in an old way, which most regions refuse, and for a host that
    first leads to another.
    """
    make: Any = boto3.client
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    return make("s3", endpoint_url=public_s3_url, config=config)


def _outgoing(settings: Settings, sqs: Any) -> Outgoing:
    queues = {
        QueueName.RECORDINGS: (settings.recordings_queue_url, settings.recordings_parked_url),
        QueueName.TRANSCRIPTIONS: (
            settings.transcriptions_queue_url,
            settings.transcriptions_parked_url,
        ),
        QueueName.COMPLETIONS: (settings.completions_queue_url, settings.completions_parked_url),
        QueueName.CALL_EVENTS: (settings.call_events_queue_url, settings.call_events_parked_url),
    }
    return Outgoing(
        call_events=SqsPublisher(sqs, settings.call_events_queue_url),
        transcriptions=SqsPublisher(sqs, settings.transcriptions_queue_url),
        parking={name: SqsParking(sqs, *urls) for name, urls in queues.items()},
    )
