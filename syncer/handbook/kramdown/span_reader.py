"""The inside of a paragraph, heading or cell as kramdown's GFM parser reads it (pure).

Source: kramdown's syntax page, "Span-level Elements".
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import EXTENSION_CONTENT, LIST_CONTENT, NAME, Attributes
from syncer.handbook.kramdown.html_tags import Content
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.span_links import ESCAPED, LinkScanner
from syncer.handbook.kramdown.span_scanner import (
    ALL_MARKS,
    HTML_MARKS,
    OUTLINE_MARKS,
    close_pattern,
)
from syncer.handbook.kramdown.spans import Span, SpanKind

_ENTITY = compile_ruby(r"&(?:[\w:][\w.:\-]{0,40}|#\d{1,8}|#x[0-9a-fA-F]{1,7});")
_EXTENSION = compile_ruby(rf"\{{::(\w+)(?:\s({EXTENSION_CONTENT})|)(/)?\}}")
_EXTENSION_END = compile_ruby(rf"\{{:/(?:{NAME})?\}}")
_ATTRIBUTE_LIST = compile_ruby(rf"\{{:({LIST_CONTENT})\}}")
_STRIKE = compile_ruby(r"~~(?![\s~]).*?[^\s~]~~", re.DOTALL)
_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    ">>": "»",
    " >>": "\u00a0»",
    "<< ": "«\u00a0",
    "<<": "«",
}


def read_spans(
    text: str,
    references: Mapping[str, str],
    footnotes: Collection[str] = (),
    *,
    reads_html: bool = True,
) -> list[Span]:
    """Read running text into spans, in order.

    Args:
        text: without the marks of the blocks around it.
        references: targets of `[id]: target` lines by normalised id.
        footnotes: names of the footnotes that are defined.
        reads_html: whether what stands in HTML elements is Markdown, where they do not say.
    """
    return _SpanReader(text, references, footnotes, reads_html=reads_html).read(ALL_MARKS)


def read_outline(text: str) -> list[Span]:
    """Read text into code spans, HTML elements and the text between them, and nothing else."""
    return _SpanReader(text, {}, ()).read(OUTLINE_MARKS)


class _SpanReader(LinkScanner):
    """Knows every mark; links and footnotes it has learnt already."""

    def __init__(
        self,
        text: str,
        references: Mapping[str, str],
        footnotes: Collection[str],
        *,
        reads_html: bool = True,
    ) -> None:
        super().__init__(text, references, footnotes)
        self._reads_html = reads_html

    def _read_mark(self, spans: list[Span], marks: str) -> None:
        at = self._at
        if self._is_spent:
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
        if (mark == "_" and self._follows_letter(start)) or is_blank(behind) or kind in self._open:
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
        blank_before = start == 0 or is_blank(self._text[start - 1])
        if len(mark) == 1 and blank_before and is_blank(self._text[behind : behind + 1]):
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
        elif escaped := ESCAPED.match(self._text, start, self._end):
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
        spans.append(
            Span(SpanKind.MATH, start, self._at, self._text[start + 2 : close].strip(BLANKS))
        )

    def _read_braces(self, spans: list[Span]) -> None:
        start = self._at
        if extension := _EXTENSION.match(self._text, start, self._end):
            close = compile_ruby(rf"\{{:/(?:{extension[1]})?\}}")
            stop = (
                close.search(self._text, extension.end(), self._end) if not extension[3] else None
            )
            if extension[1] in ("comment", "nomarkdown", "options") and (stop or extension[3]):
                span = Span(SpanKind.HIDDEN, start, stop.end() if stop else extension.end())
                if stop and extension[1] == "nomarkdown":
                    self._read_alone(span, extension.end(), stop.start(), HTML_MARKS)
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
        self._read_alone(span, start + 2, found.end() - 2, ALL_MARKS)
        spans.append(span)

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
        if marks is ALL_MARKS and self._read_autolink(spans):
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
            self._read_tag(spans, tag, raw_parent=marks is HTML_MARKS)
        elif marks is ALL_MARKS and self._text.startswith("<<", start):
            mark = "<< " if self._text.startswith("<< ", start) else "<<"
            spans.append(Span(SpanKind.SYMBOL, start, start + len(mark), _SYMBOLS[mark]))
            self._at += len(mark)
        else:
            self._skip(spans, 1)

    def _read_tag(self, spans: list[Span], tag: re.Match[str], *, raw_parent: bool) -> None:
        start = self._at
        name = html_tags.normalise_name(tag["name"])
        if name in html_tags.BLOCK_ELEMENTS:
            self._skip(spans, len(tag[0]))
            return
        attributes = html_tags.read_attributes(tag["attributes"])
        is_raw = raw_parent or not self._reads_html
        content = Content.RAW if is_raw else html_tags.default_content(name)
        if attributes.get("markdown") != "block":
            content = html_tags.choose_content(name, attributes, content)
        marks = HTML_MARKS if content is Content.RAW else ALL_MARKS
        span = Span(SpanKind.HTML, start, tag.end(), tag=name, tag_end=tag.end(), html=attributes)
        spans.append(span)
        self._at = tag.end()
        if tag["closed"] or name in html_tags.EMPTY_ELEMENTS:
            return
        stop = rf"</(?i:{re.escape(name)})\s*>"
        self._open.append(SpanKind.HTML)
        if self._read_until(span.children, stop, marks):
            close = close_pattern(stop).match(self._text, self._at, self._end)
            self._at = close.end() if close else self._at
        else:
            self._add(span.children, self._at, self._end)
            self._at = self._end
        self._open.pop()
