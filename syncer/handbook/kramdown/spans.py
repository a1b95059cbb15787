"""Running text, read: what a paragraph, a heading or a cell is made of (pure)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import Attributes
from syncer.handbook.kramdown.html_tags import Content

_BLANKS = re.compile(r"\s+")


class SpanKind(Enum):
    """What a piece of running text is."""

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
    """A node of running text, with its place in the text that was read.

    `text` is what is read (of an image its alternative text, of a footnote its name); `url` is the
    target as written, without the blanks around it; `tag_end` is where an HTML start tag ends.
    """

    kind: SpanKind
    start: int
    end: int
    text: str = ""
    url: str | None = None
    tag: str = ""
    tag_end: int = 0
    html: Mapping[str, str] = field(default_factory=dict)
    attributes: Attributes | None = None
    children: list[Span] = field(default_factory=list)


def normalise_reference(name: str) -> str:
    """Return a reference's id as kramdown compares it."""
    return _BLANKS.sub(" ", name).lower()


def flatten(spans: list[Span]) -> str:
    """Return the text as people read it: no marks, one blank where blanks or lines end."""
    return _BLANKS.sub(" ", "".join(map(_read_aloud, spans))).strip()


def _read_aloud(span: Span) -> str:
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
            return html.unescape("".join(map(_read_aloud, span.children)))
        case _:
            return "".join(map(_read_aloud, span.children))
