"""Starts the web service: ``python -m results.web``."""

import secrets
import sys
from functools import partial

from flask import Flask

from callscribe.settings import read
from callscribe.telemetry import log_to_stdout
from results.web.app import create_app
from results.web.assembly import services_of
from results.web.server import Server
from results.web.settings import Settings


def assemble(settings: Settings, token: str) -> Flask:
    """Put the web service together."""
    return create_app(services_of(settings), settings, token=token)


def main() -> None:
    """Serve until SIGTERM."""
    settings = read(Settings)
    log_to_stdout("results-web", settings.log_level)
    token = settings.access_token.get_secret_value() if settings.access_token else None
    if token is None:
        token = secrets.token_urlsafe(24)
        if not settings.oidc_issuer:
            # To the terminal, and not to the log: logs are kept, and read by others.
            sys.stderr.write(f"Access token for the pages: {token}\n")
            sys.stderr.flush()
    Server(settings, partial(assemble, settings, token)).run()


if __name__ == "__main__":
    main()
