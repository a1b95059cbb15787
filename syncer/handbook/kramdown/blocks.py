"""The blocks of a page as kramdown's GFM parser cuts them (pure).

Source: kramdown's syntax page, "Block-level Elements", and what its GFM parser changes: a list, a
heading, a quote or a code fence ends a paragraph; `#` wants a blank behind it; backticks fence
code.

Nothing is read inside a line here: that waits until every `[id]: target` and footnote of the page
is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from syncer.handbook.kramdown import html_tags
from syncer.handbook.kramdown.attributes import LIST_CONTENT, Attributes
from syncer.handbook.kramdown.html_tags import Content
from syncer.handbook.kramdown.lists import DEFINITION_START, LIST_START
from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.patterns import compile_ruby
from syncer.handbook.kramdown.positions import Piece
from syncer.handbook.kramdown.table_lines import TableLines


class BlockKind(Enum):
    """What a block is."""

    ROOT = auto()
    BLANK = auto()
    MARK = auto()
    """Nothing to see: a definition, an attribute list."""
    BOUNDARY = auto()
    """A lone `^`: what follows begins anew."""
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
    """Text between HTML tags that kramdown leaves as it is."""


@dataclass(slots=True)
class Block:
    """A block of the page.

    Attributes:
        start, end: in the page; `end` is only known of HTML, where it ends the start tag.
        pieces: its running text.
        attributes: what attribute lists say of it; None without any.
        level: of a heading.
        table: of a table.
        tag, html, content: of an HTML element: name, attributes, how its inside was read.
        takes_list: whether an attribute list on the next line is about this block.
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
    """The blocks of a page and what is defined for all of it; `site` are its site's options."""

    site: KramdownOptions
    root: Block = field(default_factory=lambda: Block(BlockKind.ROOT))
    references: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, Block] = field(default_factory=dict)
    definitions: dict[str, Attributes] = field(default_factory=dict)
    # What the page says of kramdown's own options.
    said: dict[str, str] = field(default_factory=dict)

    @property
    def options(self) -> KramdownOptions:
        """What holds for the page, as far as it was read."""
        return self.site.change(self.said)


BLANK = compile_ruby(r"(?:[^\S\n]*\n)+")
BLOCK_LIST = compile_ruby(rf" {{0,3}}\{{:(?!:|/)({LIST_CONTENT})\}}[^\S\n]*\n")
END_MARK = compile_ruby(r"\^[^\S\n]*\n")
HEADING = compile_ruby(r"(#{1,6})[\t ]+([^\n]*)\n")
QUOTE = compile_ruby(r" {0,3}> ?")
FENCE = compile_ruby(r" {0,3}(`{3,}|~{3,})")
_HTML_EDGE = compile_ruby(rf" {{0,3}}(?:{html_tags.BLOCK_TAG_STOP}|{html_tags.BLOCK_TAG_START})")
_CODE_LINE = compile_ruby(r"(?:\t| {4})[ \t]*\S[^\n]*\n")
_TEXT_LINE = compile_ruby(r"[ \t]*\S[^\n]*\n")


def is_boundary(text: str, at: int) -> bool:
    """Say whether a block may end here: a blank line, `^`, an attribute list, the end."""
    return at >= len(text) or bool(
        BLANK.match(text, at) or END_MARK.match(text, at) or BLOCK_LIST.match(text, at)
    )


def ends_lazily(text: str, at: int) -> bool:
    """Say whether no line that begins here goes on with a quote or a paragraph."""
    if at < len(text) and text[at].isalpha():
        return False
    return is_boundary(text, at) or _HTML_EDGE.match(text, at) is not None


def ends_paragraph(text: str, at: int) -> bool:
    """Say whether a paragraph ends before the line that begins here."""
    if at < len(text) and text[at].isalpha():
        return False
    return ends_lazily(text, at) or bool(
        LIST_START.match(text, at)
        or HEADING.match(text, at)
        or DEFINITION_START.match(text, at)
        or QUOTE.match(text, at)
        or FENCE.match(text, at)
    )


def skip_code(text: str, at: int) -> int:
    """Return where the indented code that begins at `at` ends; `at` where there is none.

    Blank lines belong to it when more code follows, and lines that follow lazily.
    """
    while True:
        blank = BLANK.match(text, at)
        start = blank.end() if blank else at
        line = _CODE_LINE.match(text, start)
        if line is None:
            return at
        while line:
            at = line.end()
            ends = is_boundary(text, at) or _HTML_EDGE.match(text, at)
            line = None if ends else _TEXT_LINE.match(text, at)
