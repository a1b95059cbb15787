"""Where a link's target is written in its page, and how an address is written there (pure).

Source: kramdown's syntax page, "Links and Images"; HTML, section 13.1.2.3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from urllib.parse import quote

from syncer.handbook.kramdown.content import decode_target
from syncer.handbook.kramdown.spans import normalise_reference
from syncer.redact import make_visible

_TAG = re.compile(r"<[A-Za-z][\w-]*[\s/>]")
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?:href|src|poster|data)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_TITLE_START = re.compile(r"""\s["']""")
# Longer than any link that people write; what finds a target reads a link several times.
_LONGEST = 10_000
_REFERENCE = re.compile(r"\[([^\[\]]*)\]\Z")
_DEFINITION = re.compile(r"^[ >\t]*\[([^\n\]]+)\]:[ \t]*(?:<([^>\n]*)>|([^\n]*))", re.MULTILINE)
# What ends a target, or has a meaning of its own, in one of the places where a target is written.
_UNSAFE = {
    " ": "%20", '"': "%22", "'": "%27", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60",
    "{": "%7B", "|": "%7C", "}": "%7D",
}  # fmt: skip


class Notation(Enum):
    """How the place of a target is written."""

    PLAIN = auto()
    """In parentheses, in a definition, or in YAML."""
    POINTED = auto()
    """In angle brackets."""
    ATTRIBUTE = auto()
    """In an HTML attribute."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The place of a target: offsets in the page's text, without quotes and brackets."""

    start: int
    end: int
    notation: Notation


def find_target(text: str, start: int, end: int, url: str) -> LinkTarget | None:
    """Return where the target of a link is written.

    Args:
        text: of the page.
        start: of the whole link, or of a target in `_config.yml`.
        end: of the same.
        url: the target as the program reads it.

    Returns:
        The place; None where it is not found, as with Liquid that makes an address, or where it is
        over several lines: a correction leaves the lines of a page as they are.
    """
    end = min(end, start + _LONGEST)
    if _TAG.match(text, start, end):
        found = _find_in_tag(text, start, end, url)
    else:
        found = _find_in_link(text, start, end) or _find_definition(text, start, end)
    if found is None:
        found = _find_in_yaml(text, start, end)
    found = _strip(text, found)
    is_one_line = "\n" not in text[found.start : found.end]
    return found if is_one_line and _reads_as(text, found, url) else None


def write_target(text: str, target: LinkTarget, url: str) -> str:
    """Return an address as the place of a target needs it.

    Blanks, marks and characters that nobody sees are percent-encoded: a server chooses where it
    redirects, and would otherwise put an ESC or a change of direction into the page. `&` is
    written `&amp;` where the old target has that, in attributes without a bare `&`, and where it
    would be read as an entity.
    """
    old = text[target.start : target.end]
    written = "".join(map(_encode, url))
    if target.notation is Notation.PLAIN and written.count("(") != written.count(")"):
        written = written.replace("(", "%28").replace(")", "%29")
    had_bare = "&" in old.replace("&amp;", "")
    if (
        "&amp;" in old
        or decode_target(written) != written
        or (target.notation is Notation.ATTRIBUTE and not had_bare)
    ):
        written = written.replace("&", "&amp;")
    return written


def _encode(character: str) -> str:
    # To Python some letters that nobody sees are printable.
    if character.isprintable() and make_visible(character) == character:
        return _UNSAFE.get(character, character)
    return quote(character, errors="replace")


def write_inline(url: str) -> str:
    """Return an address for the parentheses of a new Markdown link."""
    return write_target("", LinkTarget(0, 0, Notation.PLAIN), url)


def _find_in_tag(text: str, start: int, end: int, url: str) -> LinkTarget | None:
    """Return the attribute of an element that has the address."""
    for found in _ATTRIBUTE.finditer(text, start, end):
        target = LinkTarget(*found.span(found.lastgroup or "bare"), Notation.ATTRIBUTE)
        if _reads_as(text, target, url):
            return target
    return None


def _find_in_link(text: str, start: int, end: int) -> LinkTarget | None:
    """Return the target inside of a Markdown link."""
    if text.startswith("<", start) and text.startswith(">", end - 1):
        return LinkTarget(start + 1, end - 1, Notation.POINTED)
    if not text.startswith(("[", "!["), start) or not text.startswith(")", end - 1):
        return None
    # The last one: a link around an image has the image's target inside.
    begin = text.rfind("](", start, end) + 2
    while begin > 1 and text[begin : end - 1].count("(") < text[begin : end - 1].count(")"):
        begin = text.rfind("](", start, begin - 2) + 2
    if begin < 2:
        return None
    if text.startswith("<", begin):
        close = text.find(">", begin, end)
        return None if close < 0 else LinkTarget(begin + 1, close, Notation.POINTED)
    lead = len(text[begin : end - 1]) - len(text[begin : end - 1].lstrip())
    inside = _cut_title(text[begin + lead : end - 1])
    return LinkTarget(begin + lead, begin + lead + len(inside), Notation.PLAIN)


def _cut_title(target: str) -> str:
    """Return a target without the title after it, and without blanks."""
    title = _TITLE_START.search(target)
    if title is not None and target.rstrip().endswith(title[0][1]):
        target = target[: title.start()]
    return target.rstrip()


def _find_definition(text: str, start: int, end: int) -> LinkTarget | None:
    """Return the target of the definition that a reference link names."""
    named = _REFERENCE.search(text, start, end)
    if named is None:
        return None
    # `[text][]` and `[text]` are named by their text.
    label = named[1] or text[start:end].removeprefix("!")[1 : -len(named[0]) - 1]
    found = _list_definitions(text).get(normalise_reference(label))
    if found is None:
        return None
    if found[2] is not None:
        return LinkTarget(*found.span(2), Notation.POINTED)
    target = _cut_title(found[3])
    return LinkTarget(found.start(3), found.start(3) + len(target), Notation.PLAIN)


# Pages are corrected one after the other.
@lru_cache(maxsize=2)
def _list_definitions(text: str) -> Mapping[str, re.Match[str]]:
    """Return the definitions of a page by name; of two the later one counts."""
    return {normalise_reference(found[1]): found for found in _DEFINITION.finditer(text)}


def _find_in_yaml(text: str, start: int, end: int) -> LinkTarget:
    quoted = end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]
    return LinkTarget(start + quoted, end - quoted, Notation.PLAIN)


def _strip(text: str, target: LinkTarget) -> LinkTarget:
    """Return a target without the blanks and line ends that an attribute may have around it."""
    written = text[target.start : target.end]
    start = target.start + len(written) - len(written.lstrip())
    return replace(target, start=start, end=max(start, target.start + len(written.rstrip())))


def _reads_as(text: str, target: LinkTarget, url: str) -> bool:
    written = text[target.start : target.end]
    return " ".join(decode_target(written).split()) == " ".join(url.split())
