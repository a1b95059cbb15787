"""Edits → the bytes of a page, and the same page as the program reads it (pure)."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import replace

from syncer.model.corrections import Correction, Edit
from syncer.model.handbook import PageText
from syncer.redact import blot_user_info

_MOST_AROUND = 80
_WORD_BEFORE = re.compile(r"[^\s|]*\Z")
_WORD_AFTER = re.compile(r"[^\s|]*")


def encode_page(page: PageText) -> bytes:
    """Return the bytes of a page as they are on disk."""
    written = page.text if page.written is None else page.written
    return (BOM_UTF8 if page.marked else b"") + written.encode("utf-8")


def blot_page(page: PageText) -> PageText:
    """Return a page whose passwords in addresses are blotted out; its lines stay."""
    written = None if page.written is None else blot_user_info(page.written)
    return replace(page, text=blot_user_info(page.text), written=written)


def list_changes(
    correction: Correction, pages: Iterable[tuple[PageText, PageText]]
) -> list[tuple[str, str]]:
    """Return the text before and after a correction, once per page, with the words around it.

    Passwords in addresses are blotted out: cut at a blank or a line's end, one is no longer seen.
    `pages` are the edited pages, before and after all corrections.
    """
    changes = []
    for page, _ in pages:
        text = blot_user_info(page.text)
        edits = sorted({edit for edit in correction.edits if edit.page == page.path})
        if edits:
            start, end = _find_words(text, edits[0].start, edits[-1].end)
            parts = [(edit.start - start, edit.end - start, edit.text) for edit in edits]
            before = text[start:end]
            changes.append((_join(before), _join(_replace(before, parts))))
    return changes


def _find_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span that also has the words at its ends, as far as they are short."""
    before = _WORD_BEFORE.search(text, max(start - _MOST_AROUND, 0), start)
    after = _WORD_AFTER.match(text, end, end + _MOST_AROUND)
    return before.start() if before else start, after.end() if after else end


def _join(text: str) -> str:
    return " ".join(text.split())


def overlaps(edit: Edit, other: Edit) -> bool:
    """Return whether two edits exclude each other.

    Equal ones do not, nor does an insertion at the start or the end of a replacement.
    """
    if edit == other or edit.page != other.page:
        return False
    if edit.start == edit.end and other.start == other.end:
        return edit.start == other.start
    return edit.start < other.end and other.start < edit.end


def edit_page(page: PageText, edits: Iterable[Edit]) -> PageText:
    """Return a page with the edits made; line ends and everything outside of them stay.

    The order of the edits does not matter, and equal ones count once. They must not overlap
    (`overlaps`), have no line end and empty no line, since a CR and an LF around it would join.
    """
    ordered = sorted(set(edits))
    written = page.text if page.written is None else page.written
    text = _replace(page.text, [(edit.start, edit.end, edit.text) for edit in ordered])
    if page.written is None:
        return replace(page, text=text)
    places = _find_places(page, [at for edit in ordered for at in (edit.start, edit.end)])
    moved = [(places[edit.start], places[edit.end], edit.text) for edit in ordered]
    return replace(page, text=text, written=_replace(written, moved))


def _replace(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, new in parts:
        pieces += (text[at:start], new)
        at = end
    return "".join((*pieces, text[at:]))


def _find_places(page: PageText, offsets: Iterable[int]) -> dict[int, int]:
    """Return the offsets in the text with its own line ends, by those in `page.text`."""
    written = page.written or ""
    places: dict[int, int] = {}
    at = added = 0
    for offset in sorted(set(offsets)):
        while 0 <= (found := written.find("\r\n", at)) < offset + added:
            added += 1
            at = found + 2
        places[offset] = offset + added
    return places
