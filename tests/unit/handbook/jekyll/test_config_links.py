"""The links of `_config.yml`: their words, their section, and where each is written."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.config import read_config
from syncer.handbook.jekyll.config_links import find_config_links
from syncer.handbook.kramdown.positions import LineMap
from syncer.model.handbook import LinkSyntax

CONFIG = """title: H
aux_links:
  "En": "/en"
  To: ['/to', '/nej']
  Tre: /tre
  Tom: []
  Dyb: {a: b}
nav_external_links:
  - title: Fire
    url: /fire
  - url: "/fem"
  - titel: nej
  - nej
footer_content: 'Se <a class="k" href="/seks">Se<b>ks</b> &amp; mere</a>, <A HREF=/syv>syv</A>,
  <img src="/otte.png"> <a name="q">x</a> <a href="">tom</a> <a href="/seks?a=1&amp;b=2">igen</a>'
other: '<a href="/nej">'
"""
LINKS = [
    ("/en", "En", "aux_links", '"/en"'),
    ("/to", "To", "aux_links", "'/to'"),
    ("/tre", "Tre", "aux_links", "/tre"),
    ("/fire", "Fire", "nav_external_links", "/fire"),
    ("/fem", "", "nav_external_links", '"/fem"'),
    ("/seks", "Seks & mere", "footer_content", "/seks"),
    ("/syv", "syv", "footer_content", "/syv"),
    ("/otte.png", "", "footer_content", "/otte.png"),
    ("", "tom", "footer_content", None),
    ("/seks?a=1&b=2", "igen", "footer_content", "/seks?a=1&amp;b=2"),
]


def test_each_link_stands_where_it_is_written() -> None:
    """With its quotes, where YAML has them; the second of two equal ones is the second."""
    lines = LineMap("_config.yml", CONFIG)
    found = find_config_links(CONFIG, "_config.yml")
    assert [(link.url, link.text, link.section) for link in found] == [one[:3] for one in LINKS]
    starts: list[int] = []
    for link, (*_, written) in zip(found, LINKS, strict=True):
        start = lines.offset_of(link.span.line, link.span.column)
        end = lines.offset_of(link.span.end_line, link.span.end_column)
        assert link.span.file == "_config.yml"
        assert written is None or CONFIG[start:end] == written
        starts.append(start if written else starts[-1])
    assert starts == sorted(starts)
    images = [link.url for link in found if link.syntax is LinkSyntax.IMAGE]
    assert images == ["/otte.png"]


@pytest.mark.parametrize(
    "text", [None, "", "- a\n", "a: [\n", "aux_links: [a]\n", "nav_external_links: x\n"]
)
def test_settings_of_another_shape_have_no_links(text: str | None) -> None:
    """What is wrong with them is told elsewhere."""
    assert find_config_links(text, "_config.yml") == ()


@pytest.mark.parametrize("text", ["a: [\n", "- a\n", "a", "x: " + "y" * 2_000_000])
def test_settings_that_cannot_be_read_have_a_problem(text: str) -> None:
    """Too long ones too; empty ones are settings without any."""
    assert read_config(text).problem is not None
    assert read_config("").problem is None
    assert read_config(None).problem is None


def test_defaults_that_are_none_hide_no_others() -> None:
    """Each with its scope; what has no values sets none."""
    config = read_config(
        "defaults:\n- nej\n- scope: {path: x}\n- values: 3\n"
        "- {scope: {path: docs, type: pages}, values: {layout: a}}\n- {values: {layout: b}}\n"
    )
    assert [dict(one.values) for one in config.defaults] == [{"layout": "a"}, {"layout": "b"}]
