"""What tests of the local Vonage need: an application to talk to, and builders."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import numpy as np
import soundfile

from local.vonage.application import Application
from local.vonage.call import Call
from local.vonage.ncco import Plan, read_ncco
from local.vonage.scenario import Scenario

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """What an application answers."""

    status: int = 200
    data: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Got:
    """A request that reached an application."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None

    @property
    def path(self) -> str:
        """Where it went."""
        return urlsplit(self.url).path

    @property
    def said(self) -> dict[str, Any]:
        """What it told, in its body or in its query."""
        if self.body is None:
            return dict(parse_qsl(urlsplit(self.url).query))
        return dict(json.loads(self.body))


class FakeApplication:
    """An application that answers with its NCCO, takes everything, and remembers what it got.

    ``replies`` says what it answers instead, path by path, one after another; what is an exception
    breaks the connection.
    """

    def __init__(
        self,
        *actions: dict[str, Any],
        replies: dict[str, list[Reply | Exception]] | None = None,
    ) -> None:
        self._ncco = Reply(200, json.dumps(actions).encode(), {"Content-Type": JSON})
        self._replies = replies or {}
        self.got: list[Got] = []

    def request(self, method: str, url: str, **options: Any) -> Reply:
        """Take a request as urllib3's ``PoolManager`` does."""
        got = Got(method, url, dict(options["headers"]), options["body"])
        self.got.append(got)
        waiting = self._replies.get(got.path)
        reply = waiting.pop(0) if waiting else self._usual(got)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def _usual(self, got: Got) -> Reply:
        return self._ncco if got.path == "/answer" else Reply()

    def told(self, path: str) -> list[dict[str, Any]]:
        """Give what was told at a path, in the order it came."""
        return [got.said for got in self.got if got.path == path]


def an_application(**changes: Any) -> Application:
    """Build an application at ``app.example``."""
    application = Application(
        id="78d335fa-323d-0114-9c3d-d6f0d48968cf",
        api_key="a1b2c3d4",
        signature_secret="a-secret-of-at-least-thirty-two-bytes",  # noqa: S106 - of no account
        answer_url="https://app.example/answer",
        event_url="https://app.example/events",
    )
    return replace(application, **changes)


def a_call(**scenario: Any) -> Call:
    """Build a call that began at noon, on which this goes wrong."""
    return Call(
        seed=UUID("0e7a2b74-6f3d-4c55-9d6e-0d6a3c0f8a11"),
        caller="447700900123",
        called="447700900000",
        began=NOON,
        scenario=Scenario(**scenario),
    )


def a_record(**changes: Any) -> dict[str, Any]:
    """Build a record action; a key that becomes ``None`` is left out."""
    action = {
        "action": "record",
        "split": "conversation",
        "eventUrl": ["https://app.example/recordings"],
        "eventMethod": "POST",
    }
    return _without_none(action | changes)


def a_connect(**changes: Any) -> dict[str, Any]:
    """Build a connect action; a key that becomes ``None`` is left out."""
    action = {
        "action": "connect",
        "from": "447700900000",
        "endpoint": [{"type": "phone", "number": "447700900001"}],
    }
    return _without_none(action | changes)


def _without_none(action: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in action.items() if value is not None}


def a_plan(*actions: dict[str, Any]) -> Plan:
    """Plan a call from actions: a recorded one to one telephone if there are none."""
    return read_ncco(json.dumps(actions or (a_record(), a_connect())).encode(), JSON)


def an_audio_file(
    path: Path, *, channels: int = 2, seconds: float = 1.5, sample_rate: int = 8000
) -> Path:
    """Write an audio file in which every channel has a constant level of its own, 0.1 and up.

    The format is what the name ends with; mp3 and ogg only resemble their levels.
    """
    levels = np.arange(1, channels + 1, dtype=np.float32) / 10
    soundfile.write(path, np.tile(levels, (round(seconds * sample_rate), 1)), sample_rate)
    return path
