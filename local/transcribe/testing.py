"""Stands in for what the local Transcribe speaks to, and builds what its tests need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local.transcribe.document import Document
from local.transcribe.hearing import Recording
from local.transcribe.job import Job
from local.transcribe.places import Place, media_place, output_place
from local.transcribe.scenario import Scenario
from local.transcribe.speech import Heard, Utterance, Word

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SILENCE = Heard("en", 1.0)


@dataclass
class FakeS3:
    """Buckets in memory; ``objects`` says what is in them, ``forbidden`` where nobody may write."""

    objects: dict[Place, bytes | Document] = field(default_factory=dict)
    forbidden: frozenset[str] = frozenset()

    def readable(self, place: Place) -> bool:
        """Tell whether an object is there."""
        return place in self.objects

    def writable(self, place: Place) -> bool:
        """Tell whether an object may be written."""
        return place.bucket not in self.forbidden

    def fetch(self, place: Place, path: Path) -> str:
        """Copy an object to a file, and give a name for its content."""
        content = self.objects[place]
        assert isinstance(content, bytes)  # noqa: S101 - media are bytes
        path.write_bytes(content)
        return f"the content of {place.key}"

    def store(self, place: Place, document: Document) -> None:
        """Keep a document."""
        self.objects[place] = document


@dataclass
class FakeEvents:
    """Keeps what it is told."""

    told: list[Job] = field(default_factory=list)

    def tell(self, job: Job) -> None:
        """Keep a job that has ended."""
        self.told.append(job)


@dataclass
class FakeEars:
    """Hears the same on every channel, or fails; ``asked`` says for which channels it was asked."""

    heard: Heard = SILENCE
    fault: Exception | None = None
    asked: list[Sequence[int | None]] = field(default_factory=list)

    def hear(
        self, recording: Recording, channels: Sequence[int | None], *, language: str | None
    ) -> list[Heard]:
        """Give what was set to be heard, for each channel."""
        assert recording.path.exists(), language  # noqa: S101 - a file must outlive its hearing
        self.asked.append(list(channels))
        if self.fault:
            raise self.fault
        return [self.heard for _ in channels]


def a_request(**changes: Any) -> dict[str, Any]:
    """Build what StartTranscriptionJob is given; a member that is ``None`` is left out."""
    request = {
        "TranscriptionJobName": "callscribe-1",
        "LanguageCode": "en-GB",
        "Media": {"MediaFileUri": "s3://audio/call.mp3"},
        "OutputBucketName": "transcripts",
        "OutputKey": "transcribe/callscribe-1.json",
    } | changes
    return {name: value for name, value in request.items() if value is not None}


def a_job(scenario: Scenario | None = None, **changes: Any) -> Job:
    """Build a job that was just started; the changes are to its request."""
    request = a_request(**changes)
    media = media_place(request["Media"]["MediaFileUri"])
    assert media  # noqa: S101 - builders are given good addresses
    return Job(
        name=request["TranscriptionJobName"],
        request=request,
        media=media,
        output=output_place(request),
        scenario=scenario or Scenario(),
        created=NOON,
    ).begun(NOON)


def an_utterance(text: str, start: float = 0.0, *, pitch: float | None = None) -> Utterance:
    """Build an utterance out of words and marks, a word every half second."""
    words = [
        Word(
            content=word.rstrip(".,?"),
            start=start + index / 2,
            end=start + index / 2 + 0.4,
            confidence=0.9876,
            mark=word[len(word.rstrip(".,?")) :],
        )
        for index, word in enumerate(text.split())
    ]
    return Utterance(tuple(words), pitch)
