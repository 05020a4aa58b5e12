"""Renders a transcript as SubRip, with the party's name before the text of each cue."""

from results.render.cues import Cue, cues_of, stamp
from results.transcript import Transcript


def srt(transcript: Transcript) -> str:
    """Render the cues, numbered from one; silence gives an empty file."""
    return "\n".join(_block(number, cue) for number, cue in enumerate(cues_of(transcript), 1))


def _block(number: int, cue: Cue) -> str:
    times = f"{stamp(cue.start, point=',')} --> {stamp(cue.end, point=',')}"
    return f"{number}\n{times}\n{cue.name}: {cue.text}\n"
