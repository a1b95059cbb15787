"""The place of a link's target, and how an address is written there."""

from __future__ import annotations

import pytest

from syncer.fix.link_targets import find_target, write_target
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.kramdown.positions import LineMap
from syncer.model.handbook import PageText

NEW = "https://boks.example.org/s/AbC?dir=/Åben mappe&path=/a|b(c"


def _replace(text: str, new: str = NEW) -> str:
    """Return a page with the target of its last link replaced."""
    page = PageText("side.md", text)
    link = parse_page(page).links[-1]
    lines = LineMap("side.md", text)
    start = lines.offset_of(link.span.line, link.span.column)
    end = lines.offset_of(link.span.end_line, link.span.end_column)
    target = find_target(text, start, end, link.url)
    assert target is not None, text
    return text[: target.start] + write_target(text, target, new) + text[target.end :]


@pytest.mark.parametrize(
    "page",
    [
        "Se [x](%).\n",
        '[x]( %  "Titel (1)" )\n',
        "[x](<%>)\n",
        "[x](<%> 'T')\n",
        "<https://%>\n",
        "[*x* y][Ref  A] z\n\n[ref a]: % 'T'\n",
        "[ref] z\n\n  [ref]: <%>\n",
        "[ref][] z\n\n[ref]: a.md\n[ref]: %\n",
        "> [x][r]\n>\n> [r]: %\n",
        "a <a class='k' href='%' id=\"q\">x</a>\n",
        '<img alt="a>b" src="%">\n',
        "[x](a_(1).md)[y](%)\n",
        "[x](%)[y](gl.md)[y](%)\n",
        "| a | [x](gl.md)  |\n|---|---|\n| a | [x](%)  |\n",
    ],
)
def test_only_the_target_changes(page: str) -> None:
    """Quotes, brackets, titles, definitions, attributes and padding stay as written."""
    head, _, last = page.rpartition("%")
    before = f"{head}gl.md{last}".replace("%", "gl.md")
    edited = _replace(before, "ny/side.html")
    shown = edited.replace("https://", "")
    assert shown == f"{head}ny/side.html{last}".replace("%", "gl.md").replace("https://", "")


def test_a_link_around_an_image() -> None:
    """The link's own target is the last one, the image's the first."""
    text = "[![alt](b.png)](gl.md)\n"
    lines, page = LineMap("s.md", text), parse_page(PageText("s.md", text))
    found = {}
    assert page.links
    for link in page.links:
        start = lines.offset_of(link.span.line, link.span.column)
        end = lines.offset_of(link.span.end_line, link.span.end_column)
        target = find_target(text, start, end, link.url)
        assert target is not None
        found[link.url] = text[target.start : target.end]
    assert found == {"b.png": "b.png", "gl.md": "gl.md"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[x](gl.md)\n", "dir=/Åben%20mappe&path=/a%7Cb%28c"),
        ("[x](gl.md?a&amp;b)\n", "dir=/Åben%20mappe&amp;path=/a%7Cb%28c"),
        ("[x](<gl.md>)\n", "dir=/Åben%20mappe&path=/a%7Cb(c"),
        ('a <a href="gl.md">x</a>\n', "dir=/Åben%20mappe&amp;path=/a%7Cb(c"),
        ('a <a href="gl.md?a&b">x</a>\n', "dir=/Åben%20mappe&path=/a%7Cb(c"),
    ],
)
def test_an_address_is_written_as_its_place_needs_it(text: str, written: str) -> None:
    """Blanks, bars and lone parentheses are escaped, ampersands as the surroundings have them."""
    edited = _replace(text)
    assert written in edited
    (link,) = parse_page(PageText("side.md", edited)).links
    assert link.url.replace("%20", " ").replace("%7C", "|").replace("%28", "(") == NEW


def test_what_would_read_as_an_entity_is_escaped() -> None:
    """`&copy;` in an address stays those letters."""
    edited = _replace("[x](gl.md)\n", "a.html?b=1&copy;2")
    assert "a.html?b=1&amp;copy;2" in edited
    (link,) = parse_page(PageText("side.md", edited)).links
    assert link.url == "a.html?b=1&copy;2"


def test_an_address_that_liquid_makes_is_not_found() -> None:
    """Where the page does not have the address, no place is claimed."""
    assert find_target("[x](gl.md)", 0, 10, "en anden adresse") is None
    assert find_target("ingen link", 0, 5, "gl.md") is None
