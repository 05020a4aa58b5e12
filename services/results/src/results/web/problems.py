"""Says what went wrong as problem+json (RFC 9457), or as a plain page to people."""

import logging
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import HTTPException

from callscribe.errors import PermanentError, TransientError
from results.ledger.calls import CannotDoError, NoSuchCallError, WrongCursorError

logger = logging.getLogger(__name__)

PROBLEM_JSON: Final = "application/problem+json"
API: Final = "/api/"

STATUS_OF: Final[dict[type[Exception], HTTPStatus]] = {
    NoSuchCallError: HTTPStatus.NOT_FOUND,
    CannotDoError: HTTPStatus.CONFLICT,
    WrongCursorError: HTTPStatus.BAD_REQUEST,
    TransientError: HTTPStatus.SERVICE_UNAVAILABLE,
    PermanentError: HTTPStatus.BAD_GATEWAY,
}


class Problem(BaseModel):
    """What went wrong: the HTTP status, its name, and the case at hand in plain words."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None


def problem(status: int, detail: str | None = None) -> Response:
    """Answer with a problem."""
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return Response(said.model_dump_json(exclude_none=True), status, mimetype=PROBLEM_JSON)


def answer_problems(app: Flask) -> None:
    """Have an app answer what its views raise."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ValidationError, _not_understood)
    app.register_error_handler(Exception, _unexpected)
    for kind in STATUS_OF:
        app.register_error_handler(kind, _known)


def _http(error: HTTPException) -> HTTPException | Response:
    if (
        not request.path.startswith(API)
        or error.code is None
        or error.code < HTTPStatus.BAD_REQUEST
    ):
        return error
    answer = problem(error.code, error.description)
    answer.headers.extend(
        (name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")
    )
    return answer


def _not_understood(error: ValidationError) -> Response:
    wrongs = error.errors(include_url=False, include_input=False, include_context=False)
    said = (f"{'.'.join(map(str, it['loc'])) or 'body'}: {it['msg']}" for it in wrongs)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(said))


def _known(error: Exception) -> Response:
    status = next(status for kind, status in STATUS_OF.items() if isinstance(error, kind))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.warning("not answered", extra={"reason": str(error)})
    return problem(status, str(error))


def _unexpected(error: Exception) -> Response:
    logger.error("unexpected failure", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR)
