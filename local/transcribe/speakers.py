"""Tells two speakers on one channel apart by how high their voices are.

It is a stand-in for diarisation: it finds one speaker or two, never more, and takes two people
with equally high voices for one.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from local.transcribe.speech import Utterance

APART: Final = math.log(1.25)
"""How far the voices of two people differ at the least: a man's and a woman's do by half."""


def speakers(utterances: Sequence[Utterance]) -> list[int]:
    """Tell who says each utterance: 0 for whoever speaks first, 1 for the other."""
    border = _border([utterance.pitch for utterance in utterances])
    high = [border is not None and (utterance.pitch or 0) > border for utterance in utterances]
    return [int(voice != high[0]) for voice in high]


def _border(pitches: Sequence[float | None]) -> float | None:
    """Find the pitch between two voices, in hertz, if there are two."""
    known = sorted(pitch for pitch in pitches if pitch)
    gaps = [math.log(above / below) for below, above in pairwise(known)]
    if not gaps or max(gaps) < APART:
        return None
    widest = gaps.index(max(gaps))
    return math.sqrt(known[widest] * known[widest + 1])
