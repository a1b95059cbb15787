"""Whole matches: verdict, reason, files, kinds and every candidate with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest

from syncer.matching.match import match_rows
from tests.unit.matching.match_inputs import build_row, build_share, by_id, tell

Lines = tuple[str, ...]

_BESIDE: Final = build_share("P/Adresser.xlsx", "Q/Noget.pdf", share="cloud.example/Beside")
"""Another share of the run, the first by id, with nothing that a row asks for."""

_MATCHES: Final[list[tuple[str, str, Lines, Lines]]] = [
    (
        "Ur",
        "",
        ("P/Ur v1.0.docx", "P/Ur v1.1.docx", "P/Ur udkast.docx", "P/Ur (1).docx"),
        (
            "present 1.00 found-in-place(path=P/Ur v1.1.docx)",
            "= P/Ur v1.1.docx",
            "*P/Ur v1.1.docx 1.00: same-words in-place best-of-same(count=3) version(version=1.1)",
            "P/Ur (1).docx 1.00: same-words in-place is-copy",
            "P/Ur v1.0.docx 1.00: same-words in-place version(version=1.0)",
            "P/Ur udkast.docx 1.00: same-words in-place is-draft",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Arkiv/Partneraftale.docx", "P/Budget.xlsx"),
        (
            "outdated 1.00 only-outdated(path=P/Arkiv/Partneraftale.docx)",
            "= P/Arkiv/Partneraftale.docx",
            "-> Partneraftale.docx",
            "*P/Arkiv/Partneraftale.docx 1.00: same-words in-place is-outdated",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("Q/Partneraftale.docx", "P/Budget.xlsx"),
        (
            "elsewhere 1.00 found-elsewhere(path=Q/Partneraftale.docx, place=P)",
            "= Q/Partneraftale.docx",
            "*Q/Partneraftale.docx 1.00: same-words elsewhere-in-share(folder=Q)",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale - fornyelse.docx", "P/Partneraftale - mødereferat.docx"),
        (
            "likely 0.85 found-likely(path=P/Partneraftale - fornyelse.docx)",
            "= P/Partneraftale - fornyelse.docx",
            "-> Partneraftale.docx",
            "*P/Partneraftale - fornyelse.docx 0.85: says-more(words=fornyelse) in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale underskrevet.pdf",),
        (
            "missing only-signed(path=P/Partneraftale underskrevet.pdf)",
            "-> Partneraftale.docx",
            "P/Partneraftale underskrevet.pdf 0.67: signed-copy in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale - Aalborg Kommune.pdf", "P/Partneraftale - Region Qwertz.pdf"),
        (
            "missing nothing-found",
            "-> Partneraftale.docx",
            "P/Partneraftale - Region Qwertz.pdf 0.62: filled-in-for(words=qwertz) in-place",
            "P/Partneraftale - Aalborg Kommune.pdf 0.59: filled-in-for(words=aalborg) in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftalle.docx",),
        (
            "present 1.00 found-in-place(path=P/Partneraftalle.docx)",
            "= P/Partneraftalle.docx",
            "*P/Partneraftalle.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale (EN).docx", "P/Partneraftale.png"),
        (
            "missing nothing-found",
            "-> Partneraftale.docx",
            "P/Partneraftale.png 1.00: picture(extension=png) in-place",
            "P/Partneraftale (EN).docx 0.84: other-language(language=en) in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Skabelon til partneraftale.docx",),
        (
            "present 1.00 found-in-place(path=P/Skabelon til partneraftale.docx)",
            "= P/Skabelon til partneraftale.docx",
            "*P/Skabelon til partneraftale.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale/", "P/Budget.xlsx"),
        ("missing nothing-found", "-> Partneraftale.docx"),
    ),
    (
        "Partneraftale",
        "",
        ("P/Partneraftale/Hovedtekst.docx", "P/Partneraftale/Bilag 1.docx"),
        (
            "present 1.00 found-in-place(path=P/Partneraftale)",
            "= P/Partneraftale/",
            "= P/Partneraftale/Bilag 1.docx",
            "= P/Partneraftale/Hovedtekst.docx",
            "*P/Partneraftale/ 1.00: same-words in-place folder-with-files(count=2)",
        ),
    ),
    (
        "Partneraftale",
        "",
        ("P/Portalen/Partneraftale.docx", "P/Netic/Partneraftale.docx"),
        (
            "ambiguous 1.00 equally-good(count=2)",
            "= P/Netic/Partneraftale.docx",
            "= P/Portalen/Partneraftale.docx",
            "P/Netic/Partneraftale.docx 1.00: same-words in-place",
            "P/Portalen/Partneraftale.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Partneraftaler",
        "",
        ("P/Partneraftale - Ishøj.docx", "P/Partneraftale - Vejle.docx"),
        (
            "present 0.85 found-in-place(path=P/Partneraftale - Ishøj.docx)",
            "= P/Partneraftale - Ishøj.docx",
            "= P/Partneraftale - Vejle.docx",
            "*P/Partneraftale - Ishøj.docx 0.85: says-more(words=ishøj) in-place",
            "*P/Partneraftale - Vejle.docx 0.85: says-more(words=vejle) in-place",
        ),
    ),
    (
        "Referatskabeloner",
        "Til bestyrelse og styregruppe",
        ("P/Referatskabelon - bestyrelse.docx", "P/Skabelon.docx"),
        (
            "present 1.00 found-in-place(path=P/Referatskabelon - bestyrelse.docx)",
            "= P/Referatskabelon - bestyrelse.docx",
            "[bestyrelse: present]",
            "[styregruppe: missing]",
            "-> Referatskabelon - styregruppe.docx",
            "*P/Referatskabelon - bestyrelse.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Budget 2025",
        "",
        ("P/Budget 2024.xlsx", "P/Budget 2025.xlsx", "P/Budget.xlsx"),
        (
            "present 1.00 found-in-place(path=P/Budget 2025.xlsx)",
            "= P/Budget 2025.xlsx",
            "*P/Budget 2025.xlsx 1.00: same-words in-place",
        ),
    ),
    (
        "Budget 2025",
        "",
        ("P/Budget 2024.xlsx", "P/2025/Budget.xlsx"),
        (
            "present 1.00 found-in-place(path=P/2025/Budget.xlsx)",
            "= P/2025/Budget.xlsx",
            "*P/2025/Budget.xlsx 1.00: same-words in-place",
        ),
    ),
    (
        "Referat 1. maj 2024",
        "",
        ("P/Referat 2024-05-01.docx", "P/Referat 2024-05-02.docx"),
        (
            "present 1.00 found-in-place(path=P/Referat 2024-05-01.docx)",
            "= P/Referat 2024-05-01.docx",
            "*P/Referat 2024-05-01.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Delaftale 2",
        "",
        ("P/Delaftale 1.docx", "P/Delaftale II.docx", "P/Delaftale 2 kommuner.docx"),
        (
            "present 1.00 found-in-place(path=P/Delaftale II.docx)",
            "= P/Delaftale II.docx",
            "*P/Delaftale II.docx 1.00: same-words in-place",
            "P/Delaftale 2 kommuner.docx 0.85: says-more(words=kommuner) in-place",
        ),
    ),
    (
        "Aftale v2",
        "",
        ("P/Aftale v1.docx", "P/Aftale v2.docx"),
        (
            "present 1.00 found-in-place(path=P/Aftale v2.docx)",
            "= P/Aftale v2.docx",
            "*P/Aftale v2.docx 1.00: same-words in-place version(version=2)",
        ),
    ),
    (
        "Aftale om drift",
        "",
        ("P/Driftsaftale.docx", "P/Aftale.docx", "P/Drift.docx"),
        (
            "present 0.97 found-in-place(path=P/Driftsaftale.docx)",
            "= P/Driftsaftale.docx",
            "*P/Driftsaftale.docx 0.97: joined-or-apart in-place",
        ),
    ),
    (
        "Aftale med bilag",
        "",
        ("P/Aftale uden bilag.docx",),
        (
            "present 1.00 found-in-place(path=P/Aftale uden bilag.docx)",
            "= P/Aftale uden bilag.docx",
            "*P/Aftale uden bilag.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Vejledning til indkøb",
        "",
        ("P/Vejledning/Indkøb.docx", "P/Indkøbsvejledning.pdf"),
        (
            "present 0.97 found-in-place(path=P/Indkøbsvejledning.pdf)",
            "= P/Indkøbsvejledning.pdf",
            "*P/Indkøbsvejledning.pdf 0.97: joined-or-apart in-place best-of-same(count=2)",
            "P/Vejledning/Indkøb.docx 0.88: folder-says-the-rest(words=vejledning) in-place",
        ),
    ),
    (
        "Politik for bestyrelsen",
        "",
        ("P/Bestyrelsen/Politik.pdf", "P/Politik for styregruppen.pdf"),
        (
            "present 0.88 found-in-place(path=P/Bestyrelsen/Politik.pdf)",
            "= P/Bestyrelsen/Politik.pdf",
            "*P/Bestyrelsen/Politik.pdf 0.88: folder-says-the-rest(words=bestyrelsen) in-place",
        ),
    ),
    (
        "Tjekliste",
        "",
        ("P/Checkliste.docx", "P/Huskeliste.docx"),
        (
            "present 1.00 found-in-place(path=P/Checkliste.docx)",
            "= P/Checkliste.docx",
            "*P/Checkliste.docx 1.00: same-words in-place best-of-same(count=2)",
            "P/Huskeliste.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Logo",
        "",
        ("P/Logo.png", "P/Logo.svg", "P/Logo.docx"),
        (
            "present 1.00 found-in-place(path=P/Logo.docx)",
            "= P/Logo.docx",
            "= P/Logo.png",
            "= P/Logo.svg",
            "*P/Logo.docx 1.00: same-words in-place best-of-same(count=3)",
            "*P/Logo.png 1.00: same-words in-place",
            "*P/Logo.svg 1.00: same-words in-place",
        ),
    ),
    (
        "Forretningsorden",
        "",
        ("P/Forretningsorden.docx", "P/Forretningsorden.pdf", "Q/Forretningsorden.pdf"),
        (
            "present 1.00 found-in-place(path=P/Forretningsorden.pdf)",
            "= P/Forretningsorden.pdf",
            "= P/Forretningsorden.docx",
            "*P/Forretningsorden.docx 1.00: same-words in-place",
            "*P/Forretningsorden.pdf 1.00: same-words in-place best-of-same(count=3)",
            "Q/Forretningsorden.pdf 1.00: same-words elsewhere-in-share(folder=Q)",
        ),
    ),
    ("Håndbog", "", ("P/Noget andet.docx",), ("missing nothing-found", "-> Håndbog.docx")),
    (
        "Blanket til refusion",
        "",
        ("P/Refusion.docx", "P/Refusion (skema).docx"),
        (
            "present 1.00 found-in-place(path=P/Refusion (skema).docx)",
            "= P/Refusion (skema).docx",
            "*P/Refusion (skema).docx 1.00: same-words in-place best-of-same(count=2)",
            "P/Refusion.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Kontrakt- og samarbejdsskabeloner",
        "",
        ("P/Kontraktskabelon.docx", "P/Budget.xlsx"),
        (
            "present 1.00 found-in-place(path=P/Kontraktskabelon.docx)",
            "= P/Kontraktskabelon.docx",
            "[kontrakt: present]",
            "[samarbejde: missing]",
            "-> Samarbejdsskabelon.docx",
            "*P/Kontraktskabelon.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Årshjul",
        "",
        ("P/Aarshjul_2024.xlsx", "P/Årshjul for bestyrelsen.xlsx"),
        (
            "present 0.99 found-in-place(path=P/Aarshjul_2024.xlsx)",
            "= P/Aarshjul_2024.xlsx",
            "*P/Aarshjul_2024.xlsx 0.99: same-words in-place",
            "P/Årshjul for bestyrelsen.xlsx 0.85: says-more(words=bestyrelsen) in-place",
        ),
    ),
    (
        "Konsekvensanalyse (DPIA)",
        "",
        ("P/DPIA.docx", "P/Analyse.docx"),
        (
            "likely 1.00 found-likely(path=P/DPIA.docx)",
            "= P/DPIA.docx",
            "-> Konsekvensanalyse (DPIA).docx",
            "*P/DPIA.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Ur",
        "",
        ("P/Udkast/Ur endelig.docx", "P/Udkast/Ur 2.docx"),
        (
            "present 1.00 found-in-place(path=P/Udkast/Ur endelig.docx)",
            "= P/Udkast/Ur endelig.docx",
            "*P/Udkast/Ur endelig.docx 1.00: same-words in-place",
            "P/Udkast/Ur 2.docx 1.00: same-words in-place is-draft version(version=2)",
        ),
    ),
    (
        "Backup-procedure",
        "",
        ("P/Backup/Backup-procedure.docx",),
        (
            "present 1.00 found-in-place(path=P/Backup/Backup-procedure.docx)",
            "= P/Backup/Backup-procedure.docx",
            "*P/Backup/Backup-procedure.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Beretning",
        "",
        ("P/2023/Beretning.docx", "P/2024/Beretning.docx"),
        (
            "present 1.00 found-in-place(path=P/2024/Beretning.docx)",
            "= P/2024/Beretning.docx",
            "*P/2024/Beretning.docx 1.00: same-words in-place best-of-same(count=2)",
            "P/2023/Beretning.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Medlemsliste",
        "",
        ("P/Medlemmer.xlsx",),
        (
            "likely 0.68 found-likely(path=P/Medlemmer.xlsx)",
            "= P/Medlemmer.xlsx",
            "-> Medlemsliste.docx",
            "*P/Medlemmer.xlsx 0.68: words-missing(words=liste) in-place",
        ),
    ),
    (
        "Rejsepolitik",
        "",
        ("P/Politik for rejser.pdf", "P/Rejse.pdf"),
        (
            "present 0.97 found-in-place(path=P/Politik for rejser.pdf)",
            "= P/Politik for rejser.pdf",
            "*P/Politik for rejser.pdf 0.97: joined-or-apart in-place",
        ),
    ),
    (
        "Aftale",
        "",
        ("P/Aftale/Aftale.docx", "P/Aftale/Gammel/Aftale.docx"),
        (
            "present 1.00 found-in-place(path=P/Aftale/Aftale.docx)",
            "= P/Aftale/Aftale.docx",
            "*P/Aftale/Aftale.docx 1.00: same-words in-place",
            "P/Aftale/Gammel/Aftale.docx 1.00: same-words in-place is-outdated",
        ),
    ),
    (
        "Aftaler",
        "",
        ("P/Aftaler/Aftale A.docx", "P/Aftaler/Aftale B.docx"),
        (
            "present 1.00 found-in-place(path=P/Aftaler)",
            "= P/Aftaler/",
            "= P/Aftaler/Aftale A.docx",
            "= P/Aftaler/Aftale B.docx",
            "*P/Aftaler/ 1.00: same-words in-place folder-with-files(count=2)",
            "*P/Aftaler/Aftale A.docx 0.85: says-more(words=a) in-place",
            "*P/Aftaler/Aftale B.docx 0.85: says-more(words=b) in-place",
        ),
    ),
    (
        "Fuldmagt",
        "",
        ("P/Fuldmagt underskrevet.pdf", "P/Fuldmagt.docx"),
        (
            "present 1.00 found-in-place(path=P/Fuldmagt.docx)",
            "= P/Fuldmagt.docx",
            "*P/Fuldmagt.docx 1.00: same-words in-place",
        ),
    ),
    (
        "Pris 24",
        "",
        ("P/Pris 24 v1.pdf", "P/Pris 24 v2.pdf", "P/Pris 24 v2 - Kopi.pdf"),
        (
            "present 1.00 found-in-place(path=P/Pris 24 v2.pdf)",
            "= P/Pris 24 v2.pdf",
            "*P/Pris 24 v2.pdf 1.00: same-words in-place best-of-same(count=3) version(version=2)",
            "P/Pris 24 v1.pdf 1.00: same-words in-place version(version=1)",
            "P/Pris 24 v2 - Kopi.pdf 1.00: same-words in-place is-copy version(version=2)",
        ),
    ),
    (
        "Budgit",
        "",
        ("P/Budget.xlsx",),
        (
            "present 0.94 found-in-place(path=P/Budget.xlsx)",
            "= P/Budget.xlsx",
            "*P/Budget.xlsx 0.94: same-but-typing(row=budgit, file=budget) in-place",
        ),
    ),
    (
        "Vejledning til leder",
        "",
        ("P/Vejledning fra leder.pdf", "P/Vejledning for ledere.pdf"),
        (
            "present 1.00 found-in-place(path=P/Vejledning for ledere.pdf)",
            "= P/Vejledning for ledere.pdf",
            "*P/Vejledning for ledere.pdf 1.00: same-words in-place",
        ),
    ),
    (
        "Tilmelding",
        "",
        ("P/Framelding.docx", "P/Tilmeldingsblanket.docx"),
        (
            "likely 0.90 found-likely(path=P/Tilmeldingsblanket.docx)",
            "= P/Tilmeldingsblanket.docx",
            "-> Tilmelding.docx",
            "*P/Tilmeldingsblanket.docx 0.90: says-more(words=tilmeldingsblanket) in-place",
        ),
    ),
    (
        "Forretningsorden for udvalg",
        "",
        ("P/Udvalg/Forretningsorden.pdf", "P/Forretningsorden.pdf"),
        (
            "present 0.88 found-in-place(path=P/Udvalg/Forretningsorden.pdf)",
            "= P/Udvalg/Forretningsorden.pdf",
            "*P/Udvalg/Forretningsorden.pdf 0.88: folder-says-the-rest(words=udvalg) in-place",
        ),
    ),
    (
        "ISO 27001",
        "",
        ("P/iso27001.pdf", "P/ISO.pdf"),
        (
            "present 1.00 found-in-place(path=P/iso27001.pdf)",
            "= P/iso27001.pdf",
            "*P/iso27001.pdf 1.00: same-words in-place",
        ),
    ),
    (
        "Rapport",
        "",
        ("P/Årets•Rapport•Plan.pdf", "P/§Rapport.pdf"),
        (
            "present 1.00 found-in-place(path=P/§Rapport.pdf)",
            "= P/§Rapport.pdf",
            "*P/§Rapport.pdf 1.00: same-words in-place",
        ),
    ),
    (
        "Referat af bestyrelsesmøde",
        "",
        ("P/Bestyrelsen - referat.docx", "P/Referat.docx"),
        (
            "present 1.00 found-in-place(path=P/Bestyrelsen - referat.docx)",
            "= P/Bestyrelsen - referat.docx",
            "*P/Bestyrelsen - referat.docx 1.00: same-words in-place",
        ),
    ),
]
"""A row, its description, the share, and the lines of the match."""


@pytest.mark.parametrize(("name", "description", "paths", "lines"), _MATCHES)
def test_a_match_as_a_whole(
    name: str, description: str, paths: Sequence[str], lines: Lines
) -> None:
    """A row gets one verdict, and everything that speaks for and against each file is named."""
    row = build_row(name, folder="P", description=description)
    (match,) = match_rows([row], by_id(_BESIDE, build_share(*paths)))
    assert tell(match) == lines
    assert (match.row, match.group, match.searched) == (row.id, row.id, ("cloud.example/One",))
