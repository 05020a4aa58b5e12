"""Finds calls in the table for those who look at them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from callscribe.contracts import Fact
from results.ledger.cursor import cursor_of, moment_of
from results.ledger.entries import ALL, figures_json, of_number, of_status
from results.ledger.facts import LOST, call_node, recording_node
from results.ledger.figures import day_of
from results.ledger.ledger import call_json
from results.ledger.lists import Listed, Span
from results.ledger.snapshot import Place, Record
from results.ledger.views import CallView, DayView, Page, Status, Wanted

LOOKED_AT: Final = 500
"""Most records that are read for one page; a filter that few of them pass gives a short page."""

LONGEST_ID: Final = 2000
"""Bytes. DynamoDB refuses to look for a key of more than 2048, and ours begin with a word."""


class Facts(Protocol):
    """Where facts and records lie."""

    def record(self, place: str) -> Record:
        """Read the record of a place."""

    def read(self, place: str) -> Place:
        """Read everything else of a place."""

    def find_fact(self, places: Sequence[str], fact_id: str) -> Fact | None:
        """Look for a fact in some places."""


class Index(Protocol):
    """The lists of calls."""

    def newest(self, name: str, span: Span, limit: int) -> list[Listed]:
        """Give the newest calls of a list, the newest first."""

    def all(self, name: str, span: Span) -> Iterator[Listed]:
        """Give all calls of a list in a span, oldest first."""

    def records(self, places: Sequence[str]) -> list[Record]:
        """Read the records of some places, in their order."""


class Reading:
    """What there is to read of all calls."""

    def __init__(self, facts: Facts, index: Index) -> None:
        self._facts = facts
        self._index = index

    def page(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List calls, newest first; a page may be short and still have others after it.

        :raises WrongCursorError: if the cursor is none of ours.
        """
        name = _list_of(wanted)
        after = moment_of(cursor) if cursor else None
        found: list[CallView] = []
        for _ in range(max(LOOKED_AT // limit, 1)):
            listed = self._index.newest(name, Span(wanted.since, wanted.before, after), limit)
            for entry, call in self._calls(listed):
                after = entry.moment
                if call is not None and _is_wanted(call, wanted):
                    found.append(call)
                if len(found) == limit:
                    return Page(tuple(found), cursor_of(after))
            if len(listed) < limit:
                return Page(tuple(found))
        return Page(tuple(found), cursor_of(after) if after else None)

    def failures(self, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List the calls of which something is stuck, parked or failed."""
        return self.page(Wanted(status=Status.FAILED), cursor=cursor, limit=limit)

    def get(self, any_id: str) -> CallView | None:
        """Find a call by any of its ids; of one that was deleted its tombstone is found."""
        if len(any_id.encode()) > LONGEST_ID:
            return None
        for place in (call_node(any_id), recording_node(any_id), LOST + any_id):
            record = self._facts.record(place)
            if record.version and record.call is None:
                record = self._facts.record(record.home)
            if record.call:
                return call_json.validate_json(record.call)
        return None

    def days(self, first: date, last: date) -> Sequence[DayView]:
        """Give the figures of each day, the last included, oldest first."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [self._day(day) for day in days]

    def _day(self, day: date) -> DayView:
        midnight = datetime.combine(day, time(), UTC)
        listed = self._index.all(ALL, Span(midnight, midnight + timedelta(days=1)))
        return day_of(day, (figures_json.validate_json(it.figures) for it in listed if it.figures))

    def _calls(self, listed: Sequence[Listed]) -> Iterator[tuple[Listed, CallView | None]]:
        records = self._index.records([entry.place for entry in listed])
        calls = {record.home: record.call for record in records}
        for entry in listed:
            said = calls.get(entry.place)
            yield entry, call_json.validate_json(said) if said else None


def _list_of(wanted: Wanted) -> str:
    if wanted.number is not None:
        return of_number(wanted.number)
    return ALL if wanted.status is None else of_status(wanted.status)


def _is_wanted(call: CallView, wanted: Wanted) -> bool:
    # A list may be a moment behind the record, so what it stands for is looked at too.
    numbers = {number for leg in call.legs for number in (leg.caller, leg.called)}
    return (
        (wanted.status is None or call.status is wanted.status)
        and (wanted.number is None or wanted.number in numbers)
        and (wanted.text is None or wanted.text.casefold() in _text_of(call))
    )


def _text_of(call: CallView) -> str:
    names = (name for recording in call.recordings for name in recording.names)
    numbers = (number or "" for leg in call.legs for number in (leg.caller, leg.called))
    return "\n".join((call.note, *names, *numbers)).casefold()
