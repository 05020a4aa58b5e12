"""The actions an NCCO may hold, with the keys and the ranges of values of each.

Source: Vonage's NCCO reference and the models of its Python SDK (voice 1.5.1). The kinds are in the
order of that reference.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from local.vonage.endpoints import Endpoint
from local.vonage.values import (
    EventUrl,
    Level,
    Loop,
    Method,
    Name,
    Object,
    Part,
    PhoneNumber,
    WebUrl,
)

MAX_CALL_SECONDS = 2 * 60 * 60
MAX_MP3_CHANNELS = 2
"""MPEG audio layer III knows mono and stereo only; what Vonage does with more is not documented."""


class Transcription(Part):
    """Vonage's own transcription of a recording; an empty object asks for the defaults."""

    language: Name | None = None
    event_url: EventUrl | None = None
    event_method: Method = "POST"
    sentiment_analysis: bool | None = None


class Record(Part):
    """Record all or part of a call."""

    action: Literal["record"]
    format: Literal["mp3", "wav", "ogg"] | None = None
    split: Literal["conversation"] | None = None
    channels: Annotated[int, Field(ge=1, le=32)] | None = None
    end_on_silence: Annotated[int, Field(ge=3, le=10)] | None = None
    end_on_key: Annotated[str, Field(pattern=r"^[0-9*#]$")] | None = None
    time_out: Annotated[int, Field(ge=3, le=MAX_CALL_SECONDS)] | None = None
    beep_start: bool | None = None
    event_url: EventUrl | None = None
    event_method: Method = "POST"
    transcription: Transcription | None = None

    @model_validator(mode="after")
    def _channels_fit(self) -> Self:
        channels = self.channels or 1
        if channels > 1 and self.split is None:
            raise ValueError('channels needs split to be "conversation"')
        if channels > MAX_MP3_CHANNELS and self.format == "mp3":
            raise ValueError("mp3 holds at most two channels; leave format out to get wav")
        return self


class Conversation(Part):
    """Join a named conversation."""

    action: Literal["conversation"]
    name: Name
    music_on_hold_url: list[WebUrl] | WebUrl | None = None
    start_on_enter: bool | None = None
    end_on_exit: bool | None = None
    record: bool | None = None
    can_speak: list[str] | None = None
    can_hear: list[str] | None = None
    mute: bool | None = None
    event_url: EventUrl | None = None
    event_method: Method = "POST"


class Connect(Part):
    """Call somebody, and join the two."""

    action: Literal["connect"]
    endpoint: Annotated[list[Endpoint], Field(min_length=1, max_length=1)]
    from_: PhoneNumber | None = Field(default=None, alias="from")
    random_from_number: bool | None = None
    event_type: Literal["synchronous"] | None = None
    timeout: Annotated[int, Field(ge=1)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_CALL_SECONDS)] | None = None
    machine_detection: Literal["continue", "hangup"] | None = None
    advanced_machine_detection: Object | None = None
    event_url: EventUrl | None = None
    event_method: Method = "POST"
    ringback_tone: WebUrl | list[WebUrl] | None = None

    @model_validator(mode="after")
    def _one_caller_id(self) -> Self:
        if bool(self.random_from_number) == (self.from_ is not None):
            raise ValueError("either from or randomFromNumber says who calls, and not both")
        return self


class Talk(Part):
    """Say something."""

    action: Literal["talk"]
    text: Annotated[str, Field(min_length=1, max_length=1500)]
    barge_in: bool | None = None
    loop: Loop | None = None
    level: Level | None = None
    language: Name | None = None
    style: Annotated[int, Field(ge=0)] | None = None
    premium: bool | None = None
    voice_name: Name | None = None


class Stream(Part):
    """Play an audio file."""

    action: Literal["stream"]
    stream_url: Annotated[list[WebUrl], Field(min_length=1, max_length=1)]
    level: Level | None = None
    barge_in: bool | None = None
    loop: Loop | None = None


class Input(Part):
    """Collect digits or speech."""

    action: Literal["input"]
    type: Annotated[list[Literal["dtmf", "speech"]], Field(min_length=1)]
    dtmf: Object | None = None
    speech: Object | None = None
    mode: Literal["asynchronous"] | None = None
    event_url: EventUrl | None = None
    event_method: Method = "POST"


class Notify(Part):
    """Tell the application how far the NCCO has come."""

    action: Literal["notify"]
    payload: Object
    event_url: EventUrl
    event_method: Method = "POST"


class Wait(Part):
    """Pause; Vonage brings a value out of range back into it."""

    action: Literal["wait"]
    timeout: float = 10


class Transfer(Part):
    """Move all legs into another conversation."""

    action: Literal["transfer"]
    conversation_id: Name
    can_hear: list[str] | None = None
    can_speak: list[str] | None = None
    mute: bool | None = None


Action = Annotated[
    Record | Conversation | Connect | Talk | Stream | Input | Notify | Wait | Transfer,
    Field(discriminator="action"),
]
