"""Checks that a webhook comes from Vonage: its signature, its age, its sender, its content.

PyJWT is used directly: the SDK's ``verify_signature`` looks at nothing but the HMAC, and raises
when this clock is two seconds behind. Used tokens are not remembered: one that is sent again within
the age window brings the same content, so the same event id, and that is handled once anyway;
remembering it here would refuse Vonage's own second attempt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

import jwt

from webhook_gateway.digest import Content

ISSUER = "Vonage"

# The age is checked against the clock given, not against the library's own.
OPTIONS: Any = {
    "require": ["iat", "jti", "iss"],
    "verify_iat": False,
    "verify_nbf": False,
    "verify_exp": False,
}


class SignatureError(Exception):
    """The webhook can't be shown to come from Vonage; the text says why and repeats nothing."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose webhooks are taken, and for how long after they were signed."""

    secrets: tuple[str, ...] = field(repr=False)
    application_id: str | None = None
    api_key: str | None = None
    leeway: timedelta = timedelta(seconds=60)
    max_age: timedelta = timedelta(minutes=5)


def verify(authorization: str | None, *, content: Content, trust: Trust, now: datetime) -> None:
    """Check the ``Authorization`` header of a webhook against its content.

    :raises SignatureError: if the webhook is not genuine, not fresh or not for us.
    """
    claims = _claims(_token(authorization), trust.secrets)
    _check_age(claims["iat"], trust, now)
    _check_sender(claims, trust)
    _check_content(claims.get("payload_hash"), content)


def _token(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise SignatureError("the webhook is not signed")
    return token.strip()


def _claims(token: str, secrets: tuple[str, ...]) -> Mapping[str, Any]:
    for secret in secrets:
        try:
            return jwt.decode(token, secret, algorithms=["HS256"], issuer=ISSUER, options=OPTIONS)
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidTokenError:
            break
    raise SignatureError("the webhook's signature is not valid")


def _check_age(issued: Any, trust: Trust, now: datetime) -> None:
    if not isinstance(issued, int | float):
        raise SignatureError("the webhook's signature has no date")
    age = now.timestamp() - issued
    if age > (trust.max_age + trust.leeway).total_seconds():
        raise SignatureError("the webhook's signature is too old")
    # Asked this way round, a date that is no number at all (NaN) is refused as well.
    if not age >= -trust.leeway.total_seconds():
        raise SignatureError("the webhook's signature is from the future")


def _check_sender(claims: Mapping[str, Any], trust: Trust) -> None:
    if trust.api_key is not None and claims.get("api_key") != trust.api_key:
        raise SignatureError("the webhook is of another account")
    # Vonage leaves the application out of some tokens.
    of_application = claims.get("application_id", trust.application_id)
    if trust.application_id is not None and of_application != trust.application_id:
        raise SignatureError("the webhook is of another application")


def _check_content(claimed: Any, content: Content) -> None:
    if claimed is None and not content.must_be_vouched_for:
        return
    said = str(claimed).lower().encode()
    if not any(compare_digest(said, digest.encode()) for digest in content.digests):
        raise SignatureError("the webhook's content is not what was signed")
