"""What the proposals of one run look things up in (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from syncer.handbook.kramdown.positions import LineMap
from syncer.model.findings import Finding
from syncer.model.handbook import PageLink, PageText, ParsedPage, ResourceRow, SourceSpan, TableRow


@dataclass(frozen=True)
class PageSources:
    """The pages of a run, with their rows and links.

    Attributes:
        texts: of the files that may be edited, by path.
        pages: the same pages, parsed; `_config.yml` is not among them.
        rows: by id.
        links: of the audited pages, in order.
        todo_markers: of the settings.
        may_link: returns whether a page may get an address: not one of a share that no page links
            to, whose token may be a secret.
    """

    texts: Mapping[str, PageText]
    pages: Mapping[str, ParsedPage]
    rows: Mapping[str, ResourceRow]
    links: tuple[PageLink, ...]
    todo_markers: tuple[str, ...]
    may_link: Callable[[str], bool]

    @cached_property
    def _links_at(self) -> Mapping[tuple[str, int, int, str], PageLink]:
        # An element may have several addresses.
        return {(k.span.file, k.span.line, k.span.column, k.url): k for k in self.links}

    @cached_property
    def _table_rows(self) -> Mapping[tuple[str, int], TableRow]:
        tables = (table for page in self.pages.values() for table in page.tables)
        return {(row.span.file, row.span.line): row for table in tables for row in table.rows}

    @cached_property
    def _lines(self) -> dict[str, LineMap]:
        return {}

    def find_link(self, finding: Finding) -> PageLink | None:
        """Return the link that a finding is about; None where it is about none."""
        if finding.page is None or finding.line is None or finding.column is None:
            return None
        return self._links_at.get((finding.page, finding.line, finding.column, finding.subject))

    def find_table_row(self, page: str | None, line: int | None) -> TableRow | None:
        """Return the table row on a line; None where there is none."""
        return self._table_rows.get((page or "", line or 0))

    def locate(self, span: SourceSpan) -> tuple[str, int, int]:
        """Return the text of a span's file, and where the span starts and ends in it."""
        text = self.texts[span.file].text
        if span.file not in self._lines:
            self._lines[span.file] = LineMap(span.file, text)
        lines = self._lines[span.file]
        start = lines.offset_of(span.line, span.column)
        return text, start, lines.offset_of(span.end_line, span.end_column)
