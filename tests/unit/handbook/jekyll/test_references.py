"""References, addresses and Liquid in links."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.config import SiteConfig, read_config
from syncer.handbook.jekyll.liquid import LiquidScope, UnresolvedLiquid, absolute_url, render_liquid
from syncer.handbook.jekyll.references import (
    clean,
    decode,
    find_host,
    join_source,
    resolve,
    split_site_url,
    squeeze,
    write_relative,
)

CONFIG = read_config(
    "baseurl: /b\nurl: https://h.example\nnavn: {kort: os}\nantal: 3\nsand: true\n"
)


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("/a/b.html", "", "/a/b.html"),
        ("/a/b.html", "c", "/a/c"),
        ("/a/b.html", "/c", "/c"),
        ("/a/b/", "..", "/a/"),
        ("/a/b/", "../c/./d", "/a/c/d"),
        ("/a", "../../c", "/c"),
        ("/a/b", ".", "/a/"),
        ("/a/b", "%2E./c", "/c"),
        ("/a/b", "c//d/", "/a/c//d/"),
        ("/", "../..", "/"),
    ],
)
def test_resolve(base: str, path: str, expected: str) -> None:
    """RFC 3986, section 5.2.4; nothing goes above the root."""
    assert resolve(base, path) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h.example/a#b", "/a#b"),
        ("//h.example/a", "/a"),
        ("https://H.example:443", "/"),
        ("https://h.example?x", "/?x"),
        ("https://andet.example/a", None),
        ("ftp://h.example/a", None),
        ("http://[x/", None),
        ("http://h.example:port/", None),
        ("https:///a", None),
    ],
)
def test_split_site_url(url: str, expected: str | None) -> None:
    """Only addresses of the own hosts are the site's."""
    assert split_site_url(url, frozenset({"h.example"})) == expected


def test_hosts() -> None:
    """The port counts when it is not the scheme's own; what has none or is broken has no host."""
    assert find_host("https://H.example:8443/x") == "h.example:8443"
    assert find_host("http://[x") is None
    assert find_host("/x") is None


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("docs", "a.md", "docs/a.md"),
        ("docs", "../a%20b.md", "a b.md"),
        ("docs", "/a/./b.md", "a/b.md"),
        ("docs", "../../a.md", None),
        ("", "../docs/a.md", None),
        ("docs", "%ff", None),
        ("docs", "..", ""),
    ],
)
def test_join_source(folder: str, path: str, expected: str | None) -> None:
    """Where GitHub looks for a file; outside the sources there is nothing."""
    assert join_source(folder, path) == expected


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("/docs/a.html", "/docs/b", "b"),
        ("/docs/a.html", "/x/", "../x/"),
        ("/docs/a/", "/docs/b", "../b"),
        ("/a", "/b:c", "./b:c"),
        ("/a", "/", "./"),
    ],
)
def test_write_relative(base: str, target: str, expected: str) -> None:
    """What is written resolves to what was meant."""
    assert write_relative(base, target) == expected
    assert resolve(base, expected) == target


def test_small_words() -> None:
    """Cleaning, decoding, single slashes."""
    assert clean(" a\nb\t ") == "ab"
    assert decode("%C3%A5") == "å"
    assert decode("%c3") is None
    assert squeeze("//a///b/") == "/a/b/"


def scope(config: SiteConfig = CONFIG) -> LiquidScope:
    """Return a page at /docs/a.html of a site with one file."""
    front: dict[str, object] = {"sti": "docs/b.html", "tal": 7, "title": "T", "date": "2026-01-01"}
    front["falsk"] = False
    return LiquidScope(
        config,
        "/docs/a.html",
        {"docs/b.md": "/docs/b.html"}.get,
        {"2026-01-02-nyt": "/2026/01/02/nyt.html"}.get,
        front.get,
        "{% for kort in site.pages %}",
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("{{ site.baseurl }}/x", "/b/x"),
        ("{{site.url}}{{site.baseurl}}/x", "https://h.example/b/x"),
        ('{{ "/x" | relative_url }}#y', "/b/x#y"),
        ("{{ 'x' | relative_url }}", "/b/x"),
        ("{{ '' | relative_url }}", "/b"),
        ("{{- '/x' | absolute_url -}}", "https://h.example/b/x"),
        ("{{ 'https://y.example' | absolute_url }}", "https://y.example"),
        ("{{ 'https://y.example' | relative_url }}", "https://y.example"),
        ("{{ '/x' | prepend: site.baseurl | append: '.html' }}", "/b/x.html"),
        ("{{ page.url | relative_url }}", "/b/docs/a.html"),
        ("{{ site.navn.kort }}{{ site.antal }}", "os3"),
        ("{% link docs/b.md %}#c", "/b/docs/b.html#c"),
        ("{%- link  docs/b.md -%}", "/b/docs/b.html"),
        ("{% post_url 2026-01-02-nyt %}#c", "/b/2026/01/02/nyt.html#c"),
        ("/{{ page.sti }}?{{ page.tal }}{{ page.title }}", "/docs/b.html?7T"),
        ("{{ page.ingen }}{{ site.ingen.dyb }}{{ site.navn.ingen }}/x", "/x"),
        ("{{ site.ingen | relative_url }}/x", "/x"),
        ("{{ page.ingen | default: '/y' }}{{ page.sti | default: 'z' }}", "/ydocs/b.html"),
        ("{{ site.sand }}", "true"),
    ],
)
def test_simple_liquid_is_resolved(url: str, expected: str) -> None:
    """As Jekyll renders it."""
    assert render_liquid(url, scope()) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("{{ page.date }}", "{{ page }}", "{{ kort.url }}", "{{ site.pages }}"),
        *("{{ site.posts.first }}", "{{ site.github.url }}", "{{ page.sti.size }}"),
        *("{{ site }}", "{{ page.falsk | default: '/y' }}"),
        "{{ site.navn }}",
        "{{ x.y }}",
        "{{ 'x' | upcase }}",
        "{{ 'x' | append }}",
        "{{ 'x' | 7 }}",
        "{{ '",
        "{% if x %}",
        "{% link %}",
        "{% link",
        "{{ '{{' }}",
    ],
)
def test_other_liquid_is_not_guessed_at(url: str) -> None:
    """Nothing is missing: it is only not known."""
    with pytest.raises(UnresolvedLiquid) as caught:
        render_liquid(url, scope())
    assert caught.value.missing is None


def test_a_link_tag_without_its_file_is_told() -> None:
    """Jekyll stops there, so the file is named."""
    with pytest.raises(UnresolvedLiquid) as caught:
        render_liquid("{% link nej.md %}", scope())
    assert caught.value.missing == "nej.md"


def test_sites_without_base_path() -> None:
    """An unset `baseurl` is nothing, an unset `url` leaves addresses relative."""
    assert render_liquid("{{ site.baseurl }}/x", scope(SiteConfig())) == "/x"
    assert absolute_url("x", SiteConfig()) == "/x"
