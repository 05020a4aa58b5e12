"""Stand-ins for tests: the bucket and the table in memory, and files as Transcribe writes them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import md5
from types import MappingProxyType
from typing import Any

from callscribe.contracts import Fact
from callscribe.errors import TransientError

ItemJson = dict[str, Any]
"""An item of a result file, before it is written."""


class FakeBucket:
    """Objects in memory, in the order in which they were first written.

    ``transcribed`` are the files of Amazon Transcribe by their addresses.
    """

    def __init__(self, transcribed: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.transcribed = transcribed
        self.objects: dict[str, bytes] = {}
        self.reads: list[str] = []
        self.writes: list[str] = []
        self._broken: set[str] = set()

    def break_down_at(self, key: str) -> None:
        """Fail the next write of an object, as if S3 or the process had gone away."""
        self._broken.add(key)

    def read(self, uri: str) -> bytes:
        """Read one of the files that Transcribe wrote, by its address."""
        self.reads.append(uri)
        if uri not in self.transcribed:
            raise TransientError("the transcript is not there yet")
        return self.transcribed[uri]

    def has(self, key: str) -> bool:
        """Tell whether there is an object of this key."""
        return key in self.objects

    def get(self, key: str) -> bytes | None:
        """Read an object of ours, if it is there."""
        return self.objects.get(key)

    def list(self, prefix: str) -> dict[str, str]:
        """Give the ETags of all objects whose keys start so, by their keys."""
        return {
            key: etag_of(content) for key, content in self.objects.items() if key.startswith(prefix)
        }

    def put_once(self, key: str, content: bytes, *, content_type: str) -> bool:
        """Write an object unless it is there, and tell whether it was written."""
        return self.put(key, content, content_type=content_type, instead_of=None)

    def put(self, key: str, content: bytes, *, content_type: str, instead_of: str | None) -> bool:
        """Write an object if it still has that ETag, or there is none; tell if it was written."""
        assert "/" in content_type, content_type  # noqa: S101 - tests run it
        if key in self._broken:
            self._broken.remove(key)
            raise TransientError("S3 was not reached")
        there = self.objects.get(key)
        if (etag_of(there) if there is not None else None) != instead_of:
            return False
        self.objects[key] = content
        self.writes.append(key)
        return True

    def delete(self, key: str) -> None:
        """Delete an object, be it there or not."""
        self.objects.pop(key, None)


def etag_of(content: bytes) -> str:
    """Give the ETag of an object, as S3 makes it where no key encrypts it."""
    return md5(content, usedforsecurity=False).hexdigest()


class FakeTable:
    """Facts in memory, by their ids."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}

    def keep(self, fact: Fact) -> bool:
        """Keep a fact unless it is there, and tell whether it was new."""
        new = fact.id not in self.facts
        self.facts.setdefault(fact.id, fact)
        return new


def a_word(text: str, start: float, end: float | None = None, **more: Any) -> ItemJson:
    """Make a word's item, 0.3 s long unless told otherwise, with its numbers as strings."""
    return {
        "type": "pronunciation",
        "start_time": str(start),
        "end_time": str(round(start + 0.3, 3) if end is None else end),
        "alternatives": [{"confidence": "0.9", "content": text}],
        **more,
    }


def a_mark(text: str, **more: Any) -> ItemJson:
    """Make the item of a punctuation mark, which has no times."""
    alternatives = [{"confidence": "0.0", "content": text}]
    return {"type": "punctuation", "alternatives": alternatives, **more}


def a_result_file(items: Iterable[ItemJson] = (), **results: Any) -> bytes:
    """Write a result file with these items, and whatever else ``results`` shall have."""
    text = "the callers, interleaved: never to be shown"
    said = {"transcripts": [{"transcript": text}], "items": list(items), **results}
    file = {"jobName": "callscribe-rec-1", "accountId": "1", "status": "COMPLETED", "results": said}
    return json.dumps(file).encode()


def channel_labels(*channels: Sequence[ItemJson]) -> dict[str, Any]:
    """Make the ``channel_labels`` of a result file from each channel's items."""
    return {
        "number_of_channels": len(channels),
        "channels": [
            {"channel_label": f"ch_{number}", "items": list(items)}
            for number, items in enumerate(channels)
        ],
    }


def a_two_channel_file(first: Sequence[ItemJson], second: Sequence[ItemJson]) -> bytes:
    """Write a result file of the first era: only its ``channel_labels`` tell the channels apart."""
    return a_result_file([*first, *second], channel_labels=channel_labels(first, second))
