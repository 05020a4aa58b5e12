"""Lets people in: by OpenID Connect where it is set up, else by the token printed at start."""

import hmac
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from joserfc.errors import JoseError
from requests import RequestException

from results.web.access import PERSON, back_to, open_to_all
from results.web.settings import Settings

NEXT: Final = "next"


def log_in_by(app: Flask, settings: Settings, token: str) -> None:
    """Add the login to an app; ``token`` opens it unless OpenID Connect is set up."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    blueprint = Blueprint(
        "login",
        __name__,
        template_folder="templates_access",
    )
    oidc = _provider(app, settings) if settings.oidc_issuer else None

    @blueprint.get("/login")
    @open_to_all
    def login() -> Any:
        if PERSON in session:
            return back_to(request.args.get(NEXT))
        return _form(oidc is not None, None, HTTPStatus.OK)

    @blueprint.post("/login")
    @limiter.limit(settings.login_limit)
    @open_to_all
    def enter() -> Any:
        given = request.form.get("token", "")
        if oidc is not None or not hmac.compare_digest(given.encode(), token.encode()):
            return _form(oidc is not None, "That is not the token.", HTTPStatus.FORBIDDEN)
        return _let_in("token", request.form.get(NEXT))

    @blueprint.post("/logout")
    def logout() -> Any:
        session.clear()
        return back_to(url_for("login.login"))

    if oidc is not None:
        _by_oidc(blueprint, limiter, oidc, settings)
    app.register_blueprint(blueprint)


def _by_oidc(blueprint: Blueprint, limiter: Limiter, oidc: Any, settings: Settings) -> None:
    @blueprint.get("/login/oidc")
    @limiter.limit(settings.login_limit)
    @open_to_all
    def leave() -> Any:
        session[NEXT] = request.args.get(NEXT)
        try:
            return oidc.authorize_redirect(url_for("login.arrive", _external=True))
        except (AuthlibBaseError, RequestException):
            return _refused("The login service was not reached.")

    @blueprint.get("/login/oidc/back")
    @limiter.limit(settings.login_limit)
    @open_to_all
    def arrive() -> Any:
        try:
            claims = oidc.authorize_access_token().get("userinfo") or {}
        except (AuthlibBaseError, JoseError, RequestException, ValueError):
            return _refused("The login service did not let you in.")
        email = admitted(claims, settings.oidc_emails)
        if email is None:
            return _refused("Your address may not see these calls.")
        return _let_in(email, session.get(NEXT))


def admitted(claims: Mapping[str, Any], emails: Sequence[str]) -> str | None:
    """Give the address of somebody who may come in; one that is not verified proves nothing."""
    email = str(claims.get("email", "")).lower()
    if not claims.get("email_verified") or "@" not in email:
        return None
    return email if email in emails or f"@{email.rpartition('@')[2]}" in emails else None


def _provider(app: Flask, settings: Settings) -> Any:
    secret = settings.oidc_client_secret
    return OAuth(app).register(
        "oidc",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": 10},
    )


def _let_in(who: str, target: str | None) -> Any:
    # What the session had before is not theirs.
    session.clear()
    session[PERSON] = who
    session.permanent = True
    return back_to(target)


def _refused(reason: str) -> Any:
    return _form(by_oidc=True, wrong=reason, status=HTTPStatus.FORBIDDEN)


def _form(by_oidc: bool, wrong: str | None, status: HTTPStatus) -> Any:  # noqa: FBT001 - a view's word
    target = request.values.get(NEXT, "/")
    return render_template("login.html", by_oidc=by_oidc, wrong=wrong, next=target), status
