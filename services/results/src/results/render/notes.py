"""Says in plain words what a reader of a transcript must know: what is missing, who is silent."""

from collections.abc import Iterable

from results.transcript import Missing, Transcript

NO_SPEECH = "No speech."


def notes_of(transcript: Transcript) -> list[str]:
    """Give a sentence for each thing to know; there are none of most transcripts."""
    notes = [_missing(part, transcript) for part in transcript.missing]
    if not transcript.turns and not notes:
        return [NO_SPEECH]
    if transcript.silent:
        notes.append(f"Silent: {_named(transcript.silent, transcript)}.")
    notes += [
        f"From {clock(second)} on, speakers have new numbers: who of them spoke before is unknown."
        for second in transcript.renumbered
    ]
    return notes


def clock(seconds: float) -> str:
    """Write a time as ``m:ss``, from one hour on as ``h:mm:ss``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _missing(part: Missing, transcript: Transcript) -> str:
    who = _named(part.channels, transcript)
    when = f"from {clock(part.start)} to {clock(part.end)}"
    return f"Missing: {who + ', ' if who else ''}{when}. Amazon Transcribe: {part.reason}"


def _named(channels: Iterable[int], transcript: Transcript) -> str:
    """Name the parties on some channels; the only channel is nobody's alone."""
    names = {party.channel: party.name for party in transcript.parties}
    return ", ".join(names[channel] for channel in channels if channel in names)
