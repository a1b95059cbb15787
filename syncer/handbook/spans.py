"""The inside of a paragraph, heading or cell as kramdown's GFM parser reads it (pure).

Source: kramdown's syntax page, "Span-level Elements". kramdown tries the outer mark first and goes
back when it is never closed; so does this module, within a budget: what a page can make it read
again is bounded, and when the budget is spent, marks are text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from syncer.handbook import html_tags
from syncer.handbook.attributes import LIST_CONTENT, NAME, Attributes
from syncer.handbook.html_tags import Content


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


# How often a text may be read again (short ones more often), what finding a mark costs, and how
# deep marks may lie in each other before the rest is text: more than any page of people asks for.
_REREADS = 12
_FREE = 200_000
_STEP = 8
_MAX_DEPTH = 40

# The marks that may begin something: all of them, those in HTML that is left as it is, and those
# that hide a pipe from a table.
_SPECIAL = r"[*_`\[<&\\]|!\[|\$\$|\{:|~~|---?|\.\.\.| ?>>| {2}(?=\n)"
_HTML_MARKS = "<"
_OUTLINE_MARKS = "[<`]"
_ESCAPED = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")
_ENTITY = re.compile(r"&(?:[\w:][\w.:\-]{0,40}|#\d{1,8}|#x[0-9a-fA-F]{1,7});")
_AUTOLINK = re.compile(
    r"<(?P<address>(?P<scheme>mailto|https?|ftps?):[^\n]{1,4000}?|[\w.\-]{1,200}@[\w.\-]{1,200})>"
)
_FOOTNOTE = re.compile(rf"\[\^({NAME})\]")
_EXTENSION = re.compile(rf"\{{::(\w+)(?:\s({LIST_CONTENT}?)|)(/)?\}}")
_EXTENSION_END = re.compile(rf"\{{:/(?:{NAME})?\}}")
_ATTRIBUTE_LIST = re.compile(rf"\{{:({LIST_CONTENT})\}}")
_REFERENCE = re.compile(r"\s*?\[([^\]]+)?\]")
_POINTY = re.compile(r"\(<([^\n]*?)>")
_PAREN_STOP = re.compile(r"(\()|(\))|\s(?=['\"])")
_TITLE = re.compile(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL)
_STRIKE = re.compile(r"~~(?![\s~]).*?[^\s~]~~", re.DOTALL)
_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    ">>": "»",
    " >>": "\u00a0»",
    "<< ": "«\u00a0",
    "<<": "«",
}
_BLANKS = re.compile(r"\s+")
# Closing marks as patterns: of a link's text, and of each kind of emphasis.
_BRACKET = r"\]|!?\["
_DELIMITERS = {re.escape(mark): mark for mark in ("*", "**", "_", "__")}


def read_spans(
    text: str, references: Mapping[str, str], footnotes: Collection[str] = ()
) -> list[Span]:
    """Read running text into spans, in order.

    Args:
        text: without the marks of the blocks around it.
        references: targets of `[id]: target` lines by normalised id.
        footnotes: names of the footnotes that are defined.
    """
    return _Reader(text, references, footnotes).read(_SPECIAL)


def read_outline(text: str) -> list[Span]:
    """Read text into code spans, HTML elements and the text between them, and nothing else."""
    return _Reader(text, {}, ()).read(_OUTLINE_MARKS)


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


@lru_cache(maxsize=256)
def _union(stop: str, marks: str) -> re.Pattern[str]:
    return re.compile(f"(?:{stop})|{marks}" if stop else marks)


@lru_cache(maxsize=256)
def _pattern(stop: str) -> re.Pattern[str]:
    return re.compile(stop)


class _Reader:
    """One text; `_at` is where it stands, `_open` the marks that it stands in."""

    def __init__(
        self, text: str, references: Mapping[str, str], footnotes: Collection[str]
    ) -> None:
        self._text = text
        self._references = references
        self._footnotes = footnotes
        self._at = 0
        self._end = len(text)
        self._open: list[SpanKind] = []
        # Marks around a stretch that is read on its own.
        self._depth = 0
        self._budget = _REREADS * len(text) + _FREE
        # For each mark that closes something: from where on it was not found.
        self._never: dict[str, int] = {}

    def read(self, marks: str) -> list[Span]:
        spans: list[Span] = []
        self._read_until(spans, "", marks)
        return spans

    # What stands in the text

    def _find(self, mark: str, start: int) -> int:
        """Find a mark; what was not found once is not looked for again behind that place."""
        if start >= self._never.get(mark, self._end + 1):
            return -1
        found = self._text.find(mark, start, self._end)
        if found < 0:
            self._never[mark] = start
        else:
            self._budget -= (found - start) // 8
        return found

    def _add(self, spans: list[Span], start: int, end: int, text: str | None = None) -> None:
        """Add plain text, to the text before it where there is some."""
        if text is None:
            text = self._text[start:end]
        if not text:
            return
        if spans and spans[-1].kind is SpanKind.TEXT:
            spans[-1].text += text
            spans[-1].end = end
        else:
            spans.append(Span(SpanKind.TEXT, start, end, text))

    def _skip(self, spans: list[Span], length: int) -> None:
        self._add(spans, self._at, self._at + length)
        self._at += length

    # The loop

    def _read_until(self, spans: list[Span], stop: str, marks: str = _SPECIAL) -> bool:
        """Read up to the mark `stop` (not over it); False when the text ends before."""
        wanted = _union(stop, marks)
        stopper = _pattern(stop) if stop else None
        # Brackets that are open, less the images', whose own closing ones are read with them.
        brackets = 1
        while found := wanted.search(self._text, self._at, self._end):
            self._budget -= found.end() - self._at + _STEP
            self._add(spans, self._at, found.start())
            self._at = found.start()
            if stopper is not None and (mark := stopper.match(self._text, self._at, self._end)):
                if stop == _BRACKET:
                    brackets += -1 if mark[0] == "]" else 1
                    if brackets == 0:
                        return True
                elif self._may_close(stop, spans):
                    return True
            before = len(spans)
            self._read_mark(spans, marks)
            if len(spans) > before and spans[-1].kind is SpanKind.IMAGE:
                brackets -= 1
        if not stop:
            self._add(spans, self._at, self._end)
            self._at = self._end
        return False

    def _may_close(self, stop: str, spans: list[Span]) -> bool:
        """Say whether a mark of emphasis closes here; other marks always do."""
        delimiter = _DELIMITERS.get(stop)
        if delimiter is None:
            return True
        at = self._at
        if not spans or self._text[at - 1].isspace():
            return False
        behind = at + len(delimiter)
        doubled = self._text.startswith(delimiter * 2, at)
        if len(delimiter) == 1 and doubled and not self._text.startswith(delimiter * 3, at):
            return False
        return not (delimiter[0] == "_" and self._text[behind : behind + 1].isalnum())

    def _read_mark(self, spans: list[Span], marks: str) -> None:
        at = self._at
        if self._budget < 0 or self._depth + len(self._open) > _MAX_DEPTH:
            self._skip(spans, 1)
            return
        match self._text[at]:
            case "<":
                self._read_angle(spans, marks)
            case "*" | "_":
                self._read_emphasis(spans)
            case "`":
                self._read_code(spans)
            case "[" | "!":
                self._read_bracket(spans)
            case "&":
                self._read_entity(spans)
            case "\\":
                self._read_backslash(spans)
            case "$":
                self._read_math(spans)
            case "{":
                self._read_braces(spans)
            case "~":
                self._read_strike(spans)
            case _:
                self._read_symbol(spans)

    # One method for each mark

    def _read_emphasis(self, spans: list[Span]) -> None:
        start = self._at
        mark = self._text[start]
        double = self._text.startswith(mark, start + 1)
        length = 2 if double else 1
        kind = SpanKind.STRONG if double else SpanKind.EMPHASIS
        behind = self._text[start + length : start + length + 1]
        if (mark == "_" and self._follows_letter(start)) or behind.isspace() or kind in self._open:
            self._skip(spans, length)
            return
        inside_emphasis = bool(self._open) and self._open[-1] is SpanKind.EMPHASIS
        if self._try_emphasis(spans, start, mark * length, kind):
            return
        if double and not inside_emphasis:
            self._at = start
            if self._try_emphasis(spans, start, mark, SpanKind.EMPHASIS):
                return
        self._at = start
        self._skip(spans, length)

    def _follows_letter(self, at: int) -> bool:
        before = self._text[max(at - 2, 0) : at]
        if not before:
            return False
        if before[-1] == "-":
            return before[0].isalpha()
        return before[-1].isalpha()

    def _try_emphasis(self, spans: list[Span], start: int, mark: str, kind: SpanKind) -> bool:
        if self._find(mark, start + len(mark)) < 0:
            return False
        self._at = start + len(mark)
        span = Span(kind, start, start)
        self._open.append(kind)
        closed = self._read_until(span.children, re.escape(mark))
        self._open.pop()
        if closed:
            self._at += len(mark)
            span.end = self._at
            spans.append(span)
        return closed

    def _read_code(self, spans: list[Span]) -> None:
        start = self._at
        behind = start
        while self._text.startswith("`", behind):
            behind += 1
        mark = self._text[start:behind]
        blank_before = start == 0 or self._text[start - 1].isspace()
        if len(mark) == 1 and blank_before and self._text[behind : behind + 1].isspace():
            self._skip(spans, 1)
            return
        close = self._find(mark, behind)
        if close < 0:
            self._skip(spans, len(mark))
            return
        text = self._text[behind:close]
        if len(mark) > 1:
            text = text.removeprefix(" ").removesuffix(" ")
        self._at = close + len(mark)
        spans.append(Span(SpanKind.CODE, start, self._at, text))

    def _read_entity(self, spans: list[Span]) -> None:
        entity = _ENTITY.match(self._text, self._at, self._end)
        text = html.unescape(entity[0]) if entity else "&"
        if entity is None or text == entity[0]:
            self._skip(spans, 1)
            return
        spans.append(Span(SpanKind.SYMBOL, self._at, entity.end(), text))
        self._at = entity.end()

    def _read_backslash(self, spans: list[Span]) -> None:
        start = self._at
        if self._text.startswith("\\\\\n", start):
            spans.append(Span(SpanKind.BREAK, start, start + 2))
            self._at = start + 2
        elif self._text.startswith(("\\<<", "\\>>"), start):
            self._add(spans, start, start + 3, self._text[start + 1 : start + 3])
            self._at = start + 3
        elif escaped := _ESCAPED.match(self._text, start, self._end):
            self._add(spans, start, start + 2, escaped[1])
            self._at = start + 2
        else:
            self._skip(spans, 1)

    def _read_math(self, spans: list[Span]) -> None:
        start = self._at
        close = self._find("$$", start + 2)
        if close < 0:
            self._skip(spans, 2)
            return
        self._at = close + 2
        spans.append(Span(SpanKind.MATH, start, self._at, self._text[start + 2 : close].strip()))

    def _read_braces(self, spans: list[Span]) -> None:
        start = self._at
        if extension := _EXTENSION.match(self._text, start, self._end):
            close = re.compile(rf"\{{:/(?:{extension[1]})?\}}")
            stop = (
                close.search(self._text, extension.end(), self._end) if not extension[3] else None
            )
            if extension[1] in ("comment", "nomarkdown", "options") and (stop or extension[3]):
                span = Span(SpanKind.HIDDEN, start, stop.end() if stop else extension.end())
                if stop and extension[1] == "nomarkdown":
                    self._read_alone(span, extension.end(), stop.start(), _HTML_MARKS)
                self._at = span.end
                spans.append(span)
                return
            self._budget -= (self._end - start) // 8
        elif (
            spans
            and not _EXTENSION_END.match(self._text, start, self._end)
            and (spans[-1].kind is not SpanKind.TEXT or spans[-1].text[-1] in "\"'")
            and (found := _ATTRIBUTE_LIST.match(self._text, start, self._end))
        ):
            # A quotation mark is an element to kramdown too, one that shows no attributes.
            attributes = spans[-1].attributes or Attributes()
            attributes.read(found[1])
            spans[-1].attributes = attributes
            self._at = found.end()
            return
        self._skip(spans, 1)

    def _read_strike(self, spans: list[Span]) -> None:
        start = self._at
        found = None
        if self._find("~~", start + 2) >= 0:
            found = _STRIKE.match(self._text, start, self._end)
            self._budget -= (found.end() if found else self._end) - start
        if found is None:
            self._skip(spans, 1)
            return
        span = Span(SpanKind.STRIKE, start, found.end())
        self._read_alone(span, start + 2, found.end() - 2, _SPECIAL)
        spans.append(span)

    def _read_alone(self, span: Span, start: int, end: int, marks: str) -> None:
        """Read a stretch on its own: no mark reaches over its ends, none around it counts."""
        outer = self._end, self._open, self._never
        # What stands inside nests all the same: the depth is bounded.
        self._at, self._end, self._open, self._never = start, end, [], {}
        self._depth += len(outer[1]) + 1
        self._read_until(span.children, "", marks)
        self._depth -= len(outer[1]) + 1
        self._end, self._open, self._never = outer
        self._at = span.end

    def _read_symbol(self, spans: list[Span]) -> None:
        start = self._at
        if self._text.startswith("  \n", start):
            spans.append(Span(SpanKind.BREAK, start, start + 2))
            self._at = start + 2
            return
        for mark in ("---", "--", "...", " >>", ">>"):
            if self._text.startswith(mark, start):
                spans.append(Span(SpanKind.SYMBOL, start, start + len(mark), _SYMBOLS[mark]))
                self._at = start + len(mark)
                return
        self._skip(spans, 1)

    # Angle brackets: autolinks, comments, tags

    def _read_angle(self, spans: list[Span], marks: str) -> None:
        start = self._at
        if marks is _SPECIAL and self._read_autolink(spans):
            return
        if self._text.startswith("<!--", start):
            close = self._find("-->", start + 4)
            if close >= 0:
                self._at = close + 3
                spans.append(Span(SpanKind.HIDDEN, start, self._at))
                return
        if close_tag := html_tags.CLOSE_TAG.match(self._text, start, self._end):
            self._skip(spans, len(close_tag[0]))
        elif tag := html_tags.TAG.match(self._text, start, self._end):
            self._read_tag(spans, tag, raw_parent=marks is _HTML_MARKS)
        elif marks is _SPECIAL and self._text.startswith("<<", start):
            mark = "<< " if self._text.startswith("<< ", start) else "<<"
            spans.append(Span(SpanKind.SYMBOL, start, start + len(mark), _SYMBOLS[mark]))
            self._at += len(mark)
        else:
            self._skip(spans, 1)

    def _read_autolink(self, spans: list[Span]) -> bool:
        start = self._at
        if self._find(">", start) < 0:
            return False
        found = _AUTOLINK.match(self._text, start, self._end)
        if found is None:
            self._budget -= 20
            return False
        address = found["address"]
        url = address if found["scheme"] else f"mailto:{address}"
        text = Span(SpanKind.TEXT, start + 1, found.end() - 1, address.removeprefix("mailto:"))
        spans.append(Span(SpanKind.LINK, start, found.end(), url=url, children=[text]))
        self._at = found.end()
        return True

    def _read_tag(self, spans: list[Span], tag: re.Match[str], *, raw_parent: bool) -> None:
        start = self._at
        name = html_tags.normalise_name(tag["name"])
        if name in html_tags.BLOCK_ELEMENTS:
            self._skip(spans, len(tag[0]))
            return
        attributes = html_tags.read_attributes(tag["attributes"])
        content = Content.RAW if raw_parent else html_tags.default_content(name)
        if attributes.get("markdown") != "block":
            content = html_tags.choose_content(name, attributes, content)
        marks = _HTML_MARKS if content is Content.RAW else _SPECIAL
        span = Span(SpanKind.HTML, start, tag.end(), tag=name, tag_end=tag.end(), html=attributes)
        spans.append(span)
        self._at = tag.end()
        if tag["closed"] or name in html_tags.EMPTY_ELEMENTS:
            return
        stop = rf"</(?i:{re.escape(name)})\s*>"
        self._open.append(SpanKind.HTML)
        if self._read_until(span.children, stop, marks):
            close = _pattern(stop).match(self._text, self._at, self._end)
            self._at = close.end() if close else self._at
        else:
            self._add(span.children, self._at, self._end)
            self._at = self._end
        self._open.pop()

    # Square brackets: footnotes, links, images

    def _read_bracket(self, spans: list[Span]) -> None:
        start = self._at
        footnote = _FOOTNOTE.match(self._text, start, self._end)
        if footnote and footnote[1] not in self._footnotes:
            self._skip(spans, len(footnote[0]))
            return
        if footnote:
            self._at = footnote.end()
            spans.append(Span(SpanKind.FOOTNOTE, start, self._at, footnote[1]))
            return
        image = self._text[start] == "!"
        length = 2 if image else 1
        nested = SpanKind.LINK in self._open or SpanKind.IMAGE in self._open
        if self._text.startswith("^", start + length) or (nested and not image):
            self._skip(spans, length)
            return
        kind = SpanKind.IMAGE if image else SpanKind.LINK
        span = Span(kind, start, start)
        if self._try_link(span, start + length):
            span.end = self._at
            spans.append(span)
            return
        self._at = start
        self._skip(spans, length)

    def _try_link(self, span: Span, inside: int) -> bool:
        if self._find("]", inside) < 0:
            return False
        self._at = inside
        self._open.append(span.kind)
        closed = self._read_until(span.children, _BRACKET)
        self._open.pop()
        if not closed:
            return False
        label = self._text[inside : self._at]
        if span.kind is SpanKind.IMAGE:
            span.children = []
            span.text = html.unescape(_ESCAPED.sub(r"\1", label))
        self._at += 1
        span.url = self._read_target(label)
        return span.url is not None

    def _read_target(self, label: str) -> str | None:
        """Read what stands behind the brackets; None when it makes no link of them."""
        reference = _REFERENCE.match(self._text, self._at, self._end)
        if reference or not self._text.startswith("(", self._at):
            name = (reference[1] if reference else None) or _ESCAPED.sub(r"\1", label)
            self._at = reference.end() if reference else self._at
            return self._references.get(normalise_reference(name))
        pointy = _POINTY.match(self._text, self._at, self._end)
        if pointy:
            self._at = pointy.end()
            if self._text.startswith(")", self._at):
                self._at += 1
                return pointy[1]
            url = pointy[1]
        else:
            url, whole = self._read_parentheses()
            if whole:
                return url
        title = _TITLE.match(self._text, self._at, self._end)
        if title is None:
            self._budget -= (self._end - self._at) // 8
            return None
        self._at = title.end()
        return url

    def _read_parentheses(self) -> tuple[str, bool]:
        """Read `(target`, up to its `)` or to the blank before a title; pairs count."""
        start = self._at
        depth = 0
        while stop := _PAREN_STOP.search(self._text, self._at, self._end):
            self._at = stop.end()
            if stop[1]:
                depth += 1
            elif stop[2]:
                depth -= 1
                if depth == 0:
                    break
            else:
                break
        self._budget -= self._at - start
        return self._text[start + 1 : max(self._at - 1, start + 1)].strip(), depth == 0
