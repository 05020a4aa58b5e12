"""Decides which network addresses a webhook may be sent to.

Whoever may set a receiver could otherwise have us speak to what only we can reach: the cloud's
metadata, a database, another container.
"""

import ipaddress
from collections.abc import Callable, Sequence
from typing import Final

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host, as text.

:raises OSError: if there is none now.
"""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_IPV4_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_IPV4_BITS: Final = 0xFFFFFFFF


class NotAllowedError(Exception):
    """The host is at an address that nothing is sent to."""


def address_of(host: str, port: int, *, resolve: Resolve, allow_private: bool) -> str:
    """Give the one address to connect to; a name that also has a forbidden one is not trusted.

    The caller connects to what is given here. If it asked for the name once more it could get
    another answer than the one that was checked.

    :raises NotAllowedError: if the host has an address that nothing may be sent to.
    :raises OSError: if the host has no address now.
    """
    found = [ipaddress.ip_address(text.partition("%")[0]) for text in resolve(host, port)]
    if not found:
        raise OSError("the host has no address")
    if not allow_private and not all(map(is_public, found)):
        raise NotAllowedError("the receiver is at a private address, and nothing is sent there")
    return str(found[0])


def is_public(address: IpAddress) -> bool:
    """Tell whether an address is in the public internet, in whatever it may be wrapped."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: IpAddress) -> ipaddress.IPv4Address | None:
    """Unwrap an IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _NAT64 or address in _IPV4_COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & _IPV4_BITS)
    return None
