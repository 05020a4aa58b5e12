"""Decides where the application's token may go.

A recording's address comes in a webhook, so whoever can forge one would choose where the token is
sent. The address is taken apart once, here, and the download connects to these very parts: no
second parser can read it otherwise.
"""

import re
from dataclasses import dataclass
from typing import Final

from callscribe.errors import PermanentError

HTTPS_PORT: Final = 443
HTTP_PORT: Final = 80

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"

HOST_PATTERN: Final = rf"{_LABEL}(?:\.{_LABEL})*"
"""A host name or an IPv4 address, in lower case."""

# No user info, no fragment, no backslash, no space, no control character: Vonage has none of them.
_URL: Final = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{HOST_PATTERN})(?::(?P<port>[0-9]{{1,5}}))?"
    r"(?P<target>/[!\"$-\[\]-~]*)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a recording may be fetched: the parts of its URL, ``target`` being path and query."""

    scheme: str
    host: str
    port: int
    target: str


@dataclass(frozen=True, slots=True)
class Trusted:
    """Who may see the token: every host at or under a domain, and local hosts by name and port.

    The ``insecure`` ones, such as ``127.0.0.1:3000``, may speak http.
    """

    domains: tuple[str, ...]
    insecure: frozenset[str] = frozenset()

    def address(self, url: str) -> Address:
        """Take a recording's URL apart.

        :raises PermanentError: if the token may not go there.
        """
        parts = _URL.fullmatch(url)
        if parts is None:
            raise PermanentError("the recording's address is missing or not a plain URL")
        scheme, host = parts["scheme"].lower(), parts["host"].lower()
        port = int(parts["port"] or (HTTPS_PORT if scheme == "https" else HTTP_PORT))
        if not self._trusts(scheme, host, port):
            raise PermanentError(f"{scheme}://{host}:{port} is not a host we fetch recordings from")
        return Address(scheme, host, port, parts["target"])

    def _trusts(self, scheme: str, host: str, port: int) -> bool:
        if scheme == "http":
            return f"{host}:{port}" in self.insecure
        return port == HTTPS_PORT and any(
            host == domain or host.endswith(f".{domain}") for domain in self.domains
        )
