"""HTML as kramdown recognises it inside Markdown: tags, comments, attributes (pure).

Source: kramdown's syntax page, "HTML Blocks" and "HTML Spans". To kramdown a tag is text when an
attribute value without quotes holds more than word characters.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.patterns import compile_ruby

_NAME = r"(?u:[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)"
# A start tag up to its `>`. Atomic groups keep the time linear for tags that nothing closes.
_TAG_HEAD = compile_ruby(
    rf"<(?P<name>(?>{_NAME}))"
    rf"(?P<attributes>(?>(?:\s+{_NAME}(?:\s*=\s*(?:(?u:\w+)|\"[^\"]*\"|'[^']*'))?)*))\s*"
)
CLOSE_TAG = compile_ruby(rf"</(?P<name>{_NAME})\s*>")
_ATTRIBUTE = compile_ruby(
    rf"\s*(?P<name>{_NAME})(?:\s*=\s*(?P<value>(?u:\w+)|\"[^\"]*\"|'[^']*'))?"
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPAN_ELEMENTS = _names(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option"
    " q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var"
)
BLOCK_ELEMENTS = _names(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset"
    " figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li"
    " main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul"
)
EMPTY_ELEMENTS = _names(
    "area base br col command embed hr img input keygen link meta param source track wbr"
)
_BLOCK_CONTENT = _names(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption"
    " footer form header hgroup iframe li main map menu nav noscript object section summary"
    " td"
)
_SPAN_CONTENT = _names(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label"
    " legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt"
)
_RAW_CONTENT = _names("script style math option textarea pre code kbd samp var")
_KNOWN = SPAN_ELEMENTS | BLOCK_ELEMENTS | EMPTY_ELEMENTS | _BLOCK_CONTENT | _RAW_CONTENT
_SPAN_NAMES = "|".join(sorted(SPAN_ELEMENTS | {"script"}))

# A line that begins with one of these ends a paragraph, a quote or the lazy lines of a list item.
BLOCK_TAG_EDGE = rf"<(?!/?(?:{_SPAN_NAMES})\b)(?:{_NAME}|/{_NAME}\s*>)"


# CommonMark, section 4.6: elements whose first line begins an HTML block wherever it is.
_COMMONMARK_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header"
    "|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param"
    "|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_COMMONMARK_VALUE = r"(?:[^\s\"'=<>`]++|'[^'\n]*'|\"[^\"\n]*\")"
_COMMONMARK_BLOCK = compile_ruby(
    rf" {{0,3}}<(?:/?(?i:{_COMMONMARK_BLOCKS})(?=\s|/?>)"
    # Any other tag, alone on its line.
    rf"|(?:[A-Za-z][\w-]*+(?:[ \t]++[A-Za-z_:][\w.:-]*+(?:[ \t]*=[ \t]*{_COMMONMARK_VALUE})?)*+"
    r"[ \t]*/?|/[A-Za-z][\w-]*+[ \t]*)>[ \t]*\n)"
)
_COMMENT_START = compile_ruby(r" {0,3}<!--")
_COMMONMARK_RAW = compile_ruby(r" {0,3}<(?P<name>(?i:script|pre|style|textarea))(?=\s|>)")
_BLANK_LINE = compile_ruby(r"\n[ \t]*\n")


def find_block_end(text: str, at: int, search: TextSearch) -> int | None:
    """Return where the HTML block ends that begins on the line at `at`, as GitHub divides it.

    Source: CommonMark, section 4.6: most blocks end before a blank line; comments, `<pre>` and
    scripts with the line on which they are closed. None where the line begins no such block.
    """
    raw = _COMMONMARK_RAW.match(text, at)
    is_comment = _COMMENT_START.match(text, at) is not None
    if raw is None and not is_comment:
        if _COMMONMARK_BLOCK.match(text, at) is None:
            return None
        blank = search.search(_BLANK_LINE, at)
        return blank.start() + 1 if blank else len(text)
    close = search.find(f"</{raw['name'].lower()}>" if raw else "-->", at)
    return text.find("\n", close) + 1 or len(text) if close >= 0 else len(text)


class Grammar(NamedTuple):
    """What reads a tag: a start tag up to its `>`, one attribute, which of two of a name counts."""

    head: re.Pattern[str]
    attribute: re.Pattern[str]
    last_counts: bool


KRAMDOWN = Grammar(_TAG_HEAD, _ATTRIBUTE, last_counts=True)

_COMMONMARK_ATTRIBUTE = (
    rf"\s++(?P<name>[A-Za-z_:][\w.:-]*+)(?:\s*+=\s*+(?P<value>{_COMMONMARK_VALUE}))?+"
)
# HTML, section 13.2.5. With a `<` outside of quotes it is no tag to us, so the time is linear.
_BROWSER_ATTRIBUTE = (
    r"[\s/]*+(?P<name>[^\s/>=<\"']++)"
    r"(?:\s*+=\s*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s>\"'<][^\s><]*+))?+"
)


def _make_grammar(attribute: str, end: str) -> Grammar:
    unnamed = attribute.replace("?P<name>", "?:").replace("?P<value>", "?:")
    head = rf"<(?P<name>[A-Za-z][\w.:-]*+)(?=[\s/>])(?P<attributes>(?:{unnamed})*+){end}"
    return Grammar(compile_ruby(head), compile_ruby(attribute), last_counts=False)


COMMONMARK = _make_grammar(_COMMONMARK_ATTRIBUTE, r"\s*+")
"""Of GitHub's running text (CommonMark, section 6.6); the browser reads what is a tag to it."""
BROWSER = _make_grammar(_BROWSER_ATTRIBUTE, r"(?:\s|/(?!>))*+")
"""Of HTML that no Markdown reads."""


class Content(Enum):
    """How kramdown reads the content of an element."""

    RAW = "raw"
    SPAN = "span"
    BLOCK = "block"


class StartTag(NamedTuple):
    """A start tag: its name as kramdown compares it, its place, whether it ends in `/>`."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int
    closed: bool


def match_tag(
    text: str, at: int, end: int, effort: Effort, grammar: Grammar = KRAMDOWN
) -> StartTag | None:
    """Return the start tag at `at`; None where the text is no tag.

    Attribute names are in lower case, values as written.
    """
    head = grammar.head.match(text, at, end)
    if head is None:
        return None
    stop = head.end()
    effort.spend(4 + (stop - at) // 4)
    closed = text.startswith("/", stop, end)
    stop += closed
    if not text.startswith(">", stop, end):
        return None
    attributes: dict[str, str] = {}
    for found in grammar.attribute.finditer(head["attributes"]):
        name, value = found["name"].lower(), found["value"] or ""
        if grammar.last_counts or name not in attributes:
            attributes[name] = value[1:-1] if value.startswith(('"', "'")) else value
    return StartTag(normalise_name(head["name"]), attributes, at, stop + 1, closed)


def normalise_name(name: str) -> str:
    """Return an element's name as kramdown compares it: lower case where it is HTML's."""
    lower = name.lower()
    return lower if lower in _KNOWN else name


def default_content(name: str) -> Content:
    """Return how kramdown reads the content of an element that has `markdown="1"`."""
    if name in _BLOCK_CONTENT:
        return Content.BLOCK
    return Content.SPAN if name in _SPAN_CONTENT else Content.RAW


def choose_content(name: str, attributes: dict[str, str], default: Content) -> Content:
    """Return how kramdown reads the content: by the `markdown` attribute, else the default."""
    match attributes.get("markdown"):
        case "0":
            return Content.RAW
        case "1":
            return default_content(name)
        case "span":
            return Content.SPAN
        case "block":
            return Content.BLOCK
        case _:
            return default
