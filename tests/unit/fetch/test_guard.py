from __future__ import annotations

import json
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.fetch.guard import Guard, is_public
from ecliptic.fetch.target import BadAddressError, read_target
from shared_data import DATA, needs_shared_data

REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "100.100.100.200",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.7", "203.0.113.5", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::1", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.1", "168.63.129.17", "172.15.255.255", "172.32.0.0",
    "192.0.1.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.254",
    "2001:200::1", "2001:4860:4860::8888", "2606:4700:4700::1111", "2a00:1450:4001::1",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_is_public_when_not_of_the_open_network_then_false(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_is_public_when_global_unicast_then_true(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.1", "8.8.8.8/32", "[::1]", "é"])
def test_is_public_when_not_a_literal_then_false(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_is_public_when_carried_in_ipv6_then_never(address: IPv4Address) -> None:
    number = int(address)
    carriers = (
        number,  # IPv4-compatible
        0xFFFF << 32 | number,  # IPv4-mapped
        0x64_FF9B << 96 | number,  # NAT64
        0x2002 << 112 | number << 80,  # 6to4
        0x2001_0000 << 96 | number ^ 0xFFFF_FFFF,  # Teredo
    )
    assert not any(is_public(str(IPv6Address(carrier))) for carrier in carriers)


@given(st.ip_addresses())
def test_is_public_when_true_then_python_knows_no_reason_against_it(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(str(address)):
        assert not address.is_private
        assert not address.is_loopback
        assert not address.is_link_local
        assert not address.is_multicast
        assert not address.is_reserved
        assert not address.is_unspecified


def test_guard_when_network_is_allowed_then_only_that_network() -> None:
    guard = Guard(["127.0.0.0/24", "fd00::/8", "10.1.2.3"])
    assert guard.permits("127.0.0.9")
    assert guard.permits("fd00::1")
    assert guard.permits("10.1.2.3")
    assert guard.permits("8.8.8.8")
    assert not guard.permits("127.0.1.1")
    assert not guard.permits("10.1.2.4")
    assert not guard.permits("::ffff:127.0.0.9")
    assert not guard.permits("nonsense")


def test_guard_when_asked_for_very_many_addresses_then_still_right() -> None:
    guard = Guard(["10.0.0.0/16"])
    asked = [str(IPv4Address("10.0.0.0") + number * 3) for number in range(30_000)]
    assert [guard.permits(address) for address in asked] == [
        address.startswith("10.0.") for address in asked
    ]


def _reaches(url: str) -> bool:
    """Say whether a connection would be made for an address, without making one."""
    try:
        host = read_target(url).host.strip("[]")
    except BadAddressError:
        return False
    if host.rstrip(".") in {"localhost", "ip6-localhost", "metadata.google.internal"}:
        return False  # names: what they resolve to is checked on the socket
    with suppress(OSError):
        host = socket.inet_ntoa(socket.inet_aton(host))  # as libcurl reads 127.1 or 0177.1
    return Guard().permits(host)


@needs_shared_data
def test_guard_on_the_list_of_attacks_then_none_reaches_an_inner_address() -> None:
    cases = json.loads((DATA / "vectors" / "ssrf.json").read_text("utf-8"))
    assert len(cases) > 50
    wrong = [case for case in cases if _reaches(case["payload"]) != (case["expect"] == "allow")]
    assert wrong == []


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "a.example.",
        "1.example",
        "0x7f.example",
        "8.8.8.8",
        "[2606:4700::1]",
        "134744072",
    ],
)
def test_guard_when_a_proxy_is_to_be_asked_for_the_open_network_then_permitted(host: str) -> None:
    assert Guard().permits_unseen(host)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0x7f.1",
        "[::1]",
        "localhost",
        "a.localhost.",
        "1.2.3.4.5",
        "0x",
        "[::ffff:8.8.8.8]",
    ],
)
def test_guard_when_a_proxy_is_to_be_asked_for_another_address_then_not_permitted(
    host: str,
) -> None:
    assert not Guard().permits_unseen(host)


@pytest.mark.parametrize("host", ["10.1.2.3", "167838211", "012.1.2.3"])
def test_guard_when_the_network_is_allowed_then_a_proxy_may_be_asked(host: str) -> None:
    assert Guard(["10.0.0.0/8"]).permits_unseen(host)
