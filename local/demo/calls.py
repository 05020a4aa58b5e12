"""Places calls through the local Vonage, and waits for what becomes of them."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3

from callscribe.names import failure_key, transcript_key
from local.demo.watch import Watch
from local.stack.stack import Stack

POLL_SECONDS = 0.2
ACCEPTED = 202


class DemoFailedError(Exception):
    """The demo cannot show a transcript, and this is why."""


class RefusedCallError(Exception):
    """The local Vonage cannot place the call that was asked for."""


@dataclass(frozen=True)
class Placed:
    """A call that was placed, at ``at`` seconds of the monotonic clock."""

    call_id: str
    recording_id: str
    at: float


@dataclass(frozen=True)
class Ended:
    """How a call ended: with the transcript in our JSON form, or with the reason there is none."""

    call: Placed
    seconds: float
    transcript: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None


def place(stack: Stack, audio: Path | None, parties: int | None = None) -> Placed:
    """Place one call with this audio or so many parties; with neither, the sample call.

    :raises RefusedCallError: if the audio cannot be used.
    """
    wish: dict[str, Any] = {"audio": str(audio.resolve())} if audio else {}
    if parties is not None:
        wish["parties"] = parties
    with urllib3.PoolManager(retries=False, timeout=30) as http:
        answer = http.request("POST", f"{stack.places.at('vonage')}/local/calls", json=wish)
    if answer.status != ACCEPTED:
        raise RefusedCallError(answer.data.decode(errors="replace").strip())
    said = answer.json()
    return Placed(said["call"], said["recording_uuid"], time.monotonic())


def endings(stack: Stack, calls: list[Placed], watch: Watch, *, patience: float) -> Iterator[Ended]:
    """Give each call's ending as it comes.

    :raises DemoFailedError: if a program ended, or nothing happened for ``patience`` seconds.
    """
    waiting = list(calls)
    while waiting:
        for call in list(waiting):
            if ended := _ending(stack, call, watch):
                waiting.remove(call)
                yield ended
        if gone := stack.children.ended():
            raise DemoFailedError(f"{gone[0].name} ended with status {gone[0].status}")
        if time.monotonic() - watch.last_step_at > patience:
            raise DemoFailedError(f"nothing happened for {patience:.0f} s")
        time.sleep(POLL_SECONDS)


def _ending(stack: Stack, call: Placed, watch: Watch) -> Ended | None:
    seconds = time.monotonic() - call.at
    if transcript := _json(stack, transcript_key(call.recording_id, "json")):
        return Ended(call, seconds, transcript=transcript)
    if failure := _json(stack, failure_key(call.recording_id)):
        return Ended(call, seconds, reason=failure["reason"])
    if reason := watch.parked.get(call.recording_id) or _not_recorded(stack, call):
        return Ended(call, seconds, reason=reason)
    return None


def _json(stack: Stack, key: str) -> dict[str, Any] | None:
    s3 = stack.aws.client("s3")
    try:
        stored = s3.get_object(Bucket=stack.resources.transcripts_bucket, Key=key)
    except s3.exceptions.NoSuchKey:
        return None
    return dict(json.loads(stored["Body"].read()))


def _not_recorded(stack: Stack, call: Placed) -> str | None:
    """Tell why the local Vonage gave the call up, if it did."""
    with urllib3.PoolManager(retries=False, timeout=30) as http:
        said = http.request("GET", f"{stack.places.at('vonage')}/local/calls/{call.call_id}").json()
    return str(said["failure"]) if said.get("failure") else None


def jobs_of(stack: Stack) -> int:
    """Count the transcription jobs there are: each would be paid for."""
    transcribe = stack.aws.client("transcribe")
    page: dict[str, str] = {}
    count = 0
    while True:
        answer = transcribe.list_transcription_jobs(MaxResults=100, **page)
        count += len(answer.get("TranscriptionJobSummaries", ()))
        if "NextToken" not in answer:
            return count
        page = {"NextToken": answer["NextToken"]}
