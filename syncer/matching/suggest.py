"""A file name that the next run accepts for a row without a file (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from syncer.matching.fit import Tier, compare
from syncer.matching.folders import Context
from syncer.matching.names.formats import is_ignored
from syncer.matching.names.kinds import find_in_name
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import State
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.row_requests import RowRequest
from syncer.model.normal_forms import normalize

_MAX_NAME: Final = 120
_FORBIDDEN: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]+")
_SPACE: Final = re.compile(r"\s+")


def suggest_name(reader: Reader, request: RowRequest, lacking: Collection[str]) -> str | None:
    """Return a name for the file that a row lacks, as people would write it.

    Args:
        reader: the run's reader.
        request: what the row asks for.
        lacking: names of the kinds that are missing; the first gets a name of its own.

    Returns:
        A name that Windows, Nextcloud and the next run accept; None when there is none, as for a
        row without a letter.
    """
    extension = ".png" if reader.book.asks_picture(request.name) else ".docx"
    for text in (*_names_of_kinds(reader.book, request, lacking), request.row.name):
        name = _clean(text) + extension
        if _is_accepted(reader, request, name):
            return name
    return None


def _names_of_kinds(book: Wordbook, request: RowRequest, lacking: Collection[str]) -> list[str]:
    listed = find_in_name(book, request.row.name, request.name)
    wanted = next((kind for kind in request.kinds if kind.name in lacking), None)
    if wanted is None:
        return []
    if listed is None:
        return [f"{_singular(request.row.name)} - {wanted.name}"]
    for kind, text in zip(listed.kinds, listed.written_out, strict=True):
        if kind.stem == wanted.stem:
            return [_singular(text)]
    return [f"{_singular(text)} - {wanted.name}" for text in listed.written_out]


def _singular(text: str) -> str:
    """Return a name in the singular where the ending suffices to form it ("skabeloner")."""
    if text.endswith(("oner", "onerne")):
        text = text.removesuffix("erne").removesuffix("er")
    return text[:1].upper() + text[1:]


def _clean(text: str) -> str:
    text = normalize("NFC", text)[:_MAX_NAME]
    text = _SPACE.sub(" ", _FORBIDDEN.sub(" ", text))
    return text.strip(" .~#")


def _is_accepted(reader: Reader, request: RowRequest, name: str) -> bool:
    file = reader.read_file(name)
    unfinished = file.state is not State.FINAL and request.name.state is State.FINAL
    if is_ignored(name) or unfinished:
        return False
    fits = (
        compare(reader.book, request.name, words, file, context=Context())
        for words in request.alternatives
    )
    return any((fit.tier or 0) >= Tier.NEAR for fit in fits)
