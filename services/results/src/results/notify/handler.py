"""Decides what becomes of news: first a message for each receiver, then one delivery each.

So a receiver that fails is tried again alone, and nobody else hears twice because of it.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from callscribe.contracts import (
    DeliveredNotification,
    DueNotification,
    Event,
    News,
    Notification,
    NotificationDelivered,
    NotificationDue,
)
from callscribe.errors import PermanentError, TransientError
from callscribe.telemetry import facts
from results.notify.answer import Answer

logger = logging.getLogger(__name__)

SOURCE: Final = "callscribe/notify"

MAX_TEXT: Final = 500
"""Characters of an answer that are kept for people to read."""


class Outlet(Protocol):
    """A receiver of news; ``host`` is what is shown of where it is."""

    host: str

    def deliver(self, news: News, now: datetime) -> Answer:
        """Deliver the news once."""


class Publisher(Protocol):
    """Puts events on a queue."""

    def publish(self, event: Event) -> None:
        """Put the event on the queue."""


def handle(
    event: Notification,
    *,
    outlets: Mapping[str, Outlet],
    notifications: Publisher,
    call_events: Publisher,
    now: Callable[[], datetime],
) -> None:
    """Spread news to the receivers, or deliver them to one; each delivery is a fact of the call.

    :raises TransientError: if the receiver failed, or a queue is not ready.
    :raises PermanentError: if the receiver is where nothing is sent to.
    """
    if not isinstance(event, NotificationDue):
        for name in outlets:
            notifications.publish(_due(event, name))
        logger.info("news spread", extra=facts(news=event.type, receivers=len(outlets)))
        return
    outlet = outlets.get(event.data.receiver)
    if outlet is None:
        logger.warning("receiver not known any more", extra=facts(receiver=event.data.receiver))
        return
    at = now()
    answer = outlet.deliver(event.data.news, at)
    call_events.publish(_delivered(event, outlet, answer, at))
    said = facts(receiver=event.data.receiver, state=answer.state, status=answer.status)
    logger.info("notification answered", extra=said)
    _conclude(answer)


def _due(news: News, receiver: str) -> NotificationDue:
    return NotificationDue(
        source=SOURCE,
        subject=f"{news.id}/{receiver}",
        time=news.time,
        correlationid=news.correlationid,
        data=DueNotification(
            recording_id=news.data.recording_id,
            conversation_id=news.data.conversation_id,
            receiver=receiver,
            news=news,
        ),
    )


def _delivered(
    due: NotificationDue, outlet: Outlet, answer: Answer, at: datetime
) -> NotificationDelivered:
    news = due.data.news
    text = "".join(c if c.isprintable() else " " for c in answer.text[:MAX_TEXT])
    return NotificationDelivered(
        source=SOURCE,
        # Each delivery is a fact of its own: the moment tells it from the one before.
        subject=f"{news.id}/{due.data.receiver}/{at.isoformat()}",
        time=at,
        correlationid=due.correlationid,
        data=DeliveredNotification(
            recording_id=due.data.recording_id,
            conversation_id=due.data.conversation_id,
            notification_id=news.id,
            news=news.type,
            receiver=due.data.receiver,
            host=outlet.host,
            state=answer.state,
            status=answer.status,
            answer=text,
        ),
    )


def _conclude(answer: Answer) -> None:
    """Tell the worker what comes after; of a receiver that is gone, nothing does."""
    # What a receiver wrote is for the call's page: an error's text goes to the log.
    reason = f"the receiver answered {answer.status}" if answer.status else answer.text
    if answer.state == "failed":
        raise TransientError(reason, retry_after=answer.retry_after)
    if answer.state == "refused":
        raise PermanentError(reason)
