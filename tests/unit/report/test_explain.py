"""Why a row got its verdict, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from syncer.report.explain import render_explanation
from syncer.report.words import Lang

if TYPE_CHECKING:
    from tests.unit.report.records import Make


def _explain(make: Make, *rows: object, findings: tuple[object, ...] = ()) -> str:
    manifest = make.manifest(rows, findings=findings)  # type: ignore[arg-type]
    return render_explanation(manifest, "aftale", lang=Lang.DA, width=100) or ""


def test_everything_about_a_row_is_shown(make: Make) -> None:
    """The place, the reason, the kinds, each candidate, what would change it, and a pin."""
    row = make.row(
        "Aftale",
        "missing",
        expected=(make.expected("drift", "present"), make.expected("projekt", "missing")),
        candidates=(
            make.candidate(
                "A/B/Aftalen.docx",
                0.6,
                reasons=(make.reason("same-words"), make.reason("is-copy")),
            ),
            make.candidate("A", 0.2, folder=True),
        ),
    )
    hint = make.reason("put-file", folder="A/B", file_name="Aftale.docx", url="https://x.dk/s/y")
    said = _explain(make, row, findings=(make.finding("resource-missing", row, hint=hint),))
    assert said == (
        "Aftale – Mangler\n"
        "  docs/partnere.md:81  Partnere\n"
        "  Håndbogen siger: Nextcloud / Foreningen\n"
        "  Ingen fil har det navn.\n"
        "  Planlagt i håndbogen: drift (på plads) og projekt (mangler)\n"
        "  Det, der ligner mest:\n"
        "    A / B / Aftalen.docx (ligner 60\N{NO-BREAK SPACE}%)\n"
        "      samme ord; er en kopi\n"
        "    A (ligner 20\N{NO-BREAK SPACE}%)\n"
        "  Næste skridt: Læg dokumentet i »A / B« under navnet »Aftale.docx«.\n"
        "  Er det alligevel den rigtige fil? Send disse linjer til administratoren:\n"
        "    [[pin]]\n"
        '    name = "Aftale"\n'
        '    page = "docs/partnere.md"\n'
        '    share = "boks.example.dk/Ab12Cd34"\n'
        '    path = "A/B/Aftalen.docx"\n'
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("present", "Det ændrer sig, hvis ressourcen bliver flyttet, omdøbt eller slettet."),
        ("not-a-file", "Det ændrer sig, hvis rækken kommer til at pege på Nextcloud."),
        ("unchecked", "Det ændrer sig, når en kontrol ser efter i Nextcloud."),
    ],
)
def test_what_would_change_a_verdict_without_a_finding(make: Make, status: str, said: str) -> None:
    """A row without a finding says what would change its verdict."""
    assert said in _explain(make, make.row("Aftale", status))


@pytest.mark.parametrize("code", ["row-name-liquid", "row-place-liquid"])
def test_what_would_change_a_row_that_liquid_makes(make: Make, code: str) -> None:
    """No check reads it, so the handbook has to say it."""
    row = make.row("Aftale", "unchecked", reason=make.reason(code))
    assert "når rækken siger navn og sted uden Liquid." in _explain(make, row)


def test_a_line_of_a_page_is_never_broken(make: Make) -> None:
    """Also where its path has blanks and is wider than the terminal."""
    row = make.row("Aftale", page=f"docs/{'kom godt i gang ' * 5}.md")
    said = render_explanation(make.manifest((row,)), "Aftale", lang=Lang.DA, width=40)
    assert said is not None
    assert f"\n  {row.page}:{row.line}\n" in said


def test_what_lacks_of_a_promise_is_what_would_change(make: Make) -> None:
    """The next step is that of the finding about the missing kinds."""
    row = make.row("Aftale", "arrived", expected=(make.expected("drift", "missing"),))
    findings = (
        make.finding("resource-arrived", row, hint=make.reason("keep-todo", kinds=("drift",))),
        make.finding("resource-partial", row, hint=make.reason("add-kinds", kinds=("drift",))),
    )
    said = _explain(make, row, findings=findings)
    assert said.startswith("Aftale – Delvis klar\n")
    assert "Udgaven til drift mangler.\n" in said


def test_an_empty_file_is_what_would_change(make: Make) -> None:
    """The file of the row is there but empty."""
    row = make.row("Aftale", files=(make.file("x/Aftale.docx", size_bytes=0),))
    hint = make.reason("replace-empty-file", file="x/Aftale.docx")
    empty = make.finding(
        "file-empty", subject="x/Aftale.docx", args={"share": make.share_id}, hint=hint
    )
    said = _explain(make, row, findings=(empty,))
    assert said.startswith("Aftale – Tom fil\n")
    assert "den rigtige udgave" in said


def test_a_name_is_found_whole_before_it_is_found_in_others(make: Make) -> None:
    """The case of a name does not matter; None when no row has the name."""
    rows = (make.row("Aftale"), make.row("Aftale om drift"))
    assert _explain(make, *rows).count("–") == 1
    assert _explain(make, rows[1]).startswith("Aftale om drift – ")
    assert render_explanation(make.manifest(rows), "vedtægter", lang=Lang.EN, width=80) is None


def test_a_row_without_a_place_names_none(make: Make) -> None:
    """An empty cell is not shown."""
    assert "Håndbogen siger" not in _explain(make, make.row("Aftale", "missing", label=""))


def test_lines_keep_to_the_width(make: Make) -> None:
    """Lines break between words with an indent; the lines for the settings do not break."""
    reasons = tuple(make.reason(code) for code in ("same-words", "is-copy", "is-draft", "in-place"))
    path = "/".join(["Mappe"] * 9) + "/Aftale.docx"
    row = make.row("Aftale", "missing", candidates=(make.candidate(path, 0.6, reasons=reasons),))
    manifest = make.manifest((row,))
    said = render_explanation(manifest, "Aftale", lang=Lang.DA, width=40) or ""
    prose, _, settings = said.partition("    [[pin]]")
    assert max(len(line) for line in prose.splitlines()) <= 40
    assert "\n      samme ord; er en kopi; er et\n        udkast; ligger i" in prose
    assert f'path = "{path}"\n' in settings
