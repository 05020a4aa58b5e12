"""Says where a fact belongs: to a conversation, to a recording, or to nobody known."""

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, Final
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from callscribe.contracts import CallEvent, Fact, Id, MessageRetried

CALL: Final = "call#"
RECORDING: Final = "recording#"
LOST: Final = "lost#"
"""What is known by neither: a message that nobody understood, by the id of its event."""

_id = TypeAdapter[str](Id)


def call_node(conversation_id: str) -> str:
    """Name the place of a conversation's facts."""
    return CALL + conversation_id


def recording_node(recording_id: str) -> str:
    """Name the place of the facts of a recording whose conversation they do not tell."""
    return RECORDING + recording_id


def id_of(node: str) -> str:
    """Give the id of what a place is for."""
    return node.partition("#")[2]


def nodes_of(fact: Fact) -> tuple[str, ...]:
    """Name every place that a fact shows to be of one call; it lies in the first.

    A transfer names two conversations, because the call's id changes with it.
    """
    conversation_id = getattr(fact.data, "conversation_id", None)
    recording_id = getattr(fact.data, "recording_id", None)
    nodes = [call_node(conversation_id)] if conversation_id else []
    nodes += [recording_node(recording_id)] if recording_id else []
    if isinstance(fact, CallEvent):
        nodes += [call_node(other) for other in _transferred(said_in(fact))]
    if not nodes:
        parked = fact.data.parked_id if isinstance(fact, MessageRetried) else fact.id
        nodes = [LOST + parked]
    return tuple(dict.fromkeys(nodes))


def home_of(nodes: Iterable[str]) -> str:
    """Choose the place of a call's record: the first conversation in the order of their ids.

    Whichever of them is heard of first, it is the same; without any it is a recording's.
    """
    return min(nodes)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Put facts in the order in which they were said, each once, whatever order they came in."""
    first: dict[str, Fact] = {}
    for fact in facts:
        known = first.get(fact.id)
        if known is None or _place(fact) < _place(known):
            first[fact.id] = fact
    return sorted(first.values(), key=attrgetter("time", "id"))


def _place(fact: Fact) -> tuple[Any, str]:
    return fact.time, fact.model_dump_json()


def said_in(event: CallEvent) -> Mapping[str, Any]:
    """Read what Vonage said, from the body or the query that it sent."""
    raw = event.data.raw
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return dict(parse_qsl(raw))
    return said if isinstance(said, dict) else {}


def _transferred(said: Mapping[str, Any]) -> list[str]:
    both = (said.get("conversation_uuid_from"), said.get("conversation_uuid_to"))
    return [str(other) for other in both if _is_id(other)]


def _is_id(value: Any) -> bool:
    try:
        _id.validate_python(value)
    except ValidationError:
        return False
    return True
