"""Measures a WAV file whose header cannot tell its length.

The header counts in 32 bits, so it is wrong beyond 4 GiB, which 32 channels reach after 70 minutes.
A writer that streams does not know the length when it writes the header, and leaves 0 or all ones.
In both cases the audio goes on to the end of the file, and libsndfile would not see it.
Source: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", RIFF.
"""

import io
import struct
from typing import Final

from recorder.ranged import RangedFile

LONGEST: Final = 2**32 - 1
UNKNOWN: Final = frozenset({0, LONGEST})

_BYTE_RATE_AT: Final = 8
"""Where the bytes per second are in the ``fmt`` chunk."""


def unstated_seconds(audio: RangedFile) -> float | None:
    """Give the duration in seconds of a WAV whose header does not state it, and of no other."""
    audio.seek(0)
    byte_rate = 0
    if audio.read(4) != b"RIFF":  # RF64 does state it
        return None
    audio.seek(12)
    while len(chunk := audio.read(8) or b"") == struct.calcsize("<4sI"):
        name, length = struct.unpack("<4sI", chunk)
        start = audio.tell()
        if name == b"data":
            rest = audio.size - start
            unstated = length in UNKNOWN or rest > LONGEST
            return rest / byte_rate if unstated and byte_rate else None
        if name == b"fmt ":
            byte_rate = _number(audio, start + _BYTE_RATE_AT)
        audio.seek(start + length + length % 2)
    return None


def _number(audio: RangedFile, at: int) -> int:
    audio.seek(at, io.SEEK_SET)
    return int.from_bytes(audio.read(4) or b"", "little")
