"""A file name that the next run accepts for a row that has none (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from syncer.matching.asks import Ask
from syncer.matching.fit import Context, Tier, compare
from syncer.matching.names.formats import is_nothing
from syncer.matching.names.kinds import find_in_name
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import State

_MAX_NAME: Final = 120
_FORBIDDEN: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]+")
_SPACE: Final = re.compile(r"\s+")


def suggest_name(reader: Reader, ask: Ask, lacking: Collection[str] = ()) -> str | None:
    """Return a name for the file that a row lacks, as people would write it.

    Args:
        reader: the run's reader.
        ask: the row.
        lacking: names of the kinds that are not there; the first gets its own name.

    Returns:
        A name that Windows, Nextcloud and the next run accept; None when there is none, as for a
        row without a letter.
    """
    extension = ".png" if reader.book.asks_picture(ask.name) else ".docx"
    for text in (*_names_of_kinds(reader, ask, lacking), ask.row.name):
        name = _clean(text) + extension
        if _is_accepted(reader, ask, name):
            return name
    return None


def _names_of_kinds(reader: Reader, ask: Ask, lacking: Collection[str]) -> list[str]:
    listed = find_in_name(reader.book, ask.row.name, ask.name)
    wanted = next((kind for kind in ask.kinds if kind.name in lacking), None)
    if wanted is None:
        return []
    if listed is None:
        return [f"{_singular(ask.row.name)} - {wanted.name}"]
    for kind, text in zip(listed.kinds, listed.written_out, strict=True):
        if kind.stem == wanted.stem:
            return [_singular(text)]
    return [f"{_singular(text)} - {wanted.name}" for text in listed.written_out]


def _singular(text: str) -> str:
    """Return a name in the singular where the ending alone tells it ("skabeloner")."""
    bare = (
        text.removesuffix("erne").removesuffix("er") if text.endswith(("oner", "onerne")) else text
    )
    return bare[:1].upper() + bare[1:]


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text)[:_MAX_NAME]
    text = _SPACE.sub(" ", _FORBIDDEN.sub(" ", text))
    return text.strip(" .~#")


def _is_accepted(reader: Reader, ask: Ask, name: str) -> bool:
    file = reader.read_file(name)
    if is_nothing(name) or (file.state is not State.FINAL and ask.name.state is State.FINAL):
        return False
    return any(
        (compare(reader.book, ask.name, words, file, context=Context()).tier or 0) >= Tier.NEAR
        for words in ask.alternatives
    )
