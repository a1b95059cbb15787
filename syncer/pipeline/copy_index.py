"""The documents of the copy, by page and row → its `index.html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from syncer.manifest.mail import mask_mail
from syncer.model.handbook import ResourceRow
from syncer.model.matching import Match
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.named_documents import FileKey, list_row_files
from syncer.report.copy_index import IndexFile, IndexPage, IndexRow, render_copy_index
from syncer.report.words import Lang


def make_index(
    read: ReadHandbook,
    matches: Sequence[Match],
    files: Mapping[FileKey, IndexFile],
    *,
    titles: Mapping[str, str],
    lang: str,
) -> bytes:
    """Return the page, with every row of every page whose place can be in a share.

    Args:
        read: the handbook.
        matches: one per row.
        files: the documents of the copy, by share and path.
        titles: of pages, by path; a page without one has its path.
        lang: of the texts.
    """
    by_row = {match.row: match for match in matches}
    pages = tuple(
        IndexPage(
            title=mask_mail(titles.get(page) or page),
            rows=tuple(_make_row(row, by_row[row.id], files) for row in rows),
        )
        for page, rows in groupby(read.rows, key=lambda row: row.page)
    )
    return render_copy_index(pages, lang=Lang(lang)).encode("utf-8")


def _make_row(row: ResourceRow, match: Match, files: Mapping[FileKey, IndexFile]) -> IndexRow:
    return IndexRow(
        name=mask_mail(row.name),
        files=tuple(files[key] for key in list_row_files(match, files)),
    )
