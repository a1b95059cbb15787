"""What an ignore comment of a page is about: lines, and a digest of what decides on them (pure)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import groupby, pairwise

# Of a link's target (`[name]: address`) and of attributes (`{:name: href="…"}`), also in a quote
# or a list.
_DEFINITION = re.compile(r"[^\n]*(?:\]:|\{:[\w-]+:)|[ >]*\{:")
_LINK_DEFS = "link_defs"
_NOTHING, _DEFINITIONS, _WHOLE_PAGE = b"0", b"1", b"2"
# A tag may have its attributes in later lines, also behind an empty one.
_TAG = re.compile(r"<(?!br\b)[A-Za-z]")
_ITEM = re.compile(r"[*+-] ")
_TABLE_RULE = re.compile(r"\|[ |:-]*-[ |:-]*\s*")


class CommentBlocks:
    """The lines of a page, and what a comment on one of them covers; in one pass for all."""

    def __init__(self, text: str, site: str) -> None:
        """Digest a page; `site` is the text of the settings that decide where Liquid leads."""
        self.lines = text.split("\n")
        self._starts_unit = _find_units(self.lines)
        # For each line: the last one of its block, and a digest from it to there, and one to the
        # end of its row, item or paragraph.
        self._ends: list[int] = []
        self._digests: list[bytes] = []
        self._of_units: list[bytes] = []
        end, digest, of_unit = 0, b"", b""
        for number in range(len(self.lines), 0, -1):
            line = self.lines[number - 1]
            if not line.strip():
                end, digest, of_unit = 0, b"", b""
            else:
                end = end or number
                digest, of_unit = _add_line(line, digest), _add_line(line, of_unit)
            self._ends.append(end)
            self._digests.append(digest)
            self._of_units.append(of_unit)
            if number - 1 in self._starts_unit:
                of_unit = b""
        self._ends.reverse()
        self._digests.reverse()
        self._of_units.reverse()
        # An address may stand in the line after the name.
        definitions = "\n".join(
            f"{line}\n{following}" if line.rstrip().endswith(":") else line
            for line, following in pairwise([*self.lines, ""])
            if _DEFINITION.match(line)
        )
        if _LINK_DEFS in site:
            definitions += site
        whole = _digest(_digest(_encode(text)) + _digest(_encode(site)))
        has_liquid = _find_reference(definitions) == _WHOLE_PAGE
        self._beyond = {
            _NOTHING: b"",
            _DEFINITIONS: whole if has_liquid else _digest(_encode(definitions)),
            _WHOLE_PAGE: whole,
        }

    def find_covered(self, number: int, comment: re.Match[str]) -> tuple[tuple[int, int], str]:
        """Return the lines that a comment is about, its own or the block after it, and a digest.

        A link counts at its first line and may go on in the next ones, so that the digest goes to
        the end of the row, item or paragraph. It also covers what decides where links lead: the
        page's definitions, with HTML the whole page, and with Liquid the site's settings too.
        """
        line = comment.string
        if line[: comment.start()].strip() or line[comment.end() :].strip():
            return (number, number), self._complete(self._of_units[number - 1])
        beyond = len(self.lines) + 1
        first = next((n for n in range(number + 1, beyond) if self._ends[n - 1]), beyond)
        if first == beyond:
            return (beyond, beyond), ""
        return (first, self._ends[first - 1]), self._complete(self._digests[first - 1])

    def _complete(self, digest: bytes) -> str:
        return (digest + self._beyond[digest[-1:]]).hex()


def _find_units(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines before which no link can have begun in the same block.

    They are the rows of a table and the items of a list that begin as its first one does.
    """
    starts: set[int] = set()
    number = 0
    for is_text, group in groupby(lines, key=lambda line: bool(line.strip())):
        block = list(group)
        if is_text and _is_table(block):
            starts.update(range(number, number + len(block)))
        elif is_text and (item := _ITEM.match(block[0])):
            starts.update(number + n for n, line in enumerate(block) if line.startswith(item[0]))
        number += len(block)
    return frozenset(starts)


def _is_table(block: Sequence[str]) -> bool:
    ruled = len(block) > 1 and _TABLE_RULE.fullmatch(block[1]) is not None
    return ruled and all(line.startswith("|") for line in block)


def _add_line(line: str, after: bytes) -> bytes:
    """Return a digest of a line and of what follows it, and the greater of their references."""
    return _digest(_encode(line), after[:-1]) + max(after[-1:], _find_reference(line))


def _find_reference(line: str) -> bytes:
    """Return what else decides where the links of a line lead; the greater one says more."""
    if "{{" in line or "{%" in line or _TAG.search(line):
        return _WHOLE_PAGE
    return _DEFINITIONS if "]" in line or "{:" in line else _NOTHING


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
