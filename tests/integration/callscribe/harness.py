"""A queue on the emulator, messages for it, and what the workers that read it have logged."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from threading import Condition
from typing import Any, Protocol
from uuid import uuid4

from callscribe.contracts import AvailableRecording, RecordingAvailable

PATIENCE = 30.0

Line = dict[str, Any]


class Aws(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


def a_message(name: str, *, takes: float = 0.0, ends: str = "well") -> str:
    """Write a message that tells the handler how long to take and how to end."""
    return RecordingAvailable(
        source="callscribe/webhook-gateway",
        subject=name,
        time=datetime(2026, 1, 1, tzinfo=UTC),
        correlationid=f"correlation-{name}",
        data=AvailableRecording(
            recording_id=name,
            conversation_id="CON-1",
            url="https://api.nexmo.com/v1/files/1",
            raw=json.dumps({"takes": takes, "ends": ends}),
        ),
    ).model_dump_json()


@dataclass(frozen=True)
class Queue:
    """A queue and its dead-letter queue, on the emulator."""

    sqs: Any
    url: str
    dead_letter_url: str

    def send(self, *bodies: str) -> None:
        for start in range(0, len(bodies), 10):
            entries = [
                {"Id": str(place), "MessageBody": body}
                for place, body in enumerate(bodies[start : start + 10])
            ]
            self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)

    def receive(self, *, wait: int = 0, visibility: int = 60) -> list[Line]:
        """Receive up to ten messages as another reader would."""
        answer = self.sqs.receive_message(
            QueueUrl=self.url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=wait,
            VisibilityTimeout=visibility,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        messages: list[Line] = answer.get("Messages", [])
        return messages

    def receive_all(self) -> list[str]:
        """Tell the names of all messages that are visible now."""
        names: list[str] = []
        while messages := self.receive():
            names += [json.loads(message["Body"])["subject"] for message in messages]
        return names

    def parked(self, *, wait: int = 0) -> list[Line]:
        """Receive what is on the dead-letter queue."""
        answer = self.sqs.receive_message(
            QueueUrl=self.dead_letter_url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=wait,
            MessageAttributeNames=["All"],
        )
        messages: list[Line] = answer.get("Messages", [])
        return messages

    @property
    def in_flight(self) -> int:
        return self._count("ApproximateNumberOfMessagesNotVisible")

    @property
    def visible(self) -> int:
        return self._count("ApproximateNumberOfMessages")

    def _count(self, attribute: str) -> int:
        answer = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=[attribute])
        return int(answer["Attributes"][attribute])


class Log:
    """The lines that the workers of a test have written, as they come."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._changed = Condition()

    def add(self, worker: str, text: str) -> None:
        with self._changed:
            self._lines.append({"worker": worker, "seen": time.monotonic(), **json.loads(text)})
            self._changed.notify_all()

    def lines(self, event: str, **fields: Any) -> list[Line]:
        wanted = {"event": event, **fields}
        with self._changed:
            return [line for line in self._lines if wanted.items() <= line.items()]

    def names(self, event: str) -> list[str]:
        """Tell which recordings the lines of an event are about."""
        return [line["recording_id"] for line in self.lines(event)]

    def wait_for(self, event: str, *, count: int = 1, **fields: Any) -> list[Line]:
        with self._changed:
            seen = self._changed.wait_for(
                lambda: len(self.lines(event, **fields)) >= count, PATIENCE
            )
            assert seen, f"{event!r} was not logged {count} times: {self._lines}"
            return self.lines(event, **fields)

    def most_at_once(self) -> int:
        """Tell how many messages were in hand at the same time."""
        steps = {"begun": 1, "ended": -1}
        with self._changed:
            told = [steps[line["event"]] for line in self._lines if line["event"] in steps]
        return max(accumulate(told))

    def counted(self, metric: str) -> int:
        """Tell what all workers that stopped have counted."""
        return sum(int(line[metric]) for line in self.lines("stopped"))


def make_queue(aws: Aws, *, max_receive_count: int = 100) -> Queue:
    sqs, name = aws.client("sqs"), f"worker-{uuid4().hex}"
    dead_letter_url = sqs.create_queue(QueueName=f"{name}-dead-letter")["QueueUrl"]
    answer = sqs.get_queue_attributes(QueueUrl=dead_letter_url, AttributeNames=["QueueArn"])
    redrive = {
        "deadLetterTargetArn": answer["Attributes"]["QueueArn"],
        "maxReceiveCount": max_receive_count,
    }
    attributes = {"RedrivePolicy": json.dumps(redrive)}
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return Queue(sqs, url, dead_letter_url)
