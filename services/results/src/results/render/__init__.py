"""Renders a transcript: JSON for programs, text for people, WebVTT and SRT for players."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from results import transcript
from results.render.srt import srt
from results.render.text import text
from results.render.vtt import vtt
from results.transcript import Transcript


class Format(StrEnum):
    """The formats, by the suffix of their files."""

    TXT = "txt"
    JSON = "json"
    VTT = "vtt"
    SRT = "srt"


CONTENT_TYPES: Final[Mapping[Format, str]] = MappingProxyType(
    {
        Format.TXT: "text/plain; charset=utf-8",
        Format.JSON: "application/json",
        Format.VTT: "text/vtt; charset=utf-8",
        Format.SRT: "application/x-subrip; charset=utf-8",
    }
)

_TEXTS: Final[Mapping[Format, Callable[[Transcript], str]]] = MappingProxyType(
    {Format.TXT: text, Format.VTT: vtt, Format.SRT: srt}
)


def render(said: Transcript, form: Format) -> bytes:
    """Render a transcript in UTF-8."""
    if form is Format.JSON:
        return transcript.write(said)
    return _TEXTS[form](said).encode()
