"""Renders a transcript as CSV: a row for each turn, for a spreadsheet.

Sources: RFC 4180; OWASP, "CSV Injection".
"""

import csv
from io import StringIO
from typing import Final

from results.render.plain import plain
from results.transcript import Transcript, Turn

COLUMNS: Final = ("start", "end", "party", "channel", "overlaps", "confidence", "text")

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - as dangerous
_TEXT: Final = "'"
"""Before what a spreadsheet would take for a formula, and so could be told on the phone to run."""


def sheet(transcript: Transcript) -> str:
    """Render the turns under a row of titles; silence gives the titles alone."""
    text = StringIO()
    # Every text is quoted: where the list separator is a semicolon, a cell could split in two.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    writer.writerows(_row(transcript, turn) for turn in transcript.turns)
    return BYTE_ORDER_MARK + text.getvalue()


def _row(transcript: Transcript, turn: Turn) -> tuple[object, ...]:
    party = transcript.parties[turn.party]
    return (
        turn.start,
        turn.end,
        _harmless(party.name),
        "" if party.channel is None else party.channel,
        "yes" if turn.overlaps else "no",
        "" if turn.confidence is None else turn.confidence,
        _harmless(turn.text),
    )


def _harmless(text: str) -> str:
    on_a_line = plain(text)
    return _TEXT + on_a_line if on_a_line.lstrip().startswith(_FORMULA) else on_a_line
