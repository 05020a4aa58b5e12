"""Reads from an address which calls are wanted, and writes it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from results.ledger.views import Status, Wanted

LONGEST_NUMBER: Final = 64
"""As by the API. DynamoDB refuses to look for a key that is very long."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the form above the list says; an empty text does not matter."""

    text: str = ""
    number: str = ""
    status: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Filters":
        """Read the filters from an address; what makes no sense is left out."""
        status = said.get("status", "")
        return cls(
            text=said.get("q", "").strip(),
            number=said.get("number", "").strip()[:LONGEST_NUMBER],
            status=status if status in set(Status) else "",
            first=_day(said.get("from", "")),
            last=_day(said.get("to", "")),
        )

    @property
    def are_set(self) -> bool:
        """Whether anything is left out of the list."""
        return self != Filters()

    def query(self, **more: str) -> str:
        """Write the filters as the query of an address."""
        said = {
            "q": self.text,
            "number": self.number,
            "status": self.status,
            "from": self.first,
            "to": self.last,
        }
        return urlencode({name: value for name, value in (said | more).items() if value})

    def wanted(self) -> Wanted:
        """Ask the ledger for it; both days are included."""
        return Wanted(
            since=_midnight(self.first),
            before=_midnight(self.last, days_later=1),
            number=self.number.removeprefix("+").replace(" ", "") or None,
            status=Status(self.status) if self.status else None,
            text=self.text or None,
        )


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return ""


def _midnight(day: str, days_later: int = 0) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=days_later)
    except OverflowError:
        return None
