"""Sends requests to an application, and tries once more where Vonage would.

Sources: Vonage's documentation, "Webhook timeouts", and its help article "What happens if the NCCO
download request fails".
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from local.vonage.outgoing import Request

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 5.0
EVENT_SECONDS = 10.0

ACCEPTED = range(HTTPStatus.OK, HTTPStatus.RESET_CONTENT + 1)
AGAIN = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
ATTEMPTS = 2

BROKEN = (ConnectTimeoutError, ReadTimeoutError, ProtocolError, NewConnectionError)
"""Time-outs and resets; nobody listening counts as a reset, which is how TCP says it."""


@dataclass(frozen=True)
class Delivery:
    """How a request ended, after one attempt or two; ``status`` is ``None`` without an answer."""

    attempts: int
    status: int | None = None
    content_type: str = ""
    body: bytes = b""
    trouble: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the application took it."""
        return self.status in ACCEPTED

    @property
    def outcome(self) -> str:
        """Say how it ended, for a person: a status, or what broke."""
        return self.trouble or f"HTTP status {self.status}"


class Http(Protocol):
    """The part of urllib3's ``PoolManager`` that is used."""

    def request(self, method: str, url: str, **options: Any) -> Any:
        """Send a request and read the whole answer."""


class Webhooks:
    """Speaks HTTP with an application; ``retry_delay`` is in seconds, for Vonage names none."""

    def __init__(self, http: Http, *, retry_delay: float, sleep: Callable[[float], None]) -> None:
        self._http = http
        self._retry_delay = retry_delay
        self._sleep = sleep

    def send(self, request: Request, *, read_seconds: float = EVENT_SECONDS) -> Delivery:
        """Send a request, at most twice."""
        delivery, again = self._attempt(request, read_seconds, number=1)
        if again:
            self._sleep(self._retry_delay)
            delivery, _ = self._attempt(request, read_seconds, number=ATTEMPTS)
        return delivery

    def _attempt(
        self, request: Request, read_seconds: float, *, number: int
    ) -> tuple[Delivery, bool]:
        """Send a request once, and tell whether Vonage would send it again."""
        try:
            answer = self._http.request(
                request.method,
                request.url,
                headers=request.headers,
                body=request.body,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds),
                retries=False,
            )
        except HTTPError as error:
            trouble = f"no answer: {type(error).__name__}"
            return Delivery(number, trouble=trouble), isinstance(error, BROKEN)
        content_type = answer.headers.get("Content-Type", "")
        delivery = Delivery(number, answer.status, content_type, answer.data)
        return delivery, answer.status in AGAIN
