"""The ledger on a real table: what is kept, listed, changed, sent again and erased."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from callscribe.contracts import RecordingStored, Wishes, fact
from callscribe.errors import PermanentError, TransientError
from callscribe.names import QueueName, transcript_key
from callscribe.sqs import SqsPublisher
from local.stack.emulator import REGION
from local.stack.resources import table_definition
from results.ledger.calls import CannotDoError, NoSuchCallError, WrongCursorError
from results.ledger.commands import LedgerCalls, Outgoing
from results.ledger.ledger import Ledger
from results.ledger.lists import Lists
from results.ledger.objects import RecordingObjects
from results.ledger.parking import SqsParking
from results.ledger.shelf import S3Shelf
from results.ledger.table import CallsTable
from results.ledger.testing import a_recording, a_transcript
from results.ledger.views import Status, Wanted
from results.transcript import write
from tests.unit.results.ledger.stories import (
    CALL,
    RECORDING,
    a_whole_call,
    after,
    announced,
    ended,
    happened,
    parked,
    stored,
    transferred,
)

pytestmark = pytest.mark.emulator


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass(frozen=True)
class Office:
    """The ledger, who reads it, and the worker that both have between them."""

    aws: Emulator
    name: str
    urls: dict[str, str]
    ledger: Ledger
    calls: LedgerCalls
    shelf: S3Shelf

    def work(self, *_: object) -> None:
        """Apply what was asked for, as the results worker does."""
        for body in self.bodies("call-events"):
            self.ledger.keep(fact.validate_json(body))

    def bodies(self, queue: str) -> list[str]:
        sqs, url = self.aws.client("sqs"), self.urls[queue]
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", ())
        for message in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in found]

    def items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.aws.client("dynamodb").scan(TableName=self.name)["Items"]
        return found


@pytest.fixture
def office(aws: Emulator) -> Office:
    mine = uuid4().hex
    dynamodb, s3, sqs = (aws.client(service) for service in ("dynamodb", "s3", "sqs"))
    name = f"calls-{mine}"
    dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **table_definition())
    buckets = {"audio_bucket": f"audio-{mine}", "transcripts_bucket": f"transcripts-{mine}"}
    for bucket in buckets.values():
        where = {"LocationConstraint": REGION}
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    names = [f"{queue}{end}" for queue in QueueName for end in ("", "-dead-letter")]
    urls = {it: sqs.create_queue(QueueName=f"{it}-{mine}")["QueueUrl"] for it in names}
    table = CallsTable(dynamodb, name)
    made: list[Office] = []
    calls = LedgerCalls(
        table,
        Lists(dynamodb, name),
        Outgoing(
            SqsPublisher(sqs, urls["call-events"]),
            SqsPublisher(sqs, urls["transcriptions"]),
            {it: SqsParking(sqs, urls[it], urls[f"{it}-dead-letter"]) for it in QueueName},
        ),
        now=lambda: after(100),
        new_id=lambda: uuid4().hex,
        wait=lambda is_so: made[0].work(is_so()),
    )
    ledger = Ledger(table, RecordingObjects(s3, **buckets))
    made.append(Office(aws, name, urls, ledger, calls, S3Shelf(s3, s3, **buckets)))
    return made[0]


def keep(office: Office, *facts: Any) -> None:
    for it in facts:
        office.ledger.keep(it)


def put(office: Office, bucket: str, key: str, body: bytes = b"x") -> None:
    name = f"{bucket}-{office.name.removeprefix('calls-')}"
    office.aws.client("s3").put_object(Bucket=name, Key=key, Body=body)


def keys(office: Office) -> list[str]:
    s3, mine = office.aws.client("s3"), office.name.removeprefix("calls-")
    pages = [s3.list_objects_v2(Bucket=f"{kind}-{mine}") for kind in ("audio", "transcripts")]
    return [found["Key"] for page in pages for found in page.get("Contents", ())]


def test_a_call_delivered_twice_is_kept_once_and_found_by_every_id(office: Office) -> None:
    keep(office, *a_whole_call(), *a_whole_call(), transferred("CON-0", CALL))

    found = [office.calls.get(it) for it in (CALL, "CON-0", RECORDING)]

    facts = [it for it in office.items() if it["sk"]["S"].startswith("fact#")]
    assert found[0] is not None
    assert found[0].status is Status.READY
    assert found[1:] == [found[0], found[0]]
    assert len(facts) == len(a_whole_call()) + 1


def test_a_fact_heard_before_its_call_is_joined_with_it(office: Office) -> None:
    keep(office, ended(), announced())

    call = office.calls.get(RECORDING)

    assert call is not None
    assert call.call_id == CALL
    assert len(office.calls.page(Wanted()).calls) == 1


def test_calls_are_listed_page_by_page_newest_first(office: Office) -> None:
    keep(office, *(happened("answered", n, call=f"CON-{n}") for n in range(5)))

    first = office.calls.page(Wanted(), limit=3)
    second = office.calls.page(Wanted(), cursor=first.cursor, limit=3)

    assert [call.call_id for call in first.calls] == ["CON-4", "CON-3", "CON-2"]
    assert [call.call_id for call in second.calls] == ["CON-1", "CON-0"]
    assert second.cursor is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(since=after(1), before=after(3)), ["CON-2", "CON-1"]),
        (Wanted(since=after(3), before=after(1)), []),
        (Wanted(number="447700900001"), ["CON-3", "CON-2", "CON-1", "CON-0"]),
        (Wanted(number="447700900009"), []),
        (Wanted(status=Status.LIVE, since=after(3)), ["CON-3"]),
        (Wanted(status=Status.FAILED), []),
        (Wanted(text="CALL BACK"), ["CON-2"]),
    ],
)
def test_calls_are_filtered(office: Office, wanted: Wanted, found: list[str]) -> None:
    keep(office, *(happened("answered", n, call=f"CON-{n}") for n in range(4)))
    office.calls.note("CON-2", "Call back on Monday")

    assert [call.call_id for call in office.calls.page(wanted).calls] == found


def test_a_cursor_that_is_none_of_ours_is_refused(office: Office) -> None:
    with pytest.raises(WrongCursorError):
        office.calls.page(Wanted(), cursor="bm9uZSBvZiBvdXJz")


def test_the_figures_of_a_day_are_those_of_its_calls(office: Office) -> None:
    keep(office, *a_whole_call(), happened("answered", 3, call="CON-2"))
    today = after(0).date()

    before, day = office.calls.days(today - timedelta(days=1), today)

    assert before.calls == 0
    assert (day.calls, day.ready, day.wait_p50) == (2, 1, 32.0)
    assert day.minutes == pytest.approx(22 / 60)


def test_a_call_is_renamed_and_noted_by_the_worker(office: Office) -> None:
    keep(office, *a_whole_call())

    office.calls.rename(CALL, RECORDING, ("Ann", ""))
    office.calls.note(RECORDING, "Call back")

    call = office.calls.get(CALL)
    assert call is not None
    assert (call.recordings[0].names, call.note) == (("Ann", ""), "Call back")


def test_a_parked_message_goes_back_to_its_queue_and_off_the_dead_letter_queue(
    office: Office,
) -> None:
    body = '{"type": "recording.available.v1"}'
    sqs, dead_letters = office.aws.client("sqs"), office.urls["recordings-dead-letter"]
    for text in ("another", body):
        sqs.send_message(QueueUrl=dead_letters, MessageBody=text)
    stopped = parked("recordings", "gone", body=body, recording_id=RECORDING, conversation_id=CALL)
    keep(office, announced(), stopped)

    count = office.calls.retry(CALL)

    call = office.calls.get(CALL)
    assert (count, office.bodies("recordings")) == (1, [body])
    assert office.bodies("recordings-dead-letter") == ["another"]
    assert call is not None
    assert call.status is Status.IN_PROGRESS


def test_what_is_not_parked_cannot_be_retried(office: Office) -> None:
    keep(office, announced())

    with pytest.raises(CannotDoError):
        office.calls.retry(CALL)


def test_a_recording_is_transcribed_again_with_other_settings(office: Office) -> None:
    keep(office, *a_whole_call())

    run = office.calls.again(CALL, RECORDING, Wishes(language_code="de-DE"))

    [sent] = office.bodies("transcriptions")
    asked = RecordingStored.model_validate_json(sent)
    call = office.calls.get(CALL)
    assert run == asked.data.run == 2
    assert asked.data.wishes.language_code == "de-DE"
    assert asked.data.parts == stored().data.parts
    assert call is not None
    assert call.recordings[0].status is Status.IN_PROGRESS


def test_a_recording_without_audio_cannot_be_transcribed_again(office: Office) -> None:
    keep(office, announced())

    with pytest.raises(CannotDoError):
        office.calls.again(CALL, RECORDING, Wishes())


def test_of_a_deleted_call_only_a_tombstone_is_left(office: Office) -> None:
    keep(office, *a_whole_call())
    theirs = "transcribe/callscribe-rec-10.json"
    put(office, "audio", f"recordings/{RECORDING}/audio.mp3")
    put(office, "transcripts", transcript_key(RECORDING, "json"))
    put(office, "transcripts", f"transcribe/callscribe-{RECORDING}.json")
    put(office, "transcripts", f"transcribe/callscribe-{RECORDING}..run2-part1-of1.json")
    put(office, "transcripts", theirs)

    office.calls.delete(CALL)

    call = office.calls.get(RECORDING)
    assert call is not None
    assert call.deleted
    assert keys(office) == [theirs]
    assert office.calls.page(Wanted()).calls == ()
    assert not [item for item in office.items() if "4477009" in str(item)]
    with pytest.raises(NoSuchCallError):
        office.calls.note(CALL, "too late")


def test_a_transcript_is_read_with_the_names_given_to_its_parties(office: Office) -> None:
    said = a_transcript(RECORDING, "hello", "yes")
    put(office, "transcripts", transcript_key(RECORDING, "json"), write(said))

    found = office.shelf.transcript(a_recording(RECORDING, names=("Ann",)))

    assert found is not None
    assert [party.name for party in found.parties] == ["Ann", "Party 2"]
    assert office.shelf.transcript(a_recording("rec-2")) is None


def test_a_fact_too_big_for_an_item_is_refused(office: Office) -> None:
    with pytest.raises(PermanentError, match="DynamoDB refused"):
        keep(office, happened("answered", 0, note="x" * 500_000))


def test_a_table_out_of_reach_is_tried_again() -> None:
    nobody = boto3.client(
        "dynamodb",
        endpoint_url="http://127.0.0.1:9",
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )

    with pytest.raises(TransientError, match="DynamoDB was not reached: EndpointConnectionError"):
        CallsTable(nobody, "calls").record("call#CON-1")


def test_of_an_id_longer_than_a_key_may_be_there_is_no_call(office: Office) -> None:
    assert office.calls.get("a" * 3000) is None
