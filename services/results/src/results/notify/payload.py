"""Writes what a receiver gets: thin news, which it asks us more about.

Source: Standard Webhooks, "Payload structure".
"""

from typing import Any, Final

from pydantic import TypeAdapter

from callscribe.contracts import News, TranscriptReady

READY: Final = "transcript.ready"
FAILED: Final = "transcript.failed"

_json = TypeAdapter[dict[str, Any]](dict[str, Any])


def kind_of(news: News) -> str:
    """Name the news for the outside: our version is no concern of theirs."""
    return READY if isinstance(news, TranscriptReady) else FAILED


def payload_of(news: News) -> str:
    """Write the body; of the same news it is the same, however often it is delivered."""
    said = {
        "type": kind_of(news),
        "timestamp": news.time,
        "data": news.data.model_dump(mode="json"),
    }
    return _json.dump_json(said).decode()
