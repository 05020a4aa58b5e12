"""Calls, recordings and transcripts for tests, whole unless told otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from results.ledger.views import CallView, RecordingView, Stage, StageView, Status
from results.transcript import Party, Transcript, Turn, Word

NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_call(call_id: str = "CON-1", *, minutes_later: float = 0, **more: Any) -> CallView:
    """Make a finished call between two numbers, with one recording unless told otherwise."""
    started_at = NOON + timedelta(minutes=minutes_later)
    said: dict[str, Any] = {
        "status": Status.READY,
        "started_at": started_at,
        "conversation_ids": (call_id,),
        "caller": "447700900001",
        "called": "447700900002",
        "direction": "inbound",
        "ended_at": started_at + timedelta(seconds=23),
        "seconds": 23.0,
        "recordings": (a_recording(f"rec-{call_id}", started_at),),
    }
    return CallView(call_id=call_id, **said | more)


def a_recording(recording_id: str, started_at: datetime = NOON, **more: Any) -> RecordingView:
    """Make a recording that went through every stage, ten seconds each."""
    stages = tuple(
        StageView(stage, started_at + timedelta(seconds=30 + 10 * place), attempt=1)
        for place, stage in enumerate(Stage)
    )
    said: dict[str, Any] = {
        "status": Status.READY,
        "stages": stages,
        "duration": 23.0,
        "channels": 2,
        "media_format": "mp3",
        "size": 178830,
        "audio_key": f"recordings/{recording_id}/audio.mp3",
        "transcript_run": 1,
    }
    return RecordingView(recording_id=recording_id, **said | more)


def a_transcript(recording_id: str, *said: str, parties: int = 2) -> Transcript:
    """Make a transcript in which the parties take turns, one second for each word."""
    turns, at = [], 0.0
    for place, text in enumerate(said):
        words = tuple(Word(at + n, at + n + 0.8, word, 0.9) for n, word in enumerate(text.split()))
        turns.append(Turn(place % parties, at, words[-1].end, False, 0.9, text, words))  # noqa: FBT003 - overlaps
        at += len(words)
    return Transcript(
        recording_id=recording_id,
        conversation_id="CON-1",
        language="en-US",
        duration=turns[-1].end if turns else None,
        parties=tuple(Party(f"Party {n + 1}", channel=n) for n in range(parties)),
        turns=tuple(turns),
    )
