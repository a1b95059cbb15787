"""What Jekyll does before Markdown: Liquid tags go, Liquid's output stands as one unknown (pure).

Liquid is not run. Tags vanish (both branches of an `if` stay, since both may be shown), comments
and what is never shown (`{% if false %}`) vanish with what they hold, `raw` keeps what it holds,
and an output (`{{ … }}`, `{% link … %}`) becomes characters that mean nothing in Markdown, because
Markdown never sees what stands between its braces.
"""

from __future__ import annotations

import re

from syncer.handbook.kramdown.positions import Piece

# Plane 15 is private: no page has these characters, and each leads back to the one it stands for.
_MASK = 0xF0000
_MASKED = re.compile("[\U000f0000-\U000ffffd]")
_MARK = re.compile(r"\{\{|\{%")
_TAG_NAME = re.compile(r"\{%-?\s*([\w-]*)")
# Tags that print an address.
_PRINTING = frozenset({"link", "post_url"})
# Tags around text: `raw` keeps it as it is, the others take it away or make code of it.
_END_TAGS = {
    name: re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}")
    for name in ("raw", "comment", "capture", "highlight")
}
# A condition that nothing fulfils: people leave out a part of a page so.
_NEVER = re.compile(r"\{%-?\s*(?:if\s+(?:false|nil|null)|unless\s+true)\s*-?%\}")
_BRANCHING = frozenset({"if", "unless", "case", "for", "tablerow"})


def mask_liquid(text: str, start: int = 0) -> list[Piece]:
    """Return what Markdown gets of `text` from `start` on, as pieces with their offsets.

    An output is masked; `unmask` brings it back. What is never closed is text, as it stands.
    """
    pieces: list[Piece] = []
    at = start
    never_closed: set[str] = set()
    while mark := _MARK.search(text, at):
        begin = mark.start()
        close = "}}" if mark[0] == "{{" else "%}"
        end = -1 if close in never_closed else text.find(close, mark.end())
        if end < 0:
            never_closed.add(close)
            pieces.append((text[at : mark.end()], at))
            at = mark.end()
            continue
        name = "" if mark[0] == "{{" else _name_tag(text, begin)
        if mark[0] == "{{" or name in _PRINTING:
            pieces += [(text[at:begin], at), (_mask(text[begin : end + 2]), begin)]
            at = end + 2
            continue
        before, at_end = _trim(text, at, begin, end + 2)
        pieces.append((text[at:before], at))
        at = at_end
        if block_end := _find_end(text, at_end, name, never_closed):
            if name == "raw":
                # Braces and all: kramdown gets it so, and reads it.
                stop, _ = _trim(text, at_end, block_end.start(), block_end.end())
                pieces.append((text[at_end:stop], at_end))
            _, at = _trim(text, block_end.start(), block_end.start(), block_end.end())
        elif _NEVER.match(text, begin):
            at = _find_other_branch(text, at_end, never_closed)
    pieces.append((text[at:], at))
    return [piece for piece in pieces if piece[0]]


def unmask(text: str) -> str:
    """Return text with Liquid's outputs as they are written."""
    return _MASKED.sub(lambda match: chr(ord(match[0]) - _MASK), text)


def _mask(text: str) -> str:
    return "".join(
        character if character == "\n" or ord(character) >= _MASK else chr(ord(character) + _MASK)
        for character in text
    )


def _name_tag(text: str, begin: int) -> str:
    name = _TAG_NAME.match(text, begin)
    return name[1] if name else ""


def _trim(text: str, at: int, begin: int, end: int) -> tuple[int, int]:
    """Widen a tag over the blanks that its dashes (`{%-`, `-%}`) take away."""
    if text.startswith("{%-", begin):
        while begin > at and text[begin - 1].isspace():
            begin -= 1
    if text.startswith("-%}", end - 3):
        while end < len(text) and text[end].isspace():
            end += 1
    return begin, end


def _find_end(text: str, start: int, name: str, never_closed: set[str]) -> re.Match[str] | None:
    """Find the tag that ends a block; what nothing closes is not looked for twice."""
    pattern = _END_TAGS.get(name)
    if pattern is None or name in never_closed:
        return None
    end = pattern.search(text, start)
    if end is None:
        never_closed.add(name)
    return end


def _find_other_branch(text: str, start: int, never_closed: set[str]) -> int:
    """Return where the tag begins that ends a branch (`else`, `endif`); `start` without one."""
    if "branch" in never_closed:
        return start
    depth = 0
    at = start
    while tag := _TAG_NAME.search(text, at):
        at = tag.end()
        name = tag[1]
        if name in _END_TAGS:
            end = _find_end(text, at, name, never_closed)
            at = end.end() if end else at
        elif name in _BRANCHING:
            depth += 1
        elif depth == 0 and name in ("else", "elsif", "endif", "endunless"):
            return tag.start()
        elif name.removeprefix("end") in _BRANCHING:
            depth -= 1
    never_closed.add("branch")
    return start
