"""How addresses are read."""

from __future__ import annotations

import pytest

from syncer.web.addresses import (
    WebAddress,
    is_under,
    names_anchor,
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
        # As a Mac writes it, as Word breaks it, and what browsers ask for all the same.
        ("https://bla\u030abær.dk/", "https://xn--blbr-roah.dk/", "xn--blbr-roah.dk"),
        ("https://ek\u00adsempel.dk/", "https://eksempel.dk/", "eksempel.dk"),
        ("https://eksempel\u3002dk:81", "https://eksempel.dk:81/", "eksempel.dk"),
        ("https://\uff45ksempel.dk/", "https://eksempel.dk/", "eksempel.dk"),
        ("https://BLÅ.dk/", "https://xn--bl-zia.dk/", "xn--bl-zia.dk"),
        ("https://bl%C3%A5.dk?x", "https://xn--bl-zia.dk/?x", "xn--bl-zia.dk"),
        ("https://a@b:c@\u2764\ufe0f.dk", "https://xn--qei.dk/", "xn--qei.dk"),
        ("https://\uff11\uff12\uff17.0.0.1/", "https://127.0.0.1/", "127.0.0.1"),
        ("https://\u24dbocalhost/", "https://localhost/", "localhost"),
        ("https:///eksempel.dk/", "https://eksempel.dk/", "eksempel.dk"),
        (r"\\/eksempel.dk/", "https://eksempel.dk/", "eksempel.dk"),
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
        "https:///",
        "https://%2f/",
        "https://å%40b.dk/",
        "https://å%00.dk/",
        # Punycode takes half a minute for it.
        f"https://{''.join(map(chr, range(0x4E00, 0x6D00)))}/",
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


def test_names_cover_their_subdomains() -> None:
    """A host is under a name if it is the name or ends in it after a dot."""
    assert is_under("a.dk", ("a.dk",))
    assert is_under("x.a.dk", ("b.dk", "a.dk"))
    assert not is_under("xa.dk", ("a.dk",))
    assert not is_under("a.dk", ())


@pytest.mark.parametrize(
    "most",
    [
        "https://a.dk/" + "x" * (8_192 - 13),
        f"https://{'a' * 63}.dk/",
        f"https://{'ab.' * 83}abcd/",
    ],
)
def test_an_address_is_as_long_as_it_may_be(most: str) -> None:
    """All of it, a part of its host, its host: one more character is too many."""
    assert parse_address(most) is not None
    assert parse_address(most.replace("a", "aa", 1).replace("/x", "/xx")) is None


@pytest.mark.parametrize("letter", list(' %"<>\\^`{|}\x7f'))
def test_a_host_has_no_marks(letter: str) -> None:
    """Neither as they are nor percent-encoded; an address of the local network may name a card."""
    for host in (f"a{letter}b.dk", f"a%{ord(letter):02x}b.dk"):
        if host != "a\\b.dk":  # a backslash is a slash
            assert parse_address(f"https://{host}/") is None
    address = parse_address("http://[fe80::1%25en0]/")
    assert address is not None
    assert address.host == "fe80::1%25en0"


def test_an_origin_has_its_port() -> None:
    """Two servers of one host are two."""
    address = parse_address("http://me@a.dk:81/x?y")
    assert address is not None
    assert address.origin == "http://a.dk:81"


@pytest.mark.parametrize(
    ("fragment", "named"), [("", False), ("top", False), ("TOP", False), ("top1", True)]
)
def test_the_top_of_a_page_needs_no_anchor(fragment: str, named: bool) -> None:
    """In any case of its letters."""
    assert names_anchor(fragment) is named
