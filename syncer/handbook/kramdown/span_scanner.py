"""Scans running text for marks, and remembers which of them nothing closes (pure).

kramdown tries the outer mark first and goes back when nothing closes it. The scanner does the same,
but remembers what a failed attempt has shown, so that time stays linear in the text: positions from
which emphasis cannot be closed, the closing bracket of each opening one, the elements it has read.
What remains is counted as `Effort`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.html_tags import CLOSE_TAG, KRAMDOWN, Grammar
from syncer.handbook.kramdown.patterns import compile_ruby, is_blank
from syncer.handbook.kramdown.spans import Span, SpanKind

# Marks inside more marks than this are text. People's pages have no more than five.
MAX_DEPTH = 40

# The marks that may begin something: all of them, those in HTML whose content is raw, and those
# that hide a pipe from a table. The lookahead makes the search three times as fast.
_MARKS = r"[*_`\[<&\\]|!\[|\$\$|\{:|~~|--|\.\.\.|>>| >>| {2}(?=\n)"
ALL_MARKS = compile_ruby(rf"(?=[*_`\[<&\\!${{~\-. >])(?:{_MARKS})")
HTML_MARKS = compile_ruby("<")
OUTLINE_MARKS = compile_ruby("[<`]")
_BRACKET_MARKS = compile_ruby(rf"(?=[\]*_`\[<&\\!${{~\-. >])(?:\]|{_MARKS})")

# What the scanner is inside of, as bits. They decide what a mark means, so they are part of the
# key of everything that it remembers.
IN_EMPHASIS = 1
IN_STRONG = 2
IN_LINK = 4
DIRECTLY_IN_EMPHASIS = 8


@dataclass(frozen=True, slots=True)
class SpanSource:
    """A text and what the page defines for it.

    Attributes:
        references: targets of `[id]: target` lines by normalised id.
        footnotes: names of the footnotes.
        reads_html: whether the content of HTML elements is Markdown by default.
        github: whether the text is read as GitHub shows it.
        tags: what reads the tags in it.
    """

    text: str
    effort: Effort
    references: Mapping[str, str]
    footnotes: Collection[str] = ()
    reads_html: bool = True
    github: bool = False
    tags: Grammar = KRAMDOWN


class SpanScanner(ABC):
    """Reads one stretch of a text.

    `_at` is the position, `_spans` are those of the innermost open mark, `_plain` is where the text
    after the last of them begins.
    """

    def __init__(self, source: SpanSource, start: int, end: int, depth: int) -> None:
        """Read from `start` to `end`, inside of `depth` marks."""
        self._source = source
        self._text = source.text
        self._effort = source.effort
        self._at = self._plain = start
        self._end = end
        self._depth = depth
        self._inside = 0
        self._marks = ALL_MARKS
        self._spans: list[Span] = []
        self._search = TextSearch(source.text, end, source.effort)
        # Positions from which a delimiter was not found, by delimiter and `_inside`.
        self._unclosed: dict[tuple[str, int], set[int]] = {}
        # Closing bracket of each opening one (-1 for none), by `_inside`.
        self._closers: dict[int, dict[int, int]] = {}

    def read(self, marks: re.Pattern[str]) -> list[Span]:
        """Return the spans of the stretch, in order."""
        self._marks = marks
        while self._find_mark(marks):
            self._read_mark()
        self._flush(self._end)
        return self._spans

    @abstractmethod
    def _read_mark(self) -> None:
        """Read what begins at `_at`, at least one character; a mark that begins nothing is text."""

    def _find_mark(self, marks: re.Pattern[str]) -> bool:
        """Go to the next mark; False at the end."""
        found = marks.search(self._text, self._at, self._end)
        start = self._end if found is None else found.start()
        self._effort.spend(2 + (start - self._at) // 64)
        self._at = start
        return found is not None

    def _flush(self, end: int) -> None:
        """Add the text up to `end` that is no span yet."""
        if end > self._plain:
            text = self._text[self._plain : end]
            self._spans.append(Span(SpanKind.TEXT, self._plain, end, text))
        self._plain = end

    def _add(self, span: Span, end: int | None = None) -> None:
        """Add a span and go to `end`, by default to its own."""
        self._flush(span.start)
        self._effort.spend(6)
        self._spans.append(span)
        self._at = self._plain = span.end if end is None else end

    # The content of a mark

    def _read_content(
        self, inside: int, marks: re.Pattern[str], scan: Callable[[], bool]
    ) -> tuple[list[Span], bool]:
        """Return the spans from here to where `scan` stops, and whether it found the end mark."""
        self._effort.spend(4)
        outer = self._spans, self._plain, self._inside, self._marks
        self._spans, self._plain, self._inside, self._marks = [], self._at, inside, marks
        self._depth += 1
        closed = scan()
        self._flush(self._at)
        self._depth -= 1
        content = self._spans
        self._spans, self._plain, self._inside, self._marks = outer
        return content, closed

    def _scan_to_delimiter(self, delimiter: str) -> bool:
        """Read up to the mark that ends emphasis."""
        start = self._at
        unclosed = self._unclosed.setdefault((delimiter, self._inside), set())
        visited: list[int] = []
        while self._find_mark(ALL_MARKS):
            at = self._at
            if at > start:
                if self._text.startswith(delimiter, at) and self._may_close(delimiter):
                    return True
                # An attribute list depends on what is before it, everything else on the position.
                if self._text[at] != "{":
                    if at in unclosed:
                        break
                    visited.append(at)
            self._read_mark()
        unclosed.update(visited)
        return False

    def _may_close(self, delimiter: str) -> bool:
        at = self._at
        if is_blank(self._text[at - 1]):
            return False
        doubled = self._text.startswith(delimiter * 2, at)
        if len(delimiter) == 1 and doubled and not self._text.startswith(delimiter * 3, at):
            return False
        after = at + len(delimiter)
        return not (delimiter[0] == "_" and self._text[after : after + 1].isalnum())

    def _scan_to_bracket(self, opener: int) -> bool:
        """Read up to the bracket that closes the one at `opener`.

        Brackets are counted as kramdown counts them: also those of footnotes, but not those of
        images.
        """
        closers = self._closers.setdefault(self._inside, {})
        waiting = [opener]
        while self._find_mark(_BRACKET_MARKS):
            at = self._at
            mark = self._text[at]
            if mark == "]":
                closers[waiting.pop()] = at
                if not waiting:
                    return True
                self._at += 1
                continue
            if mark in "[!":
                waiting.append(at)
            self._read_mark()
            if (
                mark == "!"
                and self._spans
                and self._spans[-1].kind is SpanKind.IMAGE
                and self._spans[-1].start == at
            ):
                waiting.pop()
        closers.update(dict.fromkeys(waiting, -1))
        return False

    def _scan_to_end_tag(self, name: str) -> bool:
        """Read up to the end tag of an element, or to the end."""
        while self._find_mark(self._marks):
            if self._text.startswith("</", self._at):
                tag = CLOSE_TAG.match(self._text, self._at, self._end)
                if tag and tag["name"].lower() == name.lower():
                    return True
            self._read_mark()
        self._at = self._end
        return False
