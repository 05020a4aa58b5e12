"""Writes the events of one leg, as the legs of a call each have their own.

Sources: Vonage's webhook reference, and requests captured by the authors of its PHP SDK.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from local.vonage.call import Call
from local.vonage.ncco import Destination, PlannedLeg
from local.vonage.webhook import Webhook, stamp

RATE = Decimal("0.01200000")
"""Euro a minute, as captured."""

NETWORK = "GB-FIXED"
SIP_OK = 200

AFTER_ITS_END = timedelta(milliseconds=120)
BEFORE_ITS_END = timedelta(milliseconds=-288)
"""When ``completed`` is stamped. The second is as captured: its times are rounded, its stamp is
not."""


@dataclass(frozen=True)
class Leg:
    """One party's part of a call: the caller's is inbound, those of the called are outbound."""

    name: str
    uuid: str
    conversation_uuid: str
    caller: str
    called: str
    direction: Literal["inbound", "outbound"]
    events_to: Destination | None
    stamped: timedelta

    def event(self, status: str, at: datetime, **details: Any) -> Webhook:
        """Tell a new state of the leg."""
        body = {
            "headers": {},
            **details,
            "from": self.caller,
            "to": self.called,
            "uuid": self.uuid,
            "conversation_uuid": self.conversation_uuid,
            "status": status,
            "direction": self.direction,
            "timestamp": stamp(at),
        }
        return Webhook("event", f"{status}, {self.name}", self.events_to, body)

    def answered(self, at: datetime) -> Webhook:
        """Tell that it was answered: what it costs is not known yet."""
        return self.event("answered", at, start_time=None, rate=None, network=None)

    def human(self, at: datetime) -> Webhook:
        """Tell that no machine answered; this event alone names the leg ``call_uuid``."""
        webhook = self.event("human", at)
        body = {"call_uuid": self.uuid, **webhook.body}
        for key in ("uuid", "headers", "direction"):
            del body[key]
        return Webhook("event", webhook.name, webhook.to, body)

    def completed(self, start: datetime | None, end: datetime) -> Webhook:
        """Tell that it is over, and what it cost; ``start`` is ``None`` if nobody answered."""
        seconds = int((end - start).total_seconds()) if start else 0
        return self.event(
            "completed",
            end + self.stamped,
            start_time=stamp(start) if start else None,
            end_time=stamp(end),
            duration=str(seconds),
            rate=str(RATE),
            price=f"{RATE * seconds / 60:.8f}",
            network=NETWORK,
            disconnected_by="user",
            sip_code=SIP_OK,
        )


def callers_leg(call: Call, *, conversation_uuid: str) -> Leg:
    """Give the leg of whoever calls."""
    return Leg(
        name="the caller's leg",
        uuid=call.leg_uuid(0),
        conversation_uuid=conversation_uuid,
        caller=call.caller,
        called=call.called,
        direction="inbound",
        events_to=None,
        stamped=_stamped(call),
    )


def called_leg(call: Call, number: int, planned: PlannedLeg) -> Leg:
    """Give the leg of somebody who is called, counted from 1."""
    return Leg(
        name=f"outbound leg {number}",
        uuid=call.leg_uuid(number),
        conversation_uuid=call.joined_conversation_uuid,
        caller=planned.caller_id or call.called,
        called=planned.to,
        direction="outbound",
        events_to=planned.events_to,
        stamped=_stamped(call),
    )


def _stamped(call: Call) -> timedelta:
    return BEFORE_ITS_END if call.scenario.out_of_order else AFTER_ITS_END
