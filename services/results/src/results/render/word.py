"""Renders a transcript as a Word document: a paragraph for each turn.

The same transcript is always the same bytes, so a copy can be compared with another.
"""

from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor

from results.render.heading import facts_of, title_of
from results.render.plain import clock, plain
from results.transcript import Transcript, Turn

LONG_AGO: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest a zip knows, which has no zone
GREY: Final = RGBColor(0x59, 0x59, 0x59)
"""Dark enough to read on white: 7 to 1."""


def word(transcript: Transcript) -> bytes:
    """Render a title, what is known of the recording, and the turns."""
    document = Document()
    _describe(document, transcript)
    document.add_heading(plain(title_of(transcript)), level=1)
    for name, value in facts_of(transcript):
        known = document.add_paragraph()
        known.add_run(f"{name}: ").bold = True
        known.add_run(plain(value))
        known.paragraph_format.space_after = Pt(0)
    document.add_paragraph()
    for turn in transcript.turns:
        _add(document, transcript, turn)
    return _timeless(document)


def _describe(document: DocumentType, transcript: Transcript) -> None:
    said = document.core_properties
    said.title = plain(title_of(transcript))[:255]
    said.author = said.last_modified_by = "Callscribe"
    said.comments = ""
    said.language = plain(transcript.language or "")[:255]
    said.created = said.modified = LONG_AGO


def _add(document: DocumentType, transcript: Transcript, turn: Turn) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{clock(turn.start)}  ").font.color.rgb = GREY
    paragraph.add_run(plain(transcript.name_of(turn))).bold = True
    if turn.overlaps:
        paragraph.add_run(" (at once)").italic = True
    paragraph.add_run(f": {plain(turn.text)}")


def _timeless(document: DocumentType) -> bytes:
    """Save the document, and pack it again without the time of day."""
    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = ZipInfo(name, LONG_AGO.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return packed.getvalue()
