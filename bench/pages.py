"""Measures how long a page takes with 10,000 calls in the table, against canned data in memory."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.httpsession import URLLib3Session
from flask import Flask
from flask.testing import FlaskClient

from bench.report import CannotMeasureError, Goal, Report, Row, rows
from callscribe.names import transcript_key
from local.stack.children import Children
from local.stack.emulator import credentials, start_emulator
from local.stack.resources import (
    AUDIO_BUCKET,
    CALLS_TABLE,
    TRANSCRIPTS_BUCKET,
    Resources,
    make_resources,
)
from results.ledger.entries import entries_of
from results.ledger.ledger import call_json
from results.ledger.snapshot import Record
from results.ledger.table import CallsTable
from results.ledger.testing import a_call, a_transcript
from results.ledger.views import CallView
from results.transcript import write
from results.web.access import PERSON
from results.web.app import SERVICES, create_app
from results.web.assembly import services_of
from results.web.pages import blueprint
from results.web.services import Services
from results.web.settings import Settings
from results.web.testing import FakeCalls, FakeShelf

CALLS: Final = 10_000
SHOWN: Final = 50
"""Calls of the newest page: so many the canned list has."""

ROUNDS: Final = 3
REQUESTS: Final = 20
GOAL: Final = Goal("at most", 2)
A_BATCH: Final = 25
"""Items that DynamoDB takes at once."""

SAID: Final = ("I would like to order three apple trees.", "We can bring them on Friday.") * 20
BASELINE: Final = "a bare Flask app with the same templates and canned data, without a login"
NOTES: Final = (
    f"{CALLS} calls in the table of an emulator, no network before the page",
    "a list is one Query and one BatchGetItem; the emulator looks through its whole table for it",
)


class Collected:
    """Takes what a table would be given, to be written many at a time."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []

    def put_item(self, *, Item: dict[str, Any], **_: object) -> None:  # noqa: N803 - boto3's name
        """Keep an item."""
        self.items.append(Item)


@dataclass(frozen=True)
class Run:
    """The p95 in milliseconds: with the time of the emulator, and less it."""

    whole: float
    own: float


@dataclass(frozen=True)
class Emulator:
    """AWS on this machine."""

    address: str

    def client(self, service: str) -> Any:
        """Make a client of a service."""
        make: Any = boto3.client
        return make(service, endpoint_url=self.address)


def measure() -> Report:
    """Measure the list of calls and the page of one."""
    calls = [_call(number) for number in range(CALLS)]
    with _served(calls) as ours:
        canned = _canned(calls[-SHOWN:])
        pages = {"list page": "/", "call page": f"/calls/{calls[-1].call_id}"}
        measured = [row for what, path in pages.items() for row in _rows(what, path, ours, canned)]
    return Report("pages", BASELINE, tuple(measured), NOTES)


def items_of(calls: Sequence[CallView]) -> Sequence[dict[str, Any]]:
    """Give what lies in the table of some calls."""
    collected: Any = Collected()
    table = CallsTable(collected, CALLS_TABLE)
    for call in calls:
        place = f"call#{call.call_id}"
        table.save(place, Record(1, place, call_json.dump_json(call).decode()))
        for entry in entries_of(call, place):
            table.put_entry(place, entry)
    items: Sequence[dict[str, Any]] = collected.items
    return items


def _call(number: int) -> CallView:
    return a_call(f"CON-{number}", minutes_later=number)


def _rows(what: str, path: str, ours: FlaskClient, canned: FlaskClient) -> tuple[Row, ...]:
    mine, theirs = list[Run](), list[Run]()
    for _ in range(ROUNDS):
        mine.append(_timed(ours, path))
        theirs.append(_timed(canned, path))
    figures = {
        f"{what}, p95 in ms, less the emulator's own": (_own, GOAL),
        f"{what}, p95 in ms, with the emulator's own": (_whole, None),
    }
    return rows(mine, theirs, figures)


def _own(run: Run) -> float:
    return run.own


def _whole(run: Run) -> float:
    return run.whole


def _timed(client: FlaskClient, path: str) -> Run:
    whole, own = [], []
    for _ in range(REQUESTS):
        with _elsewhere() as waited:
            began = time.perf_counter()
            answer = client.get(path)
            took = time.perf_counter() - began
        if "CON-" not in answer.text:
            raise CannotMeasureError(f"{path} does not show its call: {answer.status}")
        whole.append(1000 * took)
        own.append(1000 * (took - sum(waited)))
    return Run(_p95(whole), _p95(own))


def _p95(took: Sequence[float]) -> float:
    return sorted(took)[int(0.95 * len(took))]


@contextmanager
def _elsewhere() -> Iterator[list[float]]:
    """Collect the seconds that boto waits for answers of the emulator."""
    waited: list[float] = []
    send = URLLib3Session.send

    def timed(session: URLLib3Session, request: Any) -> Any:
        began = time.perf_counter()
        try:
            return send(session, request)
        finally:
            waited.append(time.perf_counter() - began)

    URLLib3Session.send = timed  # type: ignore[method-assign,assignment] # what boto waits for has no other seam
    try:
        yield waited
    finally:
        URLLib3Session.send = send  # type: ignore[method-assign] # as it was


@contextmanager
def _served(calls: Sequence[CallView]) -> Iterator[FlaskClient]:
    """Give a client that has logged in to the real app, on an emulator that has the calls."""
    with tempfile.TemporaryDirectory() as folder, Children(lambda *_: None) as children:
        address = start_emulator(children, Path(folder))
        os.environ.update(credentials() | {"AWS_ENDPOINT_URL": address})
        aws = Emulator(address)
        resources = make_resources(aws)
        _fill(aws, calls)
        settings = _settings(resources)
        app = create_app(services_of(settings), settings)
        with app.test_client() as client:
            with client.session_transaction() as session:
                session[PERSON] = "bench"
            yield client


def _fill(aws: Emulator, calls: Sequence[CallView]) -> None:
    dynamodb = aws.client("dynamodb")
    items = items_of(calls)
    for start in range(0, len(items), A_BATCH):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + A_BATCH]]
        dynamodb.batch_write_item(RequestItems={CALLS_TABLE: puts})
    [recording] = calls[-1].recordings
    aws.client("s3").put_object(
        Bucket=TRANSCRIPTS_BUCKET,
        Key=transcript_key(recording.recording_id, "json"),
        Body=write(a_transcript(recording.recording_id, *SAID)),
    )


def _canned(calls: Sequence[CallView]) -> FlaskClient:
    """Give a client of the pages alone."""
    [recording] = calls[-1].recordings
    said = {recording.recording_id: a_transcript(recording.recording_id, *SAID)}
    app = Flask("bare")
    app.secret_key = b"bare"
    app.config.update(TRANSCRIBED_MINUTE_RATE=0, CALL_RATE=0)
    app.extensions[SERVICES] = Services(
        calls=FakeCalls(*calls), shelf=FakeShelf(said), now=lambda: datetime.now(UTC)
    )
    app.register_blueprint(blueprint)
    return app.test_client()


def _settings(resources: Resources) -> Settings:
    queues = {
        f"{queue.replace('-', '_')}_{kind}_url": url
        for kind, urls in (("queue", resources.queue_urls), ("parked", resources.dead_letter_urls))
        for queue, url in urls.items()
    }
    return Settings.model_validate(
        queues
        | {
            "calls_table": CALLS_TABLE,
            "audio_bucket": AUDIO_BUCKET,
            "transcripts_bucket": TRANSCRIPTS_BUCKET,
        }
    )
