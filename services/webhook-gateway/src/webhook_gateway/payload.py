"""Reads what a webhook says, from its body or its query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from callscribe.errors import PermanentError


@dataclass(frozen=True, slots=True)
class Payload:
    """The fields of a webhook, and its text as it came."""

    fields: Mapping[str, Any]
    raw: str


def of_body(body: bytes) -> Payload:
    """Read the JSON object that a POST carries.

    :raises PermanentError: if it is not one.
    """
    try:
        raw = body.decode()
        fields = json.loads(raw)
        # Half of a surrogate pair is valid JSON and no text: it could be sent to nobody.
        json.dumps(fields, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise PermanentError("the body is not JSON") from None
    if not isinstance(fields, dict):
        raise PermanentError("the body is not a JSON object")
    return Payload(fields, raw)


def of_query(query: str) -> Payload:
    """Read the query of a GET; Vonage does not percent-encode the addresses in it."""
    return Payload(dict(parse_qsl(query, keep_blank_values=True)), query)
