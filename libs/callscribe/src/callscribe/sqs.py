"""Speaks to Amazon SQS: a queue to read, and a place to publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from callscribe.errors import TransientError
from callscribe.telemetry import Counters, Metric, attempt

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

    from callscribe.contracts import Event

BATCH = 10
"""Most entries one call may carry. Source: Amazon SQS quotas, "Message batch"."""

MAX_DELAY = timedelta(minutes=15)
"""How long a new message can be hidden. Source: Amazon SQS quotas, "Message delay"."""

MAX_TEXT = 1000
"""Characters of a text kept on a parked message: enough to read, well under 1 MiB."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it came: its text, and the handle by which this delivery is settled."""

    body: str
    receipt: str
    message_id: str = ""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry of a batch that SQS did not take, and whether asking again can help."""

    message: Received
    code: str
    sender_fault: bool


class SqsQueue:
    """One queue and its dead-letter queue, seen by their one reader."""

    def __init__(
        self, client: "SQSClient", url: str, dead_letter_url: str, *, counters: Counters
    ) -> None:
        self._client = client
        self._url = url
        self._dead_letter_url = dead_letter_url
        self._counters = counters

    def receive(self, *, limit: int, wait: timedelta, visibility: timedelta) -> list[Received]:
        """Wait for up to ``limit`` messages and hide them from other readers."""
        self._counters.add(Metric.SQS_CALLS)
        answer = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(limit, BATCH),
            WaitTimeSeconds=int(wait.total_seconds()),
            VisibilityTimeout=int(visibility.total_seconds()),
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        return [
            Received(
                body=message["Body"],
                receipt=message["ReceiptHandle"],
                message_id=message["MessageId"],
                attempt=int(message["Attributes"]["ApproximateReceiveCount"]),
            )
            for message in answer.get("Messages", ())
        ]

    def delete(self, messages: Sequence[Received]) -> list[Refused]:
        """Delete up to ten messages; give back those that SQS refused."""
        self._counters.add(Metric.SQS_CALLS)
        # Entry ids are positions: SQS may bring one message twice in a batch.
        answer = self._client.delete_message_batch(
            QueueUrl=self._url,
            Entries=[
                {"Id": str(place), "ReceiptHandle": message.receipt}
                for place, message in enumerate(messages)
            ],
        )
        return _refused(messages, answer)

    def hide(self, messages: Sequence[Received], *, visibility: timedelta) -> list[Refused]:
        """Hide up to ten messages for so long from now; zero makes them visible at once."""
        self._counters.add(Metric.SQS_CALLS)
        answer = self._client.change_message_visibility_batch(
            QueueUrl=self._url,
            Entries=[
                {
                    "Id": str(place),
                    "ReceiptHandle": message.receipt,
                    "VisibilityTimeout": int(visibility.total_seconds()),
                }
                for place, message in enumerate(messages)
            ],
        )
        return _refused(messages, answer)

    def park(self, message: Received, *, reason: str, correlation_id: str | None) -> None:
        """Put a copy on the dead-letter queue, with the reason; SQS itself has no reject.

        The body is untouched, so that the message can be sent back to its queue as it was.
        """
        self._counters.add(Metric.SQS_CALLS)
        said = {"reason": reason or "no reason given", "parked_at": datetime.now(UTC).isoformat()}
        if correlation_id:
            said["correlation_id"] = correlation_id
        self._client.send_message(
            QueueUrl=self._dead_letter_url,
            MessageBody=message.body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": _printable(text)}
                for name, text in said.items()
            },
        )


def _printable(text: str) -> str:
    # SQS refuses control characters, and a message that cannot be parked would come for ever.
    return "".join(c if c.isprintable() else " " for c in text[:MAX_TEXT])


def _refused(messages: Sequence[Received], answer: Any) -> list[Refused]:
    return [
        Refused(messages[int(failed["Id"])], failed["Code"], failed["SenderFault"])
        for failed in answer.get("Failed", ())
    ]


class SqsPublisher:
    """Puts events on one queue."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def publish(self, event: "Event", *, delay: timedelta = timedelta(0)) -> None:
        """Put the event on the queue, to be seen after a delay of at most ``MAX_DELAY``.

        It says which attempt brought it about.

        :raises TransientError: if SQS did not take it.
        """
        said = event.model_copy(update={"attempt": event.attempt or attempt()})
        try:
            self._client.send_message(
                QueueUrl=self._url,
                MessageBody=said.model_dump_json(),
                DelaySeconds=ceil(min(delay, MAX_DELAY).total_seconds()),
            )
        except (BotoCoreError, ClientError) as error:
            raise TransientError(f"SQS did not take the message: {type(error).__name__}") from error
