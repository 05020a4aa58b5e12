"""Keeps the recordings that can be downloaded, by the id in their address."""

from dataclasses import dataclass
from threading import Lock

from local.vonage.fate import Fate, fate
from local.vonage.journal import Entry
from local.vonage.recording import Recorded


@dataclass(frozen=True)
class Kept:
    """A recording, and the page of the call it is of."""

    recorded: Recorded
    entry: Entry


class Shelf:
    """All recordings, and how often each was asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, Kept] = {}
        self._attempts: dict[str, int] = {}

    def put(self, file_id: str, kept: Kept) -> None:
        """Make a recording available."""
        with self._lock:
            self._kept[file_id] = kept

    def ask(self, file_id: str) -> tuple[Kept, Fate] | None:
        """Take a recording down, with what is to become of this attempt; ``None`` if unknown."""
        with self._lock:
            kept = self._kept.get(file_id)
            if kept is None:
                return None
            self._attempts[file_id] = attempt = self._attempts.get(file_id, 0) + 1
        return kept, fate(kept.entry.call.scenario, attempt)
