"""Decides how long a recording that Vonage has announced may stay incomplete."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from callscribe.errors import PermanentError, TransientError


@dataclass(frozen=True, slots=True)
class Patience:
    """When a recording was announced, what time it is, and how long we wait for it."""

    announced: datetime
    now: datetime
    limit: timedelta

    def not_ready(
        self, reason: str, *, retry_after: timedelta | None = None
    ) -> TransientError | PermanentError:
        """Make the error for what time may heal: later, or never once the wait is over."""
        waited = self.now - self.announced
        if waited <= self.limit:
            return TransientError(reason, retry_after=retry_after)
        minutes = waited // timedelta(minutes=1)
        return PermanentError(f"{reason}, {minutes} minutes after it was announced")
