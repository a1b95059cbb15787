"""Links, images and footnote calls, as kramdown finds them in running text (pure).

Source: kramdown's syntax page, "Links and Images", "Footnotes". A target may hold blanks and pairs
of parentheses; a link inside a link's text is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping

from syncer.handbook.kramdown.attributes import NAME
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby
from syncer.handbook.kramdown.span_scanner import BRACKET, SpanScanner
from syncer.handbook.kramdown.spans import Span, SpanKind, normalise_reference

ESCAPED = compile_ruby(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")
_AUTOLINK = compile_ruby(
    r"<(?P<address>(?P<scheme>mailto|https?|ftps?):[^\n]{1,4000}?|(?u:[\w.\-]{1,200}@[\w.\-]{1,200}))>"
)
_FOOTNOTE = compile_ruby(rf"\[\^({NAME})\]")
_REFERENCE = compile_ruby(r"\s*?\[([^\]]+)?\]")
_POINTY = compile_ruby(r"\(<([^\n]*?)>")
_PAREN_STOP = compile_ruby(r"(\()|(\))|\s(?=['\"])")
_TITLE = compile_ruby(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL)


class LinkScanner(SpanScanner):
    """Reads what begins with `[`, `![`, or is an address in angle brackets."""

    def __init__(
        self, text: str, references: Mapping[str, str], footnotes: Collection[str]
    ) -> None:
        """Begin a text, knowing what the page defines."""
        super().__init__(text)
        self._references = references
        self._footnotes = footnotes

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
        if self._text.startswith("^", start + length):
            # Never a link; behind a `!` the bracket may still call a footnote, and counts again.
            self._skip(spans, 1)
            return
        if not image and (SpanKind.LINK in self._open or SpanKind.IMAGE in self._open):
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
        closed = self._read_until(span.children, BRACKET)
        self._open.pop()
        if not closed:
            return False
        label = self._text[inside : self._at]
        if span.kind is SpanKind.IMAGE:
            span.children = []
            span.text = html.unescape(ESCAPED.sub(r"\1", label))
        self._at += 1
        span.url = self._read_target(label)
        return span.url is not None

    def _read_target(self, label: str) -> str | None:
        """Read what stands behind the brackets; None when it makes no link of them."""
        reference = _REFERENCE.match(self._text, self._at, self._end)
        if reference or not self._text.startswith("(", self._at):
            name = (reference[1] if reference else None) or ESCAPED.sub(r"\1", label)
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
        return self._text[start + 1 : max(self._at - 1, start + 1)].strip(BLANKS), depth == 0
