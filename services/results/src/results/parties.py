"""Names the parties of a transcript."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, StringConstraints

from results.transcript import Party
from results.voices import Voice

CALLER_AND_CALLEE: Final = ("Caller", "Callee")
"""With Vonage's ``split``, the first channel is what the caller says, the second what is said to
the caller."""


def _split(given: Any) -> Any:
    return given.split(",") if isinstance(given, str) else given


PartyName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^\P{C}+$"),
]
"""A name that fits on a line: no line break, no control character."""

PartyNames = Annotated[tuple[PartyName, ...], BeforeValidator(_split)]
"""Names separated by commas, in the order of the channels."""


def parties_of(voices: Sequence[Voice], channel_names: Sequence[str]) -> tuple[Party, ...]:
    """Name each voice after its channel; voices on one channel are numbered instead."""
    return tuple(
        Party(_name(place, voice, channel_names), channel=voice.channel, speaker=voice.speaker)
        for place, voice in enumerate(voices)
    )


def _name(place: int, voice: Voice, channel_names: Sequence[str]) -> str:
    if voice.speaker is not None:
        return f"Speaker {place + 1}"
    if voice.channel is None:
        return "Speaker"
    if voice.channel < len(channel_names):
        return channel_names[voice.channel]
    return f"Party {voice.channel + 1}"
