"""Replaces Liquid in a page, as Jekyll does before kramdown (pure).

Liquid is not run. Tags are removed (all branches of an `if` stay that may be shown), comments and
branches that are never shown with their content, and `raw` keeps its content. What is captured is
kept apart when the page may print it. An output (`{{ … }}`,
`{% link … %}`, any other printing tag in a heading or a table) becomes characters without a
meaning in Markdown, since kramdown never sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from syncer.handbook.kramdown.effort import Effort, TextSearch
from syncer.handbook.kramdown.positions import Piece

# How far from a tag a bar is looked for that makes its line one of a table.
_CELL = 1_000
# Plane 15 is private: pages do not use it, and each character maps back to the original.
_MASK = 0xF0000
_MASKED = re.compile("[\U000f0000-\U000ffffd]")
_MARK = re.compile(r"\{\{|\{%")
_TAG_NAME = re.compile(r"\{%-?\s*(\w*)")
# Tags that print an address.
_PRINTING = frozenset({"link", "post_url"})
# Tags around text: `raw` keeps it as it is, the others remove it or make code of it.
_END_TAGS = {
    name: re.compile(rf"\{{%-?\s*end{name}\b[^{{}}%]*%\}}")
    for name in ("raw", "comment", "capture", "highlight")
}
_CONDITION = re.compile(r"\{%-?\s*(?:if|unless|elsif)\s+(.*?)\s*-?%\}", re.DOTALL)
_CAPTURE = re.compile(r"""\{%-?\s*capture\s+['"]?-*([\w-]+)""")
# What stands in outputs and tags other than `capture`.
_USES = re.compile(r"\{[{%](?!-?\s*capture\b)([^{}]*)")
_WORD = re.compile(r"\w(?:[\w-]*\w)?")
# Tags that print nothing where they are.
_SILENT = frozenset(
    {
        *("assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement"),
        *("else", "elsif", "endcapture", "endcase", "endcomment", "endfor", "endhighlight"),
        *("endif", "endraw", "endtablerow", "endunless", "for", "highlight", "if", "increment"),
        *("raw", "tablerow", "unless", "when"),
    }
)
_BRANCHING = frozenset({"if", "unless", "case", "for", "tablerow"})


Decide: TypeAlias = Callable[[str], bool | None]
"""The text of a condition → whether it holds; None when only the build knows."""


class MaskedPage(NamedTuple):
    """The text that kramdown gets, as pieces with their offsets in the page.

    `undecided` says whether there are branches that the build may leave out. `captured` is what
    the page may print elsewhere, a blank line after each capture.
    """

    pieces: list[Piece]
    undecided: bool
    captured: Sequence[Piece] = ()


def mask_liquid(
    text: str, start: int, effort: Effort, decide: Decide, *, keeps_undecided: bool = True
) -> MaskedPage:
    """Return the text from `start` on as kramdown gets it.

    Outputs are masked; `unmask` restores them. A tag or output that nothing closes is text. Without
    `keeps_undecided` only what is certainly shown is in it.
    """
    masker = _Masker(text, effort, decide, keeps_undecided=keeps_undecided)
    return MaskedPage(masker.mask(start), masker.undecided, masker.captured)


def decide_literal(condition: str) -> bool | None:
    """Return whether a condition without variables holds; None for any other."""
    return {"false": False, "nil": False, "null": False, "true": True}.get(condition)


def is_masked(text: str) -> bool:
    """Return whether a text has masked outputs in it."""
    return _MASKED.search(text) is not None


def unmask(text: str) -> str:
    """Return text with Liquid's outputs as written."""
    return _MASKED.sub(lambda match: chr(ord(match[0]) - _MASK), text)


_BRANCH_ENDS = frozenset(
    {"else", "elsif", "when", "endcase", "endfor", "endif", "endtablerow", "endunless"}
)


class _Masker:
    """Masks one text."""

    def __init__(self, text: str, effort: Effort, decide: Decide, *, keeps_undecided: bool) -> None:
        self.undecided = False
        self.captured: list[Piece] = []
        self._text = text
        self._effort = effort
        self._decide = decide
        self._keeps_undecided = keeps_undecided
        self._search = TextSearch(text, len(text), effort)
        self._has_branch_end = True
        self._unbalanced: set[str] = set()
        self._used: frozenset[str] | None = None
        # For each open condition or loop: whether one of its branches is certainly shown.
        self._taken: list[bool | None] = []

    def mask(self, at: int) -> list[Piece]:
        text = self._text
        shown: list[Piece] = []
        pieces = shown
        captures = 0
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
            if is_output or self._prints(name, begin, end):
                self._effort.spend((end - begin) // 8)
                pieces += [(text[at:begin], at), (_mask(text[begin:end]), begin)]
                at = end
                continue
            before, at_end = self._trim(at, begin, end)
            pieces.append((text[at:before], at))
            at = at_end
            if name == "endcapture" and captures:
                self.captured.append(("\n\n", begin))
                captures -= 1
                pieces = self.captured if captures else shown
            elif not (block_end := self._find_end(at_end, name)):
                if not self._enters(name, begin):
                    at = self._find_other_branch(at_end)
            elif name == "capture" and self._may_print(begin):
                captures += 1
                pieces = self.captured
            else:
                if name == "raw":
                    # kramdown gets the content with its braces.
                    stop, _ = self._trim(at_end, *block_end.span())
                    pieces.append((text[at_end:stop], at_end))
                _, at = self._trim(block_end.start(), *block_end.span())
        pieces.append((text[at:], at))
        return [piece for piece in shown if piece[0]]

    def _may_print(self, begin: int) -> bool:
        """Return whether something on the page, or a file that it includes, may print a capture."""
        name = _CAPTURE.match(self._text, begin)
        if self._used is None:
            uses = " ".join(_USES.findall(self._text))
            self._used = frozenset(_WORD.findall(uses))
        return name is not None and not self._used.isdisjoint({name[1].rstrip("-"), "include"})

    def _prints(self, name: str, begin: int, end: int) -> bool:
        """Return whether a tag prints something that is text to kramdown.

        That is an address, or a part of a heading or of a table's row.
        """
        if name in _PRINTING:
            return True
        if name in _SILENT or name.startswith("end"):
            return False
        line = self._text.rfind("\n", 0, begin) + 1
        if self._text.startswith("#", line):
            return bool(self._text[line:begin].strip("# \t"))
        if begin > line:
            return self._text.find("|", max(line, begin - _CELL), begin) >= 0
        return "|" in self._text[end : end + _CELL].partition("\n")[0]

    def _enters(self, name: str, begin: int) -> bool:
        """Return whether what follows a tag of a condition or loop may be shown."""
        taken = self._taken
        if name in ("if", "unless"):
            holds = self._ask(begin)
            taken.append(holds if name == "if" or holds is None else not holds)
        elif name in _BRANCHING:
            taken.append(None)
        elif name.removeprefix("end") in _BRANCHING and name != "end" and taken:
            taken.pop()
            return True
        elif name in ("else", "elsif", "when") and taken:
            if taken[-1] is True:
                return False
            if taken[-1] is False:
                taken[-1] = True if name == "else" else self._ask(begin)
        else:
            return True
        self.undecided = self.undecided or taken[-1] is None
        return taken[-1] is not False and (self._keeps_undecided or taken[-1] is not None)

    def _ask(self, begin: int) -> bool | None:
        condition = _CONDITION.match(self._text, begin)
        return self._decide(condition[1]) if condition else None

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
        """Return the tag that ends a block; all but `raw` nest."""
        pattern = _END_TAGS.get(name)
        if pattern is None or name == "raw" or name in self._unbalanced:
            return self._search.search(pattern, start) if pattern else None
        depth = 0
        at = start
        while tag := _TAG_NAME.search(self._text, at):
            self._effort.spend(2)
            at = tag.end()
            if tag[1] == "raw":
                end = self._find_end(at, "raw")
                at = end.end() if end else at
            elif tag[1] == name:
                depth += 1
            elif tag[1] == f"end{name}":
                if depth == 0:
                    return pattern.match(self._text, tag.start())
                depth -= 1
        # Jekyll builds no such page, and to look again from each tag would take long.
        self._unbalanced.add(name)
        return self._search.search(pattern, start)

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
            elif depth == 0 and name in _BRANCH_ENDS:
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
