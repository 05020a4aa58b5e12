"""Keeps facts, and after each one folds the record of its call again.

A crash at any moment is mended by the next delivery of the same fact: nothing depends on whether
the fact was new, and what is out of date in the table is found by looking at it.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from pydantic import TypeAdapter

from callscribe.contracts import CallDeleted, Fact
from callscribe.errors import TransientError
from callscribe.telemetry import facts
from results.ledger.entries import Entry, entries_of
from results.ledger.facts import RECORDING, home_of, id_of, nodes_of
from results.ledger.fold import fold
from results.ledger.snapshot import Place, Record
from results.ledger.views import CallView

logger = logging.getLogger(__name__)

TRIES: Final = 5
"""How often to fold anew because another worker wrote the same record: rarely do two facts of one
call come in the same moment. After that the message waits for its turn."""

call_json = TypeAdapter(CallView)


class Table(Protocol):
    """Where facts and records lie."""

    def put_fact(self, place: str, fact: Fact) -> bool:
        """Keep a fact, and tell whether it was new."""

    def link(self, place: str, other: str) -> None:
        """Note that another place is of the same call."""

    def record(self, place: str) -> Record:
        """Read the record of a place."""

    def read(self, place: str) -> Place:
        """Read everything else of a place."""

    def save(self, place: str, record: Record) -> bool:
        """Write a record of the next version, and tell whether nobody else did so before."""

    def put_entry(self, place: str, entry: Entry) -> None:
        """Put a call in a list."""

    def delete_entry(self, place: str, listed_in: str) -> None:
        """Take a call out of a list."""

    def delete_fact(self, place: str, fact_id: str) -> None:
        """Forget a fact."""


class Objects(Protocol):
    """Where the audio and the transcripts are."""

    def erase(self, recording_id: str) -> None:
        """Delete everything about a recording, be it there or not."""


class Ledger:
    """The records of all calls; used by all handler threads."""

    def __init__(self, table: Table, objects: Objects) -> None:
        self._table = table
        self._objects = objects

    def keep(self, fact: Fact) -> bool:
        """Keep a fact once, bring its call's record up to date, and tell whether it was new.

        :raises TransientError: if the table is not ready, or others write to it all the time.
        :raises PermanentError: if the table refuses the fact.
        """
        nodes = nodes_of(fact)
        new = self._table.put_fact(nodes[0], fact)
        for other in nodes[1:]:
            # The way there is in the fact, as long as it is kept; a tombstone needs both ways.
            self._table.link(other, nodes[0])
            self._table.link(nodes[0], other)
        for _ in range(TRIES):
            if self._refold(nodes):
                return new
        raise TransientError("others write the record of this call at the same time")

    def is_of_a_deleted_call(self, fact: Fact) -> bool:
        """Tell whether the call that a fact is about was deleted.

        :raises TransientError: if the table is not ready.
        """
        record = self._table.record(nodes_of(fact)[0])
        if record.call is None and record.home:
            record = self._table.record(record.home)
        return record.call is not None and call_json.validate_json(record.call).deleted

    def _refold(self, nodes: Iterable[str]) -> bool:
        records, places = self._whole_call(nodes)
        call = fold(places, (fact for place in places.values() for fact in place.facts))
        home = home_of(places)
        call = replace(call, version=records[home].version + 1)
        # Before the record is saved: who saves it second finds that, and looks at the lists anew.
        self._list(home, entries_of(call, home), places)
        if not all(self._save(node, home, call, records[node]) for node in places):
            return False
        if call.deleted:
            self._erase(places)
        return True

    def _whole_call(self, nodes: Iterable[str]) -> tuple[dict[str, Record], dict[str, Place]]:
        """Read all places of a call, each record before any fact.

        Whoever writes a record later than this one was read has put its fact there before, or finds
        that the version is another one.
        """
        known = set(nodes)
        while True:
            records = {node: self._table.record(node) for node in known}
            places = {node: self._table.read(node) for node in known}
            more = {link for place in places.values() for link in place.links}
            if more <= known:
                return records, places
            known |= more

    def _save(self, node: str, home: str, call: CallView, before: Record) -> bool:
        if node == home:
            said = call_json.dump_json(call).decode()
            return self._table.save(node, Record(before.version + 1, home, said))
        if before.home == home:
            return True
        return self._table.save(node, Record(before.version + 1, home))

    def _list(self, home: str, entries: Sequence[Entry], places: Mapping[str, Place]) -> None:
        for entry in entries:
            if entry not in places[home].entries:
                self._table.put_entry(home, entry)
        wanted = {entry.listed_in for entry in entries}
        for node, place in places.items():
            for entry in place.entries:
                if node != home or entry.listed_in not in wanted:
                    self._table.delete_entry(node, entry.listed_in)

    def _erase(self, places: Mapping[str, Place]) -> None:
        for node in places:
            if node.startswith(RECORDING):
                self._objects.erase(id_of(node))
        for node, place in places.items():
            for fact in place.facts:
                if not isinstance(fact, CallDeleted):
                    self._table.delete_fact(node, fact.id)
        logger.info("call erased", extra=facts(places=len(places)))
