"""Runs the web service under gunicorn: one process with many threads."""

import logging
from collections.abc import Callable
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from results.web.settings import Settings

KEEP_ALIVE_SECONDS: Final = 75
"""Longer than the 60 s a load balancer keeps a connection: it must not find one just closed."""

GRACEFUL_SECONDS: Final = 15

QUOTING: Final = ("Invalid request", "Error handling request")


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Makes the app after the fork: AWS clients do not survive one.

    There is one worker process, because logins are counted in its memory. More of them are more
    tasks, each of which counts for itself.
    """

    def __init__(self, settings: Settings, assemble: Callable[[], Flask]) -> None:
        self._settings = settings
        self._assemble = assemble
        super().__init__()

    def load_config(self) -> None:
        """Say how gunicorn is to run."""
        for name, value in configuration(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the app of the worker process."""
        return self._assemble()


def configuration(settings: Settings) -> dict[str, Any]:
    """Give gunicorn's settings."""
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": settings.threads,
        "graceful_timeout": GRACEFUL_SECONDS,
        "keepalive": KEEP_ALIVE_SECONDS,
        "logger_class": DiscreetLogger,
        "loglevel": "info" if settings.log_level == "debug" else settings.log_level,
        # It would listen on one fixed path, the same for every service on a machine.
        "control_socket_disable": True,
    }


class DiscreetLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Sends gunicorn's own lines with ours, without what they quote of a request."""

    def setup(self, cfg: Any) -> None:
        """Leave the lines to the root logger, and gunicorn's own handlers out."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(unquoted)


def unquoted(record: logging.LogRecord) -> bool:
    """Cut a line that quotes a request: its address may hold a number or a token."""
    for start in QUOTING:
        if str(record.msg).startswith(start):
            record.msg, record.args, record.exc_info = start.capitalize(), (), None
    return True
