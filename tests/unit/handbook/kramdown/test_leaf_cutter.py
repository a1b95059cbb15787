"""Lines that define link targets, and fences, as kramdown reads them."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText


@pytest.mark.parametrize(
    ("definition", "urls"),
    [
        ("[a]: u", ["u"]),
        ("[a]: u v", ["u v"]),
        ("[a]: <u v>", ["u v"]),
        ("[a]: <u> v", ["<u> v"]),
        ("[a]: <u> 't'", ["u"]),
        ("[a]: <u> 't' v", []),
        ("[a]: <u>> 't'", ["u>"]),
        ("[a]: u 't'", ["u"]),
        ("[a]: u  \n  't'", ["u"]),
        ("[a]: u 't", []),
        ("[a]: u ''", []),
        ("[a]: u 't' 'w'", ["u"]),
        ("[a]: u \"t\" 'w'", []),
        ("[a]:    ", []),
        ("[a]: ", []),
    ],
)
def test_definitions_of_link_targets(definition: str, urls: list[str]) -> None:
    """A title in quotes may follow, also on the next line; a lone quotation mark spoils it."""
    page = parse_page(PageText("a.md", f"{definition}\n\n[a]\n"))
    assert [link.url for link in page.links] == urls


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("```\n[a](b)\n```\n", []),
        ("```\n[a](b)\n````\n", []),
        ("````\n[a](b)\n```\n", []),
        ("```` x y\n[a](b)\n```\n", ["b"]),
        ("~~~ x\n[a](b)\n```\n~~~\n", []),
        ("~~~\n[a](b)\n", ["b"]),
    ],
)
def test_a_fence_needs_a_closing_line(text: str, urls: list[str]) -> None:
    """Of the same marks; what is longer than the closing line counts as the language."""
    assert [link.url for link in parse_page(PageText("a.md", text)).links] == urls


def test_a_comment_of_liquid_ends_at_its_own_end_tag() -> None:
    """Also when a later comment has none, and an `if` before has no end."""
    text = "{% if false %}{% comment %}[a](b){% endcomment %}[c](d) {% comment %}\n"
    assert [link.url for link in parse_page(PageText("a.md", text)).links] == ["d"]
