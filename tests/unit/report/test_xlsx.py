"""The spreadsheet, read back by another program's reader."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from syncer.manifest.document import StatusManifest
from syncer.model.links import LinkKind
from syncer.report import xlsx
from syncer.report.words import Lang
from syncer.report.xlsx import render_xlsx
from tests.golden.golden_manifests import NAMES, read_manifest

FINDINGS, RESOURCES, LINKS = range(3)
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1}",
    '=HYPERLINK("http://x.dk")',
    "\t=1",
    "=cmd|'/c'",
)


def read(manifest: StatusManifest, lang: Lang = Lang.DA) -> Any:
    """Return the workbook as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(render_xlsx(manifest, lang=lang)))


def rows_of(manifest: StatusManifest, sheet: int, lang: Lang = Lang.DA) -> list[tuple[Any, ...]]:
    """Return the values of a sheet's rows, without its header."""
    worksheet = read(manifest, lang).worksheets[sheet]
    return [tuple(row) for row in worksheet.iter_rows(min_row=2, values_only=True)]


@pytest.fixture(params=NAMES)
def manifest(request: pytest.FixtureRequest) -> StatusManifest:
    """Each golden manifest."""
    return read_manifest(request.param)


@pytest.mark.parametrize("lang", list(Lang))
def test_every_record_has_a_row(manifest: StatusManifest, lang: Lang) -> None:
    """Findings, rows and links are all listed, but for mail addresses; the header is filtered."""
    workbook = read(manifest, lang)
    links = [link for link in manifest.links if link.kind != LinkKind.MAIL]
    for sheet, records in zip(
        workbook.worksheets, (manifest.findings, manifest.resources, links), strict=True
    ):
        assert sheet.max_row == len(records) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.value for cell in sheet[1])


def test_the_same_manifest_gives_the_same_bytes(manifest: StatusManifest) -> None:
    """Neither the hour nor the machine is in the file."""
    assert render_xlsx(manifest, lang=Lang.DA) == render_xlsx(manifest, lang=Lang.DA)


def test_only_web_addresses_are_links() -> None:
    """A script's or a file's address is text, and so is what a page calls it."""
    manifest = read_manifest("hostile")
    sheets = read(manifest).worksheets
    targets = [
        cell.hyperlink.target for sheet in sheets for row in sheet for cell in row if cell.hyperlink
    ]
    assert targets
    assert all(re.match(r"https?://", target) for target in targets)


@pytest.mark.parametrize(
    "url",
    [
        *("http:/x.test/a", "https:x.test", "HTTPS:u@h/x", "http:\\\\h\\x", "http:", "http:///x"),
        *("internal:A1", "external:c.xlsx", "file://x/y", "mailto:", "HTTP://x.test/ø#a b"),
        *("https://[::1", "http://x.test/%zz", "http://\u202ex", 'http://x/"<>', "ftp://x/y"),
    ],
)
def test_no_address_of_a_stranger_ends_the_report(url: str) -> None:
    """It is a link or a text, and all the rows are there."""
    manifest = read_manifest("today")
    link = replace(manifest.links[0], url=url, final_url=url)
    rows = rows_of(replace(manifest, links=(link, *manifest.links[1:])), LINKS)
    assert len(rows) == len([one for one in manifest.links if one.kind != LinkKind.MAIL])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_of_a_stranger_is_no_formula(text: str) -> None:
    """Whatever a name begins with, the cell is a text with that name."""
    manifest = read_manifest("well")
    row = replace(manifest.resources[0], name=text, label=text, section=text)
    named = replace(manifest, resources=(row,))
    content = zipfile.ZipFile(BytesIO(render_xlsx(named, lang=Lang.DA)))
    sheets = [content.read(name) for name in content.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == len((FINDINGS, RESOURCES, LINKS))
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    cell = read(named).worksheets[RESOURCES]["A2"]
    assert (cell.data_type, cell.value) == ("s", text.replace("\t", " "))


def test_times_are_dates_in_copenhagen() -> None:
    """A filter by month works, and 23:30 UTC is the next day."""
    manifest = read_manifest("morning")
    first = manifest.findings[0]
    late = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    found = replace(first, first_seen_at=late, waived_until="2026-12-24")
    [row] = rows_of(replace(manifest, findings=(found,)), FINDINGS)
    assert datetime(2026, 11, 29, 0, 30) in row  # noqa: DTZ001 - Excel has no zones
    assert datetime(2026, 12, 24) in row  # noqa: DTZ001
    sheet = read(replace(manifest, findings=(found,))).worksheets[FINDINGS]
    formats = {cell.number_format for cell in sheet[2] if cell.is_date}
    assert formats == {"dd-mm-yyyy hh:mm", "dd-mm-yyyy"}


@pytest.mark.parametrize("day", ["snart", "1601-01-01", "9999-12-31"])
def test_a_day_that_excel_does_not_have_is_text(day: str) -> None:
    """A manifest may come from anywhere; a server's clock may be wrong."""
    manifest = read_manifest("morning")
    found = replace(manifest.findings[0], waived_until=day)
    [row] = rows_of(replace(manifest, findings=(found,)), FINDINGS)
    shown = [cell.date().isoformat() if isinstance(cell, datetime) else cell for cell in row]
    assert day in shown


def test_what_a_sheet_cannot_hold_is_text_or_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond Excel's links an address is text; beyond its rows the last one tells how many."""
    manifest = read_manifest("morning")
    monkeypatch.setattr(xlsx, "MAX_LINKS", 3)
    monkeypatch.setattr(xlsx, "MAX_ROWS", 8)
    sheet = read(manifest).worksheets[LINKS]
    linked = [cell for row in sheet for cell in row if cell.hyperlink]
    total = sum(link.kind != LinkKind.MAIL for link in manifest.links)
    assert len(linked) == 3
    assert sheet.max_row == 8
    assert str(total - 6) in sheet["A8"].value


def test_long_texts_are_cut_and_long_addresses_are_text() -> None:
    """Excel refuses a file with a longer cell or link."""
    manifest = read_manifest("morning")
    web = next(link for link in manifest.links if link.kind == LinkKind.WEB)
    long = replace(web, text="a" * 40_000, url="https://example.org/" + "ø" * 2_000)
    [row] = rows_of(replace(manifest, links=(long,)), LINKS)
    assert "a" * 32_767 in row
    sheet = read(replace(manifest, links=(long,))).worksheets[LINKS]
    assert not any(cell.hyperlink for cell in sheet[2] if "ø" in str(cell.value))
