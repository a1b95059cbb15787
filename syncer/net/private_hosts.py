"""Which hosts and IP addresses are not on the public internet (pure)."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Names that resolve only inside a network: RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`, and
# what systems have in their hosts files.
_PRIVATE_SUFFIXES = (
    ".localhost",
    ".local",
    ".internal",
    ".home.arpa",
    ".localdomain",
    ".localdomain4",
    ".localdomain6",
)
_LEGACY_IPV4 = re.compile(r"[0-9][0-9a-fx]*(?:\.[0-9a-fx]+){0,3}", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
# The IANA special-purpose registries and the multicast and reserved ranges. A list of our own:
# `is_global` of the standard library differs between Python versions.
_SPECIAL_IPV4 = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
            *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
_SPECIAL_IPV6 = tuple(
    map(
        ip_network,
        (
            *("64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20"),
            *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        ),
    )
)
# IPv6 ranges that lead to the IPv4 address in them, and how many bits follow that address:
# IPv4-compatible (with :: and ::1), -mapped, -translated, NAT64 (RFC 6052), 6to4 (RFC 3056).
_WITH_IPV4 = (
    (ip_network("::/96"), 0),
    (ip_network("::ffff:0:0/96"), 0),
    (ip_network("::ffff:0:0:0/96"), 0),
    (ip_network("64:ff9b::/96"), 0),
    (ip_network("2002::/16"), 80),
)


def is_private_ip(text: str) -> bool:
    """Return whether an IP address is not a public one; True for text that is no IP address.

    An IPv4 address inside an IPv6 one decides for it. Source: the IANA special-purpose address
    registries, RFC 6890.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return True
    if isinstance(address, IPv6Address):
        inner = _find_ipv4(address)
        if inner is None:
            return any(address in network for network in _SPECIAL_IPV6)
        address = inner
    return any(address in network for network in _SPECIAL_IPV4)


def _find_ipv4(address: IPv6Address) -> IPv4Address | None:
    for network, bits_after in _WITH_IPV4:
        if address in network:
            return IPv4Address(int(address) >> bits_after & 0xFFFF_FFFF)
    return None


def is_private_host(host: str) -> bool:
    """Return whether a host is private by its name alone; most names need DNS to know.

    IPv4 is also recognised in the forms that only `inet_aton` reads (`127.1`, `0x7f000001`).
    """
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith(_PRIVATE_SUFFIXES):
        return True
    if ":" in host:
        return is_private_ip(host)
    address = _read_ipv4(host)
    return address is not None and is_private_ip(address)


def is_of_own_network(host: str) -> bool:
    """Return whether a host may be a machine of whoever resolves it.

    A name without a dot is one: `ip6-localhost`, a computer's or a container's own name. No
    top-level domain is a host (ICANN prohibits it). What ends in a number is an address or nothing
    (WHATWG URL, section 3.5); where `inet_aton` finds none in it, as in `0x.0x.0x.0x`, others may.
    """
    host = host.lower().rstrip(".")
    if ":" in host:
        return False
    if "." not in host:
        return True
    return bool(_NUMBER.fullmatch(host.rpartition(".")[2])) and _read_ipv4(host) is None


def _read_ipv4(host: str) -> str | None:
    """Return the IPv4 address that a host in small letters is, in any form of `inet_aton`."""
    if not _LEGACY_IPV4.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
