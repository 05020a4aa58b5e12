"""Tells from its first bytes which kind of audio a file is, whatever anybody says of it."""

from typing import Final

from callscribe.contracts import MediaFormat
from callscribe.errors import PermanentError

HEAD_BYTES: Final = 16
"""How many bytes it takes to tell."""

_BEGINNINGS: Final[dict[bytes, MediaFormat]] = {b"OggS": "ogg", b"fLaC": "flac", b"ID3": "mp3"}

_RIFF: Final = frozenset({b"RIFF", b"RF64"})
"""RF64 is RIFF for files over 4 GiB. Source: EBU Tech 3306."""

# The header of an MPEG audio frame: eleven ones, version, layer, protection, bit rate, sample rate.
# AAC in ADTS begins like it, with layer 0. Source: ISO/IEC 11172-3, 2.4.2.3.
_FRAME_HEADER_BYTES: Final = 4
_LAYER_III_MASK: Final = 0xFFE6_0000
_LAYER_III: Final = 0xFFE2_0000
_RESERVED: Final = {0x0018_0000: 0x0008_0000, 0x0000_F000: 0x0000_F000, 0x0000_0C00: 0x0000_0C00}
"""By the bits of version, bit rate and sample rate, the value that none may have."""


def sniff(head: bytes) -> MediaFormat:
    """Name the format of the file that begins so.

    :raises PermanentError: if it is not audio of a format that Vonage or Amazon Transcribe knows.
    """
    if head[:4] in _RIFF and head[8:12] == b"WAVE":
        return "wav"
    for beginning, media_format in _BEGINNINGS.items():
        if head.startswith(beginning):
            return media_format
    if _is_mp3_frame(head[:_FRAME_HEADER_BYTES]):
        return "mp3"
    raise PermanentError(_what_else(head))


def _is_mp3_frame(header: bytes) -> bool:
    bits = int.from_bytes(header.ljust(_FRAME_HEADER_BYTES, b"\0"), "big")
    return bits & _LAYER_III_MASK == _LAYER_III and all(
        bits & field != reserved for field, reserved in _RESERVED.items()
    )


def _what_else(head: bytes) -> str:
    text = head.lstrip().lower()
    if not head:
        return "the recording is empty"
    if text.startswith((b"<!doctype", b"<html")):
        return "a web page came instead of the recording"
    if text.startswith((b"{", b"[")):
        return "a JSON message came instead of the recording"
    if text.startswith(b"<?xml"):
        return "an XML message came instead of the recording"
    return "what came is not audio of a format we know (mp3, wav, ogg, flac)"
