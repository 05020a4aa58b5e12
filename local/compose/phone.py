"""Places a call on the stack's local Vonage, and waits for what becomes of it."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import urllib3
from botocore.exceptions import ClientError

from callscribe.names import failure_key, transcript_key

ACCEPTED = 202
POLL_SECONDS = 0.5


class NoTranscriptError(Exception):
    """The call ended without a transcript; the text says why."""


class Transcripts(Protocol):
    """Where transcripts are kept."""

    def text(self, key: str) -> str | None:
        """Read an object, or give nothing if it is not there."""


@dataclass(frozen=True)
class Bucket:
    """The transcripts bucket."""

    s3: Any
    name: str

    def text(self, key: str) -> str | None:
        """Read an object, or give nothing if it is not there."""
        try:
            stored = self.s3.get_object(Bucket=self.name, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                return None
            raise
        return str(stored["Body"].read().decode())


@dataclass(frozen=True)
class Phone:
    """Speaks to the local Vonage; ``shared`` is a folder that both of us see."""

    vonage: str
    shared: Path
    http: urllib3.PoolManager

    def place(self, audio: Path | None) -> str:
        """Place a call, the sample call if there is no audio, and give its address.

        :raises NoTranscriptError: if the audio cannot be used.
        """
        asked = {"audio": str(self._shared_copy(audio))} if audio else {}
        answer = self.http.request("POST", f"{self.vonage}/local/calls", json=asked)
        if answer.status != ACCEPTED:
            raise NoTranscriptError(answer.data.decode(errors="replace").strip())
        return f"{self.vonage}/local/calls/{answer.json()['call']}"

    def page(self, call: str) -> dict[str, Any]:
        """Give what the local Vonage knows of a call."""
        return dict(self.http.request("GET", call).json())

    def _shared_copy(self, audio: Path) -> Path:
        return Path(shutil.copy(audio, self.shared / audio.name))


def steps(phone: Phone, call: str) -> Iterator[dict[str, Any]]:
    """Give each step of a call as it happens, until the call ends.

    :raises NoTranscriptError: if the call went wrong.
    """
    shown = 0
    while True:
        page = phone.page(call)
        yield from page["steps"][shown:]
        shown = len(page["steps"])
        if page["state"] != "running":
            break
        time.sleep(POLL_SECONDS)
    if page["failure"]:
        raise NoTranscriptError(page["failure"])


def transcript(bucket: Transcripts, recording_id: str, *, seconds: float) -> str:
    """Wait for a recording's transcript and give its text.

    :raises NoTranscriptError: if there is none, or not within the time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (text := bucket.text(transcript_key(recording_id, "txt"))) is not None:
            return text
        if failure := bucket.text(failure_key(recording_id)):
            raise NoTranscriptError(str(json.loads(failure)["reason"]))
        time.sleep(POLL_SECONDS)
    raise NoTranscriptError(f"there is no transcript after {seconds:.0f} s: see the logs")
