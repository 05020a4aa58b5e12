"""Holds one call from the first ring to the last webhook."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from callscribe.telemetry import facts
from local.vonage.application import Application
from local.vonage.audio import Audio, UnreadableAudioError
from local.vonage.events import breakdown, conversation, opening
from local.vonage.journal import Entry, Step
from local.vonage.ncco import Plan, WrongNccoError, read_ncco
from local.vonage.outgoing import answer_request, webhook_request
from local.vonage.studio import Studio
from local.vonage.timeline import PICK_UP, Timeline
from local.vonage.webhook import Webhook
from local.vonage.webhooks import ANSWER_SECONDS, Delivery, Webhooks

logger = logging.getLogger(__name__)


class CallFailedError(Exception):
    """The call cannot go on; the text says why."""


@dataclass(frozen=True)
class Exchange:
    """What all calls share; ``pace`` is the seconds between two webhooks of a call."""

    application: Application
    base_url: str
    studio: Studio
    webhooks: Webhooks
    pace: float
    now: Callable[[], datetime]
    sleep: Callable[[float], None]


class Line:
    """One call on its way."""

    def __init__(self, exchange: Exchange, entry: Entry, audio: Audio) -> None:
        self._exchange = exchange
        self._entry = entry
        self._audio = audio
        self._call = entry.call
        self._sent = 0

    def hold(self) -> None:
        """Go through the call, and write down how it went."""
        try:
            failure = self._talk()
        except Exception:
            logger.exception("call broke", extra=facts(call=self._call.id))
            failure = "the local Vonage made a mistake: its log says which"
        self._entry.close(failure)
        logger.info("call over", extra=facts(call=self._call.id, failure=failure))

    def _talk(self) -> str | None:
        """Go through the call, and give the reason if it failed."""
        self._tell_all(opening(self._call))
        try:
            timeline = Timeline(self._call, self._answer(), self._audio.length)
            recordings = self._exchange.studio.record(timeline, self._audio, self._entry)
        except (CallFailedError, WrongNccoError, UnreadableAudioError) as error:
            self._tell_all(breakdown(self._call, str(error), self._call.began + PICK_UP))
            return str(error)
        return self._tell_all(conversation(timeline, recordings))

    def _answer(self) -> Plan:
        """Fetch the NCCO and read it."""
        request = answer_request(
            self._call,
            self._exchange.application,
            region_url=self._exchange.base_url,
            jti=self._next_jti(),
            now=self._exchange.now(),
        )
        delivery = self._exchange.webhooks.send(request, read_seconds=ANSWER_SECONDS)
        self._note("answer", delivery)
        if delivery.status != 200:  # noqa: PLR2004 - OK, which alone brings an NCCO
            raise CallFailedError(f"the answer webhook brought no NCCO: {delivery.outcome}")
        plan = read_ncco(delivery.body, delivery.content_type)
        for action in plan.passed_over:
            self._entry.add(Step(f"passed over: {action}", self._exchange.now()))
        return plan

    def _tell_all(self, webhooks: Sequence[Webhook]) -> str | None:
        """Send webhooks one after another; an event that is refused does not stop a call.

        What does matter is a recording webhook nobody took: there is no other way to the recording.
        """
        failure = None
        for webhook in webhooks:
            delivery = self._tell(webhook)
            if webhook.kind == "recording" and not delivery.accepted:
                failure = f"the recording webhook was not taken: {delivery.outcome}"
            self._exchange.sleep(self._exchange.pace)
        return failure

    def _tell(self, webhook: Webhook) -> Delivery:
        request = webhook_request(
            webhook,
            self._exchange.application,
            self._call.scenario,
            jti=self._next_jti(),
            now=self._exchange.now(),
        )
        delivery = self._exchange.webhooks.send(request)
        self._note(webhook.name, delivery)
        return delivery

    def _note(self, name: str, delivery: Delivery) -> None:
        self._entry.add(
            Step(
                name,
                self._exchange.now(),
                status=delivery.status,
                attempts=delivery.attempts,
                trouble=delivery.trouble,
            )
        )

    def _next_jti(self) -> str:
        """Name the next webhook; sent again after a time-out or a 503, it keeps its name."""
        self._sent += 1
        return self._call.webhook_id(self._sent)
