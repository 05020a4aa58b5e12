"""The routes that Vonage and an orchestrator call.

A failure is answered in one plain line. Vonage tries again once after 429, 503 and 504, never after
another status, 500 included.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from callscribe.contracts import Event, RecordingLost
from callscribe.errors import PermanentError, TransientError
from callscribe.telemetry import Counters, Metric, facts
from webhook_gateway import digest, payload
from webhook_gateway.handler import event_of
from webhook_gateway.ncco import EVENTS, RECORDING, ncco
from webhook_gateway.payload import Payload
from webhook_gateway.settings import Settings
from webhook_gateway.shape import conversation_of
from webhook_gateway.signature import SignatureError, verify

ANSWER = "/webhooks/answer"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """What the routes do, and what they need for it."""

    settings: Settings
    publish: Callable[[Event], None]
    reachable: Callable[[], bool]
    counters: Counters
    now: Callable[[], datetime]

    def answer(self) -> list[dict[str, Any]]:
        """Tell Vonage what to do with a call; this needs no queue, so no outage stops a call."""
        said = self._genuine().fields
        actions = ncco(self.settings, called=said.get("to"))
        self._accepted(kind="answer", conversation_id=conversation_of(said))
        return actions

    def take(self) -> str:
        """Hand over what Vonage says of a call; only then is it answered."""
        event = event_of(self._genuine(), now=self.now())
        self.publish(event)
        if isinstance(event, RecordingLost):
            logger.warning("recording lost", extra=facts(**_about(event)))
        self._accepted(**_about(event))
        return ""

    def health(self) -> dict[str, Any]:
        """Say that this process lives, and what it has counted."""
        return {"status": "ok", "counters": self.counters.snapshot()}

    def ready(self) -> Response:
        """Say whether webhooks can be taken now."""
        if self.reachable():
            return _line(HTTPStatus.OK, "ready")
        return _line(HTTPStatus.SERVICE_UNAVAILABLE, "SQS can't be reached")

    def refused(self, status: int, reason: str) -> Response:
        """Answer a webhook that is not taken."""
        if request.path in {ANSWER, EVENTS, RECORDING}:
            self.counters.add(Metric.WEBHOOKS_REFUSED)
            said = facts(status=status, reason=reason, path=request.path)
            logger.warning("webhook refused", extra=said)
        return _line(status, reason)

    def failed(self, error: Exception) -> Response:
        """Answer a webhook that we have a bug with."""
        # The frames, and not the error's own text: that may repeat a number or a body.
        frames = "".join(traceback.format_tb(error.__traceback__))
        said = facts(error=type(error).__name__, traceback=frames)
        logger.error("unexpected failure", extra=said)
        self.counters.add(Metric.UNEXPECTED)
        # Not 500: Vonage would never bring the webhook again.
        return self.refused(HTTPStatus.SERVICE_UNAVAILABLE, "unexpected failure")

    def _genuine(self) -> Payload:
        """Give what the webhook says, once its signature is checked."""
        if request.method == "POST":
            body = request.get_data(cache=False)
            if len(body) > self.settings.max_body:
                raise RequestEntityTooLarge
            self._check(digest.of_body(body))
            return payload.of_body(body)
        query = request.query_string.decode(errors="replace")
        self._check(digest.of_query(query))
        return payload.of_query(query)

    def _check(self, content: digest.Content) -> None:
        trust = self.settings.trust
        if trust:
            signed = request.headers.get("Authorization")
            verify(signed, content=content, trust=trust, now=self.now())

    def _accepted(self, **said: Any) -> None:
        self.counters.add(Metric.WEBHOOKS)
        logger.info("webhook accepted", extra=facts(**said))


def make_app(gateway: Gateway) -> Flask:
    """Put the routes on the web."""
    app = Flask(__name__, static_folder=None)
    # A chunked body is cut at this length without a word: one byte more shows that it was.
    app.config["MAX_CONTENT_LENGTH"] = gateway.settings.max_body + 1
    webhook = ["GET", "POST"]
    app.add_url_rule(ANSWER, "answer", gateway.answer, methods=webhook)
    app.add_url_rule(EVENTS, "events", gateway.take, methods=webhook)
    app.add_url_rule(RECORDING, "recording", gateway.take, methods=webhook)
    app.add_url_rule("/health", "health", gateway.health)
    app.add_url_rule("/ready", "ready", gateway.ready)
    _answer_failures(app, gateway)
    return app


def _answer_failures(app: Flask, gateway: Gateway) -> None:
    def with_status(status: int) -> Callable[[Exception], Response]:
        return lambda error: gateway.refused(status, str(error))

    def of_http(error: HTTPException) -> Response:
        return gateway.refused(error.code or HTTPStatus.BAD_REQUEST, error.name.lower())

    app.register_error_handler(SignatureError, with_status(HTTPStatus.UNAUTHORIZED))
    app.register_error_handler(PermanentError, with_status(HTTPStatus.BAD_REQUEST))
    app.register_error_handler(TransientError, with_status(HTTPStatus.SERVICE_UNAVAILABLE))
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, gateway.failed)


def _about(event: Event) -> dict[str, Any]:
    data: Any = getattr(event, "data", None)
    return {
        "kind": getattr(data, "kind", event.type),
        "conversation_id": getattr(data, "conversation_id", None),
        "recording_id": getattr(data, "recording_id", None),
        "correlation_id": event.correlationid,
    }


def _line(status: int, text: str) -> Response:
    return Response(text + "\n", status=status, mimetype="text/plain")
