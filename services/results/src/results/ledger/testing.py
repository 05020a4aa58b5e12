"""Stand-ins for tests: the calls table in memory, and calls, recordings and transcripts."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from callscribe.contracts import Fact
from results.ledger.entries import Entry, place_in
from results.ledger.snapshot import Place, Record
from results.ledger.views import CallView, RecordingView, Stage, StageView, Status
from results.transcript import Party, Transcript, Turn, Word

NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


class FakeCallsTable:
    """The calls table in memory, with what is needed to show two workers in each other's way."""

    def __init__(self) -> None:
        self.facts: dict[str, dict[str, Fact]] = defaultdict(dict)
        self.links: dict[str, set[str]] = defaultdict(set)
        self.entries: dict[str, dict[str, Entry]] = defaultdict(dict)
        self.records: dict[str, Record] = {}
        self.meanwhile: list[Callable[[], object]] = []

    def put_fact(self, place: str, fact: Fact) -> bool:
        """Keep a fact, and tell whether it was new or is told of an earlier time."""
        known = self.facts[place].get(fact.id)
        if known is not None and known.time <= fact.time:
            return False
        self.facts[place][fact.id] = fact
        return True

    def link(self, place: str, other: str) -> None:
        """Note that another place is of the same call."""
        self.links[place].add(other)

    def record(self, place: str) -> Record:
        """Read the record of a place."""
        return self.records.get(place, Record())

    def read(self, place: str) -> Place:
        """Read everything else of a place."""
        facts = tuple(self.facts[place].values())
        return Place(facts, tuple(self.links[place]), tuple(self.entries[place].values()))

    def save(self, place: str, record: Record) -> bool:
        """Write a record, after what a test has somebody else do meanwhile."""
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if self.record(place).version != record.version - 1:
            return False
        self.records[place] = record
        return True

    def put_entry(self, place: str, entry: Entry) -> None:
        """Put a call in a list."""
        self.entries[place][entry.listed_in] = entry

    def delete_entry(self, place: str, listed_in: str) -> None:
        """Take a call out of a list."""
        self.entries[place].pop(listed_in, None)

    def delete_fact(self, place: str, fact_id: str) -> None:
        """Forget a fact."""
        self.facts[place].pop(fact_id, None)

    def listed(self, name: str) -> list[str]:
        """Tell the places of the calls in a list, newest first."""
        found = [its[name].moment for its in self.entries.values() if name in its]
        return [place_in(moment) for moment in sorted(found, reverse=True)]


class FakeObjects:
    """Remembers what was erased."""

    def __init__(self) -> None:
        self.erased: list[str] = []

    def erase(self, recording_id: str) -> None:
        """Delete everything about a recording."""
        self.erased.append(recording_id)


def a_call(call_id: str = "CON-1", *, minutes_later: float = 0, **more: Any) -> CallView:
    """Make a finished call between two numbers, with one recording unless told otherwise."""
    started_at = NOON + timedelta(minutes=minutes_later)
    said: dict[str, Any] = {
        "status": Status.READY,
        "started_at": started_at,
        "conversation_ids": (call_id,),
        "caller": "447700900001",
        "called": "447700900002",
        "direction": "inbound",
        "ended_at": started_at + timedelta(seconds=23),
        "seconds": 23.0,
        "recordings": (a_recording(f"rec-{call_id}", started_at),),
    }
    return CallView(call_id=call_id, **said | more)


def a_recording(recording_id: str, started_at: datetime = NOON, **more: Any) -> RecordingView:
    """Make a recording that went through every stage, ten seconds each."""
    stages = tuple(
        StageView(stage, started_at + timedelta(seconds=30 + 10 * place), attempt=1)
        for place, stage in enumerate(Stage)
    )
    said: dict[str, Any] = {
        "status": Status.READY,
        "stages": stages,
        "duration": 23.0,
        "channels": 2,
        "media_format": "mp3",
        "size": 178830,
        "audio_key": f"recordings/{recording_id}/audio.mp3",
        "transcript_run": 1,
    }
    return RecordingView(recording_id=recording_id, **said | more)


def a_transcript(recording_id: str, *said: str, parties: int = 2) -> Transcript:
    """Make a transcript in which the parties take turns, one second for each word."""
    turns, at = [], 0.0
    for place, text in enumerate(said):
        words = tuple(Word(at + n, at + n + 0.8, word, 0.9) for n, word in enumerate(text.split()))
        turns.append(Turn(place % parties, at, words[-1].end, False, 0.9, text, words))  # noqa: FBT003 - overlaps
        at += len(words)
    return Transcript(
        recording_id=recording_id,
        conversation_id="CON-1",
        language="en-US",
        duration=turns[-1].end if turns else None,
        parties=tuple(Party(f"Party {n + 1}", channel=n) for n in range(parties)),
        turns=tuple(turns),
    )
