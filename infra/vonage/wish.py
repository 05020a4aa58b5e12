"""What should be at Vonage, and what is."""

from dataclasses import dataclass, field
from typing import Any, Final

CONNECT_MILLISECONDS: Final = 1000
ANSWER_MILLISECONDS: Final = 5000
EVENT_MILLISECONDS: Final = 10_000
"""The longest that Vonage waits. Source: Vonage Application API, ``socket_timeout``."""


@dataclass(frozen=True)
class Wish:
    """The application and the number that there should be."""

    name: str
    url: str
    country: str
    region: str | None = None
    number: str | None = None
    buy: bool = False
    replace_key: bool = False

    @property
    def voice(self) -> dict[str, Any]:
        """What the application is told of calls, as the Application API wants it."""
        said: dict[str, Any] = {
            "webhooks": {
                "answer_url": _webhook(f"{self.url}/webhooks/answer", ANSWER_MILLISECONDS),
                "event_url": _webhook(f"{self.url}/webhooks/events", EVENT_MILLISECONDS),
            },
            "signed_callbacks": True,
        }
        return said | ({"region": self.region} if self.region else {})


def _webhook(address: str, milliseconds: int) -> dict[str, Any]:
    return {
        "address": address,
        # A GET is signed over its query, in one of several ways Vonage may write it.
        "http_method": "POST",
        "connect_timeout": CONNECT_MILLISECONDS,
        "socket_timeout": milliseconds,
    }


@dataclass(frozen=True)
class Application:
    """An application as Vonage describes it."""

    id: str
    name: str
    public_key: str
    capabilities: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """A number of the account, or one that may be bought."""

    msisdn: str
    country: str
    application_id: str | None = None
    monthly: str | None = None


@dataclass(frozen=True)
class Found:
    """What is there already: at Vonage, and where the private key is kept."""

    application: Application | None
    public_key: str | None
    owned: tuple[Number, ...] = ()
    on_sale: tuple[Number, ...] = ()
