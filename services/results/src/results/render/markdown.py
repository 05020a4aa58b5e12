"""Renders a transcript as Markdown, for a wiki, an issue or a note.

Source: CommonMark 0.31, "Backslash escapes".
"""

import re
from typing import Final

from results.render.heading import facts_of, title_of
from results.render.plain import clock, plain
from results.transcript import Transcript, Turn

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>&|~$])")
"""What would be markup in the middle of a line; ``$`` begins a formula on some sites."""


def markdown(transcript: Transcript) -> str:
    """Render a heading, what is known of the recording, and a paragraph for each turn."""
    head = [f"# {_escaped(title_of(transcript))}"]
    known = [f"- {name}: {_escaped(value)}" for name, value in facts_of(transcript)]
    turns = [_paragraph(transcript, turn) for turn in transcript.turns]
    return "\n\n".join([*head, "\n".join(known), *turns]) + "\n"


def _paragraph(transcript: Transcript, turn: Turn) -> str:
    mark = " *(at once)*" if turn.overlaps else ""
    name = _escaped(transcript.name_of(turn))
    return f"**{clock(turn.start)} {name}**{mark}: {_escaped(turn.text)}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", plain(text))
