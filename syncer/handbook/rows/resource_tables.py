"""Resource tables → `ResourceRow` (pure).

A table is a resource table when its first header is one of the table words ("Ressource") and
another one is a place word ("Placering").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from syncer.handbook.rows.places import (
    Alias,
    ParseShareLink,
    PlaceBook,
    fold,
    has_unread_liquid,
)
from syncer.model.handbook import (
    Cell,
    LinkSyntax,
    ParsedPage,
    ResourceRow,
    SiteKind,
    SourceSpan,
    Table,
    TableProblem,
    TableRow,
)
from syncer.model.ids import make_id, number_repeats
from syncer.model.normal_forms import normalize
from syncer.model.reason import Reason

__all__ = [
    "DEFAULT_WORDS",
    "Alias",
    "TableWords",
    "find_rows",
    "marker_pattern",
    "take_marker",
]


@dataclass(frozen=True, slots=True)
class TableWords:
    """The words that identify tables and promised rows; case and blanks do not matter.

    Attributes:
        table_headers: first headers of a resource table.
        place_headers: headers of its column of places.
        todo_markers: marks of a promised row. "ToDo" also matches in brackets with more text
            ("(ToDo: efterår)"), "(ToDo)" only itself.
    """

    table_headers: tuple[str, ...]
    place_headers: tuple[str, ...]
    todo_markers: tuple[str, ...]


DEFAULT_WORDS = TableWords(
    table_headers=(
        "Ressource",
        "Ressourcer",
        "Dokument",
        "Dokumenter",
        "Dokument / skabelon",
        "Skabelon",
    ),
    place_headers=("Placering",),
    todo_markers=("(ToDo)", "ToDo"),
)

# Headers of the description; without one, all columns between name and place are descriptions.
_DESCRIPTION_HEADERS = frozenset({"beskrivelse", "formål"})
_STRAY_MARKS = re.compile(r"\*\*+|(?<!\w)\*|\*(?!\w)|(?<!\w)__|__(?!\w)")
_UNCLOSED = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
# What prints nothing, or what is within it as it is written.
_SILENT_TAGS = re.compile(
    r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{%-?\s*(?:raw|endraw)\s*-?%\}"
    r"|\{%-?\s*(?:assign\s[^%]*|\#[^%]*)%\}"
)
# kramdown makes long dashes of several.
_DASHES = re.compile(r"[\s:=–—-]*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Indexes of a resource table's columns, and their number."""

    place: int
    description: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row without its places and its id."""

    name: str
    description: str
    todo: bool
    label: str
    place: Cell | None
    section: str | None
    span: SourceSpan
    has_liquid_name: bool


def find_rows(
    pages: Sequence[ParsedPage],
    *,
    words: TableWords = DEFAULT_WORDS,
    parse: ParseShareLink,
    aliases: Sequence[Alias] = (),
    accounts: frozenset[str] = frozenset(),
    site: SiteKind = SiteKind.JEKYLL,
) -> tuple[tuple[ResourceRow, ...], tuple[TableProblem, ...]]:
    """Find the rows of every resource table.

    Args:
        pages: in any order, each once.
        words: identify tables and promised rows.
        parse: returns the parts of an address that leads to a Nextcloud, None for any other.
        aliases: plain-text places from the settings, which override the pages' own rows.
        accounts: clouds in which folders that require a login can be listed.
        site: which program reads the pages: Liquid is text on GitHub, and elsewhere run by Jekyll,
            before the table is read, or by something like it.

    Returns:
        The rows by page and line, and the problems of their tables by page, line and code. A row
        without a name is a problem; an empty row is neither.
    """
    drafts: list[_Draft] = []
    problems: list[TableProblem] = []
    for page in sorted(pages, key=lambda page: page.path):
        for table in page.tables:
            _read_table(table, words, site, drafts, problems)
    drafts.sort(key=lambda draft: draft.span)
    book = PlaceBook(parse, aliases, accounts, runs_liquid=site is not SiteKind.GITHUB)
    for draft in drafts:
        book.learn(draft.span.file, draft.label, _links(draft.place))
    ids = number_repeats(make_id("r", draft.span.file, fold(draft.name)) for draft in drafts)
    rows = tuple(
        ResourceRow(
            id=identity,
            name=draft.name,
            description=draft.description,
            todo=draft.todo,
            label=draft.label,
            links=() if draft.place is None else draft.place.links,
            places=book.resolve(draft.span.file, draft.label, _links(draft.place)),
            section=draft.section,
            span=draft.span,
            has_liquid_name=draft.has_liquid_name,
        )
        for identity, draft in zip(ids, drafts, strict=True)
    )
    return rows, tuple(sorted(problems, key=lambda problem: (problem.span, problem.reason.code)))


def count_rows(page: ParsedPage, words: TableWords) -> int:
    """Return how many rows the resource tables of a page have, empty ones included."""
    return sum(
        len(table.rows)
        for table in page.tables
        if _find_columns(_find_header(table), words) is not None
    )


def _links(place: Cell | None) -> tuple[str, ...]:
    """Return the addresses of the links in a place cell, without empty ones."""
    if place is None:
        return ()
    return tuple(link.url for link in place.links if link.url and link.syntax is LinkSyntax.LINK)


def _read_table(
    table: Table,
    words: TableWords,
    site: SiteKind,
    drafts: list[_Draft],
    problems: list[TableProblem],
) -> None:
    rows = table.rows if table.header else table.rows[1:]
    if site is SiteKind.FILES:
        rows = tuple(map(_rejoin, rows))
    columns = _find_columns(_find_header(table), words)
    if columns is None:
        return
    if not table.header:
        _add_problem(problems, table, Reason("table-separator-missing"))
    if not table.rendered:
        _add_problem(problems, table, Reason("table-not-rendered"))
    for row in rows:
        if all(_DASHES.fullmatch(cell.text) for cell in row.cells):
            # An empty line, or a line of dashes that kramdown does not recognise as one.
            continue
        draft = _read_row(row, columns, table.section, words.todo_markers, site)
        reasons = _find_faults(row, columns)
        if draft.name:
            drafts.append(draft)
        else:
            reasons = [Reason("table-name-missing"), *reasons]
        problems += (TableProblem(row.span, draft.name, reason) for reason in reasons)


def _find_header(table: Table) -> tuple[str, ...]:
    """Return the texts of the header; without a line of dashes that is the first row."""
    return table.header or tuple(cell.text for cell in table.rows[0].cells)


def _add_problem(problems: list[TableProblem], table: Table, reason: Reason) -> None:
    problems.append(TableProblem(table.span, table.section or "", reason))


def _find_columns(header: tuple[str, ...], words: TableWords) -> _Columns | None:
    """Return the columns of a resource table; None for every other table."""
    folded = [_fold_header(text) for text in header]
    tables = {_fold_header(word) for word in words.table_headers}
    places = {_fold_header(word) for word in words.place_headers}
    if not folded or folded[0] not in tables:
        return None
    place = next((index for index, text in enumerate(folded) if index and text in places), None)
    if place is None:
        return None
    named = tuple(index for index, text in enumerate(folded) if text in _DESCRIPTION_HEADERS)
    return _Columns(place, named or tuple(range(1, place)), len(header))


def _read_row(
    row: TableRow,
    columns: _Columns,
    section: str | None,
    markers: tuple[str, ...],
    site: SiteKind,
) -> _Draft:
    place = _find_place(row, columns)
    name, name_todo = take_marker(row.cells[0].text, markers)
    label, label_todo = take_marker(place.text if place else "", markers)
    indexes = takewhile(lambda index: index < len(row.cells), columns.description)
    described = (row.cells[index] for index in indexes)
    texts = (_clean(cell.text) for cell in described if cell is not place)
    return _Draft(
        name=name,
        description="; ".join(text for text in texts if text),
        todo=name_todo or label_todo,
        label=label,
        place=place,
        section=section,
        span=row.span,
        has_liquid_name=_is_made_by_liquid(row.cells[0], name, site),
    )


def _is_made_by_liquid(cell: Cell, name: str, site: SiteKind) -> bool:
    """Return whether only a build knows a name: Liquid prints it, or chooses its words."""
    if site is SiteKind.GITHUB:
        return False
    chosen = site is SiteKind.JEKYLL and "{%" in _SILENT_TAGS.sub("", cell.raw)
    return chosen or has_unread_liquid(name)


def _rejoin(row: TableRow) -> TableRow:
    """Join the cells of a row in which a program of templates has its own bars: `{{ a | b }}`."""
    cells: list[Cell] = []
    for cell in row.cells:
        before = cells[-1] if cells else None
        if before is None or not _is_open(before.raw):
            cells.append(cell)
            continue
        # Where it ends in the page is used for nothing: what is said of it names the row.
        cells[-1] = replace(
            before,
            text=f"{before.text} | {cell.text}",
            links=(*before.links, *cell.links),
            raw=f"{before.raw}|{cell.raw}",
        )
    # What nothing closes is no template.
    return row if not cells or _is_open(cells[-1].raw) else replace(row, cells=tuple(cells))


def _is_open(text: str) -> bool:
    return any(text.rfind(mark) > text.rfind(end) for mark, end in (("{{", "}}"), ("{%", "%}")))


def _find_place(row: TableRow, columns: _Columns) -> Cell | None:
    """Return the cell of the row's place; None when there is none.

    In a row with too few or too many cells, the last cell with a link is a better guess than a cell
    without a link in the place column.
    """
    own = row.cells[columns.place] if columns.place < len(row.cells) else None
    if len(row.cells) == columns.count or (own is not None and own.links):
        return own
    return next((cell for cell in reversed(row.cells[1:]) if cell.links), own)


def _find_faults(row: TableRow, columns: _Columns) -> list[Reason]:
    reasons: list[Reason] = []
    args = {"cells": len(row.cells), "columns": columns.count}
    if len(row.cells) < columns.count:
        reasons.append(Reason("table-cells-missing", args))
    if len(row.cells) > columns.count:
        reasons.append(Reason("table-cells-extra", args))
    # Marks in code are meant.
    texts = [cell.text for cell in row.cells if "`" not in cell.raw]
    if mark := next(filter(None, map(_UNCLOSED.search, texts)), None):
        last = mark.string.rstrip().endswith(mark[0])
        code = "table-mark-unopened" if last else "table-mark-unclosed"
        reasons.append(Reason(code, {"mark": mark[0]}))
    if any("](" in text for text in texts):
        reasons.append(Reason("table-link-unclosed"))
    return reasons


def _clean(text: str) -> str:
    """Return a cell's text without unclosed marks."""
    return " ".join(_STRAY_MARKS.sub("", normalize("NFC", text)).split())


def take_marker(text: str, markers: tuple[str, ...]) -> tuple[str, bool]:
    """Return a cell's text without the marker of a promised row, and whether it had one."""
    cleaned = _clean(text)
    pattern = marker_pattern(markers)
    if pattern is None or not pattern.search(cleaned):
        return cleaned, False
    return " ".join(pattern.sub(" ", cleaned).split()).strip(" :;,–-"), True


@lru_cache(maxsize=8)
def marker_pattern(markers: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all markers; a word does not match inside another word."""
    parts: list[str] = []
    for marker in markers:
        words = r"\s+".join(map(re.escape, marker.split()))
        if not words:
            continue
        if marker.strip()[0].isalnum():
            parts += [
                rf"[(\[]\s*{words}(?!\w)[^()\[\]]{{0,200}}[)\]]",
                rf"(?<![\w-]){words}(?![\w-])",
            ]
        else:
            parts.append(words)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _fold_header(text: str) -> str:
    """Return a header for comparing: "dokument / skabelon" for "Dokument/Skabelon:"."""
    return re.sub(r"\s*/\s*", " / ", fold(_clean(text))).strip(" :")
