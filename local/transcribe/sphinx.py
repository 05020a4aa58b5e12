"""Hears with PocketSphinx, whose package carries a model of American English."""

from collections.abc import Iterable
from typing import Any, Final

import pocketsphinx

from local.transcribe.segments import Segment, segments
from local.transcribe.speech import HERTZ, Heard, Samples, Utterance, Word
from local.transcribe.voice import SpeechDetector, pitch
from local.transcribe.writing import written

LANGUAGE: Final = "en"
FRAME_SECONDS: Final = 0.01
NO_WORD: Final = ("<", "[", "+")
"""What the names of silence and noise begin with: ``<sil>``, ``[NOISE]``, ``++UM++``."""


class SphinxRecogniser:
    """Recognises English, pause by pause; it hears every language as English."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(samprate=HERTZ, loglevel="FATAL")

    def hear(self, sound: Iterable[Samples], *, language: str | None) -> Heard:  # noqa: ARG002 - it knows one
        """Recognise what is said on a channel, whatever language it is said to be in."""
        found = (
            Utterance(words, pitch(segment.samples))
            for segment in segments(sound, SpeechDetector())
            if (words := self._words(segment))
        )
        return Heard(LANGUAGE, 1.0, tuple(found))

    def _words(self, segment: Segment) -> tuple[Word, ...]:
        self._decoder.start_utt()
        # A whole segment at once is levelled by itself, so no segment depends on the one before.
        self._decoder.process_raw(segment.samples.tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = [part for part in self._decoder.seg() if not part.word.startswith(NO_WORD)]
        return written([_word(part, segment.start) for part in found])


def _word(found: Any, start: float) -> Word:
    return Word(
        content=found.word.partition("(")[0],
        start=start + found.start_frame * FRAME_SECONDS,
        end=start + (found.end_frame + 1) * FRAME_SECONDS,
        confidence=min(found.prob, 1.0),
    )
