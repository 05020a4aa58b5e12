"""Runs the local Transcribe until it is asked to stop."""

import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Event as Flag
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from callscribe.aws import client
from callscribe.telemetry import facts, log_to_stdout
from local.transcribe.eventbridge import EventBridge
from local.transcribe.hearing import Hearing
from local.transcribe.jobs import Jobs
from local.transcribe.operations import Operations
from local.transcribe.runner import Runner
from local.transcribe.s3 import S3
from local.transcribe.scenario import Stage
from local.transcribe.settings import Settings
from local.transcribe.web import create_app

logger = logging.getLogger(__name__)


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open, and says nothing of single requests."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any) -> None:
        """Say nothing."""


def assemble(
    settings: Settings, *, hearing: Hearing, workers: ThreadPoolExecutor, stopping: Flag
) -> Flask:
    """Put the local Transcribe together."""
    jobs, stage = Jobs(concurrent=settings.concurrent_jobs), Stage(settings.scenario)
    connect = partial(client, connections=settings.concurrent_jobs)
    s3 = S3(connect("s3"))
    runner = Runner(
        jobs,
        storage=s3,
        events=EventBridge(connect("events"), source=settings.event_source),
        ears=hearing,
        account=settings.account_id,
        stopping=stopping,
        now=_now,
    )
    operations = Operations(
        jobs,
        stage,
        s3,
        begin=lambda job: workers.submit(runner.run, job),
        account=settings.account_id,
        region=s3.region,
        now=_now,
    )
    return create_app(operations, stage)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    log_to_stdout("local-transcribe", settings.log_level)
    stopping = Flag()
    hearing = Hearing(settings.recipe, processes=settings.processes)
    hearing.warm_up()
    workers = ThreadPoolExecutor(settings.concurrent_jobs, thread_name_prefix="job")
    app = assemble(settings, hearing=hearing, workers=workers, stopping=stopping)
    server = make_server(
        settings.host, settings.port, app, threaded=True, request_handler=QuietHandler
    )

    def stop(*_: Any) -> None:
        stopping.set()
        # From a thread: shutdown waits for the loop that this very signal interrupts.
        Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    logger.info("started", extra=facts(host=settings.host, port=server.server_port))
    server.serve_forever()
    server.server_close()
    hearing.close()
    workers.shutdown(cancel_futures=True)
    logger.info("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
