"""Which addresses the settings replace, and which may be private."""

from __future__ import annotations

import pytest

from syncer.web.addresses import parse_address
from syncer.web.link_settings import LinkSettings, covers, may_be_private, remap, unmap


def test_a_prefix_without_a_host_names_every_host() -> None:
    """As the demo has it; one that ends with a host names that host alone."""
    settings = LinkSettings(remap={"https://": "http://127.0.0.1/web/", "https://a.b": "http://c"})
    assert remap("https://x.example/y", settings) == "http://127.0.0.1/web/x.example/y"
    assert remap("https://a.b/y", settings) == "http://c/y"
    assert remap("https://a.bc/y", settings) == "http://127.0.0.1/web/a.bc/y"


def test_remap_takes_the_longest_prefix() -> None:
    """Order in the settings does not matter."""
    settings = LinkSettings(remap={"https://a.dk/": "http://one/", "https://a.dk/b": "http://two"})
    assert remap("https://a.dk/b/c", settings) == "http://two/c"
    assert remap("https://a.dk/c", settings) == "http://one/c"
    assert remap("https://c.dk/", settings) == "https://c.dk/"
    assert unmap("http://two/c", settings) == "https://a.dk/b/c"
    assert unmap("http://three/c", settings) == "http://three/c"


def test_a_prefix_that_is_a_host_is_that_host_only() -> None:
    """A name or port that merely begins with it is another one."""
    settings = LinkSettings(remap={"https://a.dk": "http://10.0.0.1"})
    for url, asked in (
        ("https://a.dk", "http://10.0.0.1"),
        ("https://a.dk/b", "http://10.0.0.1/b"),
        ("https://a.dk?b", "http://10.0.0.1?b"),
        ("https://a.dk.evil.example/", "https://a.dk.evil.example/"),
        ("https://a.dk:8443/", "https://a.dk:8443/"),
    ):
        assert remap(url, settings) == asked


def test_only_the_asterisk_is_a_wildcard() -> None:
    """Brackets and question marks are parts of URLs."""
    assert covers("https://a.dk/?a[0]=b", "https://a.dk/?a[0]=*")
    assert not covers("https://a.dk/x", "https://a.dk/?")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://10.0.0.1:8080/app/", True),
        ("http://10.0.0.1:8080/app/page?a=/../b", True),
        ("http://10.0.0.1:8080/", False),
        ("http://10.0.0.1:8080/app/../admin", False),
        ("http://10.0.0.1:8080/app/%2e%2e/admin", False),
        ("http://10.0.0.1:8080/app/.%2E/admin", False),
        ("http://10.0.0.1:22/app/", False),
        ("https://10.0.0.1:8080/app/", False),
        ("http://10.0.0.1/app/", False),
        ("http://10.0.0.1:8080@127.0.0.1/app/", False),
        ("http://10.0.0.12:8080/app/", False),
    ],
)
def test_remap_allows_its_own_origin_and_paths(url: str, *, allowed: bool) -> None:
    """Another port or path of the target is as private as ever."""
    settings = LinkSettings(remap={"https://a.dk/": "http://10.0.0.1:8080/app/", "x": "y"})
    address = parse_address(url)
    assert address is not None
    assert may_be_private(address, settings) is allowed
    assert may_be_private(address, LinkSettings(allow_private=True))
    assert not may_be_private(address, LinkSettings())
