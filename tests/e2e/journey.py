"""What a journey needs: a stack that runs, calls to place, and what became of them."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import urllib3

from callscribe.names import JOB_PREFIX, QueueName, audio_prefix, failure_key, transcript_key
from local.stack.resources import MakeResources, Route, make_resources
from local.stack.stack import Overrides, Stack, running_stack

PATIENCE = 90.0
"""Seconds: speech is recognised for real, beside whatever else the machine does."""

SOON: Overrides = {
    name: {f"{prefix}_RETRY_BASE": "0.5", f"{prefix}_VISIBILITY_TIMEOUT": "5"}
    for name, prefix in (
        ("recorder", "RECORDER"),
        ("transcriber", "TRANSCRIBER"),
        ("results", "RESULTS"),
    )
}
"""Retries that come soon, so that a journey through trouble is a short one."""

Found = TypeVar("Found")


@dataclass
class Lines:
    """The log of every program, as it is printed."""

    _said: list[tuple[str, str]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, program: str, line: str) -> None:
        with self._lock:
            self._said.append((program, line))

    def facts(self, **wanted: Any) -> list[dict[str, Any]]:
        """All JSON lines that have these fields."""
        with self._lock:
            said = [json.loads(line) for _, line in self._said if line.startswith("{")]
        return [one for one in said if wanted.items() <= one.items()]

    def text(self) -> str:
        """Everything, for a person who reads why a test failed."""
        with self._lock:
            return "\n".join(f"{program}: {line}" for program, line in self._said)


@dataclass(frozen=True)
class Call:
    """A call that was placed at the local Vonage."""

    call_id: str
    conversation_id: str
    recording_id: str


@dataclass(frozen=True)
class Journey:
    """A running stack, seen by a test."""

    stack: Stack
    lines: Lines

    def place(
        self, audio: Path | None = None, *, parties: int | None = None, **scenario: Any
    ) -> Call:
        said = {"audio": str(audio) if audio else None, "parties": parties}
        wish = {"scenario": scenario, **said}
        answer = urllib3.request(
            "POST", f"{self.stack.places.at('vonage')}/local/calls", json=wish, timeout=30
        )
        assert answer.status == 202, answer.data
        said = answer.json()
        return Call(said["call"], said["conversation_uuid"], said["recording_uuid"])

    def place_many(self, count: int) -> list[Call]:
        return [self.place() for _ in range(count)]

    def transcript_of(self, call: Call, seconds: float = PATIENCE) -> dict[str, Any]:
        return self.wait_for(lambda: self._json(transcript_key(call.recording_id, "json")), seconds)

    def failure_of(self, call: Call) -> dict[str, Any]:
        return self.wait_for(lambda: self._json(failure_key(call.recording_id)))

    def has_transcript(self, call: Call) -> bool:
        return self._json(transcript_key(call.recording_id, "json")) is not None

    def has_failure(self, call: Call) -> bool:
        return self._json(failure_key(call.recording_id)) is not None

    def export_of(self, call: Call, suffix: str) -> str:
        body = self._get(transcript_key(call.recording_id, suffix))
        assert body is not None
        return body.decode()

    def vonage_says(self, call: Call) -> dict[str, Any]:
        at = f"{self.stack.places.at('vonage')}/local/calls/{call.call_id}"
        return dict(urllib3.request("GET", at, timeout=30).json())

    def call_over(self, call: Call) -> dict[str, Any]:
        def over() -> dict[str, Any] | None:
            said = self.vonage_says(call)
            return said if said["state"] in {"completed", "failed"} else None

        return self.wait_for(over)

    def recordings(self, call: Call) -> list[str]:
        found = self._s3.list_objects_v2(
            Bucket=self.stack.resources.audio_bucket, Prefix=audio_prefix(call.recording_id)
        )
        return [stored["Key"] for stored in found.get("Contents", ())]

    def jobs(self) -> list[str]:
        transcribe = self.stack.aws.client("transcribe")
        names: list[str] = []
        page: dict[str, str] = {}
        while True:
            answer = transcribe.list_transcription_jobs(
                JobNameContains=JOB_PREFIX, MaxResults=100, **page
            )
            names += [
                job["TranscriptionJobName"] for job in answer.get("TranscriptionJobSummaries", ())
            ]
            if "NextToken" not in answer:
                return names
            page = {"NextToken": answer["NextToken"]}

    def parked(self, queue: QueueName, recording_id: str) -> list[str]:
        """The reasons on a queue's dead-letter queue for one recording, left where they are."""
        answer = self._sqs.receive_message(
            QueueUrl=self.stack.resources.dead_letter_urls[queue],
            MaxNumberOfMessages=10,
            VisibilityTimeout=0,
            MessageAttributeNames=["All"],
        )
        return [
            message["MessageAttributes"]["reason"]["StringValue"]
            for message in answer.get("Messages", ())
            if recording_id in message["Body"]
        ]

    def resend(self, queue: QueueName, body: str) -> None:
        self._sqs.send_message(QueueUrl=self.stack.resources.queue_urls[queue], MessageBody=body)

    def in_queues(self) -> int:
        """Messages in any queue, waiting or in flight."""
        return sum(map(self._depth, self.stack.resources.queue_urls.values()))

    def facts_of(self, call: Call) -> set[str]:
        """The types of all facts kept about a call and its recording."""
        return {
            json.loads(item["body"]["S"])["type"]
            for place in (f"call#{call.conversation_id}", f"recording#{call.recording_id}")
            for item in self._facts_at(place)
        }

    def _facts_at(self, place: str) -> list[dict[str, Any]]:
        answer = self.stack.aws.client("dynamodb").query(
            TableName=self.stack.resources.calls_table,
            KeyConditionExpression="pk = :place AND begins_with(sk, :fact)",
            ExpressionAttributeValues={":place": {"S": place}, ":fact": {"S": "fact#"}},
        )
        return list(answer["Items"])

    def wait_for(self, look: Callable[[], Found | None], seconds: float = PATIENCE) -> Found:
        """Look again and again until something is there."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.1)
        raise AssertionError(f"waited {seconds:.0f} s in vain\n{self.lines.text()[-8000:]}")

    def _depth(self, url: str) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)

    def _json(self, key: str) -> dict[str, Any] | None:
        body = self._get(key)
        return None if body is None else dict(json.loads(body))

    def _get(self, key: str) -> bytes | None:
        try:
            stored = self._s3.get_object(Bucket=self.stack.resources.transcripts_bucket, Key=key)
        except self._s3.exceptions.NoSuchKey:
            return None
        return bytes(stored["Body"].read())

    @property
    def _s3(self) -> Any:
        return self.stack.aws.client("s3")

    @property
    def _sqs(self) -> Any:
        return self.stack.aws.client("sqs")


def said_by(transcript: dict[str, Any], name: str) -> str:
    """All that one party says, in lower case."""
    parties = [party["name"] for party in transcript["parties"]]
    turns = [turn for turn in transcript["turns"] if parties[turn["party"]] == name]
    return " ".join(turn["text"] for turn in turns).lower()


@contextmanager
def journey(
    folder: Path,
    *,
    route: Route = Route.SQS,
    overrides: Overrides | None = None,
    make: MakeResources = make_resources,
) -> Iterator[Journey]:
    """Run everything for as long as the block lasts."""
    lines = Lines()
    both = {
        name: {**SOON.get(name, {}), **(overrides or {}).get(name, {})}
        for name in {*SOON, *(overrides or {})}
    }
    with running_stack(folder, on_line=lines, route=route, overrides=both, make=make) as stack:
        yield Journey(stack, lines)
