"""Pages as GitHub shows them: its ids, and what is Markdown there and not to kramdown."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText, ParsedPage

GITHUB = KramdownOptions(github=True)


def read(text: str) -> ParsedPage:
    """Parse a page as GitHub does."""
    return parse_page(PageText("a.md", text), GITHUB)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("# Kort {#egen}\n", {"kort-egen"}),
        ("# Kort\n{: #egen}\n", {"kort"}),
        ("# A -- b...\n", {"a----b"}),
        ("# :rocket: Af sted\n", {"-af-sted"}),
        ("# Æble & pære_3\n\n## Æble & pære_3\n", {"æble--pære_3", "æble--pære_3-1"}),
        ("#\ttab\n  ## Indrykket\n", {"tab", "indrykket"}),
        ("Over to\nlinjer\n---\n", {"over-to\nlinjer".replace("\n", "")}),
        ("- a\n-\n-\n", set()),
        ("<h2 align='center'>Midt <b>på</b></h2>\n", {"midt-på"}),
        ("# {{ site.title }}\n", {"-sitetitle-"}),
        ("* a\nb\n```\nc\n```\n\n# Efter\n", {"efter"}),
        ("a\n\n    kode\n# Efter\n", {"efter"}),
    ],
)
def test_ids_are_githubs(text: str, ids: set[str]) -> None:
    """Attribute lists and Liquid are text; emoji and punctuation fall away; HTML headings count."""
    assert read(text).anchors == ids


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("<div>\n\n[a](b.md)\n\n</div>\n", ["b.md"]),
        ("<div>\n[a](b.md)\n</div>\n", []),
        ("<details><summary>x</summary>\n\n- [a](b.md)\n</details>\n", ["b.md"]),
        ("<pre>\n\n[a](b.md)\n\n</pre>\n[c](d.md)\n", ["d.md"]),
        ("<img src='i.png'>\n[a](b.md)\n", ["i.png"]),
        ("<a name='x'></a>\n[a](b.md)\n", ["b.md"]),
        ("Tekst\n<!--\n\n[a](b.md)\n-->\n", []),
        ("[a](b c.md)\n", []),
        ("[a](<b c.md>)\n", ["b c.md"]),
        ("``` yaml title='x'\n[a](b.md)\n```\n", []),
        ("```\n[a](b.md)\n", []),
        ("[a]\n\n[a]:\n  b.md\n[a]: c.md\n", ["b.md"]),
        ("[a]: ingen adresse her\n", []),
        ("[a] [b]\n\n[a]: a.md\n[b]: b.md\n", ["a.md", "b.md"]),
        ("[a][b]\n\n[a]: a.md\n", ["a.md"]),
        ("{% if x %}[a](b.md){% endif %}\n", ["b.md"]),
        ("* a\n# E\n    [x](y)\n", []),
        ("* a\n> q\n\n    [x](y)\n", []),
        ("* a\n```\n\n[x](y)\n```\n", []),
        ("* a\nb\n    [x](y)\n", ["y"]),
    ],
)
def test_links_are_githubs(text: str, links: list[str]) -> None:
    """HTML blocks end at a blank line, fences at the end of the page, targets at a blank."""
    assert [link.url for link in read(text).links] == links


ADMONITIONS = """\
!!! note "Bemærk"
    [a](a.md)

    ??? tip
        [b](b.md)

        - c [c](c.md)

    [d](d.md)

[e](e.md)

    [kode](nej.md)

=== "Fane"

    [f](f.md)
"""


def test_the_text_of_an_admonition_is_text() -> None:
    """As other generators read it; each link has its own place. To GitHub it is code."""
    page = PageText("a.md", ADMONITIONS)
    links = parse_page(page, KramdownOptions(github=True, admonitions=True)).links
    assert [link.url[0] for link in links] == list("abcdef")
    lines = ADMONITIONS.split("\n")
    assert links
    for link in links:
        line = lines[link.span.line - 1]
        assert line[link.span.column - 1 :].startswith(f"[{link.url[0]}]")
    assert [link.url for link in read(ADMONITIONS).links] == ["a.md", "e.md"]


def test_a_table_needs_no_blank_line() -> None:
    """To kramdown they are text: it shows the same lines as text."""
    text = "Ressourcer:\n| a | b |\n|---|---|\n| [c](d.md) | e |\n"
    assert [table.rendered for table in read(text).tables] == [True]
    assert [table.rendered for table in parse_page(PageText("a.md", text)).tables] == [False]


@pytest.mark.parametrize(
    ("text", "github", "kramdown"),
    [
        ("<a href=d.md>x</a>", ["d.md"], []),
        ("<p><a href=d.md>x</a></p>", ["d.md"], []),
        ("z <a href=d.md>x</a>", ["d.md"], []),
        ("z <a href='a' href=b>x</a>", ["a"], ["b"]),
        ("<p><a href='a' href=b>x</a></p>", ["a"], ["b"]),
        ('<p><a/href="d.md">x</a></p>', ["d.md"], []),
        ('z <a/href="d.md">x</a>', [], []),
        ('<p><img alt="a"src=d.png/></p>', ["d.png/"], []),
        ("<p><img src=d.png /></p>", ["d.png"], []),
        ("<p><img src='d.png'/></p>", ["d.png"], ["d.png"]),
        ("{::nomarkdown}<a href=d.md>x</a>{:/}", ["d.md"], ["d.md"]),
        ("{::nomarkdown}<a/href='d.md'>x</a>{:/}", [], ["d.md"]),
        ("{::nomarkdown}\n<p><a href='a' href=b>x</a></p>\n{:/}", ["a"], ["a"]),
        ("z {::nomarkdown}<a href='a' href=b>x</a>{:/}", ["a"], ["a"]),
        ("a <b c <a href='d'>x</a>", ["d"], ["d"]),
        ("<p>a <b c <a href=d>x</a></p>", ["d"], ["d"]),
    ],
)
def test_html_is_read_by_what_reads_it(text: str, github: list[str], kramdown: list[str]) -> None:
    """A browser knows values without quotes, and of two attributes of a name the first counts."""
    for options, urls in ((KramdownOptions(github=True), github), (KramdownOptions(), kramdown)):
        page = parse_page(PageText("a.md", f"{text}\n"), options)
        assert [link.url for link in page.links] == urls
