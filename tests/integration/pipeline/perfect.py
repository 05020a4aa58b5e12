"""Audio that says which word it is, and a recogniser that hears it without a mistake.

A word is a burst of one level, which is its number; odd parties are below zero, so that no two say
the same. Nothing lossy lies in between: a level that comes out is one that went in.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
import soundfile

from results.testing import a_result_file, a_two_channel_file, a_word
from tests.unit.results.conversations import Conversation

HERTZ: Final = 8_000
LOWEST: Final = 200
BETWEEN: Final = 30


def spoken(conversation: Conversation) -> bytes:
    """Record a conversation as a WAV file with a channel for each party."""
    frames = round(conversation.duration * HERTZ)
    samples = np.zeros((frames, conversation.parties), "int16")
    for word in conversation.words:
        level = LOWEST + BETWEEN * word.number
        sign = -1 if word.party % 2 else 1
        samples[round(word.start * HERTZ) : round(word.end * HERTZ), word.party] = sign * level
    file = io.BytesIO()
    soundfile.write(file, samples, HERTZ, format="WAV", subtype="PCM_16")
    return file.getvalue()


def recognised(content: bytes, *, split: bool) -> bytes:
    """Write what is heard, channel by channel or on the first one, as Amazon Transcribe does."""
    samples, hertz = soundfile.read(io.BytesIO(content), dtype="int16", always_2d=True)
    heard = [list(_words(samples[:, channel], hertz)) for channel in range(samples.shape[1])]
    assert len(heard) <= 2, "Amazon Transcribe takes two channels at most"
    return a_two_channel_file(*heard) if split else a_result_file(heard[0])


def _words(channel: Any, hertz: int) -> Iterator[dict[str, Any]]:
    edges = [0, *(np.flatnonzero(np.diff(channel)) + 1).tolist(), len(channel)]
    for start, end in pairwise(edges):
        level = abs(int(channel[start])) if start < end else 0
        if level:
            text = f"w{(level - LOWEST) // BETWEEN}"
            yield a_word(text, round(start / hertz, 3), round(end / hertz, 3))
