"""Where one block ends and the next begins; each page was shown to kramdown 2.4 itself."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("a\n: b\n\n{: #x}\nc\n: d\n", []),
        ("a\n: b\n\n\n{: #x}\nc\n\n: d\n", []),
        ("a\n: b\n\n# H\n\n{: #x}\nc\n: d\n", ["4 h", "#h", "#x"]),
        ("{: #x}\na\n: b\n", ["#x"]),
        ("a\n\nb [x](y)\n\n: d [z](w)\n", ["3:3 y", "5:5 w"]),
        ("a\n\n\n: [z](w)\n", ["4:3 w"]),
        ("x\n\na [k](j)\n: b\n\nc [l](m)\n: d [z](w)\n", ["3:3 j", "6:3 m", "7:5 w"]),
        ("# H\n\na\n: b [z](w)\n: c [l](m)\n", ["4:5 w", "5:5 m", "1 h", "#h"]),
        ("> a\n: [z](w)\n", ["2:3 w"]),
        (
            "<div>\n"
            + "<p>a</p>\n" * 40
            + "<div markdown='1'>\n# H [x](y)\n</div></div>\n\n[z](w)\n",
            ["43:5 y", "46:1 w", "43 h x", "#h-x"],
        ),
        ("<div markdown='1'> # A\n# H\n</div>\n", ["2 h", "#h"]),
        ("<p markdown='span'>[x](y)</p> [z](w)\n", ["1:20 y", "1:31 w"]),
        ("<p markdown='span'>a [x](y)\n\n[z](w)\n", ["1:22 y", "3:1 w"]),
        ("<div>a</p>b</div>\n# H\n", ["2 h", "#h"]),
        ("<!-- a -->[x](y)\n", ["1:11 y"]),
        ("<!-- a --> [x](y)\n", ["1:12 y"]),
        ("<!-- a --># H\n", ["1 h", "#h"]),
        ("<!-- a -->\n# H\n", ["2 h", "#h"]),
        ("<!-- a\nb --> # H\n\n[x](y)\n", ["4:1 y"]),
        ("<!---->[x](y)\n", ["1:8 y"]),
        ("<!-->[x](y)\n", ["1:6 y"]),
    ],
)
def test_where_a_block_ends(text: str, facts: list[str]) -> None:
    """Lists of definitions go on over blank lines, and lose the attributes of what joins them."""
    page = parse_page(PageText("a.md", text))
    found = [f"{link.span.line}:{link.span.column} {link.url}" for link in page.links]
    found += [f"{heading.line} {heading.text.lower()}" for heading in page.headings]
    found += [f"#{anchor}" for anchor in sorted(page.anchors)]
    assert found == facts


@pytest.mark.parametrize("deep", [1, 30, 31, 40])
def test_what_is_in_thirty_containers_is_one_paragraph(deep: int) -> None:
    """Its links count and are where they are written; a heading in it is text."""
    page = parse_page(PageText("a.md", f"x\n\n{'>' * deep} # H [x](y)\n"))
    assert [heading.text for heading in page.headings] == (["H x"] if deep <= 30 else [])
    assert [(link.span.line, link.span.column) for link in page.links] == [(3, deep + 6)]
