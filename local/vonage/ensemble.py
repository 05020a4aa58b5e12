"""Lays the sample's sentences out as a call of any number of parties, each on a channel of its own.

Everything goes second by second, so that a call of 32 parties takes no more memory than one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile

from local.vonage.audio import SAMPLE_RATE

SENTENCES: Final = Path(__file__).parents[1] / "sample" / "parties.ogg"
"""All sentences one after another; beside it, a ``.json`` says which is where, in seconds."""

MOST: Final = 32
"""Parties with a sentence of their own: as many as Vonage records."""

LEAD: Final = 0.5
PAUSE: Final = 0.4
OVERLAP: Final = 0.6
EVERY: Final = 4
"""So many begin to speak before the one before them has ended: every fourth."""


@dataclass(frozen=True)
class Line:
    """What one party says: where it is in the sample, and when it is said, in samples."""

    channel: int
    first: int
    last: int
    at: int

    @property
    def end(self) -> int:
        """When it has been said."""
        return self.at + self.last - self.first


def conversation(parties: int, script: Sequence[dict[str, Any]]) -> list[Line]:
    """Give everybody's line in turn, in the order in which they joined."""
    lines: list[Line] = []
    spoken = LEAD
    for channel, said in enumerate(islice(script, parties)):
        early = channel % EVERY == EVERY - 1
        at = spoken - OVERLAP if early else spoken + (PAUSE if channel else 0)
        spoken = at + said["end"] - said["start"]
        lines.append(Line(channel, *map(_samples, (said["start"], said["end"], at))))
    return lines


def lay_out(parties: int, target: Path) -> Path:
    """Write a call of 1 to 32 parties, as Vonage records one in wav."""
    script = json.loads(SENTENCES.with_suffix(".json").read_text(encoding="utf-8"))
    lines = conversation(parties, script["lines"])
    sentences, _ = soundfile.read(SENTENCES, dtype="int16")
    length = max(line.end for line in lines) + _samples(LEAD)
    with soundfile.SoundFile(
        target, "w", SAMPLE_RATE, channels=parties, format="WAV", subtype="PCM_16"
    ) as call:
        for start in range(0, length, SAMPLE_RATE):
            block = np.zeros((min(SAMPLE_RATE, length - start), parties), np.int16)
            for line in lines:
                _speak(block, start, line, sentences)
            call.write(block)
    return target


def _speak(block: Any, start: int, line: Line, sentences: Any) -> None:
    """Write what is said of a line during a block that begins at ``start``."""
    first, last = max(start, line.at), min(start + len(block), line.end)
    if first < last:
        offset = line.first - line.at
        block[first - start : last - start, line.channel] = sentences[
            first + offset : last + offset
        ]


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
