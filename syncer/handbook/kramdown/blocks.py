"""The blocks of a page as kramdown's GFM parser divides it, and where they end (pure).

Source: kramdown's syntax page, "Block-level Elements", and the changes of its GFM parser: a list, a
heading, a quote or a code fence ends a paragraph; a heading's `#` needs a blank after it; backticks
fence code.

The text inside a block is read later, when every `[id]: target` and footnote of the page is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import LIST_CONTENT, Attributes, closes_soon
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.html_tags import Content
from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.patterns import compile_ruby
from syncer.handbook.kramdown.positions import Piece
from syncer.handbook.kramdown.table_lines import TableLines


class BlockKind(Enum):
    """The kinds of blocks."""

    ROOT = auto()
    BLANK = auto()
    MARK = auto()
    """Prints nothing: a definition, an attribute list."""
    BOUNDARY = auto()
    """A lone `^`, which separates blocks."""
    PARAGRAPH = auto()
    HEADING = auto()
    CODE = auto()
    RULE = auto()
    QUOTE = auto()
    LIST = auto()
    DEFINITIONS = auto()
    ITEM = auto()
    TERM = auto()
    TABLE = auto()
    MATH = auto()
    HTML = auto()
    TEXT = auto()
    """Text between HTML tags that kramdown does not change."""


@dataclass(slots=True)
class Block:
    """A block of the page.

    Attributes:
        start, end: offsets in the page; `end` is set for HTML only: the end of the start tag.
        pieces: its running text.
        attributes: from its attribute lists; None without any.
        level: of a heading.
        table: of a table.
        tag, html, content: of an HTML element: name, attributes, how its content is read.
        takes_list: whether an attribute list on the next line belongs to this block.
    """

    kind: BlockKind
    start: int = 0
    end: int = 0
    pieces: list[Piece] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    attributes: Attributes | None = None
    level: int = 0
    table: TableLines | None = None
    tag: str = ""
    html: dict[str, str] = field(default_factory=dict)
    content: Content = Content.RAW
    takes_list: bool = True


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the definitions for all of it.

    Attributes:
        site: the options of its site.
        effort: of reading the page.
        page_options: the page's own values for kramdown's options.
    """

    site: KramdownOptions
    effort: Effort
    root: Block = field(default_factory=lambda: Block(BlockKind.ROOT))
    references: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, Block] = field(default_factory=dict)
    definitions: dict[str, Attributes] = field(default_factory=dict)
    page_options: dict[str, str] = field(default_factory=dict)

    @property
    def options(self) -> KramdownOptions:
        """The options in force for the page, as far as it was read."""
        return self.site.change(self.page_options)


LINE_TAIL = r"[\t| ][^\n]*\n"
BLANK = compile_ruby(r"(?:[^\S\n]*\n)+")
END_MARK = compile_ruby(r"\^[^\S\n]*\n")
HEADING = compile_ruby(r"(#{1,6})[\t ]+([^\n]*)\n")
GITHUB_HEADING = compile_ruby(r" {0,3}(#{1,6})(?=[\t \n])([^\n]*)\n")
QUOTE = compile_ruby(r" {0,3}> ?")
FENCE = compile_ruby(r" {0,3}(`{3,}|~{3,})")
RULE = compile_ruby(r" {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
LIST_START = compile_ruby(rf" {{0,3}}(?:[+*-]|\d+\.){LINE_TAIL}")
DEFINITION_START = compile_ruby(rf" {{0,3}}:{LINE_TAIL}")
_ATTRIBUTE_LIST = compile_ruby(rf" {{0,3}}\{{:(?!:|/)({LIST_CONTENT})\}}[^\S\n]*\n")
_LIST_EDGE = compile_ruby(r" {0,3}\{:(?!:|/)")
_HTML_EDGE = compile_ruby(rf" {{0,3}}{html_tags.BLOCK_TAG_EDGE}")
_CODE_LINE = compile_ruby(r"(?:\t| {4})[ \t]*\S[^\n]*\n")
_TEXT_LINE = compile_ruby(r"[ \t]*\S[^\n]*\n")


class LineEdges:
    """Decides what may end before the line that begins at an index of one text."""

    __slots__ = ("_effort", "_more_code", "_text")

    def __init__(self, text: str, effort: Effort, *, lazy_code: bool = True) -> None:
        """Store the text; `lazy_code`: text that follows indented code belongs to it."""
        self._text = text
        self._effort = effort
        self._more_code = _TEXT_LINE if lazy_code else _CODE_LINE

    def match_list(self, at: int) -> re.Match[str] | None:
        """Return the attribute list on the line; group 1 is the text between its braces."""
        text = self._text
        if _LIST_EDGE.match(text, at) is None or not closes_soon(text, at, self._effort):
            return None
        return _ATTRIBUTE_LIST.match(text, at)

    def is_boundary(self, at: int) -> bool:
        """Return whether a block may end: a blank line, `^`, an attribute list, the end."""
        text = self._text
        if at >= len(text):
            return True
        if text[at] not in " \t\n\r\f\v^{":
            return False
        return bool(BLANK.match(text, at) or END_MARK.match(text, at) or self.match_list(at))

    def ends_lazily(self, at: int) -> bool:
        """Return whether the line cannot continue a quote or a paragraph."""
        self._effort.spend(2)
        if at < len(self._text) and self._text[at].isalpha():
            return False
        return self.is_boundary(at) or _HTML_EDGE.match(self._text, at) is not None

    def ends_paragraph(self, at: int) -> bool:
        """Return whether a paragraph ends before the line."""
        text = self._text
        if at < len(text) and text[at].isalpha():
            return False
        return self.ends_lazily(at) or any(
            start.match(text, at) for start in (LIST_START, HEADING, DEFINITION_START, QUOTE, FENCE)
        )

    def skip_code(self, at: int) -> int:
        """Return where the indented code that begins at `at` ends; `at` where there is none.

        Blank lines belong to it when more code follows, and lines that follow lazily.
        """
        text = self._text
        while True:
            blank = BLANK.match(text, at)
            line = _CODE_LINE.match(text, blank.end() if blank else at)
            if line is None:
                return at
            while line:
                at = line.end()
                line = None if self.ends_lazily(at) else self._more_code.match(text, at)
