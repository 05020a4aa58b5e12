"""Hands an event over: returning means that SQS has it, on every queue where it belongs."""

from collections.abc import Mapping
from concurrent.futures import wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callscribe.errors import TransientError
from webhook_gateway.handler import queues_of

if TYPE_CHECKING:
    from callscribe.contracts import Event
    from callscribe.names import QueueName
    from webhook_gateway.batcher import Batcher


@dataclass(frozen=True)
class Outbox:
    """Puts each event on its queues; ``patience`` is how many seconds a caller waits for that."""

    batchers: Mapping["QueueName", "Batcher"]
    patience: float

    def publish(self, event: "Event") -> None:
        """Wait until SQS has the event on all of its queues.

        What one queue has and another has not is sent to both again when the webhook comes again,
        and is the same event then.

        :raises TransientError: if SQS did not take it, or not in time.
        """
        # Escaped, because SQS refuses a message with a character that XML does not know.
        body = event.model_dump_json(ensure_ascii=True)
        outcomes = [self.batchers[queue].submit(body) for queue in queues_of(event)]
        done, late = wait(outcomes, timeout=self.patience)
        for outcome in late:
            outcome.cancel()
        for outcome in done:
            outcome.result()
        if late:
            raise TransientError("SQS did not take the message in time")

    def close(self) -> None:
        """Send what is waiting."""
        for batcher in self.batchers.values():
            batcher.close()
