"""Hands an event over: returning means that SQS has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callscribe.errors import TransientError
from webhook_gateway.handler import queue_of

if TYPE_CHECKING:
    from callscribe.contracts import Event
    from callscribe.names import QueueName
    from webhook_gateway.batcher import Batcher


@dataclass(frozen=True)
class Outbox:
    """Puts each event on its queue; ``patience`` is how many seconds a caller waits for that."""

    batchers: Mapping["QueueName", "Batcher"]
    patience: float

    def publish(self, event: "Event") -> None:
        """Wait until SQS has the event.

        :raises TransientError: if SQS did not take it, or not in time.
        """
        # Escaped, because SQS refuses a message with a character that XML does not know.
        body = event.model_dump_json(ensure_ascii=True)
        outcome = self.batchers[queue_of(event)].submit(body)
        try:
            outcome.result(timeout=self.patience)
        except TimeoutError:
            outcome.cancel()
            raise TransientError("SQS did not take the message in time") from None

    def close(self) -> None:
        """Send what is waiting."""
        for batcher in self.batchers.values():
            batcher.close()
