"""The nodes of running text: the content of a paragraph, a heading or a cell (pure)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import Attributes
from syncer.handbook.kramdown.html_tags import Content
from syncer.model.handbook import LinkSyntax

_BLANKS = re.compile(r"\s+")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class SpanKind(Enum):
    """The kinds of nodes; HIDDEN is a comment or an extension."""

    TEXT = auto()
    CODE = auto()
    SYMBOL = auto()
    MATH = auto()
    BREAK = auto()
    EMPHASIS = auto()
    STRONG = auto()
    STRIKE = auto()
    LINK = auto()
    IMAGE = auto()
    HTML = auto()
    FOOTNOTE = auto()
    HIDDEN = auto()


@dataclass(slots=True)
class Span:
    """A node of running text and its place in that text.

    Attributes:
        text: of an image its alternative text, of a footnote its name.
        url: the target as written, without outer blanks.
        tag: name of an HTML element or an extension.
        tag_end: where its start tag ends.
        html: its attributes.
        attributes: from an attribute list after the node.
    """

    kind: SpanKind
    start: int
    end: int
    text: str = ""
    url: str | None = None
    tag: str = ""
    tag_end: int = 0
    html: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)
    attributes: Attributes | None = None
    children: Sequence[Span] = ()


class FoundLink(NamedTuple):
    """A link between two offsets of the page; `bare`: written without link syntax."""

    start: int
    end: int
    url: str
    text: str
    syntax: LinkSyntax
    bare: bool = False


def normalise_reference(name: str) -> str:
    """Return a reference's id as kramdown compares it."""
    return _BLANKS.sub(" ", name).lower()


def flatten(spans: Iterable[Span]) -> str:
    """Return the visible text without marks, each run of blanks and line ends as one blank."""
    return _BLANKS.sub(" ", "".join(map(_visible_text, spans))).strip()


def _visible_text(span: Span) -> str:
    match span.kind:
        case SpanKind.TEXT | SpanKind.CODE | SpanKind.SYMBOL | SpanKind.MATH | SpanKind.IMAGE:
            return span.text
        case SpanKind.BREAK:
            return " "
        case SpanKind.FOOTNOTE | SpanKind.HIDDEN:
            return ""
        case SpanKind.HTML if span.tag == "br":
            return " "
        case SpanKind.HTML if span.tag == "img":
            return html.unescape(span.html.get("alt", ""))
        case SpanKind.HTML if html_tags.default_content(span.tag) is Content.RAW:
            return html.unescape("".join(map(_visible_text, span.children)))
        case _:
            return "".join(map(_visible_text, span.children))
