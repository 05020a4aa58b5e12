"""Whisper in place of PocketSphinx; run with ``ASR=whisper`` where its packages are installed."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from local.transcribe.recogniser import Recipe, hear

SAMPLE = Path(__file__).parents[3] / "local" / "sample" / "call.mp3"
WHISPER = Recipe("whisper")


def said(channel: int) -> list[str]:
    heard = hear(WHISPER, SAMPLE, channel, "en")
    return [
        " ".join(word.content + word.mark for word in utterance.words)
        for utterance in heard.utterances
    ]


def test_a_channel_is_heard_sentence_by_sentence() -> None:
    sentences = said(0)

    assert "I would like to order three apple trees for my garden." in sentences
    assert "How much will they cost?" in sentences


def test_the_other_channel_is_heard_alone() -> None:
    sentences = said(1)

    assert sentences[1:3] == ["Welcome to the garden shop.", "How can I help you?"]


def test_words_have_their_times() -> None:
    heard = hear(WHISPER, SAMPLE, 1, "en")

    starts = {one.words[0].content: one.start for one in heard.utterances}
    assert starts["Welcome"] == pytest.approx(1.5, abs=0.3)
    assert starts["Certainly"] == pytest.approx(10.2, abs=0.3)


def test_silence_has_no_words(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(32_000), 16_000)

    assert hear(WHISPER, path, 0, None).utterances == ()
