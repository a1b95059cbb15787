"""Edited pages → a unified diff that `git apply` takes (pure).

Source: git-apply and git-diff, "Generating patch text with -p".
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from syncer.fix.edited_pages import encode_page
from syncer.model.handbook import PageText

_CONTEXT = 3
_NO_LINE_END = b"\n\\ No newline at end of file\n"
_ESCAPES = {0x22: b'\\"', 0x5C: b"\\\\", 0x09: b"\\t", 0x0A: b"\\n", 0x0D: b"\\r"}


def render_patch(pages: Iterable[tuple[PageText, PageText]], prefix: str) -> bytes:
    """Return the diff of the pages, before and after, in their order; b"" without a change.

    Args:
        pages: edits in them have no line end, so both have the same number of lines.
        prefix: the handbook's folder below the repository's top, with a slash at its end, or "".
    """
    return b"".join(part for before, after in pages for part in _render_page(before, after, prefix))


def _render_page(before: PageText, after: PageText, prefix: str) -> Iterator[bytes]:
    old, new = _split(encode_page(before)), _split(encode_page(after))
    changed = [at for at, (line, other) in enumerate(zip(old, new, strict=True)) if line != other]
    if not changed:
        return
    name = os.fsencode(prefix + (before.place or before.path))
    ours, theirs = _quote(b"a/" + name), _quote(b"b/" + name)
    # A name with a blank ends in a tab, as git writes it.
    tail = b"\t" if b" " in name and not ours.startswith(b'"') else b""
    yield b"diff --git %b %b\n--- %b%b\n+++ %b%b\n" % (ours, theirs, ours, tail, theirs, tail)
    for group in _group(changed):
        yield from _render_hunk(group, old, new)


def _split(data: bytes) -> list[bytes]:
    """Return the lines as git counts them: only LF ends one. The last may be b"", which is none."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines


def _group(changed: Sequence[int]) -> Iterator[list[int]]:
    """Yield the changed lines, together where their contexts touch."""
    group: list[int] = []
    for at in changed:
        if group and at - group[-1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(at)
    yield group


def _render_hunk(
    group: Sequence[int], old: Sequence[bytes], new: Sequence[bytes]
) -> Iterator[bytes]:
    start, end = max(group[0] - _CONTEXT, 0), min(group[-1] + _CONTEXT + 1, len(old))
    yield b"@@ -%b +%b @@\n" % (_count(start, old[start:end]), _count(start, new[start:end]))
    at = start
    while at < end:
        stop = at
        while stop < end and old[stop] != new[stop]:
            stop += 1
        yield from (_mark(b"-", line) for line in old[at:stop] if line)
        yield from (_mark(b"+", line) for line in new[at:stop] if line)
        if stop < end and old[stop]:
            yield _mark(b" ", old[stop])
        at = stop + 1


def _count(start: int, lines: Sequence[bytes]) -> bytes:
    """Return where a hunk begins and how many lines it has; of no lines, the line before."""
    count = sum(1 for line in lines if line)
    return b"%d,%d" % (start + 1 if count else start, count)


def _mark(sign: bytes, line: bytes) -> bytes:
    return sign + (line if line.endswith(b"\n") else line + _NO_LINE_END)


def _quote(name: bytes) -> bytes:
    """Return a name as git quotes it, where it has marks or control characters."""
    if not any(byte < 0x20 or byte in (0x22, 0x5C, 0x7F) for byte in name):
        return name
    quoted = b"".join(
        _ESCAPES.get(byte, b"\\%03o" % byte if byte < 0x20 or byte > 0x7E else bytes((byte,)))
        for byte in name
    )
    return b'"' + quoted + b'"'
