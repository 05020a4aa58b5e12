"""Notify as it is deployed: a process between its queue, receivers and the calls' facts."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any, Protocol
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from callscribe.contracts import NotificationDelivered, ReadyTranscript, TranscriptReady
from local.stack.children import Children
from local.stack.emulator import credentials
from tests.integration.results.notify.receiver import Loopback, a_receiver

pytestmark = pytest.mark.emulator

PATIENCE = 30.0
OLD, NEW = ("whsec_" + base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
QUEUES = ("notifications", "notifications-dead-letter", "call-events")


class Emulator(Protocol):
    endpoint: str

    def client(self, service: str) -> Any: ...


@dataclass(frozen=True)
class Notify:
    sqs: Any
    urls: dict[str, str]

    def tell(self, news: TranscriptReady) -> None:
        self.sqs.send_message(
            QueueUrl=self.urls["notifications"], MessageBody=news.model_dump_json()
        )

    def waiting(self, queue: str) -> int:
        said = self.sqs.get_queue_attributes(QueueUrl=self.urls[queue], AttributeNames=["All"])
        names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        return sum(int(said["Attributes"][name]) for name in names)

    def facts(self) -> list[NotificationDelivered]:
        found: list[NotificationDelivered] = []
        while got := self.sqs.receive_message(
            QueueUrl=self.urls["call-events"], MaxNumberOfMessages=10
        ).get("Messages"):
            found += [NotificationDelivered.model_validate_json(one["Body"]) for one in got]
        return found


@contextmanager
def running(aws: Emulator, *ports: int, **more: str) -> Iterator[Notify]:
    sqs, mine = aws.client("sqs"), uuid4().hex
    urls = {name: sqs.create_queue(QueueName=f"{name}-{mine}")["QueueUrl"] for name in QUEUES}
    receivers = [{"url": f"http://127.0.0.1:{port}/", "secrets": [NEW, OLD]} for port in ports]
    environment = {
        **credentials(),
        "AWS_ENDPOINT_URL": aws.endpoint,
        "NOTIFY_QUEUE_URL": urls["notifications"],
        "NOTIFY_DEAD_LETTER_URL": urls["notifications-dead-letter"],
        "NOTIFY_CALL_EVENTS_QUEUE_URL": urls["call-events"],
        "NOTIFY_RECEIVERS": json.dumps(receivers),
        "NOTIFY_ALLOW_PRIVATE": "true",
        "NOTIFY_RETRY_BASE": "0.1",
        "NOTIFY_RETRY_CAP": "1",
        "NOTIFY_POLL_WAIT": "1",
        "NOTIFY_HEALTH_HOST": "127.0.0.1",
        "NOTIFY_HEALTH_PORT": "0",
        **more,
    }
    with Children(print) as children:
        children.start("notify", ["-m", "results.notify"], environment)
        yield Notify(sqs, urls)


def ready() -> TranscriptReady:
    return TranscriptReady(
        source="callscribe/results",
        subject="rec-1/run1",
        time=datetime(2026, 3, 1, 12, tzinfo=UTC),
        data=ReadyTranscript(recording_id="rec-1", conversation_id="CON-1", bucket="b", key="k"),
    )


def until(happened: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < deadline, "what the test waits for did not happen"
        sleep(0.1)


def verified(loopback: Loopback, secret: str) -> list[Any]:
    return [Webhook(secret).verify(post.body, post.headers) for post in loopback.posts]


def test_each_receiver_hears_of_it_and_one_that_fails_is_tried_again_alone(aws: Emulator) -> None:
    with (
        a_receiver() as good,
        a_receiver(statuses=[500, 503, 204]) as bad,
        running(aws, good.port, bad.port) as notify,
    ):
        notify.tell(ready())
        until(lambda: len(bad.posts) == 3 and notify.waiting("notifications") == 0)

        facts = notify.facts()

    assert len(good.posts) == 1
    assert [said["type"] for said in verified(good, OLD)] == ["transcript.ready"]
    assert len(verified(bad, NEW)) == 3
    assert {post.headers["webhook-id"] for post in good.posts + bad.posts} == {ready().id}
    assert sorted(fact.data.status or 0 for fact in facts) == [200, 204, 500, 503]


def test_news_delivered_twice_are_told_by_their_id(aws: Emulator) -> None:
    with a_receiver() as loopback, running(aws, loopback.port) as notify:
        for _ in range(2):
            notify.tell(ready())
        until(lambda: len(loopback.posts) == 2)

    assert {(post.headers["webhook-id"], post.body) for post in loopback.posts} == {
        (ready().id, loopback.posts[0].body)
    }


def test_a_receiver_that_never_takes_it_is_given_up_on(aws: Emulator) -> None:
    with (
        a_receiver(statuses=[500]) as loopback,
        running(aws, loopback.port, NOTIFY_MAX_ATTEMPTS="2") as notify,
    ):
        notify.tell(ready())
        until(lambda: notify.waiting("notifications-dead-letter") == 1)

    assert len(loopback.posts) == 2


def test_a_receiver_within_our_network_is_refused_and_parked(aws: Emulator) -> None:
    with a_receiver() as loopback:
        inside = [{"url": f"https://127.0.0.1:{loopback.port}/", "secrets": [NEW]}]
        with running(
            aws, NOTIFY_RECEIVERS=json.dumps(inside), NOTIFY_ALLOW_PRIVATE="false"
        ) as notify:
            notify.tell(ready())
            until(lambda: notify.waiting("notifications-dead-letter") == 1)

            [fact] = notify.facts()

    assert fact.data.state == "refused"
    assert loopback.posts == []
