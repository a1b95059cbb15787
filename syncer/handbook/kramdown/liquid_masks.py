"""Replaces Liquid in a page, as Jekyll does before kramdown (pure).

Liquid is not run. Tags are removed (both branches of an `if` stay, since either may be shown),
comments and `{% if false %}` with their content, and `raw` keeps its content. An output (`{{ … }}`,
`{% link … %}`) becomes characters without a meaning in Markdown, since kramdown never sees it.
"""

from __future__ import annotations

import re

from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.positions import Piece

# Plane 15 is private: pages do not use it, and each character maps back to the original.
_MASK = 0xF0000
_MASKED = re.compile("[\U000f0000-\U000ffffd]")
_MARK = re.compile(r"\{\{|\{%")
_TAG_NAME = re.compile(r"\{%-?\s*([\w-]*)")
# Tags that print an address.
_PRINTING = frozenset({"link", "post_url"})
# Tags around text: `raw` keeps it as it is, the others remove it or make code of it.
_END_TAGS = {
    name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}")
    for name in ("raw", "comment", "capture", "highlight")
}
# A condition that is never true, with which people hide a part of a page.
_NEVER = re.compile(r"\{%-?\s*(?:if\s+(?:false|nil|null)|unless\s+true)\s*-?%\}")
_BRANCHING = frozenset({"if", "unless", "case", "for", "tablerow"})


def mask_liquid(text: str, start: int, effort: Effort) -> list[Piece]:
    """Return the text that kramdown gets from `start` on, as pieces with their offsets.

    Outputs are masked; `unmask` restores them. A tag or output that nothing closes is text.
    """
    return _Masker(text, effort).mask(start)


def unmask(text: str) -> str:
    """Return text with Liquid's outputs as written."""
    return _MASKED.sub(lambda match: chr(ord(match[0]) - _MASK), text)


class _Masker:
    """Masks one text."""

    def __init__(self, text: str, effort: Effort) -> None:
        self._text = text
        self._effort = effort
        self._search = TextSearch(text, len(text), effort)
        self._has_branch_end = True

    def mask(self, at: int) -> list[Piece]:
        text = self._text
        pieces: list[Piece] = []
        while mark := _MARK.search(text, at):
            self._effort.spend(4)
            begin = mark.start()
            is_output = mark[0] == "{{"
            end = self._search.find("}}" if is_output else "%}", mark.end()) + 2
            if end < 2:
                pieces.append((text[at : mark.end()], at))
                at = mark.end()
                continue
            name = "" if is_output else self._name_tag(begin)
            if is_output or name in _PRINTING:
                self._effort.spend((end - begin) // 8)
                pieces += [(text[at:begin], at), (_mask(text[begin:end]), begin)]
                at = end
                continue
            before, at_end = self._trim(at, begin, end)
            pieces.append((text[at:before], at))
            at = at_end
            if block_end := self._find_end(at_end, name):
                if name == "raw":
                    # kramdown gets the content with its braces.
                    stop, _ = self._trim(at_end, *block_end.span())
                    pieces.append((text[at_end:stop], at_end))
                _, at = self._trim(block_end.start(), *block_end.span())
            elif _NEVER.match(text, begin):
                at = self._find_other_branch(at_end)
        pieces.append((text[at:], at))
        return [piece for piece in pieces if piece[0]]

    def _name_tag(self, begin: int) -> str:
        name = _TAG_NAME.match(self._text, begin)
        return name[1] if name else ""

    def _trim(self, at: int, begin: int, end: int) -> tuple[int, int]:
        """Extend a tag over the blanks that its dashes (`{%-`, `-%}`) remove, not before `at`."""
        text = self._text
        if text.startswith("{%-", begin):
            begin = at + len(text[at:begin].rstrip())
        if text.startswith("-%}", end - 3):
            while end < len(text) and text[end].isspace():
                end += 1
        return begin, end

    def _find_end(self, start: int, name: str) -> re.Match[str] | None:
        pattern = _END_TAGS.get(name)
        return self._search.search(pattern, start) if pattern else None

    def _find_other_branch(self, start: int) -> int:
        """Return where the tag begins that ends a branch (`else`, `endif`); `start` without one."""
        depth = 0
        at = start
        while self._has_branch_end and (tag := _TAG_NAME.search(self._text, at)):
            self._effort.spend(2)
            at = tag.end()
            name = tag[1]
            if name in _END_TAGS:
                end = self._find_end(at, name)
                at = end.end() if end else at
            elif name in _BRANCHING:
                depth += 1
            elif depth == 0 and name in ("else", "elsif", "endif", "endunless"):
                return tag.start()
            elif name.removeprefix("end") in _BRANCHING:
                depth -= 1
        self._has_branch_end = False
        return start


def _mask(text: str) -> str:
    return "".join(
        character if character == "\n" or ord(character) >= _MASK else chr(ord(character) + _MASK)
        for character in text
    )
