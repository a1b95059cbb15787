"""The index of the local copy: an HTML page that opens from disk, by page and row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from syncer import __version__
from syncer.redact import make_visible
from syncer.report.words import Lang, Words, words_of


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A document of the copy: its place in it, its path in the share, its size and last change."""

    local: str
    path: str
    size_bytes: int
    modified_at: datetime | None

    @property
    def href(self) -> str:
        """The address, relative to the index."""
        return quote(self.local, safe="/")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of a page, with its documents; () for a row without any in the copy."""

    name: str
    files: tuple[IndexFile, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A page of the handbook, with its rows in order."""

    title: str
    rows: tuple[IndexRow, ...]


def sum_up_index(pages: Sequence[IndexPage], lang: Lang) -> str:
    """Return a short sum of all that the index shows, which it has at its beginning."""
    shown = repr((__version__, lang.value, tuple(pages)))
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def render_copy_index(pages: Sequence[IndexPage], *, lang: Lang) -> str:
    """Return the index; the same documents give the same bytes."""
    environment = Environment(
        loader=PackageLoader("syncer.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = words_of(lang)
    return environment.get_template("copy_index.html.jinja").render(
        pages=pages,
        sum=sum_up_index(pages, lang),
        labels=words.labels,
        words=words,
        visible=make_visible,
        describe=lambda file: _describe(file, words),
    )


def _describe(file: IndexFile, words: Words) -> str:
    size = words.size(file.size_bytes)
    return size if file.modified_at is None else f"{size}, {words.day(file.modified_at)}"
