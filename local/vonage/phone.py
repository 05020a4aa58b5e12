"""Places calls, each in a thread of its own."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from local.vonage.audio import probe
from local.vonage.call import Call
from local.vonage.journal import Entry, Journal
from local.vonage.line import Exchange, Line
from local.vonage.scenario import Scenario
from local.vonage.timeline import began
from local.vonage.values import PhoneNumber


class CallRequest(BaseModel):
    """Who calls whom, what is said, and what goes wrong; without ``audio`` it is the sample call.

    The numbers are of the range that Ofcom keeps for drama, so they reach nobody.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    audio: Path | None = None
    caller: PhoneNumber = "447700900123"
    called: PhoneNumber = "447700900000"
    scenario: Scenario = Scenario()


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
        start: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        self._exchange = exchange
        self._journal = journal
        self._sample = sample
        self._start = start

    def place(self, asked: CallRequest, *, seed: UUID) -> Entry:
        """Place a call, and give the page that tells how it goes.

        :raises UnreadableAudioError: if its audio cannot be played.
        """
        audio = probe(asked.audio or self._sample)
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
