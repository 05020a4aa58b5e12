"""Sets of jobs, what their jobs heard, and the ends that are told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from callscribe.contracts import (
    Completion,
    FinishedTranscription,
    PartJob,
    TranscriptionFinished,
    TranscriptionSet,
    TranscriptionStarted,
)
from callscribe.errors import TransientError
from callscribe.job import Job, UnknownJobError
from callscribe.names import JobId, job_name, set_key
from callscribe.testing import FakePublisher
from results.handler import complete
from results.testing import FakeBucket, a_two_channel_file, a_word

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = ("Caller", "Callee")
FOLDER = "transcripts/rec-1"
TRANSCRIPT = f"{FOLDER}/transcript.json"
FAILURE = f"{FOLDER}/failure.json"
TEXT = f"{FOLDER}/transcript.txt"


def a_set(*parts: Sequence[int], channels: int = 5, **changes: Any) -> TranscriptionSet:
    """A set of jobs, each of these channels and from the start."""
    jobs = [
        PartJob(
            job_name=job_name(JobId("rec-1", part=number, parts=len(parts))),
            channels=tuple(part),
            duration=60.0,
        )
        for number, part in enumerate(parts, 1)
    ]
    said = {"recording_id": "rec-1", "conversation_id": "CON-1", "channels": channels}
    return TranscriptionSet.model_validate(said | {"duration": 60.0, "jobs": jobs} | changes)


def heard(number: int) -> bytes:
    """What the job of a pair of channels hears: a word on each, in the pair's own second."""
    first = a_word(f"first{number}", float(number))
    return a_two_channel_file([first], [a_word(f"second{number}", number + 0.5)])


def ended(
    planned: TranscriptionSet, number: int, status: str = "COMPLETED", **changes: Any
) -> TranscriptionFinished:
    """Word of the end of a job, by its number in the set."""
    name = planned.jobs[number - 1].job_name
    data = {
        "recording_id": "rec-1",
        "conversation_id": "CON-1",
        "job_name": name,
        "status": status,
        "language_code": "en-GB",
        "transcript_uri": uri(number) if status == "COMPLETED" else None,
        "failure_reason": f"no way {number}" if status == "FAILED" else None,
    }
    return TranscriptionFinished(
        source="callscribe/notifier",
        subject=name.removeprefix("callscribe-"),
        time=NOON + timedelta(seconds=number),
        data=FinishedTranscription.model_validate(data | changes),
    )


def started(planned: TranscriptionSet) -> TranscriptionStarted:
    """The reminder to ask after the jobs of a set."""
    return TranscriptionStarted(
        source="callscribe/transcriber", subject="rec-1", time=NOON, data=planned
    )


def uri(number: int) -> str:
    return f"https://s3.eu-west-1.amazonaws.com/transcripts/transcribe/{number}.json"


@dataclass
class Around:
    """A bucket with a set in it, and everything else that the handler speaks to."""

    planned: TranscriptionSet
    files: Mapping[int, bytes] | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    now: datetime = NOON
    completions: FakePublisher = field(default_factory=FakePublisher)

    def __post_init__(self) -> None:
        numbers = range(1, len(self.planned.jobs) + 1)
        files = {number: heard(number) for number in numbers} if self.files is None else self.files
        self.bucket = FakeBucket({uri(number): content for number, content in files.items()})
        key = set_key("rec-1", self.planned.run)
        self.bucket.objects[key] = self.planned.model_dump_json().encode()

    def told(self, *events: Completion) -> None:
        for event in events:
            complete(
                event,
                describe=self._describe,
                bucket=self.bucket,
                completions=self.completions,
                channel_names=NAMES,
                now=lambda: self.now,
            )

    def told_until_done(self, *events: Completion) -> None:
        """Deliver each event again and again until it is done, as a queue does."""
        for event in events:
            for _ in range(10):
                try:
                    self.told(event)
                except TransientError:
                    continue
                break

    def runs(self, number: int, status: str, **changes: Any) -> None:
        """Have Amazon Transcribe describe a job so from here on."""
        name = self.planned.jobs[number - 1].job_name
        fields = {
            "name": name,
            "recording_id": "rec-1",
            "media_uri": "s3://audio/1",
            "status": status,
            "transcript_uri": uri(number) if status == "COMPLETED" else None,
        }
        self.jobs[name] = Job(**(fields | changes))

    def text(self) -> str:
        return self.bucket.objects[TEXT].decode()

    def written(self, key: str = TRANSCRIPT) -> int:
        return self.bucket.writes.count(key)

    def _describe(self, name: str) -> Job:
        if name not in self.jobs:
            raise UnknownJobError(f"Amazon Transcribe knows no job {name}")
        return self.jobs[name]
