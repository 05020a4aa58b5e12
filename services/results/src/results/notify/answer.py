"""Decides what an answer to a delivery means: try again, or not."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final, Literal

State = Literal["delivered", "failed", "gone", "refused"]

LONGEST_WAIT: Final = timedelta(hours=6)
"""A receiver may ask to be left alone for so long, and no longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a delivery ended: what it means, the HTTP status if there was one, and a text."""

    state: State
    status: int | None
    text: str
    retry_after: timedelta | None = None


def answer_of(status: int, text: str, retry_after: str | None = None) -> Answer:
    """Read an HTTP answer. Only 2xx is delivered; a redirect is not followed, so it is a failure.

    Even a 400 is tried again: it is the receiver that is at fault, and it may be mended in a day.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer("delivered", status, text)
    if status == HTTPStatus.GONE:
        return Answer("gone", status, text)
    return Answer("failed", status, text, _wait(retry_after))


def _wait(asked: str | None) -> timedelta | None:
    """Read a ``Retry-After`` in seconds; one that is a date is not honoured."""
    if asked is None or not (asked.isascii() and asked.isdigit()) or len(asked) > len("999999999"):
        return None
    return min(timedelta(seconds=int(asked)), LONGEST_WAIT)
