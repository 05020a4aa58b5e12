"""Places calls, each in a thread of its own."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from local.vonage.audio import probe
from local.vonage.call import Call
from local.vonage.ensemble import MOST, lay_out
from local.vonage.journal import Entry, Journal
from local.vonage.line import Exchange, Line
from local.vonage.scenario import Scenario
from local.vonage.timeline import began
from local.vonage.values import PhoneNumber


class CallRequest(BaseModel):
    """Who calls whom, what is said, and what goes wrong; without ``audio`` it is the sample call.

    With ``parties``, so many people say a sentence each instead. The numbers are of the range that
    Ofcom keeps for drama, so they reach nobody.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    audio: Path | None = None
    parties: Annotated[int, Field(ge=1, le=MOST)] | None = None
    caller: PhoneNumber = "447700900123"
    called: PhoneNumber = "447700900000"
    scenario: Scenario = Scenario()

    @model_validator(mode="after")
    def _one_conversation(self) -> Self:
        if self.audio and self.parties:
            raise ValueError("either audio or parties says what is heard, and not both")
        return self


def in_a_thread(hold: Callable[[], None]) -> None:
    """Hold a call while others go on; it ends with the process."""
    Thread(target=hold, name="call", daemon=True).start()


class Phone:
    """Everybody who calls the application; ``start`` begins to hold a call."""

    def __init__(
        self,
        exchange: Exchange,
        journal: Journal,
        *,
        sample: Path,
        folder: Path,
        start: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        self._exchange = exchange
        self._journal = journal
        self._sample = sample
        self._folder = folder
        self._laying_out = Lock()
        self._start = start

    def place(self, asked: CallRequest, *, seed: UUID) -> Entry:
        """Place a call, and give the page that tells how it goes.

        :raises UnreadableAudioError: if its audio cannot be played.
        """
        audio = probe(asked.audio or self._conversation(asked.parties))
        call = Call(
            seed=seed,
            caller=asked.caller,
            called=asked.called,
            began=began(self._exchange.now(), audio.length),
            scenario=asked.scenario,
        )
        entry = self._journal.open(call)
        self._start(Line(self._exchange, entry, audio).hold)
        return entry

    def _conversation(self, parties: int | None) -> Path:
        """Give the sample call, or that of so many parties, which is made once."""
        if parties is None:
            return self._sample
        path = self._folder / f"{parties}-parties.wav"
        with self._laying_out:
            return path if path.exists() else lay_out(parties, path)
