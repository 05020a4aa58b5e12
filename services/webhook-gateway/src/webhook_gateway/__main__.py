"""Starts the gateway: reads the settings, then lets gunicorn's workers assemble it."""

import logging
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

from flask import Flask

from callscribe.aws import client
from callscribe.names import QueueName
from callscribe.settings import read
from callscribe.telemetry import Counters, log_to_stdout
from webhook_gateway.batcher import Batcher
from webhook_gateway.outbox import Outbox
from webhook_gateway.readiness import Readiness
from webhook_gateway.server import Server
from webhook_gateway.settings import Settings
from webhook_gateway.sqs import CALLERS_PATIENCE, SqsSender
from webhook_gateway.web import Gateway, make_app

logger = logging.getLogger(__name__)


def assemble(settings: Settings, at_exit: ExitStack) -> Flask:
    """Put one worker's gateway together; ``at_exit`` sends what is still waiting."""
    counters = Counters()
    urls = {
        QueueName.RECORDINGS: settings.recordings_queue_url,
        QueueName.CALL_EVENTS: settings.call_events_queue_url,
    }
    # One connection for each sender, and one for the question whether SQS is there.
    sqs = client("sqs", connections=len(urls) * settings.senders + 1, patience=CALLERS_PATIENCE)
    queues = {name: SqsSender(sqs, url, counters=counters) for name, url in urls.items()}
    outbox = Outbox(
        {
            name: Batcher(queue.send, linger=settings.linger, senders=settings.senders)
            for name, queue in queues.items()
        },
        patience=settings.send_timeout,
    )
    at_exit.callback(outbox.close)
    return make_app(
        Gateway(
            settings=settings,
            publish=outbox.publish,
            reachable=Readiness(
                lambda: all(queue.reachable() for queue in queues.values()), clock=time.monotonic
            ),
            counters=counters,
            now=partial(datetime.now, UTC),
        )
    )


def main() -> None:
    """Serve until SIGTERM, then answer what has come and stop."""
    settings = read(Settings)
    log_to_stdout("webhook-gateway", settings.log_level)
    if settings.trust is None:
        logger.warning("webhooks are taken unsigned: anyone who knows the address can send them")
    Server(settings, partial(assemble, settings)).run()


if __name__ == "__main__":
    main()
