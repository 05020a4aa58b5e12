from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError

from callscribe.contracts import RecordingStored, StoredRecording
from callscribe.errors import TransientError
from callscribe.sqs import MAX_TEXT, Received, Refused, SqsPublisher, SqsQueue
from callscribe.telemetry import Counters, Metric, bound

URL = "https://sqs.eu-west-1.amazonaws.com/000000000000/recordings"
DEAD_LETTER_URL = f"{URL}-dead-letter"


class FakeSqs:
    """Answers as boto3's client does, and keeps what it was asked."""

    def __init__(
        self,
        *,
        messages: Sequence[Mapping[str, Any]] = (),
        failed: Sequence[Mapping[str, Any]] = (),
        error: Exception | None = None,
    ) -> None:
        self._messages = messages
        self._failed = failed
        self._error = error
        self.asked: list[dict[str, Any]] = []

    def receive_message(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        # The real one leaves the key out when there is nothing.
        return {"Messages": self._messages} if self._messages else {}

    def delete_message_batch(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        return {"Successful": [], **({"Failed": self._failed} if self._failed else {})}

    change_message_visibility_batch = delete_message_batch

    def send_message(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        if self._error:
            raise self._error
        return {"MessageId": "message-1"}


def a_queue(client: FakeSqs, counters: Counters | None = None) -> SqsQueue:
    return SqsQueue(cast("Any", client), URL, DEAD_LETTER_URL, counters=counters or Counters())


def a_message(receipt: str = "receipt-1", body: str = "{}") -> Received:
    return Received(body=body, receipt=receipt)


def receive(client: FakeSqs, *, limit: int = 10) -> list[Received]:
    wait, visibility = timedelta(seconds=20), timedelta(minutes=1)
    return a_queue(client).receive(limit=limit, wait=wait, visibility=visibility)


def test_a_received_message_knows_its_receipt_and_which_delivery_it_is() -> None:
    client = FakeSqs(
        messages=[
            {
                "MessageId": "message-1",
                "ReceiptHandle": "receipt-1",
                "Body": "{}",
                "Attributes": {"ApproximateReceiveCount": "3"},
            }
        ]
    )

    assert receive(client) == [Received("{}", "receipt-1", "message-1", attempt=3)]


def test_an_empty_answer_is_no_message() -> None:
    assert receive(FakeSqs()) == []


@pytest.mark.parametrize(("limit", "asked_for"), [(3, 3), (10, 10), (40, 10)])
def test_no_more_is_asked_for_than_wanted_or_than_sqs_gives(limit: int, asked_for: int) -> None:
    client = FakeSqs()

    receive(client, limit=limit)

    [asked] = client.asked
    assert asked["MaxNumberOfMessages"] == asked_for
    assert asked["WaitTimeSeconds"] == 20
    assert asked["VisibilityTimeout"] == 60


def test_one_message_twice_in_a_batch_is_two_entries() -> None:
    client = FakeSqs()

    a_queue(client).delete([a_message("old receipt"), a_message("new receipt")])

    [asked] = client.asked
    assert asked["Entries"] == [
        {"Id": "0", "ReceiptHandle": "old receipt"},
        {"Id": "1", "ReceiptHandle": "new receipt"},
    ]


def test_a_batch_that_failed_in_part_gives_back_what_failed() -> None:
    client = FakeSqs(failed=[{"Id": "1", "Code": "InternalError", "SenderFault": False}])
    first, second = a_message("first"), a_message("second")

    assert a_queue(client).delete([first, second]) == [
        Refused(second, "InternalError", sender_fault=False)
    ]


def test_hiding_asks_for_whole_seconds() -> None:
    client = FakeSqs(failed=[{"Id": "0", "Code": "MessageNotInflight", "SenderFault": True}])

    [refused] = a_queue(client).hide([a_message()], visibility=timedelta(seconds=90))

    assert refused.sender_fault
    assert client.asked[0]["Entries"] == [
        {"Id": "0", "ReceiptHandle": "receipt-1", "VisibilityTimeout": 90}
    ]


def said(client: FakeSqs) -> dict[str, str]:
    [asked] = client.asked
    return {name: value["StringValue"] for name, value in asked["MessageAttributes"].items()}


def test_a_parked_message_is_a_copy_with_reason_time_and_correlation() -> None:
    client = FakeSqs()

    a_queue(client).park(a_message(body='{"a": 1}'), reason="gone", correlation_id="corr-1")

    assert client.asked[0]["QueueUrl"] == DEAD_LETTER_URL
    assert client.asked[0]["MessageBody"] == '{"a": 1}'
    assert (said(client)["reason"], said(client)["correlation_id"]) == ("gone", "corr-1")
    assert datetime.fromisoformat(said(client)["parked_at"]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("", "no reason given"), ("a\x00b\nc", "a b c"), ("x" * 5000, "x" * MAX_TEXT)],
)
def test_a_reason_that_sqs_would_refuse_is_made_one_that_it_takes(reason: str, kept: str) -> None:
    client = FakeSqs()

    a_queue(client).park(a_message(), reason=reason, correlation_id=None)

    assert said(client)["reason"] == kept
    assert "correlation_id" not in said(client)


def test_every_call_is_counted() -> None:
    client, counters = FakeSqs(), Counters()
    queue = a_queue(client, counters)

    queue.receive(limit=1, wait=timedelta(0), visibility=timedelta(minutes=1))
    queue.delete([a_message()])
    queue.hide([a_message()], visibility=timedelta(0))
    queue.park(a_message(), reason="gone", correlation_id=None)

    assert counters[Metric.SQS_CALLS] == len(client.asked) == 4


def an_event() -> RecordingStored:
    return RecordingStored(
        source="callscribe/recorder",
        subject="rec-1",
        time=datetime(2026, 1, 1, tzinfo=UTC),
        data=StoredRecording(
            recording_id="rec-1",
            conversation_id="CON-1",
            bucket="audio",
            key="recordings/rec-1/audio.wav",
            media_format="wav",
            channels=2,
            sample_rate=16000,
            duration=1.5,
            size=48044,
            parts=(),
        ),
    )


def test_a_published_event_can_be_read_again() -> None:
    client = FakeSqs()

    SqsPublisher(cast("Any", client), URL).publish(an_event())

    [asked] = client.asked
    assert asked["QueueUrl"] == URL
    assert RecordingStored.model_validate_json(asked["MessageBody"]) == an_event()


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [(timedelta(0), 0), (timedelta(seconds=1.2), 2), (timedelta(hours=1), 15 * 60)],
)
def test_an_event_can_be_hidden_at_first_for_as_long_as_sqs_allows(
    delay: timedelta, seconds: int
) -> None:
    client = FakeSqs()

    SqsPublisher(cast("Any", client), URL).publish(an_event(), delay=delay)

    assert client.asked[0]["DelaySeconds"] == seconds


def test_a_published_event_says_at_which_attempt_it_came_about() -> None:
    client = FakeSqs()

    with bound(attempt=3):
        SqsPublisher(cast("Any", client), URL).publish(an_event())

    published = RecordingStored.model_validate_json(client.asked[0]["MessageBody"])
    assert (published.attempt, published.id) == (3, an_event().id)


def test_an_event_that_sqs_did_not_take_is_published_later() -> None:
    throttled = ClientError({"Error": {"Code": "RequestThrottled"}}, "SendMessage")
    client = FakeSqs(error=throttled)

    with pytest.raises(TransientError, match="SQS did not take the message: ClientError"):
        SqsPublisher(cast("Any", client), URL).publish(an_event())
