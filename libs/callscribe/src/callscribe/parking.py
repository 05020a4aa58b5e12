"""Tells the other services of a message that was parked, so that its call can show it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from callscribe.contracts import Event, MessageParked, ParkedMessage
from callscribe.sqs import Received

MAX_BODY: Final = 100_000
"""Characters of a body that are told; with more, the event would be too big for where it is kept.
Such a message is sent again from the dead-letter queue alone."""

MAX_REASON: Final = 1000


class Events(Protocol):
    """Where events are published."""

    def publish(self, event: Event) -> None:
        """Publish the event."""


@dataclass(frozen=True, slots=True)
class ParkingNotice:
    """Publishes ``message.parked.v1`` for one queue; a ``Reader`` has it as ``on_parked``."""

    events: Events
    queue: str
    source: str
    now: Callable[[], datetime]

    def __call__(self, message: Received, reason: str, trace: Mapping[str, str | None]) -> None:
        """Tell of a parked message, unless it was itself such a notice: that would never end."""
        if _type_of(message.body) == MessageParked.model_fields["type"].default:
            return
        self.events.publish(
            MessageParked(
                source=self.source,
                subject=f"{self.queue}/{message.message_id}/{message.attempt}",
                time=self.now(),
                data=ParkedMessage(
                    recording_id=trace.get("recording_id"),
                    conversation_id=trace.get("conversation_id"),
                    queue=self.queue,
                    reason=reason[:MAX_REASON],
                    attempts=message.attempt,
                    body=message.body if len(message.body) <= MAX_BODY else "",
                ),
                **_correlated(trace),
            )
        )


def _type_of(body: str) -> Any:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said.get("type") if isinstance(said, dict) else None


def _correlated(trace: Mapping[str, str | None]) -> dict[str, Any]:
    correlation_id = trace.get("correlation_id")
    return {"correlationid": correlation_id} if correlation_id else {}
