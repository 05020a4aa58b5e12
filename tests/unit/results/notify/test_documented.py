"""What ``docs/outbound.md`` tells a receiver is what it gets, and its example verifies it."""

import json
import re
import runpy
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callscribe.contracts import ReadyTranscript, TranscriptReady
from results.notify.answer import Answer
from results.notify.payload import payload_of
from results.notify.receivers import Place, Receiver
from results.notify.webhook import Webhook

DOCUMENT = Path(__file__).parents[4] / "docs" / "outbound.md"


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def documented_news() -> TranscriptReady:
    said = json.loads(example("json"))
    return TranscriptReady(
        source="callscribe/results",
        subject="any/run1",
        time=datetime(2026, 3, 1, 12, tzinfo=UTC),
        data=ReadyTranscript.model_validate(said["data"]),
    )


def documented_app(folder: Path) -> tuple[Any, str]:
    """Run the example, and give its app and the secret that it is written with."""
    code = example("python")
    program = folder / "receiver.py"
    program.write_text(code, encoding="utf-8")
    scope = runpy.run_path(str(program))
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]{20,}", code)
    return scope["app"].test_client(), secret


def test_the_documented_body_is_what_is_sent() -> None:
    assert json.loads(payload_of(documented_news())) == json.loads(example("json"))


@pytest.mark.parametrize(("added", "status"), [(b"", 204), (b" ", 401)], ids=["ours", "changed"])
def test_the_documented_receiver_takes_ours_and_nothing_else(
    added: bytes, status: int, tmp_path: Path
) -> None:
    app, secret = documented_app(tmp_path)
    statuses: list[int] = []

    def post(_: Place, body: bytes, headers: Mapping[str, str]) -> Answer:
        statuses.append(app.post("/hooks", data=body + added, headers=dict(headers)).status_code)
        return Answer("delivered", statuses[-1], "")

    receiver = Receiver.model_validate({"url": "https://example.com/hooks", "secrets": [secret]})

    Webhook(receiver, post).deliver(documented_news(), datetime.now(UTC))

    assert statuses == [status]
