"""The place of a link's target, and how an address is written there."""

from __future__ import annotations

import pytest

from syncer.fix.link_targets import LinkTarget, Notation, find_target, write_inline, write_target
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
        'a <a HREF = "%">x</a>\n',
        '<video poster="%"></video>\n',
        '<object data="%"></object>\n',
        "[x](  %  )\n",
        "![x](%)\n",
        "![x][r]\n\n[r]: %\n",
        "![r]\n\n[r]: %\n",
        'a <a href="\n  %\n">x</a>\n',
        'a <a data-href="gl.md" href="%">x</a>\n',
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
        ("[x][r]\n\n[r]: <gl.md>\n", "dir=/Åben%20mappe&path=/a%7Cb(c"),
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


@pytest.mark.parametrize(
    ("character", "written"),
    [
        (" ", "%20"),
        ('"', "%22"),
        ("'", "%27"),
        ("<", "%3C"),
        (">", "%3E"),
        ("\\", "%5C"),
        ("`", "%60"),
        ("{", "%7B"),
        ("|", "%7C"),
        ("}", "%7D"),
        ("\x1b", "%1B"),
        ("\x00", "%00"),
        ("\n", "%0A"),
        ("\u202e", "%E2%80%AE"),
        ("\u200b", "%E2%80%8B"),
        ("\u00a0", "%C2%A0"),
        ("\ud800", "%3F"),
        ("(", "%28"),
        (")", "%29"),
        ("()", "()"),
        ("å", "å"),
        ("&", "&"),
        ("&amp;", "&amp;amp;"),
    ],
)
def test_what_a_server_puts_into_an_address_stays_in_it(character: str, written: str) -> None:
    """Marks of Markdown, HTML and Liquid, and what nobody sees, are percent-encoded."""
    assert write_inline(f"https://a.example/{character}b") == f"https://a.example/{written}b"


def test_parentheses_stay_where_they_end_nothing() -> None:
    """In angle brackets and attributes a lone one is a letter."""
    for notation in (Notation.POINTED, Notation.ATTRIBUTE):
        assert write_target("gl", LinkTarget(0, 2, notation), "a(b") == "a(b"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[x](<gl.md)", "gl.md"),
        ("[x] gl.md)", "gl.md"),
        ("x](gl.md)", "gl.md"),
        ("[x](gl.md", "gl.md"),
        ("[x]gl.md)", "gl.md"),
        ("[x](gl.md)", "GL.md"),
        ("[x][r]\n\n[s]: gl.md\n", "gl.md"),
        ("<a title='gl.md'>", "gl.md"),
        ("<a title='x'>\n<a href='gl.md'>", "gl.md"),
    ],
)
def test_text_that_is_no_such_link_has_no_target(text: str, url: str) -> None:
    """Half a link, another address, another definition, another attribute."""
    assert find_target(text, 0, len(text.partition("\n")[0]), url) is None


@pytest.mark.parametrize(
    ("text", "place"), [("gl.md", (0, 5)), ("'gl.md'", (1, 6)), ('"gl.md"', (1, 6))]
)
def test_a_target_in_yaml(text: str, place: tuple[int, int]) -> None:
    """With its quotes or without; one quote alone is part of it."""
    found = find_target(text, 0, len(text), "gl.md")
    assert found == LinkTarget(*place, Notation.PLAIN)
    assert find_target("'gl.md", 0, 6, "gl.md") is None
    assert find_target("'gl.md", 0, 6, "'gl.md") == LinkTarget(0, 6, Notation.PLAIN)
    assert find_target(f"a: {text}", 3, 3 + len(text), "gl.md") == LinkTarget(
        place[0] + 3, place[1] + 3, Notation.PLAIN
    )
    assert find_target("abba", 0, 4, "abba") == LinkTarget(0, 4, Notation.PLAIN)
    assert find_target("'", 0, 1, "'") == LinkTarget(0, 1, Notation.PLAIN)


@pytest.mark.parametrize(
    ("text", "url", "place"),
    [
        ("<a href=gl.md class=k>", "gl.md", (8, 13)),
        ("[x](a](b))", "a](b)", (4, 9)),
        ("[x](a](b)c)", "a](b)c", (4, 10)),
        ("[x]()", "", (4, 4)),
        ("[x](<gl md>)", "gl  md", (5, 10)),
    ],
)
def test_a_target_with_marks_in_it(text: str, url: str, place: tuple[int, int]) -> None:
    """Parentheses of its own, none at all, blanks, and an attribute without quotes."""
    found = find_target(text, 0, len(text), url)
    assert found is not None
    assert (found.start, found.end) == place


def test_a_target_over_two_lines_is_left() -> None:
    """A browser drops the line end; without it the page would have a line less."""
    text = '<a href="gl\n.md">x</a>\n'
    assert find_target(text, 0, len(text) - 1, "gl .md") is None


def test_an_address_of_an_attribute_list_is_not_corrected() -> None:
    """What stands in the parentheses is another address: no edit is better than a wrong one."""
    page = PageText("side.md", '[x](gl.md){:href="ny.md"}\n')
    link = parse_page(page).links[0]
    assert link.url == "ny.md"
    assert find_target(page.text, 0, link.span.end_column - 1, link.url) is None
