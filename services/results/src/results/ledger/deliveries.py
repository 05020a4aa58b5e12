"""Finds who was told of a recording's outcome, and what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from callscribe.contracts import Fact, NotificationDelivered


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One delivery to a receiver outside: of what news, and how it was answered.

    ``state`` is delivered, failed, which is tried again, gone or refused.
    """

    at: datetime
    host: str
    news: str
    state: str
    status: int | None
    answer: str


def deliveries_of(facts: Iterable[Fact]) -> tuple[DeliveryView, ...]:
    """Give every delivery, in the order of the facts."""
    return tuple(
        DeliveryView(
            at=fact.time,
            host=fact.data.host,
            news=fact.data.news,
            state=fact.data.state,
            status=fact.data.status,
            answer=fact.data.answer,
        )
        for fact in facts
        if isinstance(fact, NotificationDelivered)
    )
