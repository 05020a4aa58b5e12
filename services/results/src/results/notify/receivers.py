"""The receivers that an operator has set: an address, and the secrets that sign what goes there."""

import base64
import binascii
import hashlib
from typing import Annotated, Final, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what a secret begins with is none
SECRET_BYTES: Final = (24, 64)
"""Fewest and most. Source: Standard Webhooks, "Signature scheme"."""

PORTS: Final = {"https": 443, "http": 80}


class Place(NamedTuple):
    """The parts of a receiver's address; ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str


def place_of(url: str) -> Place:
    """Take a URL apart.

    :raises ValueError: if it is not one that a webhook can go to; it is not repeated, since it may
        hold a token.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or not (url.isascii() and url.isprintable()):
        raise ValueError("a receiver's url is not an http address in ASCII")
    if " " in url or parts.username is not None or parts.fragment:
        raise ValueError("a receiver's url has a space, a user or a fragment")
    port = parts.port if parts.port is not None else PORTS[parts.scheme]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, parts.hostname, port, target)


def _checked_url(url: SecretStr) -> SecretStr:
    place_of(url.get_secret_value())
    return url


def _checked_secret(secret: SecretStr) -> SecretStr:
    # The library ignores what is not base64, so a mistyped secret would sign with another one.
    text = secret.get_secret_value()
    try:
        key = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a secret is not base64") from None
    if not text.startswith(SECRET_PREFIX) or not SECRET_BYTES[0] <= len(key) <= SECRET_BYTES[1]:
        raise ValueError("a secret is not whsec_ and then 24 to 64 bytes in base64")
    return secret


Url = Annotated[SecretStr, AfterValidator(_checked_url)]
Secret = Annotated[SecretStr, AfterValidator(_checked_secret)]


class Receiver(BaseModel):
    """Whom to tell. While secrets rotate there are several, and each signs."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: Url
    secrets: Annotated[tuple[Secret, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """Name the receiver: it stays the same as long as its address does."""
        return hashlib.sha256(self.url.get_secret_value().encode()).hexdigest()[:16]

    @property
    def place(self) -> Place:
        """The parts of its address."""
        return place_of(self.url.get_secret_value())
