"""What can be asked of the ledger, and asked to be done to a call."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from callscribe.contracts import Wishes
from results.ledger.views import CallView, DayView, Page, RecordingView, Wanted
from results.transcript import Transcript


class NoSuchCallError(Exception):
    """There is no such call or recording, or it is deleted."""


class CannotDoError(Exception):
    """The call is not in a state in which this can be done; the text says why."""


class WrongCursorError(ValueError):
    """A cursor was not given by an earlier page."""


class Calls(Protocol):
    """The calls there are. An id is the call's, or that of any conversation or recording of it.

    What is asked to be done is done by the worker a moment later.
    """

    def page(self, wanted: Wanted, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List calls, newest first; a page may be short and still have others after it.

        :raises WrongCursorError: if the cursor is none of ours.
        """

    def failures(self, *, cursor: str | None = None, limit: int = 50) -> Page:
        """List the calls of which something is stuck, parked or failed."""

    def get(self, any_id: str) -> CallView | None:
        """Find a call; of one that was deleted its tombstone is found."""

    def days(self, first: date, last: date) -> Sequence[DayView]:
        """Give the figures of each day, the last included, oldest first."""

    def rename(self, any_id: str, recording_id: str, names: Sequence[str]) -> None:
        """Name the parties of a recording, in the transcript's order; empty takes a name away.

        :raises NoSuchCallError: if there is no such recording of the call.
        """

    def note(self, any_id: str, text: str) -> None:
        """Write the note of a call, in place of the one that was there.

        :raises NoSuchCallError: if there is no such call.
        """

    def delete(self, any_id: str) -> None:
        """Delete the audio, the transcripts and the record of a call; a tombstone stays.

        :raises NoSuchCallError: if there is no such call.
        """

    def retry(self, any_id: str, stop_id: str | None = None) -> int:
        """Send parked messages again, all of the call's or one, and tell how many they were.

        :raises NoSuchCallError: if there is no such call.
        :raises CannotDoError: if nothing of it is parked.
        """

    def again(self, any_id: str, recording_id: str, wishes: Wishes) -> int:
        """Transcribe a recording once more, in another way, and tell the number of the run.

        :raises NoSuchCallError: if there is no such recording of the call.
        :raises CannotDoError: if its audio was never stored.
        """


class Shelf(Protocol):
    """Where the transcripts and the audio are."""

    def transcript(self, recording: RecordingView) -> Transcript | None:
        """Read the newest transcript, with the names that its parties were given."""

    def audio_url(self, recording: RecordingView) -> str | None:
        """Give an address from which a browser can fetch the audio for a few minutes."""

    def peaks(self, recording: RecordingView) -> bytes | None:
        """Read how loud the recording is over its time, as JSON, if that was measured."""
