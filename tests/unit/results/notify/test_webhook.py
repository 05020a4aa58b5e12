import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from callscribe.contracts import (
    FailedTranscript,
    ReadyTranscript,
    TranscriptFailed,
    TranscriptReady,
)
from results.notify.answer import Answer
from results.notify.payload import payload_of
from results.notify.receivers import Place, Receiver
from results.notify.webhook import Webhook

OLD, NEW = ("whsec_" + base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class FakePost:
    def __init__(self) -> None:
        self.posts: list[tuple[Place, bytes, Mapping[str, str]]] = []

    def __call__(self, place: Place, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.posts.append((place, body, headers))
        return Answer("delivered", 200, "")


def delivered(*secrets: str, now: datetime | None = None) -> tuple[bytes, dict[str, str]]:
    post = FakePost()
    receiver = Receiver.model_validate({"url": "https://e.example/h", "secrets": secrets})
    data = ReadyTranscript(recording_id="rec-1", conversation_id="CON-1", bucket="b", key="k")
    news = TranscriptReady(source="s", subject="rec-1/run1", time=NOON, data=data)
    Webhook(receiver, post).deliver(news, now or datetime.now(UTC))
    [(place, body, headers)] = post.posts
    assert place == Place("https", "e.example", 443, "/h")
    assert headers["webhook-id"] == news.id
    return body, dict(headers)


def test_the_conventions_own_library_verifies_it() -> None:
    body, headers = delivered(NEW)

    said = Verifier(NEW).verify(body, headers)

    assert said["type"] == "transcript.ready"
    assert said["data"]["key"] == "k"


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_while_secrets_rotate_either_verifies(secret: str) -> None:
    body, headers = delivered(NEW, OLD)

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert Verifier(secret).verify(body, headers)


def test_a_changed_body_and_another_secret_do_not_verify() -> None:
    body, headers = delivered(NEW)

    with pytest.raises(WebhookVerificationError):
        Verifier(NEW).verify(body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(OLD).verify(body, headers)


def test_a_clock_of_another_zone_signs_the_same_moment() -> None:
    elsewhere = datetime.now(timezone(timedelta(hours=9)))

    body, headers = delivered(NEW, now=elsewhere)

    assert Verifier(NEW).verify(body, headers)


def test_the_body_is_the_same_at_every_attempt() -> None:
    first, _ = delivered(NEW, now=NOON)
    second, _ = delivered(NEW, now=NOON + timedelta(hours=5))

    assert first == second


def test_a_failure_says_why() -> None:
    data = FailedTranscript(recording_id="rec-1", reason="Unsupported media format")
    news = TranscriptFailed(source="s", subject="rec-1/run1", time=NOON, data=data)

    assert json.loads(payload_of(news)) == {
        "type": "transcript.failed",
        "timestamp": "2026-03-01T12:00:00Z",
        "data": {
            "recording_id": "rec-1",
            "conversation_id": None,
            "run": 1,
            "reason": "Unsupported media format",
        },
    }
