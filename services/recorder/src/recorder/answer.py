"""Decides what an answer to the request for a recording means.

Only 200 brings one: 204 and 304 would be stored as silence, and a redirect would take the token to
a host nobody has checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from callscribe.errors import CallscribeError, PermanentError, TransientError
from recorder.patience import Patience

LONGEST_WAIT: Final = timedelta(hours=1)
"""However long Vonage asks us to wait: SQS could hide a message for at most 12 h."""

_DIGITS: Final = 9
"""Of a number of seconds: 31 years, which is more than the limit and less than a timedelta's."""

NOT_READY: Final = frozenset(
    {HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND, HTTPStatus.LOCKED}
)
BUSY: Final = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, and its body still to be read; ``length`` is its Content-Length."""

    status: int
    chunks: Iterator[bytes]
    length: int | None = None
    retry_after: str | None = None


def refusal(answer: Answer, patience: Patience) -> CallscribeError | None:
    """Say why an answer brings no recording, or nothing if it does."""
    status = answer.status
    if status == HTTPStatus.OK:
        return None
    wait = wait_asked_for(answer.retry_after, now=patience.now)
    if status in NOT_READY:
        return patience.not_ready(
            f"Vonage does not have the recording ({status})", retry_after=wait
        )
    if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TransientError(f"Vonage cannot give the recording now ({status})", retry_after=wait)
    return PermanentError(_why_never(status))


def _why_never(status: int) -> str:
    if status in REFUSED:
        return (
            f"Vonage refused our token ({status}): our configuration is wrong, compare the "
            "application id and the private key with the application that made the recording"
        )
    if status == HTTPStatus.GONE:
        return f"Vonage has deleted the recording ({status})"
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"Vonage answered with a redirect ({status}), which our token must not follow"
    return f"Vonage refused the request for the recording ({status})"


def wait_asked_for(retry_after: str | None, *, now: datetime) -> timedelta | None:
    """Read a Retry-After header, in seconds or as a date; nothing if it asks for no wait.

    Source: RFC 9110, section 10.2.3.
    """
    if retry_after is None:
        return None
    if retry_after.isdecimal():
        wait = timedelta(seconds=int(retry_after[:_DIGITS]))
    else:
        wait = _date(retry_after, otherwise=now) - now
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def _date(text: str, *, otherwise: datetime) -> datetime:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return otherwise
    return date if date.tzinfo else date.replace(tzinfo=UTC)
