"""Stand-ins for tests: calls, transcripts and audio in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from callscribe.contracts import Wishes
from results.ledger.calls import CannotDoError, NoSuchCallError, WrongCursorError
from results.ledger.names import named
from results.ledger.views import (
    CallView,
    DayView,
    Page,
    RecordingView,
    Status,
    Wanted,
)
from results.transcript import Transcript
from results.web.keys import ApiKey


class FakeCalls:
    """The ledger in memory; what is asked to be done is done at once."""

    def __init__(self, *calls: CallView) -> None:
        self.calls = {call.call_id: call for call in calls}
        self.retried: list[str] = []
        self.wishes: list[Wishes] = []
        self._failures: list[Exception] = []

    def fail(self, error: Exception) -> None:
        """Have the next question for a call raise."""
        self._failures.append(error)

    def page(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List calls, newest first; the cursor is the number of calls before it."""
        newest = sorted(self.calls.values(), key=lambda call: call.started_at, reverse=True)
        found = [call for call in newest if _is_wanted(call, wanted)]
        if cursor is not None and not cursor.isdecimal():
            raise WrongCursorError("the cursor is none of ours")
        start = int(cursor or 0)
        more = start + limit < len(found)
        return Page(tuple(found[start : start + limit]), str(start + limit) if more else None)

    def failures(self, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List the calls of which something is stuck, parked or failed."""
        return self.page(Wanted(status=Status.FAILED), cursor=cursor, limit=limit)

    def get(self, any_id: str) -> CallView | None:
        """Find a call by any id of it."""
        if self._failures:
            raise self._failures.pop(0)
        return next((call for call in self.calls.values() if any_id in _ids(call)), None)

    def days(self, first: date, last: date) -> Sequence[DayView]:
        """Count the calls of each day."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [_day(day, list(self.calls.values())) for day in days]

    def rename(self, any_id: str, recording_id: str, names: Sequence[str]) -> None:
        """Name the parties of a recording."""
        call = self._there(any_id)
        if call.recording(recording_id) is None:
            raise NoSuchCallError("there is no such recording")
        renamed = [
            replace(it, names=tuple(names)) if it.recording_id == recording_id else it
            for it in call.recordings
        ]
        self.calls[call.call_id] = replace(call, recordings=tuple(renamed))

    def note(self, any_id: str, text: str) -> None:
        """Write the note of a call."""
        call = self._there(any_id)
        self.calls[call.call_id] = replace(call, note=text)

    def delete(self, any_id: str) -> None:
        """Leave a tombstone of a call."""
        call = self._there(any_id)
        self.calls[call.call_id] = CallView(
            call.call_id, Status.DELETED, call.started_at, deleted=True
        )

    def retry(self, any_id: str, stop_id: str | None = None) -> int:
        """Note which stops were retried, and take them off the call."""
        call = self._there(any_id)
        tried = [s for s in call.stops if s.can_be_retried and stop_id in (None, s.id)]
        if not tried:
            raise CannotDoError("nothing of this call is parked")
        self.retried += [stop.id for stop in tried]
        left = tuple(stop for stop in call.stops if stop not in tried)
        self.calls[call.call_id] = replace(call, stops=left, status=Status.IN_PROGRESS, reason=None)
        return len(tried)

    def again(self, any_id: str, recording_id: str, wishes: Wishes) -> int:
        """Begin the next run of a recording."""
        call = self._there(any_id)
        recording = call.recording(recording_id)
        if recording is None:
            raise NoSuchCallError("there is no such recording")
        if not recording.has_audio:
            raise CannotDoError("its audio was never stored")
        self.wishes.append(wishes)
        begun = replace(recording, run=recording.run + 1, status=Status.IN_PROGRESS)
        others = [it for it in call.recordings if it is not recording]
        self.calls[call.call_id] = replace(call, recordings=(*others, begun))
        return begun.run

    def _there(self, any_id: str) -> CallView:
        call = self.get(any_id)
        if call is None or call.deleted:
            raise NoSuchCallError("there is no such call")
        return call


class FakeKeys:
    """Keys in memory."""

    def __init__(self) -> None:
        self.keys: dict[str, ApiKey] = {}

    def find(self, key_id: str) -> ApiKey | None:
        """Find a key by its id."""
        return self.keys.get(key_id)

    def put(self, key: ApiKey) -> None:
        """Keep a key."""
        self.keys[key.key_id] = key

    def all(self) -> Sequence[ApiKey]:
        """Give every key, the revoked ones too."""
        return list(self.keys.values())


class FakeShelf:
    """Transcripts in memory, by the id of their recording, and an address for each audio."""

    def __init__(
        self,
        transcripts: Mapping[str, Transcript] = MappingProxyType({}),
        measured: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self.transcripts = transcripts
        self.measured = measured

    def transcript(self, recording: RecordingView) -> Transcript | None:
        """Read a transcript, with the names that its parties were given."""
        found = self.transcripts.get(recording.recording_id)
        return found and named(found, recording.names)

    def peaks(self, recording: RecordingView) -> bytes | None:
        """Give what was measured of a recording."""
        return self.measured.get(recording.recording_id)

    def audio_url(self, recording: RecordingView) -> str | None:
        """Give an address for the audio, if there is any."""
        return f"https://audio.example/{recording.audio_key}" if recording.audio_key else None


def _ids(call: CallView) -> set[str]:
    return {call.call_id, *call.conversation_ids, *(it.recording_id for it in call.recordings)}


def _is_wanted(call: CallView, wanted: Wanted) -> bool:
    names = " ".join(name for it in call.recordings for name in it.names)
    said = f"{names} {call.note} {call.caller} {call.called}".casefold()
    return all(
        (
            wanted.since is None or call.started_at >= wanted.since,
            wanted.before is None or call.started_at < wanted.before,
            wanted.number is None or wanted.number in (call.caller, call.called),
            wanted.status is None or call.status == wanted.status,
            wanted.text is None or wanted.text.casefold() in said,
        )
    )


def _day(day: date, calls: Sequence[CallView]) -> DayView:
    its = [call for call in calls if call.started_at.date() == day]
    return DayView(
        day,
        calls=len(its),
        ready=sum(call.status == Status.READY for call in its),
        failed=sum(call.status == Status.FAILED for call in its),
        minutes=sum(call.seconds or 0 for call in its) / 60,
    )
