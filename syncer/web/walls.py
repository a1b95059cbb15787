"""Bot walls: pages that stand in for another one (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from syncer.net.wall_marks import REFUSALS, find_wall_mark
from syncer.web.page_names import PageNames, TooManyNamesError, is_run_full

# A wall says a few sentences.
_MAX_WALL_TEXT = 1_000
_PIECE_BYTES = 8_192
_UNSEEN_ELEMENTS = frozenset({"script", "style", "noscript", "title", "template"})
_UNTYPED_INPUTS = frozenset({"hidden", "submit", "button", "checkbox", "image"})


def find_wall_in_page(
    status: int, start: bytes, run_names: set[str | bytes] | None = None
) -> str | None:
    """Return the name of the wall with a mark in the first bytes of a page, None without one.

    With a status that is no refusal, a mark counts only on a page that has nothing but the wall:
    little text, and no field to write in. It counts too where pages are not read any more, since
    the run has had too many names; `run_names` is as in `PageNames`.
    """
    run_names = set() if run_names is None else run_names
    wall = find_wall_mark(status, start)
    is_sure = status in REFUSALS or is_run_full(run_names)
    if wall is None or is_sure or _is_bare(start, run_names):
        return wall
    return None


def _is_bare(page: bytes, run_names: set[str | bytes]) -> bool:
    content = _PageContent(run_names)
    parser: etree.HTMLParser = etree.HTMLParser(target=content, encoding="utf-8")
    try:
        for at in range(0, len(page), _PIECE_BYTES):
            content.markup.feed(parser, page[at : at + _PIECE_BYTES])
        parser.close()
    except TooManyNamesError:
        return False
    except etree.XMLSyntaxError:
        pass
    return content.text_length <= _MAX_WALL_TEXT and not content.has_field


class _PageContent:
    """Parser target that counts what a reader sees, and notes fields to write in."""

    def __init__(self, run_names: set[str | bytes]) -> None:
        self.text_length = 0
        self.markup = PageNames(run_names)
        self.has_field = False
        self._unseen = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self.markup.hear((tag, *attrib))
        self._unseen += tag in _UNSEEN_ELEMENTS
        kind = str(attrib.get("type", "text")).lower()
        self.has_field |= tag == "textarea" or (tag == "input" and kind not in _UNTYPED_INPUTS)

    def end(self, tag: str | bytes) -> None:
        self.markup.hear()
        self._unseen -= tag in _UNSEEN_ELEMENTS

    def data(self, data: str | bytes) -> None:
        self.markup.hear()
        if not self._unseen:
            self.text_length += len(data.strip())

    def comment(self, _text: str | bytes) -> None:
        """Do nothing else: nobody sees a comment."""
        self.markup.hear()

    def close(self) -> None:
        """Return nothing: the fields are read."""
