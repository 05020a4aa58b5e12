"""Makes the tokens by which Vonage knows the application.

Source: Vonage Developer, "Generate JWTs": RS256 with the claims application_id, iat, jti and exp.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

LIFETIME: Final = timedelta(minutes=15)
"""As Vonage's SDK has it. A token is looked at once, when the download begins."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs as one Vonage application."""

    application_id: str
    key: RSAPrivateKey = field(repr=False)
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def token(self) -> str:
        """Make a token that is good for one request, now."""
        now = self.now()
        claims = {
            "application_id": self.application_id,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": self.new_id(),
        }
        return jwt.encode(claims, self.key, algorithm="RS256")


def private_key(pem: str) -> RSAPrivateKey:
    r"""Read a private key, PKCS#1 or PKCS#8, whose lines may be parted by a literal ``\n``.

    :raises ValueError: if it cannot sign.
    """
    lines = pem.replace("\\n", "\n").strip().encode()
    try:
        key = load_pem_private_key(lines, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # Without its cause: the text of that error may hold a piece of the key.
        raise ValueError("not a private key in PEM form without a password") from None
    if not isinstance(key, RSAPrivateKey):
        reason = "not an RSA key, which is what Vonage gives an application"
        raise ValueError(reason)  # noqa: TRY004 - a wrong value, as pydantic wants it
    jwt.encode({}, key, algorithm="RS256")
    return key
