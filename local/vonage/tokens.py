"""Checks the JWT that a recording is asked for with."""

from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

LEEWAY = timedelta(seconds=30)
MAX_LIFE = timedelta(hours=24)
"""Vonage takes no token longer, whatever its ``exp`` says.

Source: Vonage's help article "How long is my JSON Web Token valid for?".
"""

REQUIRED = ("application_id", "iat", "exp", "jti")


class NotGenuineError(Exception):
    """The token is not one that this application signed and that holds now."""


def check_token(
    header: str | None, *, public_key: RSAPublicKey, application_id: str, now: datetime
) -> None:
    """Accept the ``Authorization`` header of a download.

    :raises NotGenuineError: with the reason, if the recording must not be given.
    """
    claims = _claims(_bearer(header), public_key)
    if claims["application_id"] != application_id:
        raise NotGenuineError("the token is of another application")
    if not isinstance(claims["jti"], str) or not claims["jti"]:
        raise NotGenuineError("the token's jti is empty")
    _check_times(claims["iat"], claims["exp"], now)


def _bearer(header: str | None) -> str:
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotGenuineError("there is no bearer token")
    return token


def _claims(token: str, public_key: RSAPublicKey) -> dict[str, Any]:
    # PyJWT would compare the times with its own clock; ours is an argument.
    options: Any = {"verify_exp": False, "verify_iat": False, "require": list(REQUIRED)}
    try:
        return jwt.decode(token, public_key, algorithms=["RS256"], options=options)
    except jwt.PyJWTError as error:
        raise NotGenuineError("the token is not signed by this application's key") from error


def _check_times(issued: Any, expires: Any, now: datetime) -> None:
    seconds = now.timestamp()
    if not all(type(time) in (int, float) for time in (issued, expires)):
        raise NotGenuineError("the token's times are not numbers")
    if issued > seconds + LEEWAY.total_seconds():
        raise NotGenuineError("the token was issued in the future")
    if expires <= seconds or seconds - issued > MAX_LIFE.total_seconds():
        raise NotGenuineError("the token has expired")
