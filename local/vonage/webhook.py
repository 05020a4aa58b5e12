"""One thing that Vonage tells an application, and how its times are written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from local.vonage.ncco import Destination

Kind = Literal["event", "recording"]


@dataclass(frozen=True)
class Webhook:
    """A request to make; ``name`` says in words what it tells, without any number called.

    ``to`` is ``None`` for the application's event address.
    """

    kind: Kind
    name: str
    to: Destination | None
    body: dict[str, Any]


def stamp(at: datetime) -> str:
    """Write a moment as events do: ``2020-01-01T12:00:00.000Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def second(at: datetime) -> str:
    """Write a moment as recordings do: ``2020-01-01T12:00:00Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
