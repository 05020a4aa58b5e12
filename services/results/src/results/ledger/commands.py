"""Asks for something to be done to a call; the worker does it when the fact reaches it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from callscribe.contracts import (
    CallDeleted,
    CallNoted,
    DeletedCall,
    Event,
    MessageParked,
    MessageRetried,
    NamedParties,
    NotedCall,
    PartiesNamed,
    RecordingStored,
    RetriedMessage,
    Wishes,
)
from results.ledger.calls import CannotDoError, NoSuchCallError
from results.ledger.facts import LOST
from results.ledger.places import ids_of, places_of
from results.ledger.reading import Facts, Index, Reading
from results.ledger.views import CallView, RecordingView, StopView

SOURCE: Final = "callscribe/results-web"


class Publisher(Protocol):
    """Where events are published."""

    def publish(self, event: Event) -> None:
        """Publish the event."""


class Parking(Protocol):
    """A queue and its dead-letter queue, seen by who sends a message back."""

    def send_back(self, body: str) -> None:
        """Put a message on the queue again, and take its copy off the dead-letter queue."""


Until = Callable[[CallView], bool]

Wait = Callable[[Callable[[], bool]], None]
"""Waits for a moment until something is so, and goes on if it is not."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Where requests go, by the names of the queues."""

    call_events: Publisher
    transcriptions: Publisher
    parking: Mapping[str, Parking]


class LedgerCalls(Reading):
    """All calls, as they are in the table, and what can be asked of the worker."""

    def __init__(
        self,
        facts: Facts,
        index: Index,
        outgoing: Outgoing,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        wait: Wait,
    ) -> None:
        super().__init__(facts, index)
        self._outgoing = outgoing
        self._now = now
        self._new_id = new_id
        self._wait = wait

    def rename(self, any_id: str, recording_id: str, names: Sequence[str]) -> None:
        """Name the parties of a recording, in the transcript's order; empty takes a name away.

        :raises NoSuchCallError: if there is no such recording of the call.
        """
        call, recording = self._recording(any_id, recording_id)
        data = NamedParties(recording_id=recording.recording_id, names=tuple(names), **_of(call))
        self._tell(PartiesNamed(source=SOURCE, subject=self._new_id(), time=self._now(), data=data))
        self._until(call, lambda it: _named(it, recording_id) == tuple(names))

    def note(self, any_id: str, text: str) -> None:
        """Write the note of a call, in place of the one that was there.

        :raises NoSuchCallError: if there is no such call.
        """
        call = self._there(any_id)
        data = NotedCall(note=text, **ids_of(call))
        self._tell(CallNoted(source=SOURCE, subject=self._new_id(), time=self._now(), data=data))
        self._until(call, lambda it: it.note == text)

    def delete(self, any_id: str) -> None:
        """Delete the audio, the transcripts and the record of a call; a tombstone stays.

        :raises NoSuchCallError: if there is no such call.
        """
        call = self._there(any_id)
        data = DeletedCall(**ids_of(call))
        self._tell(CallDeleted(source=SOURCE, subject=call.call_id, time=self._now(), data=data))
        self._until(call, lambda it: it.deleted)

    def retry(self, any_id: str, stop_id: str | None = None) -> int:
        """Send parked messages again, all of the call's or one, and tell how many they were.

        :raises NoSuchCallError: if there is no such call.
        :raises CannotDoError: if nothing of it is parked.
        """
        call = self._there(any_id, lost_too=True)
        stops = [it for it in call.stops if it.can_be_retried and stop_id in (None, it.id)]
        sent = [stop.id for stop in stops if self._send_back(call, stop)]
        if not sent:
            raise CannotDoError("nothing of this call can be sent again")
        self._until(call, lambda it: not {stop.id for stop in it.stops} & set(sent))
        return len(sent)

    def again(self, any_id: str, recording_id: str, wishes: Wishes) -> int:
        """Transcribe a recording once more, in another way, and tell the number of the run.

        :raises NoSuchCallError: if there is no such recording of the call.
        :raises CannotDoError: if its audio was never stored.
        """
        call, recording = self._recording(any_id, recording_id)
        stored = self._stored(call, recording_id)
        run = recording.run + 1
        event = RecordingStored(
            source=SOURCE,
            subject=f"{recording_id}/{run}",
            time=self._now(),
            correlationid=stored.correlationid,
            data=stored.data.model_copy(update={"run": run, "wishes": wishes}),
        )
        self._outgoing.transcriptions.publish(event)
        self._tell(event)
        self._until(call, lambda it: _run(it, recording_id) >= run)
        return run

    def _send_back(self, call: CallView, stop: StopView) -> bool:
        parking = self._outgoing.parking.get(stop.queue or "")
        fact = self._facts.find_fact((*places_of(call), LOST + stop.id), stop.id)
        if parking is None or not isinstance(fact, MessageParked) or not fact.data.body:
            return False
        # First the message: if word of it is lost, the stage that it reaches tells the same.
        parking.send_back(fact.data.body)
        data = RetriedMessage(
            conversation_id=fact.data.conversation_id,
            recording_id=fact.data.recording_id,
            parked_id=stop.id,
        )
        self._tell(MessageRetried(source=SOURCE, subject=stop.id, time=self._now(), data=data))
        return True

    def _stored(self, call: CallView, recording_id: str) -> RecordingStored:
        for place in places_of(call):
            for fact in self._facts.read(place).facts:
                if isinstance(fact, RecordingStored) and fact.data.recording_id == recording_id:
                    return fact
        raise CannotDoError("the audio of this recording was never stored")

    def _there(self, any_id: str, *, lost_too: bool = False) -> CallView:
        call = self.get(any_id)
        if call is None or call.deleted or not (lost_too or ids_of(call)):
            raise NoSuchCallError("there is no such call")
        return call

    def _recording(self, any_id: str, recording_id: str) -> tuple[CallView, RecordingView]:
        call = self._there(any_id)
        recording = call.recording(recording_id)
        if recording is None:
            raise NoSuchCallError("there is no such recording of this call")
        return call, recording

    def _tell(self, event: Event) -> None:
        self._outgoing.call_events.publish(event)

    def _until(self, call: CallView, so: Until) -> None:
        def is_so() -> bool:
            now = self.get(call.call_id)
            return now is not None and so(now)

        self._wait(is_so)


def _of(call: CallView) -> dict[str, str]:
    return {name: it for name, it in ids_of(call).items() if name == "conversation_id"}


def _named(call: CallView, recording_id: str) -> tuple[str, ...] | None:
    recording = call.recording(recording_id)
    return recording.names if recording else None


def _run(call: CallView, recording_id: str) -> int:
    recording = call.recording(recording_id)
    return recording.run if recording else 0
