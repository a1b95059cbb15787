"""The documents of the copy, by page and row, for its `index.html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from syncer.manifest.mail import mask_mail
from syncer.model.handbook import ResourceRow
from syncer.model.matching import Match
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.named_documents import FileKey, list_row_files
from syncer.report.copy_index import IndexFile, IndexPage, IndexRow


def list_index_pages(
    read: ReadHandbook,
    matches: Sequence[Match],
    files: Mapping[FileKey, IndexFile],
    titles: Mapping[str, str],
) -> tuple[IndexPage, ...]:
    """Return what the index shows: every row of every page, with its documents.

    Args:
        read: the handbook.
        matches: one per row.
        files: the documents of the copy, by share and path.
        titles: of pages, by path; a page without one has its path.
    """
    by_row = {match.row: match for match in matches}
    return tuple(
        IndexPage(
            title=mask_mail(titles.get(page) or page),
            rows=tuple(_make_row(row, by_row[row.id], files) for row in rows),
        )
        for page, rows in groupby(read.rows, key=lambda row: row.page)
    )


def _make_row(row: ResourceRow, match: Match, files: Mapping[FileKey, IndexFile]) -> IndexRow:
    return IndexRow(
        name=mask_mail(row.name),
        files=tuple(files[key] for key in list_row_files(match, files)),
    )
