"""What lies in the calls table about one call, as values."""

from dataclasses import dataclass

from callscribe.contracts import Fact
from results.ledger.entries import Entry


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a place: the call as JSON if this is its ``home``, else where that is."""

    version: int = 0
    home: str = ""
    call: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that lies in one place beside its record."""

    facts: tuple[Fact, ...] = ()
    links: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
