"""Reads the header of a WAV file, and mends one that cannot tell the length of its audio.

The header counts in 32 bits, so it is wrong beyond 4 GiB, which 32 channels reach after 70 minutes.
A writer that streams does not know the length when it writes the header, and leaves a mark there.
In both cases the audio goes on to the end of the file, and libsndfile would not see it. RF64 has
64 bits. Sources: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", RIFF;
EBU Tech 3306, RF64.
"""

import io
import struct
from dataclasses import dataclass
from typing import Final

from callscribe.errors import PermanentError
from recorder.audio.ranged import RangedFile, Ranges

LONGEST: Final = 2**32 - 1
UNKNOWN: Final = frozenset({0, LONGEST, 0x7FFF_F000, 2**63 - 1, 2**64 - 1})
"""What writers that stream leave for the length; the third is SoX's."""

TOO_FEW_TO_HEAR: Final = 64
"""Bytes that may be missing: some writers count their header in."""

MOST_OF_A_FORMAT: Final = 1024
"""Bytes of a ``fmt`` chunk: 40 in practice."""

_CHUNK: Final = struct.Struct("<4sI")
_RF64: Final = struct.Struct("<4sI4s4sIQQQI")
_DS64_BYTES: Final = 28


@dataclass(frozen=True, slots=True)
class Header:
    """Where the audio begins, how many bytes it has as stated and as is; ``form`` is its format."""

    form: bytes
    start: int
    stated: int
    there: int

    @property
    def is_unstated(self) -> bool:
        """Whether the header cannot tell the length."""
        return self.stated in UNKNOWN or (self.there > LONGEST and self.stated <= LONGEST)


def mended(content: Ranges) -> Ranges:
    """Give the same audio under a header that tells its length; what is no WAV as it is.

    :raises PermanentError: if the file ends before its audio does.
    """
    file = RangedFile(content)
    header = _header(file)
    if file.failure:
        raise file.failure
    if header is None:
        return content
    if header.is_unstated:
        return _under(_rf64(header), content, header.start)
    if header.stated > header.there + TOO_FEW_TO_HEAR:
        there = f"{header.there} of {header.stated} bytes of audio are there"
        raise PermanentError(f"the recording is cut short: {there}")
    return content


def _header(file: RangedFile) -> Header | None:
    kind, form, stated_apart = file.read(4) or b"", b"", 0
    if kind not in {b"RIFF", b"RF64"}:
        return None
    file.seek(12)
    while len(chunk := file.read(_CHUNK.size) or b"") == _CHUNK.size:
        name, length = _CHUNK.unpack(chunk)
        start = file.tell()
        if name == b"data":
            stated = stated_apart if kind == b"RF64" and length == LONGEST else length
            return Header(form, start, stated, file.size - start) if form else None
        if name == b"ds64":
            stated_apart = int.from_bytes((file.read(16) or b"")[8:], "little")
        if name == b"fmt ":
            form = file.read(min(length, MOST_OF_A_FORMAT)) or b""
        file.seek(start + length + length % 2, io.SEEK_SET)
    return None


def _rf64(header: Header) -> bytes:
    frame = int.from_bytes(header.form[12:14], "little") or 1
    beginning = _RF64.pack(
        *(b"RF64", LONGEST, b"WAVE", b"ds64", _DS64_BYTES),
        *(header.there + 72, header.there, header.there // frame, 0),
    )
    form = _CHUNK.pack(b"fmt ", len(header.form)) + header.form
    return beginning + form + _CHUNK.pack(b"data", LONGEST)


def _under(head: bytes, content: Ranges, start: int) -> Ranges:
    def fetch(at: int, length: int) -> bytes:
        first = head[at : at + length]
        if rest := length - len(first):
            return first + content.fetch(start + at + len(first) - len(head), rest)
        return first

    return Ranges(len(head) + content.size - start, fetch)
