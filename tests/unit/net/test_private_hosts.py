"""Which IP addresses and hosts are private."""

from __future__ import annotations

import pytest

from syncer.net.private_hosts import is_of_own_network, is_private_host, is_private_ip

SPECIAL = {
    "0.0.0.0/8": ("0.0.0.0", "0.255.255.255"),  # noqa: S104
    "10.0.0.0/8": ("10.0.0.0", "10.255.255.255"),
    "100.64.0.0/10": ("100.64.0.0", "100.127.255.255"),
    "127.0.0.0/8": ("127.0.0.0", "127.255.255.255"),
    "169.254.0.0/16": ("169.254.0.0", "169.254.169.254"),
    "172.16.0.0/12": ("172.16.0.0", "172.31.255.255"),
    "192.0.0.0/24": ("192.0.0.9", "192.0.0.170"),
    "192.0.2.0/24": ("192.0.2.1", "192.0.2.255"),
    "192.88.99.0/24": ("192.88.99.1", "192.88.99.255"),
    "192.168.0.0/16": ("192.168.0.1", "192.168.255.255"),
    "198.18.0.0/15": ("198.18.0.0", "198.19.255.255"),
    "198.51.100.0/24": ("198.51.100.0", "198.51.100.255"),
    "203.0.113.0/24": ("203.0.113.0", "203.0.113.255"),
    "224.0.0.0/4": ("224.0.0.1", "239.255.255.255"),
    "240.0.0.0/4": ("240.0.0.0", "255.255.255.255"),
    "::/96": ("::", "::1", "::127.0.0.1", "::10.1.2.3"),
    "::ffff:0:0/96": ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:c0a8:1"),
    "::ffff:0:0:0/96": ("::ffff:0:127.0.0.1",),
    "64:ff9b::/96": ("64:ff9b::7f00:1", "64:ff9b::169.254.169.254"),
    "64:ff9b:1::/48": ("64:ff9b:1::1", "64:ff9b:1:ffff::5db8:d70e"),
    "100::/64": ("100::1", "100::ffff:ffff:ffff:ffff"),
    "2001::/23": ("2001::1", "2001:0:0:0::80ff:fffe", "2001:1::1", "2001:1ff::1"),
    "2001:db8::/32": ("2001:db8::1",),
    "2002::/16": ("2002:7f00:1::", "2002:a00:1::1"),
    "3fff::/20": ("3fff::1", "3fff:fff::1"),
    "5f00::/16": ("5f00::1",),
    "fc00::/7": ("fc00::1", "fd00::1"),
    "fe80::/10": ("fe80::1", "fe80::1%eth0", "febf::1"),
    "fec0::/10": ("fec0::1", "feff::1"),
    "ff00::/8": ("ff02::1",),
    "no address": ("nonsense", "", "127.1"),
}


@pytest.mark.parametrize("address", [one for some in SPECIAL.values() for one in some])
def test_special_addresses_are_private(address: str) -> None:
    """Every special range counts, also IPv4 inside IPv6, in all versions of Python."""
    assert is_private_ip(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.0.0.0",
        "9.255.255.255",
        "93.184.215.14",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2a00:1450::1",
        "2001:200::1",
        "2600::1%eth0",
        "::ffff:93.184.215.14",
        "::93.184.215.14",
        "64:ff9b::5db8:d70e",
        "2002:5db8:d70e::1",
    ],
)
def test_public_addresses_are_not_private(address: str) -> None:
    """The neighbours of the special ranges are public."""
    assert not is_private_ip(address)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("x.localhost", True),
        ("printer.local", True),
        ("a.internal", True),
        ("127.1", True),
        ("0x7f000001", True),
        ("0X7F.1", True),
        ("017700000001", True),
        ("2130706433", True),
        ("0300.0250.1", True),
        ("::1", True),
        ("fe80::1%25eth0", True),
        ("::ffff:7f00:1", True),
        ("93.184.215.14", False),
        ("2a00:1450::1", False),
        ("local.dk", False),
        ("bad.cafe", False),
        ("3com.dk", False),
        ("1.2.3.4.5", False),
        ("0xffffffffff", False),
    ],
)
def test_private_hosts_are_known_by_name(host: str, *, private: bool) -> None:
    """Some names are private without DNS, in every spelling of an IPv4 address."""
    assert is_private_host(host) is private


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("metadata", True),
        ("metadata.", True),
        ("2130706433", True),
        ("0x.0x.0x.0x", True),
        ("0x7f.0X.0x.1", True),
        ("127.0.0.256", True),
        ("300.1", True),
        ("00x7f.1", True),
        ("0b1111111.1.", True),
        ("1.2.3.4.5", True),
        ("a.dk.0x7f", True),
        ("93.184.215.14", False),
        ("0x5d.0xb8d70e", False),
        ("2a00:1450::1", False),
        ("::ffff:93.184.215.14", False),
        ("a.dk", False),
        ("1.2.3.4.dk", False),
        ("1.0.0.127.in-addr.arpa", False),
        ("a.0xg", False),
    ],
)
def test_hosts_that_a_proxy_may_read_as_its_own(host: str, *, own: bool) -> None:
    """Names without a dot, and numbers that are an address only to some."""
    assert is_of_own_network(host) is own
