"""How addresses are read, and which are private."""

from __future__ import annotations

import pytest

from syncer.web.addresses import (
    WebAddress,
    is_private_host,
    is_private_ip,
    is_under,
    parse_address,
    read_fragment,
)


@pytest.mark.parametrize(
    ("url", "asked", "host"),
    [
        ("https://Eksempel.DK", "https://eksempel.dk/", "eksempel.dk"),
        (" https://eksempel.dk/a b#c ", "https://eksempel.dk/a%20b", "eksempel.dk"),
        ("HTTPS://eksempel.dk/", "https://eksempel.dk/", "eksempel.dk"),
        ("//eksempel.dk/x", "https://eksempel.dk/x", "eksempel.dk"),
        ("https://blåbær.dk/", "https://xn--blbr-roah.dk/", "xn--blbr-roah.dk"),
        ("https://eksempel.dk/æ?ø=å", "https://eksempel.dk/%C3%A6?%C3%B8=%C3%A5", "eksempel.dk"),
        ("https://eksempel.dk/%C3%A6%2F", "https://eksempel.dk/%C3%A6%2F", "eksempel.dk"),
        ("https://me:pw@eksempel.dk:8443/", "https://eksempel.dk:8443/", "eksempel.dk"),
        ("https://eksempel.dk./", "https://eksempel.dk./", "eksempel.dk"),
        ("http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/", "2001:db8::1"),
        ("http://a_b.eksempel.dk/", "http://a_b.eksempel.dk/", "a_b.eksempel.dk"),
        (r"http:\\eksempel.dk\a\b?c\d#e\f", "http://eksempel.dk/a/b?c%5Cd", "eksempel.dk"),
        (r"\\eksempel.dk\a", "https://eksempel.dk/a", "eksempel.dk"),
        ("ht\ntps://eksempel.dk/a\r\n\tb", "https://eksempel.dk/ab", "eksempel.dk"),
    ],
)
def test_address_is_asked_as_browsers_do(url: str, asked: str, host: str) -> None:
    """Hosts in IDNA and lower case, paths percent-encoded, no user and no fragment."""
    assert parse_address(url) == WebAddress(asked, host)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "eksempel.dk",
        "/sti",
        "ftp://eksempel.dk/",
        "https://",
        "https:///sti",
        # On a page of the same scheme these are relative.
        "https:/eksempel.dk/",
        "https:eksempel.dk",
        "http://a..b/",
        "https://*.eksempel.dk/",
        "https://[::1/",
        "https://eksempel.dk:99999/",
        "https://eksempel.dk:0/",
        f"https://{'a' * 64}.dk/",
        f"https://{'.'.join(['abc'] * 80)}/",
        "https://eksempel.dk/" + "a" * 9000,
        "https://\ud800.dk/",
        "http://exa mple.dk/",
    ],
)
def test_address_that_no_browser_opens_is_none(url: str) -> None:
    """What cannot be asked is said to be wrong, not tried."""
    assert parse_address(url) is None


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://a.dk/", ""),
        ("https://a.dk/#", ""),
        ("https://a.dk/#b", "b"),
        ("https://a.dk/#b:~:text=c", "b"),
        ("https://a.dk/#:~:text=c", ""),
        ("https://a.dk/#b%20c", "b%20c"),
    ],
)
def test_fragment_is_read_without_text_directives(url: str, fragment: str) -> None:
    """A text directive asks for no anchor."""
    assert read_fragment(url) == fragment


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:0:0::80ff:fffe",
        "nonsense",
    ],
)
def test_private_addresses_are_known(address: str) -> None:
    """Loopback, private, link-local, shared, multicast, and IPv4 hidden in IPv6."""
    assert is_private_ip(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2a00:1450::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_public_addresses_are_known(address: str) -> None:
    """What the world routes is not private."""
    assert not is_private_ip(address)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("x.localhost", True),
        ("printer.local", True),
        ("a.internal", True),
        ("127.1", True),
        ("0x7f000001", True),
        ("017700000001", True),
        ("::1", True),
        ("93.184.215.14", False),
        ("local.dk", False),
        ("bad.cafe", False),
        ("3com.dk", False),
        ("1.2.3.4.5", False),
        ("0xffffffffff", False),
    ],
)
def test_private_hosts_are_known_by_name(host: str, private: bool) -> None:
    """Some names are private without DNS, in every spelling of an IPv4 address."""
    assert is_private_host(host) is private


def test_names_cover_their_subdomains() -> None:
    """A host is under a name if it is the name or ends in it after a dot."""
    assert is_under("a.dk", ("a.dk",))
    assert is_under("x.a.dk", ("b.dk", "a.dk"))
    assert not is_under("xa.dk", ("a.dk",))
    assert not is_under("a.dk", ())
