"""What every message is, and what every event says of itself."""

from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PositiveInt, StringConstraints

Id = Annotated[
    str, StringConstraints(pattern=r"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z", max_length=150)
]
"""An opaque id of Vonage's: 32 hex digits, a dashed UUID, ``CON-…``. It becomes part of a job name,
so it keeps to that character set, leaves room for our prefix in its 200 characters, and has no two
dots in a row, which set the number of a part apart."""

MediaFormat = Literal["mp3", "wav", "ogg", "flac"]
"""The containers a recording may have, by the names that Amazon Transcribe uses."""


def _same_fact_same_id(said: dict[str, Any]) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(said[part] for part in ("source", "type", "subject"))))


def _own_id(said: dict[str, Any]) -> str:
    return str(said["id"])


class Message(BaseModel):
    """A value that cannot change, ignores fields it does not know, and is discreet in errors."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Event(Message):
    """What every event says of itself: who said it, when, about what.

    ``id`` derives from the fact, so a webhook that comes twice is the same event. ``correlationid``
    is the id of the event that began the chain, carried from the webhook to the transcript.
    ``attempt`` counts how often whoever says it had tried by then.
    """

    specversion: Literal["1.0"] = "1.0"
    type: str
    source: str
    subject: str
    time: AwareDatetime
    id: str = Field(default_factory=_same_fact_same_id)
    correlationid: str = Field(default_factory=_own_id)
    attempt: PositiveInt | None = None

    @property
    def trace(self) -> dict[str, str | None]:
        """The ids by which everything about this event is found in the log."""
        data = getattr(self, "data", None)
        return {
            "correlation_id": self.correlationid,
            "conversation_id": getattr(data, "conversation_id", None),
            "recording_id": getattr(data, "recording_id", None),
        }
