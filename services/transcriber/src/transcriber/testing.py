"""Stand-ins for tests: Amazon Transcribe and the bucket in memory, and recordings as they come."""

from collections.abc import Sequence
from typing import Any

from callscribe.contracts import RecordingStored
from callscribe.errors import TransientError
from transcriber.job import TranscriptionJob


class FakeJobs:
    """Amazon Transcribe, which starts each job once, and says no more than ``room`` times yes."""

    def __init__(self, *, room: int = 1_000) -> None:
        self.started: dict[str, TranscriptionJob] = {}
        self.starts: list[str] = []
        self.room = room

    def start(self, job: TranscriptionJob) -> None:
        """Start the job, or adopt the one of that name."""
        if job.name in self.started:
            return
        if len(self.started) == self.room:
            raise TransientError(f"no room for {job.name}")
        self.started[job.name] = job
        self.starts.append(job.name)


class FakeBucket:
    """Objects in memory, each with its first writer's content."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put_once(self, key: str, content: bytes) -> bytes:
        """Write an object unless it is there, and give what is there then."""
        return self.objects.setdefault(key, content)


def a_part(number: int, channels: Sequence[int], **changes: Any) -> dict[str, Any]:
    """Make a part that was cut from a recording."""
    part = {
        "key": f"recordings/rec-1/parts/{number}.flac",
        "media_format": "flac",
        "channels": channels,
        "start": 0.0,
        "duration": 61.5,
        "size": 492_000,
    }
    return part | changes


def a_recording(**changes: Any) -> RecordingStored:
    """Make a stored recording of two parties that needs no cutting."""
    whole = a_part(1, (0, 1), key="recordings/rec-1/audio.mp3", media_format="mp3")
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "bucket": "audio",
        "key": whole["key"],
        "media_format": "mp3",
        "channels": 2,
        "sample_rate": 16_000,
        "duration": 61.5,
        "size": 492_000,
        "parts": [whole],
    }
    return RecordingStored.model_validate(
        {
            "source": "callscribe/recorder",
            "subject": "rec-1",
            "time": "2026-09-01T12:00:00Z",
            "correlationid": "event-1",
            "data": data | changes,
        }
    )


def a_recording_of(parties: int, **changes: Any) -> RecordingStored:
    """Make a stored recording of more than two parties, cut into pairs of channels."""
    pairs = [range(first, min(first + 2, parties)) for first in range(0, parties, 2)]
    parts = [a_part(number, tuple(pair)) for number, pair in enumerate(pairs, 1)]
    return a_recording(channels=parties, media_format="wav", parts=parts, **changes)
