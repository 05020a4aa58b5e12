"""Runs the routes under gunicorn, with each worker's own clients and threads."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import (
    ThreadWorker,
)

from webhook_gateway.settings import Settings

KEEP_ALIVE_SECONDS = 75
"""Longer than the 60 s a load balancer keeps a connection: it must not find one just closed."""

MAX_REQUEST_LINE = 8190
"""Bytes, the most gunicorn takes: a GET webhook has all its fields there."""

QUOTING = ("Invalid request", "Error handling request")


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Makes the app in each worker after the fork: neither threads nor AWS clients survive one."""

    def __init__(self, settings: Settings, assemble: Callable[[ExitStack], Flask]) -> None:
        self._settings = settings
        self._assemble = assemble
        self._at_exit = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Say how gunicorn is to run."""
        for name, value in configuration(self._settings).items():
            self.cfg.set(name, value)
        self.cfg.set("worker_exit", lambda _arbiter, _worker: self._at_exit.close())

    def load(self) -> Flask:
        """Make this worker's app; what it opens is closed when the worker has answered all."""
        return self._assemble(self._at_exit)


def configuration(settings: Settings) -> dict[str, Any]:
    """Give gunicorn's settings."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": PoliteWorker,
        "threads": settings.threads,
        "graceful_timeout": settings.graceful_timeout,
        "keepalive": KEEP_ALIVE_SECONDS,
        "limit_request_line": MAX_REQUEST_LINE,
        "logger_class": DiscreetLogger,
        # Below info, gunicorn writes what it read.
        "loglevel": "info" if settings.log_level == "debug" else settings.log_level,
        # It would listen on one fixed path, the same for every gateway on a machine.
        "control_socket_disable": True,
    }


class PoliteWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Answers, when it stops, whoever had already connected; gunicorn's own would cut them off."""

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """Take new connections or not; at the end, take what waits and then be gone."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                self._accept_all(listener)
                listener.close()

    def _accept_all(self, listener: Any) -> None:
        connections = -1
        while connections < self.nr_conns:
            connections = self.nr_conns
            self.accept(listener)


class DiscreetLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Sends gunicorn's own lines with ours, without what they quote of a request."""

    def setup(self, cfg: Any) -> None:
        """Leave the lines to the root logger, and gunicorn's own handlers out."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(unquoted)


def unquoted(record: logging.LogRecord) -> bool:
    """Cut a line that quotes a request: its address or a header may hold a number or a token."""
    for start in QUOTING:
        if str(record.msg).startswith(start):
            record.msg, record.args, record.exc_info = start.capitalize(), (), None
    return True
