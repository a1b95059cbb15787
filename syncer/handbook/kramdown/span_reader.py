"""Reads the content of a paragraph, heading or cell as kramdown's GFM parser does (pure).

Source: kramdown's syntax page, "Span-level Elements".
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import (
    EXTENSION,
    LIST_CONTENT,
    NAME,
    Attributes,
    closes_soon,
)
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.html_tags import Content, StartTag
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby, is_blank
from syncer.handbook.kramdown.span_links import ESCAPED, LinkScanner
from syncer.handbook.kramdown.span_scanner import (
    ALL_MARKS,
    DIRECTLY_IN_EMPHASIS,
    HTML_MARKS,
    IN_EMPHASIS,
    IN_STRONG,
    MAX_DEPTH,
    OUTLINE_MARKS,
    SpanSource,
)
from syncer.handbook.kramdown.spans import Span, SpanKind

_ENTITY = compile_ruby(r"&(?:[\w:][\w.:\-]{0,40}|#\d{1,8}|#x[0-9a-fA-F]{1,7});")
_EXTENSION = compile_ruby(EXTENSION)
_EXTENSION_END = compile_ruby(rf"\{{:/(?:{NAME})?\}}")
_EXTENSION_ENDS = {
    name: compile_ruby(rf"\{{:/(?:{name})?\}}") for name in ("comment", "nomarkdown", "options")
}
_ATTRIBUTE_LIST = compile_ruby(rf"\{{:({LIST_CONTENT})\}}")
_STRIKE_END = compile_ruby(r"[^\s~]~~")
_TICKS = compile_ruby("`+")
_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    ">>": "»",
    " >>": "\u00a0»",
    "<< ": "«\u00a0",
    "<<": "«",
}


def read_spans(source: SpanSource) -> list[Span]:
    """Return the spans of running text, in order; the text has no marks of blocks."""
    source.effort.spend(8)
    return _SpanReader(source, 0, len(source.text), 0).read(ALL_MARKS)


def read_outline(text: str, effort: Effort) -> list[Span]:
    """Return code spans, links, HTML elements, and the text between them."""
    return _SpanReader(SpanSource(text, effort, {}), 0, len(text), 0).read(OUTLINE_MARKS)


class _SpanReader(LinkScanner):
    """Reads every mark."""

    def __init__(self, source: SpanSource, start: int, end: int, depth: int) -> None:
        super().__init__(source, start, end, depth)
        # Elements that were read, and where they end, by place, `_inside` and marks.
        self._elements: dict[tuple[int, int, re.Pattern[str]], tuple[Span, int]] = {}

    def _read_mark(self) -> None:
        if self._depth > MAX_DEPTH:
            self._at += 1
        else:
            self._READERS.get(self._text[self._at], _SpanReader._read_symbol)(self)

    def _read_alone(self, start: int, end: int, marks: re.Pattern[str]) -> list[Span]:
        """Return the spans of a stretch whose marks cannot reach over its ends."""
        return _SpanReader(self._source, start, end, self._depth + 1).read(marks)

    # One method for each mark

    def _read_emphasis(self) -> None:
        start = self._at
        mark = self._text[start]
        double = self._text.startswith(mark, start + 1)
        length = 2 if double else 1
        after = start + length
        if (
            self._inside & (IN_STRONG if double else IN_EMPHASIS)
            or is_blank(self._text[after : after + 1])
            or (mark == "_" and self._follows_letter(start))
            or not (
                self._try_emphasis(start, mark * length)
                or (
                    double
                    and not self._inside & DIRECTLY_IN_EMPHASIS
                    and self._try_emphasis(start, mark)
                )
            )
        ):
            self._at = after

    def _follows_letter(self, at: int) -> bool:
        before = self._text[max(at - 2, 0) : at]
        before = before.removesuffix("-")
        return before[-1:].isalpha()

    def _try_emphasis(self, start: int, delimiter: str) -> bool:
        content = start + len(delimiter)
        if self._search.find(delimiter, content) < 0:
            return False
        self._at = content
        if len(delimiter) == 1:
            kind, inside = SpanKind.EMPHASIS, self._inside | IN_EMPHASIS | DIRECTLY_IN_EMPHASIS
        else:
            kind, inside = SpanKind.STRONG, self._inside & ~DIRECTLY_IN_EMPHASIS | IN_STRONG
        scan = partial(self._scan_to_delimiter, delimiter)
        children, closed = self._read_content(inside, ALL_MARKS, scan)
        if closed:
            self._add(Span(kind, start, self._at + len(delimiter), children=children))
        return closed

    def _read_code(self) -> None:
        start = self._at
        ticks = _TICKS.match(self._text, start)
        mark = ticks[0] if ticks else "`"
        content = start + len(mark)
        self._at = content
        blank_before = start == 0 or is_blank(self._text[start - 1])
        if len(mark) == 1 and blank_before and is_blank(self._text[content : content + 1]):
            return
        close = self._search.find(mark, content)
        if close < 0:
            return
        text = self._text[content:close]
        if len(mark) > 1:
            text = text.removeprefix(" ").removesuffix(" ")
        self._add(Span(SpanKind.CODE, start, close + len(mark), text))

    def _read_entity(self) -> None:
        start = self._at
        entity = _ENTITY.match(self._text, start, self._end)
        text = html.unescape(entity[0]) if entity else "&"
        if entity is None or text == entity[0]:
            self._at = start + 1
        else:
            self._add(Span(SpanKind.SYMBOL, start, entity.end(), text))

    def _read_backslash(self) -> None:
        start = self._at
        if self._text.startswith("\\\\\n", start):
            self._add(Span(SpanKind.BREAK, start, start + 2))
        elif self._text.startswith(("\\<<", "\\>>"), start):
            self._add(Span(SpanKind.TEXT, start, start + 3, self._text[start + 1 : start + 3]))
        elif escaped := ESCAPED.match(self._text, start, self._end):
            self._add(Span(SpanKind.TEXT, start, start + 2, escaped[1]))
        else:
            self._at = start + 1

    def _read_math(self) -> None:
        start = self._at
        close = self._search.find("$$", start + 2)
        if close < 0:
            self._at = start + 2
            return
        text = self._text[start + 2 : close].strip(BLANKS)
        self._add(Span(SpanKind.MATH, start, close + 2, text))

    def _read_braces(self) -> None:
        start = self._at
        if self._source.github or not closes_soon(self._text, start, self._effort):
            self._at = start + 1
        elif extension := _EXTENSION.match(self._text, start, self._end):
            self._read_extension(extension)
        elif _EXTENSION_END.match(self._text, start, self._end) or not self._read_attribute_list():
            self._at = start + 1

    def _read_extension(self, start_tag: re.Match[str]) -> None:
        start, content = start_tag.span()
        name = start_tag[1]
        self._at = start + 1
        if name not in _EXTENSION_ENDS:
            return
        span = Span(SpanKind.HIDDEN, start, content, tag=name)
        if not start_tag[3]:
            stop = self._search.search(_EXTENSION_ENDS[name], content)
            if stop is None:
                return
            span.end = stop.end()
            if name == "nomarkdown":
                raw = replace(self._source, tags=html_tags.BROWSER)
                reader = _SpanReader(raw, content, stop.start(), self._depth + 1)
                span.children = reader.read(HTML_MARKS)
        self._add(span)

    def _read_attribute_list(self) -> bool:
        """Read an attribute list; False where there is no node before it.

        To kramdown a quotation mark is a node too, one that shows no attributes.
        """
        start = self._at
        has_text = start > self._plain
        if has_text:
            last = self._text[start - 1]
        elif not self._spans:
            return False
        else:
            node = self._spans[-1]
            last = node.text[-1] if node.kind is SpanKind.TEXT else "'"
        found = _ATTRIBUTE_LIST.match(self._text, start, self._end)
        if last not in "\"'" or found is None:
            return False
        self._flush(start)
        node = self._spans[-1]
        node.attributes = node.attributes or Attributes()
        node.attributes.read_next(found[1])
        self._effort.spend(len(found[1]) // 4)
        self._at = self._plain = found.end()
        return True

    def _read_strike(self) -> None:
        start = self._at
        self._at = start + 1
        first = self._text[start + 2 : start + 3]
        found = self._search.search(_STRIKE_END, start + 2)
        if not first or first == "~" or is_blank(first) or found is None:
            return
        children = self._read_alone(start + 2, found.end() - 2, ALL_MARKS)
        self._add(Span(SpanKind.STRIKE, start, found.end(), children=children))

    def _read_symbol(self) -> None:
        start = self._at
        if self._text.startswith("  \n", start):
            self._add(Span(SpanKind.BREAK, start, start + 2))
            return
        for mark in () if self._source.github else ("---", "--", "...", " >>", ">>"):
            if self._text.startswith(mark, start):
                self._add(Span(SpanKind.SYMBOL, start, start + len(mark), _SYMBOLS[mark]))
                return
        self._at = start + 1

    # Angle brackets: autolinks, comments, tags

    def _read_angle(self) -> None:
        start = self._at
        reads_all = self._marks is ALL_MARKS
        if reads_all and self._read_autolink():
            return
        if self._text.startswith("<!--", start):
            close = self._search.find("-->", start + 4)
            if close >= 0:
                self._add(Span(SpanKind.HIDDEN, start, close + 3))
                return
        self._at = start + 1
        if close_tag := html_tags.CLOSE_TAG.match(self._text, start, self._end):
            self._at = close_tag.end()
        elif tag := self._match_tag(start):
            self._read_tag(tag)
        elif reads_all and self._text.startswith("<<", start):
            mark = "<< " if self._text.startswith("<< ", start) else "<<"
            self._add(Span(SpanKind.SYMBOL, start, start + len(mark), _SYMBOLS[mark]))

    def _match_tag(self, start: int) -> StartTag | None:
        grammar = self._source.tags
        return html_tags.match_tag(self._text, start, self._end, self._effort, grammar)

    def _read_tag(self, tag: StartTag) -> None:
        self._at = tag.end
        if tag.name in html_tags.BLOCK_ELEMENTS:
            return
        key = tag.start, self._inside, self._marks
        span, end = self._elements.get(key) or self._read_element(tag)
        if self._depth:
            # The text may be read again, and the node gets new attribute lists then.
            self._elements[key] = span, end
            span = replace(span)
        self._add(span, end)

    def _read_element(self, tag: StartTag) -> tuple[Span, int]:
        """Return an element, and where its end tag ends."""
        is_raw = self._marks is HTML_MARKS or not self._source.reads_html
        content = Content.RAW if is_raw else html_tags.default_content(tag.name)
        if tag.attributes.get("markdown") != "block":
            content = html_tags.choose_content(tag.name, tag.attributes, content)
        span = Span(SpanKind.HTML, tag.start, tag.end, tag=tag.name, tag_end=tag.end)
        span.html = tag.attributes
        if tag.closed or tag.name in html_tags.EMPTY_ELEMENTS:
            return span, tag.end
        span.children, closed = self._read_content(
            self._inside & ~DIRECTLY_IN_EMPHASIS,
            HTML_MARKS if content is Content.RAW else ALL_MARKS,
            partial(self._scan_to_end_tag, tag.name),
        )
        return span, self._text.index(">", self._at) + 1 if closed else self._end

    _READERS: ClassVar[Mapping[str, Callable[[_SpanReader], None]]] = MappingProxyType(
        {
            "*": _read_emphasis,
            "_": _read_emphasis,
            "`": _read_code,
            "[": LinkScanner.read_bracket,
            "!": LinkScanner.read_bracket,
            "<": _read_angle,
            "&": _read_entity,
            "\\": _read_backslash,
            "$": _read_math,
            "{": _read_braces,
            "~": _read_strike,
        }
    )
