"""Signs webhooks as Vonage signs them, or as a forger would.

Source: Vonage's documentation, "Decoding signed webhooks": HS256 with the account's signature
secret, the claims below, and no ``exp``.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import jwt

from local.vonage.application import Application
from local.vonage.scenario import Scenario

OLD = timedelta(days=1)
FORGED_SECRET = "a-secret-that-somebody-made-up-himself"  # noqa: S105 - wrong on purpose
FORGED_BODY = b"not what was sent"


def query_content(query: Sequence[tuple[str, str]]) -> bytes:
    """Give what the hash of a GET webhook covers: its query as compact JSON, in received order.

    Source: Vonage's help article on signed GET webhooks; it leaves the escaping open.
    """
    return json.dumps(dict(query), separators=(",", ":"), ensure_ascii=False).encode()


def authorization(
    content: bytes, application: Application, scenario: Scenario, *, jti: str, now: datetime
) -> str:
    """Make the ``Authorization`` header of a webhook whose hash covers ``content``."""
    claims = {
        "iat": int((now - OLD if scenario.old_token else now).timestamp()),
        "jti": jti,
        "iss": "Vonage",
        "payload_hash": sha256(FORGED_BODY if scenario.wrong_payload_hash else content).hexdigest(),
        "api_key": application.api_key,
        "application_id": application.id,
    }
    secret = FORGED_SECRET if scenario.wrong_signature else application.signature_secret
    return f"Bearer {jwt.encode(claims, secret, algorithm='HS256')}"
