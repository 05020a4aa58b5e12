"""Knows what a signed webhook's ``payload_hash`` may be the hash of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Content:
    """The hashes that fit what was sent, and whether a token must hold one of them."""

    digests: frozenset[str]
    must_be_vouched_for: bool


def of_body(body: bytes) -> Content:
    """Hash the raw body of a POST."""
    return Content(frozenset({sha256(body).hexdigest()}), must_be_vouched_for=bool(body))


def of_query(query: str) -> Content:
    """Hash what Vonage may have hashed for a GET.

    Its help article says the compact JSON of the query in received order. It is silent on how that
    JSON is escaped and whether it holds the values before or after percent-decoding, and newer
    tokens for requests without a body hash nothing at all: each is taken, and so is no hash.
    """
    digests = {sha256(text.encode()).hexdigest() for text in ("", *_as_json(query))}
    return Content(frozenset(digests), must_be_vouched_for=False)


def _as_json(query: str) -> Iterator[str]:
    decoded = dict(parse_qsl(query, keep_blank_values=True))
    received = dict(part.partition("=")[::2] for part in query.split("&"))
    for fields in (decoded, received):
        for ascii_only in (False, True):
            text = json.dumps(fields, separators=(",", ":"), ensure_ascii=ascii_only)
            yield text
            yield text.replace("/", r"\/")
