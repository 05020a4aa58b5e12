"""How handling a message can fail, told apart by what the queue should do next.

* CallscribeError
  - TransientError  try again later; SQS redelivers, and the redrive policy ends it
  - PermanentError  trying again cannot help; park it on the dead-letter queue now

Anything else that escapes a handler is a bug: it is logged with its traceback and treated as
transient, so that a fix can be deployed before the message is given up on.

The text of an error goes to the log and to the dead-letter queue, where an operator reads it: it
says what happened in plain words and never holds a phone number, a token or a body.
"""

from datetime import timedelta


class CallscribeError(Exception):
    """An anticipated failure."""


class TransientError(CallscribeError):
    """The world was not ready: a throttle, a timeout, an object not there yet."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentError(CallscribeError):
    """The message can never be handled: malformed, unsupported, or about something deleted."""
