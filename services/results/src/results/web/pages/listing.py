"""Shows what there is of many calls: the list, the failures, the numbers."""

from datetime import UTC, timedelta
from itertools import groupby
from typing import Final

from flask import abort, render_template, request

from results.ledger.calls import WrongCursorError
from results.ledger.views import CallView, Page, Status
from results.web.pages import current
from results.web.pages.figures import figures_of
from results.web.pages.filters import Filters
from results.web.pages.shown import STATUSES, day_of

SPANS: Final = (7, 30, 90)
"""Days of which numbers can be seen."""

MOVING: Final = frozenset({Status.LIVE, Status.IN_PROGRESS})


def calls() -> str:
    """List the calls that the filters in the address ask for, newest first.

    With ``fragment`` in the address only the list is given: so the page renews itself.
    """
    filters = Filters.of(request.args)
    cursor = request.args.get("cursor")
    try:
        page = current.calls().page(filters.wanted(), cursor=cursor)
    except WrongCursorError:
        abort(400)
    name = "calls_list.html" if "fragment" in request.args else "calls.html"
    return render_template(
        name,
        filters=filters,
        days=_by_day(page),
        page=page,
        cursor=cursor,
        moving=any(call.status in MOVING for call in page.calls),
        statuses={it: said for it, said in STATUSES.items() if it != Status.DELETED},
    )


def failures() -> str:
    """List what is stuck or parked, why, and what to do."""
    page = current.calls().failures(cursor=request.args.get("cursor"))
    retryable = any(stop.can_be_retried for call in page.calls for stop in call.stops)
    return render_template("failures.html", page=page, retryable=retryable)


def numbers() -> str:
    """Show the figures of the last days."""
    span = request.args.get("days", type=int)
    span = span if span in SPANS else SPANS[1]
    last = current.services().now().astimezone(UTC).date()
    days = current.calls().days(last - timedelta(days=span - 1), last)
    return render_template(
        "numbers.html", figures=figures_of(days, current.rates()), span=span, spans=SPANS
    )


def _by_day(page: Page) -> list[tuple[str, list[CallView]]]:
    now = current.services().now()
    groups = groupby(page.calls, key=lambda call: day_of(call.started_at, now))
    return [(day, list(calls)) for day, calls in groups]
