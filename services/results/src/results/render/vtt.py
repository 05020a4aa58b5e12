"""Renders a transcript as WebVTT, with a voice span for each cue.

Source: W3C, "WebVTT: The Web Video Text Tracks Format".
"""

from html import escape

from results.render.cues import Cue, cues_of, stamp
from results.render.notes import notes_of
from results.transcript import Transcript


def vtt(transcript: Transcript) -> str:
    """Render the cues under notes on the recording; silence gives no cue."""
    notes = [f"Recording {transcript.recording_id}", *notes_of(transcript)]
    head = "WEBVTT\n" + "".join(f"\nNOTE {_escaped(note)}\n" for note in notes)
    return head + "".join(_block(cue) for cue in cues_of(transcript))


def _block(cue: Cue) -> str:
    times = f"{stamp(cue.start, point='.')} --> {stamp(cue.end, point='.')}"
    return f"\n{times}\n<v {_escaped(cue.name)}>{_escaped(cue.text)}\n"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
