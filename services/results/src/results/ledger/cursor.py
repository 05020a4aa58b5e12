"""Writes where a page of a list ended, so that an address can hold it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from results.ledger.calls import WrongCursorError

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]{8,15}\+00:00#[a-z]+#[A-Za-z0-9._-]{1,150}")


def cursor_of(moment: str) -> str:
    """Write the moment of the last call of a page."""
    return urlsafe_b64encode(moment.encode()).decode().rstrip("=")


def moment_of(cursor: str) -> str:
    """Read the moment from a cursor.

    :raises WrongCursorError: if it is none of ours.
    """
    try:
        moment = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        moment = ""
    if not MOMENT.fullmatch(moment):
        raise WrongCursorError("the cursor was not given by an earlier page")
    return moment
