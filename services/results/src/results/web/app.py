"""Makes the web service: the API, the login, the pages, and what keeps them safe."""

import secrets
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from results.web.access import guard
from results.web.api import blueprint_of
from results.web.headers import harden
from results.web.login import log_in_by
from results.web.problems import answer_problems
from results.web.services import Services
from results.web.settings import Settings

PAGES: Final = "results.web.pages"

SERVICES: Final = "callscribe"
"""Under this name, ``app.extensions`` has the services: pages find them by it."""

MAX_BODY: Final = 1024 * 1024

SESSION: Final = timedelta(hours=12)


def create_app(services: Services, settings: Settings, *, token: str | None = None) -> Flask:
    """Make the app; ``token`` is what people log in with unless OpenID Connect is set up.

    Without one it is that of the settings, or else one that nobody knows.
    """
    app = Flask("results.web", static_folder=None)
    app.extensions[SERVICES] = services
    app.config.update(_config(settings))
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign] # the way Flask documents
    # In this order: what answers first is hardened and guarded like everything else.
    harden(app, services.media_origins, https=settings.secure_cookies)
    guard(app, services.keys)
    answer_problems(app)
    log_in_by(app, settings, token or _token(settings))
    app.register_blueprint(blueprint_of(services))
    if find_spec(PAGES):
        app.register_blueprint(import_module(PAGES).blueprint)
    return app


def _token(settings: Settings) -> str:
    if settings.access_token:
        return settings.access_token.get_secret_value()
    return secrets.token_urlsafe(24)


def _config(settings: Settings) -> dict[str, object]:
    given = settings.session_secret
    return {
        "SECRET_KEY": given.get_secret_value() if given else secrets.token_hex(32),
        "SESSION_COOKIE_NAME": "callscribe",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": SESSION,
        # It counts from the login: a page that renews itself would make a session last for ever.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": MAX_BODY,
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_HEADERS_ENABLED": True,
        "TRAP_HTTP_EXCEPTIONS": False,
        "TRANSCRIBED_MINUTE_RATE": settings.transcribed_minute_rate,
        "CALL_RATE": settings.call_rate,
    }
