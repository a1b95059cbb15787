"""The report for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from syncer.report.terminal import render_summary_line, render_terminal
from syncer.report.words import Lang

if TYPE_CHECKING:
    from tests.unit.report.records import Make


@pytest.mark.parametrize("width", [40, 80, 132])
def test_no_line_is_wider_than_the_terminal(make: Make, width: int) -> None:
    """Long names wrap within the width."""
    row = make.row("Æ" * 255, "missing", suggestion="x" * 255 + ".docx")
    manifest = make.manifest((row,), findings=(make.finding("resource-missing", row),))
    shown = render_terminal(manifest, lang=Lang.DA, width=width, color=False)
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_a_terminal_of_no_width_is_taken_as_a_narrow_one(make: Make) -> None:
    """A smaller width is treated as 40."""
    manifest = make.manifest((make.row("A"),))
    narrow = render_terminal(manifest, lang=Lang.DA, width=0, color=False)
    assert narrow == render_terminal(manifest, lang=Lang.DA, width=40, color=False)


def test_addresses_and_lines_of_pages_are_never_broken(make: Make) -> None:
    """They are wider than the terminal, have blanks, or come at the end of a line."""
    page = f"docs/kom godt i gang/{'side ' * 20}.md"
    address = f"https://boks.example.dk/s/Ab12Cd34?dir=/{'Mappe' * 30}"
    row = make.row("A", "elsewhere", page=page, line=117)
    hint = make.reason("link-folder", folder="B", url=address)
    moved = make.link("https://a.example/", "redirected", final_url=address)
    findings = (
        make.finding("resource-elsewhere", row, hint=hint),
        make.finding("link-redirected", moved, severity="info", page=page, line=93),
        make.finding("link-redirected", moved, page=page, line=93, owner="maintainer"),
    )
    manifest = make.manifest((row,), links=(moved,), findings=findings)
    for color in (False, True):
        shown = render_terminal(manifest, lang=Lang.DA, width=80, color=color, verbose=True)
        assert shown.count(f"{page}:117") == 2
        assert address in shown
        assert f"{page}:93" in shown


def test_what_is_fine_is_one_line(make: Make) -> None:
    """Every resource is listed only when one asks for it."""
    rows = (make.row("Ny"), make.row("Vedtægter", "likely"), make.row("Borte", "missing"))
    finding = make.finding("resource-missing", rows[2])
    manifest = make.manifest(rows, links=(make.link("https://a.example/"),), findings=(finding,))
    shown = render_terminal(manifest, lang=Lang.DA, width=80, color=False)
    last = "✓ 2 af 3 ressourcer er på plads, heraf 1 formentlig. 1 link virker."
    assert shown.splitlines()[-1] == last
    assert "Vedtægter" not in shown
    listed = render_terminal(manifest, lang=Lang.DA, width=80, color=False, verbose=True)
    assert "✓ Ny – På plads (docs/partnere.md:" in listed
    assert "· Vedtægter – Formentlig på plads (docs/partnere.md:" in listed
    assert last not in listed


def test_missing_resources_come_first_then_what_to_do(make: Make) -> None:
    """The verdict, then errors with what to do about them, then the rest."""
    missing, draft = make.row("Aftale", "missing", suggestion="Aftale.docx"), make.row("B", "draft")
    findings = (
        make.finding("resource-draft", draft, severity="warning"),
        make.finding("resource-missing", missing),
    )
    shown = render_terminal(
        make.manifest((missing, draft), findings=findings), lang=Lang.DA, width=80, color=False
    )
    places = [
        shown.index(text)
        for text in ("2 punkter", "Fejl (1)", "Aftale – Mangler", "Gør dette", "Bør ses efter (1)")
    ]
    assert places == sorted(places)


def test_without_colour_there_is_no_escape(make: Make) -> None:
    """Without colour no control character is written, whatever the names contain."""
    row = make.row("\x1b[31mrød\x9b", "missing")
    manifest = make.manifest((row,), findings=(make.finding("resource-missing", row),))
    shown = render_terminal(manifest, lang=Lang.DA, width=80, color=False)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in
                   shown.replace("\n", ""))  # fmt: skip
    assert "␛[31mrød" in shown


def test_colour_does_not_depend_on_the_environment(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colour does not depend on NO_COLOR and TERM, which the command line reads."""
    manifest = make.manifest((make.row("A"),))
    plain = render_terminal(manifest, lang=Lang.DA, width=80, color=True)
    assert "\x1b[" in plain
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20")):
        monkeypatch.setenv(name, value)
    assert render_terminal(manifest, lang=Lang.DA, width=80, color=True) == plain


def test_remarks_are_one_line_each(make: Make) -> None:
    """Page and line are shown as far as they are known; without rows there is no table."""
    findings = tuple(
        make.finding("page-empty", severity="info", subject="a.md", page=page, line=line)
        for page, line in (("a.md", 7), ("b.md", None), (None, None))
    )
    shown = render_terminal(make.manifest(findings=findings), lang=Lang.DA, width=80, color=False)
    assert "· a.md – Tom side (a.md:7)\n" in shown
    assert "· a.md – Tom side (b.md)\n" in shown
    assert "· a.md – Tom side\n" in shown
    assert "Ressourcer ─" not in shown


def test_many_mentions_are_cut_short(make: Make) -> None:
    """Only the first mentions of a resource are listed."""
    row = make.row("A", "missing")
    rows = (row, *(make.row("A", "missing", group=row.group) for _ in range(9)))
    manifest = make.manifest(rows, findings=(make.finding("resource-missing", row),))
    shown = render_terminal(manifest, lang=Lang.DA, width=80, color=False)
    assert shown.count("Håndbogen siger: Nextcloud") == 5
    assert "5 steder mere" in shown


def test_the_summary_is_one_line(make: Make) -> None:
    """The closing line has the state and what is new."""
    assert "\n" not in render_summary_line(make.manifest(), lang=Lang.EN)


def test_waived_findings_are_listed(make: Make) -> None:
    """Each waived finding has a line with its place and end; the closing line counts them."""
    row = make.row("A", "missing", line=7)
    waived = make.finding("resource-missing", row, waived_until="2027-02-01")
    manifest = make.manifest((row,), findings=(waived,))
    shown = render_terminal(manifest, lang=Lang.DA, width=80, color=False)
    assert "Sat til side (1) ─" in shown
    assert "· A – Mangler (docs/partnere.md:7). Sat til side til og med 1. februar 2027\n" in shown
    summary = render_summary_line(manifest, lang=Lang.DA)
    assert summary == (
        "Du skal ikke gøre noget i dag. 1 ressource: 1 andet. 1 punkt er sat til side."
    )
    assert "sat til side" not in render_summary_line(make.manifest((row,)), lang=Lang.DA)


def test_a_finding_with_an_expired_waiver_says_so(make: Make) -> None:
    """The reader sees why a finding whose waiver has expired is back."""
    row = make.row("A", "missing")
    again = make.finding("resource-missing", row, args={"waiver_ended": "2026-11-22"})
    manifest = make.manifest((row,), findings=(again,))
    shown = render_terminal(manifest, lang=Lang.DA, width=80, color=False)
    assert "Punktet var sat til side til og med 22. november 2026." in " ".join(shown.split())
