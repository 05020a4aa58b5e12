"""Looks at the ends of an mp3 or ogg for what libsndfile does not tell."""

from typing import Final

from recorder.audio.ranged import RangedFile

_ID3_BYTES: Final = 10
_TAG_WITHIN: Final = 64
"""Bytes of the first frame of an mp3 in which a tag with the length begins: at most 38 are before.
Source: Gabriel Bouvigne, "Mp3 Info Tag revision 1 specifications"."""

_TAGS: Final = (b"Xing", b"Info", b"VBRI")

LARGEST_PAGE: Final = 27 + 255 + 255 * 255
"""Bytes of an ogg page. Source: RFC 3533, section 6."""

_SEGMENTS_AT: Final = 26


def mp3_states_its_length(file: RangedFile) -> bool:
    """Tell whether the first frame of an mp3 says how many there are; else it is an estimate."""
    file.seek(0)
    start = 0
    head = file.read(_ID3_BYTES) or b""
    if head.startswith(b"ID3") and len(head) == _ID3_BYTES:
        # Seven bits in each of four bytes. Source: "ID3 tag version 2.4.0", section 3.1.
        start = _ID3_BYTES + sum(byte << 7 * place for place, byte in enumerate(head[:5:-1]))
    file.seek(start)
    first = file.read(_TAG_WITHIN) or b""
    return any(tag in first for tag in _TAGS)


def ogg_breaks_off(file: RangedFile) -> bool:
    """Tell whether an ogg ends in the middle of a page.

    One that ends between two pages without a mark of its end may come from a careless writer.
    """
    file.seek(max(file.size - LARGEST_PAGE, 0))
    end = b"".join(iter(lambda: file.read(LARGEST_PAGE) or b"", b""))
    page = end[max(end.rfind(b"OggS"), 0) :]
    lengths_at = _SEGMENTS_AT + 1
    if len(page) < lengths_at:
        return True
    lengths = page[lengths_at : lengths_at + page[_SEGMENTS_AT]]
    whole = lengths_at + page[_SEGMENTS_AT] + sum(lengths)
    return len(page) < whole
