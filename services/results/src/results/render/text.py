"""Renders a transcript as text to read: a line for each turn, with its time and party."""

from typing import Final

from results.render.notes import clock, notes_of
from results.transcript import Transcript, Turn

APART: Final = "   "
AT_ONCE: Final = " ~ "
"""Stands before the text of a turn during which another party speaks too."""

SHORTEST_TIME: Final = len("00:00")


def text(transcript: Transcript) -> str:
    """Render what is to be known of the transcript, then its turns in columns."""
    notes = notes_of(transcript)
    apart = "\n" if notes and transcript.turns else ""
    return "".join(f"{note}\n" for note in notes) + apart + _turns(transcript)


def _turns(transcript: Transcript) -> str:
    times = [clock(turn.start) for turn in transcript.turns]
    time_width = max(map(len, times), default=0)
    name_width = max((len(party.name) for party in transcript.parties), default=0)
    return "".join(
        f"{time:>{max(time_width, SHORTEST_TIME)}}  "
        f"{transcript.name_of(turn):<{name_width}}{_mark(turn)}{turn.text}\n"
        for time, turn in zip(times, transcript.turns, strict=True)
    )


def _mark(turn: Turn) -> str:
    return AT_ONCE if turn.overlaps else APART
