"""Says to the outside what became of a recording; the same outcome is always the same event."""

from datetime import datetime
from typing import Protocol

from callscribe.contracts import (
    FailedTranscript,
    News,
    ReadyTranscript,
    TranscriptFailed,
    TranscriptReady,
)

SOURCE = "callscribe/results"


class Publisher(Protocol):
    """Puts events on the notifications queue."""

    def publish(self, event: News) -> None:
        """Put the event on the queue."""


def announce(
    outcome: ReadyTranscript | FailedTranscript,
    *,
    notifications: Publisher,
    time: datetime,
    correlation_id: str,
) -> None:
    """Tell the outcome, once the object that it is about exists.

    ``time`` is that of the completion, so that who hears it twice hears the same.

    :raises TransientError: if the queue did not take it.
    """
    subject = f"{outcome.recording_id}/run{outcome.run}"
    said = {"source": SOURCE, "subject": subject, "time": time, "correlationid": correlation_id}
    if isinstance(outcome, ReadyTranscript):
        notifications.publish(TranscriptReady(**said, data=outcome))
    else:
        notifications.publish(TranscriptFailed(**said, data=outcome))
