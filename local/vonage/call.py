"""A call as it was placed: who calls whom, when, under which ids."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from local.vonage.scenario import Scenario


@dataclass(frozen=True)
class Call:
    """A call to a number of the application's; every id of it derives from its seed.

    ``began`` is in the time of the call, which lies so far back that its end is now.
    """

    seed: UUID
    caller: str
    called: str
    began: datetime
    scenario: Scenario

    @property
    def id(self) -> str:
        """The name of the call at this program."""
        return str(self.seed)

    @property
    def conversation_uuid(self) -> str:
        """The conversation that all legs join."""
        return f"CON-{self._derived('conversation')}"

    @property
    def joined_conversation_uuid(self) -> str:
        """The conversation they talk in: another one if the scenario transfers the caller."""
        if not self.scenario.transfer:
            return self.conversation_uuid
        return f"CON-{self._derived('conversation after the transfer')}"

    def leg_uuid(self, number: int) -> str:
        """Name a leg: 0 is the caller's, the others are numbered in the order they are called."""
        return self._derived(f"leg {number}").hex

    def recording_uuid(self, number: int) -> str:
        """Name a recording, counted from 0; no file is called so."""
        return str(self._derived(f"recording {number}"))

    def file_id(self, number: int) -> str:
        """Name the file of a recording, counted from 0."""
        return str(self._derived(f"file {number}"))

    def transcription_id(self, number: int) -> str:
        """Name the file of a recording's transcription, counted from 0."""
        return str(self._derived(f"transcription {number}"))

    def webhook_id(self, number: int) -> str:
        """Name a webhook; it becomes the ``jti`` of its signature."""
        return str(self._derived(f"webhook {number}"))

    def _derived(self, name: str) -> UUID:
        return uuid5(self.seed, name)
