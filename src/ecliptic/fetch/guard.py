"""Which network addresses may be connected to.

A name proves nothing: it may resolve to another address a moment later
(rebinding). So the rule is applied to the address a socket is about to be
connected to, at every hop.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

# https://www.iana.org/assignments/iana-ipv4-special-registry, without what is
# reachable for everyone, and the addresses where clouds serve their secrets.
_REFUSED_IPV4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; 100.100.100.200 is a metadata service
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform address of Azure
        "169.254.0.0/16",  # link-local; 169.254.169.254 is a metadata service
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is a metadata service
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All that is not global unicast is refused, which covers loopback, link-local,
# unique local, multicast, IPv4-mapped, IPv4-compatible and NAT64 (64:ff9b::/96).
_GLOBAL_IPV6: Final = IPv6Network("2000::/3")
_REFUSED_IPV6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address
        "3fff::/20",  # documentation
    )
)
_REMEMBERED: Final = 10_000
_OWN_NAMES: Final = frozenset({"localhost", "ip6-localhost", "ip6-loopback"})
# A name that ends so is an address to every resolver: https://url.spec.whatwg.org/#ends-in-a-number-checker
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")


def _masks(networks: Iterable[IPv4Network]) -> tuple[tuple[int, int], ...]:
    """Return mask and address of networks as numbers, which are compared ten times as fast."""
    return tuple((int(net.netmask), int(net.network_address)) for net in networks)


_MASKS: Final = _masks(_REFUSED_IPV4)


def is_public(address: str) -> bool:
    """Say whether ``address``, an IPv4 or IPv6 literal, belongs to the open network."""
    number = _ipv4_number(address)
    if number is not None:
        return all(number & mask != network for mask, network in _MASKS)
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return ip in _GLOBAL_IPV6 and not any(ip in network for network in _REFUSED_IPV6)


def _ipv4_number(address: str) -> int | None:
    """Return an IPv4 literal in its one canonical form as a number."""
    try:
        return int.from_bytes(socket.inet_pton(socket.AF_INET, address))
    except (OSError, ValueError):
        return None


class Guard:
    """Permits public addresses, and those inside the networks the operator allows."""

    def __init__(self, allow_networks: Iterable[str] = ()) -> None:
        networks = [ip_network(network, strict=False) for network in allow_networks]
        self._own_ipv4 = _masks(net for net in networks if isinstance(net, IPv4Network))
        self._own_ipv6 = tuple(net for net in networks if isinstance(net, IPv6Network))
        self._verdicts: dict[str, bool] = {}

    def permits(self, address: str) -> bool:
        """Say whether a socket may be connected to ``address``."""
        verdict = self._verdicts.get(address)
        if verdict is None:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            verdict = self._verdicts[address] = is_public(address) or self.is_own(address)
        return verdict

    def permits_unseen(self, host: str) -> bool:
        """Say whether a proxy may be asked for ``host``, whose address we do not get to see.

        Of a name no more can be said than that it is not written to mean an address.
        """
        name = host.rstrip(".").lower()
        if name.startswith("["):
            return self.permits(name[1:-1])
        if name in _OWN_NAMES or name.endswith((".localhost", ".localdomain")):
            name = "127.0.0.1"
        if not _NUMERIC.fullmatch(name.rpartition(".")[2]):
            return True
        try:  # as resolvers read it: decimal, octal, hexadecimal, with parts left out
            return self.permits(socket.inet_ntoa(socket.inet_aton(name)))
        except OSError:
            return False

    def is_own(self, address: str) -> bool:
        """Say whether ``address`` is in a network that the operator allows by name."""
        number = _ipv4_number(address)
        if number is not None:
            return any(number & mask == network for mask, network in self._own_ipv4)
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        return any(ip in network for network in self._own_ipv6)
