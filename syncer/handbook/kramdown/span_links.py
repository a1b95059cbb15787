"""Links, images and footnote calls, as kramdown finds them in running text (pure).

Source: kramdown's syntax page, "Links and Images", "Footnotes". A target may hold blanks and pairs
of parentheses; a link inside a link's text is text.
"""

from __future__ import annotations

import html
from functools import partial

from syncer.handbook.kramdown.attributes import NAME
from syncer.handbook.kramdown.patterns import BLANKS, compile_ruby
from syncer.handbook.kramdown.span_scanner import (
    ALL_MARKS,
    DIRECTLY_IN_EMPHASIS,
    IN_LINK,
    SpanScanner,
    SpanSource,
)
from syncer.handbook.kramdown.spans import Span, SpanKind, normalise_reference

ESCAPED = compile_ruby(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")
_SCHEME = compile_ruby(r"<(?:mailto|https?|ftps?):")
_MAX_ADDRESS = 4000
_E_MAIL = compile_ruby(r"<((?u:[\w.\-]{1,200}@[\w.\-]{1,200}))>")
_FOOTNOTE = compile_ruby(rf"\[\^({NAME})\]")
_REFERENCE = compile_ruby(r"\s*?\[([^\]]+)?\]")
_GITHUB_REFERENCE = compile_ruby(r"\[([^\[\]]+)?\]")
_PAREN_STOP = compile_ruby(r"(\()|(\))|\s(?=['\"])")
_TITLE_START = compile_ruby(r"\s*?([\"'])")
_BLANK = compile_ruby(r"\s")
_TITLE_END = {quote: compile_ruby(rf"{quote}\s*\)") for quote in "\"'"}


class LinkScanner(SpanScanner):
    """Reads `[`, `![`, and addresses in angle brackets."""

    def __init__(self, source: SpanSource, start: int, end: int, depth: int) -> None:
        """Read from `start` to `end`, inside of `depth` marks."""
        super().__init__(source, start, end, depth)
        # Where the target that begins at a parenthesis ends, and whether a `)` ends it.
        self._target_ends: dict[int, tuple[int, bool]] = {}

    def _read_autolink(self) -> bool:
        start = self._at
        close = self._find_address_end(start)
        if close < 0:
            return False
        address = self._text[start + 1 : close]
        url = address if ":" in address else f"mailto:{address}"
        text = Span(SpanKind.TEXT, start + 1, close, address.removeprefix("mailto:"))
        self._add(Span(SpanKind.LINK, start, close + 1, url=url, children=[text]))
        return True

    def _find_address_end(self, start: int) -> int:
        """Return where the `>` of an address in angle brackets is; -1 where there is none."""
        if scheme := _SCHEME.match(self._text, start, self._end):
            begin = scheme.end()
            close = self._search.find(">", begin + 1)
            line_end = self._search.find("\n", begin)
            if 0 <= close <= begin + _MAX_ADDRESS and not begin <= line_end < close:
                return close
        found = _E_MAIL.match(self._text, start, self._end)
        return found.end() - 1 if found else -1

    def read_bracket(self) -> None:
        """Read a link, an image or a call of a footnote."""
        start = self._at
        if footnote := _FOOTNOTE.match(self._text, start, self._end):
            self._at = footnote.end()
            if footnote[1] in self._source.footnotes:
                self._add(Span(SpanKind.FOOTNOTE, start, self._at, footnote[1]))
            return
        kind = SpanKind.IMAGE if self._text[start] == "!" else SpanKind.LINK
        content = start + (2 if kind is SpanKind.IMAGE else 1)
        if self._text.startswith("^", content):
            # Never a link. After a `!` the bracket may call a footnote, so it is read again.
            self._at = start + 1
        elif (kind is SpanKind.LINK and self._inside & IN_LINK) or not self._try_link(
            kind, start, content
        ):
            self._at = content

    def _try_link(self, kind: SpanKind, start: int, content: int) -> bool:
        """Read a link; False where the brackets or the target make none."""
        self._effort.spend(4)
        inside = self._inside & ~DIRECTLY_IN_EMPHASIS | IN_LINK
        close = self._closers.get(inside, {}).get(start)
        children: list[Span] | None = None
        if close is None:
            if self._search.find("]", content) < 0:
                return False
            children = self._read_label(inside, start, content)
            close = self._closers[inside][start]
        url = None if close < 0 else self._read_target(content, close)
        if url is None:
            return False
        span = Span(kind, start, self._at, url=url)
        if kind is SpanKind.IMAGE:
            span.text = html.unescape(ESCAPED.sub(r"\1", self._text[content:close]))
        elif children is None:
            span.children = self._read_label(inside, start, content)
        else:
            span.children = children
        self._add(span)
        return True

    def _read_label(self, inside: int, start: int, content: int) -> list[Span]:
        self._at = content
        scan = partial(self._scan_to_bracket, start)
        return self._read_content(inside, ALL_MARKS, scan)[0]

    def _read_target(self, content: int, close: int) -> str | None:
        """Read the target after the bracket at `close`; None when it makes no link."""
        self._at = close + 1
        pattern = _GITHUB_REFERENCE if self._source.github else _REFERENCE
        if reference := pattern.match(self._text, self._at, self._end):
            self._at = reference.end()
            if reference[1]:
                name = normalise_reference(reference[1])
                if name in self._source.references or not self._source.github:
                    return self._source.references.get(name)
                self._at = close + 1
            return self._find_reference(content, close)
        start = self._at
        if not self._text.startswith("(", start):
            return self._find_reference(content, close)
        is_pointed = self._text.startswith("(<", start)
        pointed = self._search.find(">", start + 2) if is_pointed else -1
        if pointed >= 0 and not start < self._search.find("\n", start + 2) < pointed:
            url = self._text[start + 2 : pointed]
            self._at = pointed + 1
            if self._text.startswith(")", self._at):
                self._at += 1
                return url
            return url if self._skip_title() else None
        self._at, is_whole = self._find_target_end(start)
        stop = self._at - 1
        if is_whole or self._skip_title():
            target = self._text[start + 1 : stop].strip(BLANKS)
            return None if self._source.github and _BLANK.search(target) else target
        return None

    def _find_reference(self, content: int, close: int) -> str | None:
        """Return the target that a link's own text names."""
        # No reference has a bracket in its name.
        if not self._source.references or self._search.find("]", content) < close:
            return None
        label = ESCAPED.sub(r"\1", self._text[content:close])
        return self._source.references.get(normalise_reference(label))

    def _skip_title(self) -> bool:
        """Go to the end of `"title")`; False where there is none."""
        start = _TITLE_START.match(self._text, self._at, self._end)
        if start is None:
            return False
        found = self._search.search(_TITLE_END[start[1]], start.end() + 1)
        if found is None:
            return False
        self._at = found.end()
        return True

    def _find_target_end(self, start: int) -> tuple[int, bool]:
        """Return where the target in parentheses ends, and whether its own `)` ends it.

        Else a blank before a title ends it. The targets inside it are found on the way, so no
        parenthesis is looked at twice.
        """
        if start in self._target_ends:
            return self._target_ends[start]
        opened: list[int] = []
        stop = self._end
        for found in _PAREN_STOP.finditer(self._text, start, self._end):
            self._effort.spend(1)
            if found[1]:
                opened.append(found.start())
            elif found[2]:
                self._target_ends[opened.pop()] = found.end(), True
                if not opened:
                    break
            else:
                stop = found.end()
                break
        self._target_ends.update(dict.fromkeys(opened, (stop, False)))
        return self._target_ends[start]
