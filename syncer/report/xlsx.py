"""The lists as a spreadsheet: findings, resources and links, for people who filter and sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Final, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord, StatusManifest
from syncer.model.findings import Owner, Severity
from syncer.model.links import LinkKind
from syncer.redact import make_visible
from syncer.report.view.addresses import place_address, source_address
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.phrases import phrase_finding, phrase_progress
from syncer.report.view.states import state_of
from syncer.report.view.subjects import shown_code
from syncer.report.visible import link_target, show_handbook_text, show_url
from syncer.report.words import Lang, words_of
from syncer.report.words.phrasing import in_copenhagen

# Excel's limits: rows of a sheet, links of a sheet, characters of a cell and of a link.
MAX_ROWS: Final = 1_048_576
MAX_LINKS: Final = 65_530
_MAX_TEXT: Final = 32_767
_MAX_ADDRESS: Final = 2_079
# Its calendar has no day before.
_FIRST_YEAR: Final = 1901
_OWNERS: Final[tuple[str, ...]] = tuple(Owner)
_SEVERITIES: Final[tuple[str, ...]] = tuple(Severity)
# In points; Excel allows no higher row.
_LINE_HEIGHT: Final = 15.0
_MAX_HEIGHT: Final = 409.0
# In characters.
_NARROW, _MEDIUM, _WIDE = 10, 22, 48
_DATE_FORMATS = {Lang.DA: "dd-mm-yyyy", Lang.EN: "yyyy-mm-dd"}


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that leads to an address."""

    text: str
    url: str | None


Cell: TypeAlias = str | int | date | datetime | Linked | None
Columns: TypeAlias = Sequence[tuple[str, int]]


def render_xlsx(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> bytes:
    """Return a workbook of three sheets, byte-equal for the same manifest and language.

    The first lists every finding, by owner and severity and those set aside too; the second every
    row of the handbook's tables and the third every link, by page and line. Texts are never
    formulas, and only http and https addresses are links. `new` is as in `build_view`.
    """
    facts = gather_facts(manifest, words_of(lang), new)
    content, labels = BytesIO(), facts.words.labels
    workbook = Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "max_url_length": _MAX_ADDRESS,
        },
    )
    made = manifest.run.finished_at.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": labels.report_title, "created": made})
    _Sheet(workbook, labels.findings_heading, lang, facts).fill(
        _finding_columns(facts), _list_findings(facts)
    )
    _Sheet(workbook, labels.resources_heading, lang, facts).fill(
        _resource_columns(facts), _list_rows(facts)
    )
    _Sheet(workbook, labels.links_heading, lang, facts).fill(
        _link_columns(facts), _list_links(facts)
    )
    workbook.close()
    return content.getvalue()


class _Sheet:
    """One sheet: its header stays in view, every column has a filter."""

    def __init__(self, workbook: Workbook, name: str, lang: Lang, facts: Facts) -> None:
        self._sheet: Worksheet = workbook.add_worksheet(name)
        self._facts = facts
        self._links = 0
        day = _DATE_FORMATS[lang]
        top = {"valign": "top"}
        self._head: Format = workbook.add_format({"bold": True, "bg_color": "#E8EDF2", **top})
        self._text: Format = workbook.add_format({"text_wrap": True, **top})
        self._number: Format = workbook.add_format(
            {"num_format": "#,##0", "align": "right", "indent": 1, **top}
        )
        self._day: Format = workbook.add_format({"num_format": day, "align": "left", **top})
        self._moment: Format = workbook.add_format(
            {"num_format": f"{day} hh:mm", "align": "left", **top}
        )
        self._link: Format = workbook.add_format(
            {"font_color": "#0B5394", "underline": 1, "text_wrap": True, **top}
        )

    def fill(self, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
        """Write the header and the rows; what a sheet cannot hold is counted in its last row."""
        sheet, last, left_out = self._sheet, 0, 0
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self._head)
        for number, row in enumerate(rows, start=1):
            if number >= MAX_ROWS - 1:
                left_out += 1
                continue
            last = number
            lines = 1
            for column, (cell, (_, width)) in enumerate(zip(row, columns, strict=True)):
                self._write(number, column, cell)
                lines = max(lines, _count_lines(cell, width))
            sheet.set_row(number, min(lines * _LINE_HEIGHT, _MAX_HEIGHT))
        if left_out:
            words = self._facts.words
            self._write(MAX_ROWS - 1, 0, words.fill(words.labels.lists_cut, n=left_out))
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case date() if cell.year < _FIRST_YEAR:
                self._write(row, column, cell.isoformat())
            case datetime():
                local = in_copenhagen(cell).replace(tzinfo=None)
                self._sheet.write_datetime(row, column, local, self._moment)
            case date():
                self._sheet.write_datetime(row, column, cell, self._day)
            case int():
                self._sheet.write_number(row, column, cell, self._number)
            case str():
                self._sheet.write_string(row, column, _cut(cell), self._text)
            case Linked(text, url) if self._may_link(url):
                self._links += 1
                self._sheet.write_url(row, column, url, self._link, string=_cut(text))
            case Linked(text):
                self._write(row, column, text)

    def _may_link(self, url: str | None) -> bool:
        # Browsers read `http:/x` too; the writer of the file raises an error for it.
        if url is None or not url.lower().startswith(("http://", "https://")):
            return False
        # The program that opens the file counts an address after escaping it, three for one.
        return self._links < MAX_LINKS and 3 * len(url.encode()) < _MAX_ADDRESS


def _count_lines(cell: Cell, width: int) -> int:
    """Return about how many lines a cell takes: not every program fits rows to wrapped texts."""
    text = cell.text if isinstance(cell, Linked) else cell if isinstance(cell, str) else ""
    # Lines end at blanks, so that they are not full.
    return -(-len(text) * 11 // (width * 10))


def _cut(text: str) -> str:
    return make_visible(text)[:_MAX_TEXT]


def _rank(finding: FindingRecord) -> tuple[int, int, str, int, str]:
    """Order findings by owner, severity and place; a code that is not known comes last."""
    owner = _OWNERS.index(finding.owner) if finding.owner in _OWNERS else len(_OWNERS)
    known = finding.severity in _SEVERITIES
    severity = _SEVERITIES.index(finding.severity) if known else len(_SEVERITIES)
    return (owner, severity, finding.page or "", finding.line or 0, finding.id)


def _finding_columns(facts: Facts) -> Columns:
    labels = facts.words.labels
    return (
        (labels.column_owner, _MEDIUM),
        (labels.column_severity, _NARROW),
        (labels.column_what, _MEDIUM),
        (labels.column_about, _MEDIUM),
        (labels.column_sentence, _WIDE),
        (labels.column_action, _WIDE),
        (labels.column_page, _MEDIUM),
        (labels.column_line, _NARROW),
        (labels.column_new, _NARROW),
        (labels.column_open_since, _MEDIUM),
        (labels.column_waived_until, _MEDIUM),
        (labels.column_reason, _MEDIUM),
        (labels.column_code, _MEDIUM),
    )


def _list_findings(facts: Facts) -> Iterator[Sequence[Cell]]:
    words = facts.words
    for finding in sorted(facts.manifest.findings, key=_rank):
        subject, sentence, action = phrase_finding(facts, finding)
        yield (
            words.owner(finding.owner),
            words.severity(finding.severity),
            words.finding(shown_code(facts, finding)).badge,
            subject,
            sentence,
            action,
            *_place(facts, finding.page, finding.line),
            words.tables.conventions.yes if finding.id in facts.new else None,
            finding.first_seen_at,
            _read_day(finding.waived_until),
            None if finding.waiver is None else show_handbook_text(finding.waiver.reason),
            finding.code,
        )


def _read_day(day: str | None) -> date | str | None:
    """Return an ISO date as one, anything else as it is: the manifest may come from anywhere."""
    try:
        return None if day is None else date.fromisoformat(day)
    except ValueError:
        return day


def _resource_columns(facts: Facts) -> Columns:
    labels = facts.words.labels
    return (
        (labels.column_resource, _WIDE),
        (labels.column_state, _MEDIUM),
        (labels.column_expected, _MEDIUM),
        (labels.column_file, _WIDE),
        (labels.column_folder, _MEDIUM),
        (labels.column_size, _NARROW),
        (labels.column_changed, _MEDIUM),
        (labels.column_page, _MEDIUM),
        (labels.column_line, _NARROW),
        (labels.column_section, _MEDIUM),
        (labels.column_place, _MEDIUM),
    )


def _list_rows(facts: Facts) -> Iterator[Sequence[Cell]]:
    for row in sorted(facts.manifest.resources, key=_by_place):
        yield (
            show_handbook_text(row.name),
            state_of(facts, row)[1],
            phrase_progress(facts, row),
            *_file(facts, row),
            *_place(facts, row.page, row.line),
            None if row.section is None else show_handbook_text(row.section),
            Linked(
                show_handbook_text(row.label),
                place_address(facts.shares, row.places[0]) if row.places else None,
            ),
        )


def _file(facts: Facts, row: ResourceRecord) -> Sequence[Cell]:
    """Return the first file's name, folder, size and last change; None for what is not known."""
    if not row.files:
        return (None,) * 4
    file = row.files[0]
    shown = facts.show_file(file)
    size = None if file.folder else file.size_bytes
    return (shown.name, Linked(shown.folder, shown.folder_url), size, file.modified_at)


def _link_columns(facts: Facts) -> Columns:
    labels = facts.words.labels
    return (
        (labels.column_page, _MEDIUM),
        (labels.column_line, _NARROW),
        (labels.column_link, _WIDE),
        (labels.column_address, _WIDE),
        (labels.column_kind, _MEDIUM),
        (labels.column_state, _MEDIUM),
        (labels.column_sentence, _WIDE),
        (labels.column_new_address, _MEDIUM),
        (labels.column_checked, _MEDIUM),
    )


def _list_links(facts: Facts) -> Iterator[Sequence[Cell]]:
    words = facts.words
    for link in sorted(facts.manifest.links, key=_by_place):
        if link.kind == LinkKind.MAIL:
            continue  # as in the report: it must not be a list of addresses
        final = link.final_url
        yield (
            *_place(facts, link.page, link.line),
            show_handbook_text(link.text) or words.labels.no_text,
            Linked(show_url(link.url), link_target(link.url)),
            words.link_kind(link.kind),
            words.link_status(link.status),
            None if link.reason is None else facts.phrase(link.reason),
            None if final is None else Linked(show_url(final), link_target(final)),
            link.checked_at,
        )


def _by_place(record: ResourceRecord | LinkRecord) -> tuple[str, int, str]:
    return (record.page, record.line, record.id)


def _place(facts: Facts, page: str | None, line: int | None) -> Sequence[Cell]:
    """Return a page, which leads to its source, and the line."""
    if page is None:
        return (None, None)
    return (Linked(make_visible(page), source_address(facts.manifest.handbook, page, line)), line)
