"""Delivers news to one receiver, signed by the Standard Webhooks convention.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook as Signer

from callscribe.contracts import News
from results.notify.answer import Answer
from results.notify.payload import payload_of
from results.notify.receivers import Place, Receiver

Post = Callable[[Place, bytes, Mapping[str, str]], Answer]


class Webhook:
    """One receiver, as an outlet of news."""

    def __init__(self, receiver: Receiver, post: Post) -> None:
        self.host = receiver.place.host
        self._place = receiver.place
        self._signers = [Signer(secret.get_secret_value()) for secret in receiver.secrets]
        self._post = post

    def deliver(self, news: News, now: datetime) -> Answer:
        """Post the news. Its id stays the same, so a receiver can tell that it has it already."""
        body = payload_of(news)
        # The library takes any time for one of UTC.
        at = now.astimezone(UTC)
        signatures = [signer.sign(news.id, at, body) for signer in self._signers]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Callscribe",
            "webhook-id": news.id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        return self._post(self._place, body.encode(), headers)
