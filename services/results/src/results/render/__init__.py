"""Renders a transcript: JSON for programs, text for people, WebVTT and SRT for players.

CSV, Word and Markdown are for whoever takes a call along: they are made when they are asked for.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from results import transcript
from results.render.markdown import markdown
from results.render.sheet import sheet
from results.render.srt import srt
from results.render.text import text
from results.render.vtt import vtt
from results.render.word import word
from results.transcript import Transcript


class Format(StrEnum):
    """The formats, by the suffix of their files."""

    TXT = "txt"
    JSON = "json"
    VTT = "vtt"
    SRT = "srt"
    CSV = "csv"
    DOCX = "docx"
    MD = "md"


CONTENT_TYPES: Final[Mapping[Format, str]] = MappingProxyType(
    {
        Format.TXT: "text/plain; charset=utf-8",
        Format.JSON: "application/json",
        Format.VTT: "text/vtt; charset=utf-8",
        Format.SRT: "application/x-subrip; charset=utf-8",
        Format.CSV: "text/csv; charset=utf-8; header=present",
        Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format.MD: "text/markdown; charset=utf-8",
    }
)

_TEXTS: Final[Mapping[Format, Callable[[Transcript], str]]] = MappingProxyType(
    {
        Format.TXT: text,
        Format.VTT: vtt,
        Format.SRT: srt,
        Format.CSV: sheet,
        Format.MD: markdown,
    }
)
_BYTES: Final[Mapping[Format, Callable[[Transcript], bytes]]] = MappingProxyType(
    {Format.JSON: transcript.write, Format.DOCX: word}
)


def render(said: Transcript, form: Format) -> bytes:
    """Render a transcript; whatever is text is in UTF-8."""
    if form in _BYTES:
        return _BYTES[form](said)
    return _TEXTS[form](said).encode()
