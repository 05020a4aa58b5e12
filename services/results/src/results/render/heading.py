"""Says above a document what it is the transcript of."""

from collections.abc import Iterator

from results.render.plain import clock
from results.transcript import Transcript


def title_of(transcript: Transcript) -> str:
    """Name the document after its recording."""
    return f"Transcript of recording {transcript.recording_id}"


def facts_of(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Give what is known of the recording: names and values."""
    yield "Parties", ", ".join(party.name for party in transcript.parties) or "none"
    if transcript.conversation_id:
        yield "Conversation", transcript.conversation_id
    if transcript.language:
        yield "Language", transcript.language
    if transcript.duration is not None:
        yield "Length", clock(transcript.duration)
