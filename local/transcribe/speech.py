"""What was heard: words with their times, in utterances between two pauses."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

HERTZ = 16_000
"""The sample rate that everything is heard at."""

Samples = npt.NDArray[np.int16]
"""Sound of one channel, 16 bit at 16 kHz."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, when it was said in seconds, how sure that is, and the mark that follows it."""

    content: str
    start: float
    end: float
    confidence: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The words between two pauses, one at least; ``pitch`` is the voice's, in hertz."""

    words: tuple[Word, ...]
    pitch: float | None = None

    @property
    def start(self) -> float:
        """When the first word begins, in seconds."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """When the last word ends, in seconds."""
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard on one channel, in which language, and how sure that is."""

    language: str
    score: float
    utterances: tuple[Utterance, ...] = ()
