"""Runs the local Vonage until it is asked to stop."""

import logging
import signal
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import urllib3
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from callscribe.telemetry import facts, log_to_stdout
from local.vonage.account import Account
from local.vonage.journal import Journal
from local.vonage.keys import application_key
from local.vonage.line import Exchange
from local.vonage.media import Downloads
from local.vonage.phone import Phone
from local.vonage.settings import Settings
from local.vonage.shelf import Shelf
from local.vonage.studio import Studio
from local.vonage.web import Desk, create_app
from local.vonage.webhooks import Webhooks

logger = logging.getLogger(__name__)

CALLS_AT_ONCE = 32
"""So many calls keep their connection open; more make a new one for each webhook."""


class QuietHandler(WSGIRequestHandler):
    """Says nothing of single requests: what matters of them is in the call's steps."""

    def log_request(self, *_: Any) -> None:
        """Say nothing."""


def assemble(settings: Settings, folder: Path) -> Flask:
    """Put the local Vonage together; its recordings lie in ``folder``.

    :raises PermanentError: if the application's key cannot be read.
    """
    shelf = Shelf()
    journal = Journal()
    phone = Phone(
        _exchange(settings, Studio(folder, shelf, settings.base_url)),
        journal,
        sample=settings.audio,
        folder=folder,
    )
    downloads = Downloads(
        shelf,
        public_key=application_key(settings.private_key_path),
        application_id=settings.application.id,
        now=_now,
        sleep=time.sleep,
    )
    app = create_app(Desk(phone, journal, new_seed=uuid4), downloads.routes())
    secret = settings.api_secret.get_secret_value()
    app.register_blueprint(Account(settings.api_key, secret, new_id=uuid4).routes())
    return app


def _exchange(settings: Settings, studio: Studio) -> Exchange:
    http = urllib3.PoolManager(maxsize=CALLS_AT_ONCE)
    return Exchange(
        application=settings.application,
        base_url=settings.base_url,
        studio=studio,
        webhooks=Webhooks(http, retry_delay=settings.retry_delay, sleep=time.sleep),
        pace=settings.pace,
        now=_now,
        sleep=time.sleep,
    )


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    :raises PermanentError: if the application's key cannot be read.
    """
    log_to_stdout("local-vonage", settings.log_level)
    with tempfile.TemporaryDirectory(prefix="local-vonage-", ignore_cleanup_errors=True) as folder:
        app = assemble(settings, Path(folder))
        server = make_server(
            settings.host, settings.port, app, threaded=True, request_handler=QuietHandler
        )

        def stop(*_: Any) -> None:
            # From a thread: shutdown waits for the loop that this very signal interrupts.
            Thread(target=server.shutdown, daemon=True).start()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        logger.info("started", extra=facts(address=settings.base_url))
        server.serve_forever()
        server.server_close()
    logger.info("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
