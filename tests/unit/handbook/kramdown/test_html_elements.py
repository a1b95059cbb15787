"""The elements of HTML as kramdown and GitHub tell them apart, in alphabetical order."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.html_tags import (
    BROWSER,
    COMMONMARK,
    KRAMDOWN,
    Content,
    Grammar,
    choose_content,
    default_content,
    find_block_end,
    match_tag,
    normalise_name,
)

SPAN = (
    "a abbr acronym b bdo big br button cite code del dfn em i img input ins kbd label"
    " mark option q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var"
)
BLOCK = (
    "address applet article aside blockquote body caption col colgroup dd div dl dt"
    " fieldset figcaption footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe"
    " legend li main map menu nav ol optgroup p pre section summary table tbody td tfoot th"
    " thead tr ul"
)
EMPTY = "area base br col command embed hr img input keygen link meta param source track wbr"
BLOCK_CONTENT = (
    "address applet article aside blockquote body dd details div dl fieldset figcaption"
    " figure footer form header hgroup iframe li main map menu nav noscript object section"
    " summary td"
)
SPAN_CONTENT = (
    "a abbr acronym b bdo big button caption cite del dfn dt em h1 h2 h3 h4 h5 h6 i ins"
    " label legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th"
    " tt"
)
RAW_CONTENT = "code kbd math option pre samp script style textarea var"
GITHUB_BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd"
    " details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1"
    " h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav"
    " noframes ol optgroup option p param search section source summary table tbody td"
    " tfoot th thead title tr track ul"
)


def test_the_lists_of_elements() -> None:
    """Those of kramdown 2.4, and of CommonMark 0.31, section 4.6."""
    assert frozenset(SPAN.split()) == html_tags.SPAN_ELEMENTS
    assert frozenset(BLOCK.split()) == html_tags.BLOCK_ELEMENTS
    assert frozenset(EMPTY.split()) == html_tags.EMPTY_ELEMENTS


def test_how_the_content_of_each_element_is_read() -> None:
    """With `markdown="1"`; the names of all others are as they are written."""
    names = {name for all_ in (SPAN, BLOCK, EMPTY, BLOCK_CONTENT, SPAN_CONTENT, RAW_CONTENT)
             for name in all_.split()}  # fmt: skip
    expected = dict.fromkeys(names, Content.RAW)
    expected |= dict.fromkeys(SPAN_CONTENT.split(), Content.SPAN)
    expected |= dict.fromkeys(BLOCK_CONTENT.split(), Content.BLOCK)
    assert {name: default_content(name) for name in names} == expected
    assert {normalise_name(name.upper()) for name in names} == names
    assert (normalise_name("Egen"), default_content("egen")) == ("Egen", Content.RAW)
    for name in ("div", "p", "pre"):
        for written, content in (
            ("0", Content.RAW), ("1", default_content(name)), ("span", Content.SPAN),
            ("block", Content.BLOCK), ("2", Content.SPAN), (None, Content.SPAN),
        ):  # fmt: skip
            attributes = {} if written is None else {"markdown": written}
            assert choose_content(name, attributes, Content.SPAN) is content


def end_of(text: str) -> int | None:
    """Return where a block of GitHub's ends that begins with the text."""
    return find_block_end(text, 0, TextSearch(text, len(text), Effort(len(text))))


@pytest.mark.parametrize("name", GITHUB_BLOCKS.split())
def test_every_element_that_begins_a_block(name: str) -> None:
    """Its start or its end, with anything behind it; to the next blank line."""
    for start in (f"<{name}>x", f"</{name}>x", f"   <{name.upper()} a", f"<{name}", f"<{name}/>x"):
        assert end_of(f"{start}\ny\n \nz\n") == len(start) + 3
    for start in (f"    <{name}>", f"<{name}y>x", f"x<{name}>", f"< {name}>"):
        assert end_of(f"{start}\ny\n\nz\n") is None


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("<egen>\ny\n\nz\n", "<egen>\ny\n"),
        ("  <egen a b='c' d=e  f = \"g\" />  \ny\n\nz\n", None),
        ("</egen >\n\nz\n", "</egen >\n"),
        ("<egen>y\n\nz\n", ""),
        ("<egen a=>\n\nz\n", ""),
        ("<egen", ""),
        ("<div>\ny\n", "<div>\ny\n"),
        ("<div>\ny", "<div>\ny"),
        ("<!-- a\n\nb --> c\nd\n", "<!-- a\n\nb --> c\n"),
        ("   <!-- a\n\nb", "   <!-- a\n\nb"),
        ("<!-- a -->", "<!-- a -->"),
        ("    <!-- a -->\nb", ""),
        *(
            (f"<{name} x>\n\na</{name}>b\nc\n", f"<{name} x>\n\na</{name}>b\n")
            for name in ("script", "pre", "style", "textarea")
        ),
        ("<PRE>\n\na</pre>\nb\n", "<PRE>\n\na</pre>\n"),
        ("<pre>\n\na\n", "<pre>\n\na\n"),
        ("<prex>y\n\na\n", ""),
    ],
)
def test_where_a_block_of_githubs_ends(text: str, block: str | None) -> None:
    """Before a blank line, on the line that closes it, at the end; "" is no block."""
    block = text.partition("\n\n")[0] + "\n" if block is None else block
    assert end_of(text) == (len(block) or None)


ATTRIBUTES = "a=b c='d\"' E=\"f'\" g h = i c=j k:l=m n-o.p=q"


@pytest.mark.parametrize(
    ("text", "grammar", "name", "attributes"),
    [
        (
            f"<p {ATTRIBUTES}>", KRAMDOWN, "p",
            {"a": "b", "c": "j", "e": "f'", "g": "", "h": "i", "k:l": "m", "n-o.p": "q"},
        ),
        (
            f"<p {ATTRIBUTES}>", COMMONMARK, "p",
            {"a": "b", "c": 'd"', "e": "f'", "g": "", "h": "i", "k:l": "m", "n-o.p": "q"},
        ),
        (
            f"<p {ATTRIBUTES}>", BROWSER, "p",
            {"a": "b", "c": 'd"', "e": "f'", "g": "", "h": "i", "k:l": "m", "n-o.p": "q"},
        ),
        ("<P/>", KRAMDOWN, "p", {}),
        ("<Egen />", KRAMDOWN, "Egen", {}),
        ("<a:b>", KRAMDOWN, "a:b", {}),
        ("<p a=b.c>", KRAMDOWN, None, {}),
        ("<p a=b.c>", COMMONMARK, "p", {"a": "b.c"}),
        ("<p a=b.c/>", BROWSER, "p", {"a": "b.c/"}),
        ("<p/a=b>", BROWSER, "p", {"a": "b"}),
        ("<p/a=b>", COMMONMARK, None, {}),
        ("<p a='b'c>", BROWSER, "p", {"a": "b", "c": ""}),
        ("<p a='b'c>", COMMONMARK, None, {}),
        ("<p a=<>", BROWSER, None, {}),
        ("<p a", KRAMDOWN, None, {}),
        ("<1>", KRAMDOWN, None, {}),
        ("p>", KRAMDOWN, None, {}),
    ],
)  # fmt: skip
def test_what_is_a_tag_to_whom(
    text: str, grammar: Grammar, name: str | None, attributes: dict[str, str]
) -> None:
    """With its name and attributes: of two of a name the last one counts to kramdown alone."""
    found = match_tag(f"x{text}y", 1, len(text) + 1, Effort(100), grammar)
    if name is None:
        assert found is None
    else:
        assert found is not None
        assert (found.name, found.attributes) == (name, attributes)
        assert (found.start, found.end) == (1, len(text) + 1)
        assert found.closed is (text.endswith("/>") and not attributes)
    assert match_tag(f"x{text}", 1, len(text), Effort(100), grammar) is None
