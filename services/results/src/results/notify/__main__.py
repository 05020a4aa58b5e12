"""Puts notify together: ``python -m results.notify``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from callscribe.aws import client
from callscribe.contracts import notification
from callscribe.process import work
from callscribe.reader import Reader
from callscribe.settings import read
from callscribe.sqs import SqsPublisher, SqsQueue
from callscribe.telemetry import Counters
from results.notify.bus import EVENT_BUS, EventBus
from results.notify.handler import Outlet, handle
from results.notify.post import Poster
from results.notify.settings import Settings
from results.notify.webhook import Webhook

WORKERS_OWN_THREADS: Final = 3
"""The poll, the heartbeat and the deletes, which share the SQS client with the handlers."""


def outlets(settings: Settings) -> dict[str, Outlet]:
    """Make an outlet of each receiver, by its name, and one of the bus if there is one."""
    poster = Poster(settings.request_seconds, settings.allow_private)
    made: dict[str, Outlet] = {one.name: Webhook(one, poster.post) for one in settings.receivers}
    if settings.event_bus:
        events = client("events", connections=settings.concurrency)
        made[EVENT_BUS] = EventBus(events, settings.event_bus)
    return made


def readers(settings: Settings, counters: Counters) -> Sequence[Reader[Any]]:
    """Connect the notifications queue to the handler, and the handler to the receivers."""
    sqs = client("sqs", connections=settings.concurrency + WORKERS_OWN_THREADS)
    # What is parked here is told to nobody: its deliveries are facts already, and a call whose
    # transcript can be read has not failed because a receiver did.
    return [
        Reader(
            queue=SqsQueue(sqs, settings.queue_url, settings.dead_letter_url, counters=counters),
            parse=notification.validate_json,
            handle=partial(
                handle,
                outlets=outlets(settings),
                notifications=SqsPublisher(sqs, settings.queue_url),
                call_events=SqsPublisher(sqs, settings.call_events_queue_url),
                now=partial(datetime.now, UTC),
            ),
        )
    ]


if __name__ == "__main__":
    settings = read(Settings)
    raise SystemExit(work("notify", settings, partial(readers, settings)))
