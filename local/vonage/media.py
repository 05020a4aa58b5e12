"""Serves recordings to whoever proves to be the application."""

from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from flask import Blueprint, Response, request

from local.vonage.fate import Fate
from local.vonage.journal import Step
from local.vonage.shelf import Kept, Shelf
from local.vonage.tokens import NotGenuineError, check_token

MEDIA_TYPES = {"mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg"}
CHUNK = 256 * 1024
SLICES_A_SECOND = 10

REFUSALS = {
    Fate.GONE: HTTPStatus.GONE,
    Fate.NOT_READY: HTTPStatus.NOT_FOUND,
    Fate.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Fate.THROTTLED: HTTPStatus.TOO_MANY_REQUESTS,
}

Sleep = Callable[[float], None]


class Downloads:
    """The two addresses that Vonage serves recordings under."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        public_key: RSAPublicKey,
        application_id: str,
        now: Callable[[], datetime],
        sleep: Sleep,
    ) -> None:
        self._shelf = shelf
        self._public_key = public_key
        self._application_id = application_id
        self._now = now
        self._sleep = sleep

    def routes(self) -> Blueprint:
        """Give both addresses."""
        routes = Blueprint("media", __name__)
        routes.add_url_rule("/v1/files/<file_id>", view_func=self.download)
        routes.add_url_rule("/media/download", view_func=self.download_by_query)
        return routes

    def download_by_query(self) -> Response:
        """Give the recording whose id is in the query."""
        return self.download(request.args.get("id", ""))

    def download(self, file_id: str) -> Response:
        """Give a recording to whoever may have it, or the trouble that its scenario asks for."""
        try:
            self._check(request.headers.get("Authorization"))
        except NotGenuineError as error:
            return _refusal(HTTPStatus.UNAUTHORIZED, str(error))
        asked = self._shelf.ask(file_id)
        if asked is None:
            return _refusal(HTTPStatus.NOT_FOUND, "there is no such recording")
        kept, fate = asked
        response = _served(kept, fate, self._sleep)
        name = f"download, {fate}"
        kept.entry.add(Step(name, self._now(), status=response.status_code, attempts=1))
        return response

    def _check(self, authorization: str | None) -> None:
        check_token(
            authorization,
            public_key=self._public_key,
            application_id=self._application_id,
            now=self._now(),
        )


def _refusal(status: HTTPStatus, reason: str) -> Response:
    return Response(f"{reason}\n", status, mimetype="text/plain")


def _served(kept: Kept, fate: Fate, sleep: Sleep) -> Response:
    scenario = kept.entry.call.scenario
    if fate in REFUSALS:
        response = _refusal(REFUSALS[fate], f"the recording is {fate}")
        if fate is Fate.THROTTLED:
            response.headers["Retry-After"] = str(scenario.retry_after)
        return response
    size = kept.recorded.size
    given = size // 2 if fate is Fate.TRUNCATED else size
    body = _read(kept.recorded.path, given, bytes_a_second=scenario.slow, sleep=sleep)
    response = Response(body, mimetype=MEDIA_TYPES[kept.recorded.media_format])
    response.content_length = size
    return response


def _read(path: Path, size: int, *, bytes_a_second: int | None, sleep: Sleep) -> Iterator[bytes]:
    """Read the first bytes of a file, at a limited speed if one is given."""
    chunk = max(1, bytes_a_second // SLICES_A_SECOND) if bytes_a_second else CHUNK
    with path.open("rb") as file:
        while size > 0 and (block := file.read(min(chunk, size))):
            yield block
            size -= len(block)
            if bytes_a_second:
                sleep(len(block) / bytes_a_second)
