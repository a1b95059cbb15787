"""Edits of a table line: a place becomes a link, a ToDo marker goes, a mark is closed (pure)."""

from __future__ import annotations

from itertools import islice

from syncer.fix.link_targets import write_inline
from syncer.fix.page_sources import PageSources
from syncer.handbook.rows.resource_tables import marker_pattern, take_marker
from syncer.model.corrections import Edit
from syncer.model.findings import Finding
from syncer.model.handbook import Cell, ResourceRow, TableRow
from syncer.model.reason import Reason

# What remains between a name and its marker: "Navn – (ToDo)", "ToDo: Navn".
_BETWEEN = " \t:;,–-"
_MOST_MARKERS = 10
_UNPAIRED = frozenset({"table-mark-unclosed", "table-mark-unopened"})
_WRAPPERS = ("**", "*", "__", "_", "~~")


def remove_marker(finding: Finding, sources: PageSources) -> tuple[Edit, ...] | Reason:
    """Remove the marker of a promised row."""
    row, line = _find_row(finding, sources)
    if row is None or line is None:
        return Reason("fix-place-unclear")
    cells = [line.cells[0], *_find_labels(row, line, sources)]
    edits = [edit for cell in cells for edit in _cut_markers(cell, sources)]
    return tuple(edits) or Reason("fix-place-unclear")


def link_place(finding: Finding, sources: PageSources) -> tuple[Edit, ...] | Reason:
    """Make the place of a row a link, where it is plain text."""
    row, line = _find_row(finding, sources)
    url = finding.hint.args.get("url") if finding.hint is not None else None
    if row is None or line is None or not isinstance(url, str):
        return Reason("fix-place-unclear")
    cells = _find_labels(row, line, sources)
    if row.links or len(cells) != 1 or not row.label or "[" in cells[0].raw:
        return Reason("fix-place-unclear")
    text, start, end = sources.locate(cells[0].span)
    pattern = marker_pattern(sources.todo_markers)
    marker = None if pattern is None else pattern.search(text, start, end)
    if marker is not None:
        # The label is before or after its marker.
        start, end = (start, marker.start()) if marker.start() > start else (marker.end(), end)
    end = start + len(text[start:end].rstrip(_BETWEEN))
    start = end - len(text[start:end].lstrip(_BETWEEN))
    if start >= end:
        return Reason("fix-place-unclear")
    page = row.page
    return Edit(page, start, start, "["), Edit(page, end, end, f"]({write_inline(url)})")


def close_mark(finding: Finding, sources: PageSources) -> tuple[Edit, ...] | Reason:
    """Close a mark that is only opened in its cell, or open one that is only closed."""
    mark = finding.args.get("mark")
    if finding.args.get("why") not in _UNPAIRED or not isinstance(mark, str):
        return Reason("fix-by-hand")
    line = sources.find_table_row(finding.page, finding.line)
    cells = [] if line is None else [cell for cell in line.cells if mark in cell.text]
    if len(cells) != 1 or cells[0].text.count(mark) != 1:
        return Reason("fix-place-unclear")
    text, start, end = sources.locate(cells[0].span)
    raw = text[start:end]
    if raw.startswith(mark) and not raw.endswith(mark):
        return (Edit(cells[0].span.file, end, end, mark),)
    if raw.endswith(mark) and not raw.startswith(mark):
        return (Edit(cells[0].span.file, start, start, mark),)
    return Reason("fix-place-unclear")


def _find_row(finding: Finding, sources: PageSources) -> tuple[ResourceRow | None, TableRow | None]:
    row = sources.rows.get(finding.row or "")
    return row, None if row is None else sources.find_table_row(row.page, row.span.line)


def _find_labels(row: ResourceRow, line: TableRow, sources: PageSources) -> list[Cell]:
    """Return the cells that have the text of the row's place."""
    markers = sources.todo_markers
    return [cell for cell in line.cells[1:] if take_marker(cell.text, markers)[0] == row.label]


def _cut_markers(cell: Cell, sources: PageSources) -> list[Edit]:
    """Return the edits that remove the markers of a cell, with the marks around them."""
    pattern = marker_pattern(sources.todo_markers)
    text, start, end = sources.locate(cell.span)
    edits: list[Edit] = []
    markers = () if pattern is None else pattern.finditer(text, start, end)
    for found in islice(markers, _MOST_MARKERS):
        first, last = found.span()
        for mark in _WRAPPERS:
            if text.startswith(mark, last) and text.endswith(mark, start, first):
                first, last = first - len(mark), last + len(mark)
        before, after = text[start:first], text[last:end]
        if before.strip(" \t*_~"):
            first -= len(before) - len(before.rstrip(_BETWEEN))
        else:
            last += len(after) - len(after.lstrip(_BETWEEN))
        edits.append(Edit(cell.span.file, first, last, ""))
    return edits
