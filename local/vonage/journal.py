"""Writes down what happened on each call, for people and tests to read."""

from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Literal

from local.vonage.call import Call

State = Literal["running", "completed", "failed"]


@dataclass(frozen=True)
class Step:
    """Something that happened on a call; ``status`` is the HTTP status it ended with, if any.

    ``attempts`` counts the requests it took, and ``trouble`` says what broke without an answer.
    """

    name: str
    time: datetime
    status: int | None = None
    attempts: int = 0
    trouble: str = ""


class Entry:
    """The page of one call. Several threads may write on it."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self._lock = Lock()
        self._steps: list[Step] = []
        self._state: State = "running"
        self._failure: str | None = None

    def add(self, step: Step) -> None:
        """Write down a step."""
        with self._lock:
            self._steps.append(step)

    def close(self, failure: str | None) -> None:
        """Write down that the call is over, and why it failed if it did."""
        with self._lock:
            self._failure = failure
            self._state = "failed" if failure else "completed"

    def read(self) -> dict[str, Any]:
        """Give the page as JSON; it names no number that was called."""
        with self._lock:
            return {
                "call": self.call.id,
                "state": self._state,
                "conversation_uuid": self.call.joined_conversation_uuid,
                "recording_uuid": self.call.recording_uuid(0),
                "failure": self._failure,
                "steps": [{**asdict(step), "time": step.time.isoformat()} for step in self._steps],
            }


class Journal:
    """The pages of all calls, in the order the calls were placed."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def open(self, call: Call) -> Entry:
        """Begin the page of a call."""
        self._entries[call.id] = entry = Entry(call)
        return entry

    def find(self, call_id: str) -> Entry | None:
        """Give the page of a call, ``None`` if there was no such call."""
        return self._entries.get(call_id)

    def all(self) -> list[Entry]:
        """Give every page."""
        return list(self._entries.values())
