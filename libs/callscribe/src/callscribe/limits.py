"""How much a worker takes on, and how long it waits for anything."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

MAX_VISIBILITY: Final = timedelta(hours=12)
"""How long a message can stay hidden, counted from its receive; SQS refuses any change beyond.

Source: Amazon SQS quotas, "Message visibility timeout".
"""

LONGEST_BEAT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits a worker keeps to.

    ``max_attempts`` must be under the queue's ``maxReceiveCount``: a message that fails so often is
    parked with its reason, while the redrive policy, which knows no reason, is left for messages
    that kill the process. ``wait`` plus ``drain`` must fit the container's stop time.
    """

    concurrency: int = 8
    visibility: timedelta = timedelta(seconds=60)
    max_handling: timedelta = timedelta(hours=1)
    wait: timedelta = timedelta(seconds=20)
    drain: timedelta = timedelta(seconds=30)
    max_attempts: int = 16
    retry_base: timedelta = timedelta(seconds=5)
    retry_cap: timedelta = timedelta(minutes=30)
    linger: timedelta = timedelta(milliseconds=50)
    receive_failures: int = 10
    receive_pause: timedelta = timedelta(seconds=1)
    receive_pause_cap: timedelta = timedelta(seconds=20)

    @property
    def renew_within(self) -> timedelta:
        """How little time must be left before a message's visibility is renewed: a third of it."""
        return self.visibility / 3

    @property
    def heartbeat_every(self) -> timedelta:
        """How often to look for what is due: so often that nothing runs out between two looks."""
        return min(LONGEST_BEAT, self.renew_within / 3)
