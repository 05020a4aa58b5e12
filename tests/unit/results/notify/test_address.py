import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.notify.address import NotAllowedError, address_of, is_public

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
]
PUBLIC = ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"]


def ask(*addresses: str, allow_private: bool = False) -> str:
    return address_of(
        "hooks.example.com", 443, resolve=lambda *_: addresses, allow_private=allow_private
    )


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_is_sent_to_a_private_address_however_it_is_written(address: str) -> None:
    with pytest.raises(NotAllowedError, match="private address"):
        ask(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_connected_to(address: str) -> None:
    assert ask(address) == str(ipaddress.ip_address(address))


def test_a_name_that_also_leads_inside_is_not_trusted() -> None:
    with pytest.raises(NotAllowedError):
        ask("8.8.8.8", "10.0.0.1")


def test_an_operator_may_allow_private_addresses() -> None:
    assert ask("127.0.0.1", allow_private=True) == "127.0.0.1"


def test_a_name_without_an_address_may_have_one_later() -> None:
    with pytest.raises(OSError, match="no address"):
        ask()


@given(st.ip_addresses(v=4))
def test_no_ipv6_form_of_a_private_address_is_public(address: ipaddress.IPv4Address) -> None:
    wrapped = [ipaddress.IPv6Address(f"{prefix}{address}") for prefix in ("::ffff:", "64:ff9b::")]

    assert {is_public(one) for one in wrapped} == {is_public(address)}
