"""Decides who may do what: people by their session, programs by their key, nobody else."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, TypeVar

from flask import Flask, Response, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect

from results.web.keys import Keys, find_key
from results.web.problems import API, problem

PERSON: Final = "person"
"""Where the session has the name of who logged in."""

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(view: View) -> View:
    """Mark a view that needs no login: health, and the login itself."""
    view.__dict__["open_to_all"] = True
    return view


def guard(app: Flask, keys: Keys) -> None:
    """Let nobody in who may not; what is not marked as open is closed."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf = CSRFProtect(app)

    @app.before_request
    def _guard() -> Response | None:
        view = app.view_functions.get(request.endpoint or "")
        is_static = (request.endpoint or "").rpartition(".")[2] == "static"
        is_open = is_static or getattr(view, "open_to_all", False)
        if authorization := request.headers.get("Authorization"):
            # A key is shown on purpose: where the request comes from needs no proof.
            return None if is_open else _by_key(keys, authorization)
        if PERSON in session or is_open:
            if request.method not in SAFE:
                csrf.protect()
            return None
        return _strangers()

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> Response:
        return problem(HTTPStatus.FORBIDDEN, error.description)


def _by_key(keys: Keys, authorization: str) -> Response | None:
    scheme, _, shown = authorization.partition(" ")
    key = find_key(keys, shown.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        return _unauthorised("the key is not known, or it was revoked")
    if not request.path.startswith(API):
        return problem(HTTPStatus.FORBIDDEN, "a key opens the API alone")
    if request.method not in SAFE and key.scope != "write":
        return problem(HTTPStatus.FORBIDDEN, "this key may read, and not write")
    g.who = key.name
    return None


def _strangers() -> Response:
    if request.path.startswith(API) or request.method not in SAFE:
        return _unauthorised("show a key as bearer token, or log in")
    # The path alone: another host's address has no place here.
    target = url_for("login.login", next=request.full_path.rstrip("?"))
    return Response(headers={"Location": target}, status=HTTPStatus.SEE_OTHER)


def _unauthorised(detail: str) -> Response:
    answer = problem(HTTPStatus.UNAUTHORIZED, detail)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def back_to(target: str | None) -> Any:
    """Lead somebody who logged in to where they wanted to go, if that is here."""
    return redirect(target if target and _is_here(target) else "/", HTTPStatus.SEE_OTHER)


def _is_here(target: str) -> bool:
    # A browser leaves tabs and ends of lines out of an address: "/<tab>/host" is another host.
    return target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
