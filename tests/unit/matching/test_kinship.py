"""Names that share the parts of a row's words: a person is asked, where nothing says the same."""

from __future__ import annotations

import pytest

from syncer.matching.match import match_rows
from syncer.model.matching import Match, Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _match(name: str, *paths: str) -> Match:
    return match_rows([build_row(name, folder="A")], by_id(build_share("A/", *paths)))[0]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Havnepolitik", "A/Politik for private havne.pdf"),
        ("Lejekontrakt for kolonien", "A/Udlejning af kolonien kontrakt.doc"),
        ("Instruks for modtagelse af brevduer", "A/Instruks brevduemodtagere.docx"),
        ("Bestillingsblanket, møbler", "A/Blanket - bestil møbler.docx"),
        ("Procedure for tagskade", "A/Procedure ved skade på ejendommens tag.docx"),
        ("Løbsplan for skiløb", "A/Skiløb 25-26.xlsx"),
        ("Standardsvar på rykkere", "A/Rykkersvar std.docx"),
        ("Årsregnskab 2024", "A/Regnskab 2024.pdf"),
        ("Lokalerapport", "A/Lokaler/Rapport 2025 Syn.pdf"),
        ("Kommissorium for Green Group", "A/GG kommissorium.docx"),
        ("Havneplan", "A/Havneudviklingsplan 2025.docx"),
        ("Lejeaftale for sportshallen", "A/Lejeaftale - hallen.pdf"),
        ("Nøglepersoner", "A/Liste over nøglepersoner.xlsx"),
        ("Indsatsplan mod rotter", "A/Bekæmpelse af rotter indsatsplan.pdf"),
        ("Rygeguide", "A/Brev 07 Rygeguide.docx"),
        ("Lønopgørelse marts 2026", "A/Lønopg. 2026-03.xlsx"),
        ("Forretningsorden for MED-gruppen", "A/Forretningsorden MED.pdf"),
    ],
)
def test_parts_in_other_words_are_asked_about(name: str, path: str) -> None:
    """Compounds divided otherwise, derived words, short forms, and parts in a folder's name."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Havnepolitik", "A/Havnegruppe.pdf"),
        ("Politik for havne", "A/Politik for broer.pdf"),
        ("Kontrakt om havne", "A/Havnekontraktstyring.pdf"),
        ("Instruks for godkendelse", "A/Instruks for godkender.docx"),
        ("Drifts- og havneaftale", "A/Havneaftale.docx"),
        ("Kalender for klubben", "A/Klubben/Festudvalg/Kalender.pdf"),
        ("Havneliste", "A/Havne/Færgeliste.xlsx"),
        ("Kontrakt for havnen", "A/Kontrakt.pdf"),
        ("Formandens tale", "A/Næstformandens tale.pdf"),
        ("Havneaftaler", "A/Oversigt over havneaftaler.xlsx"),
        ("Havnepolitik", "A/Om havnepolitikken.pdf"),
        ("Havnekatalog", "A/Havnekatalog - skema.docx"),
        ("Kommissorium for havnegruppen", "A/HG fotos.docx"),
    ],
)
def test_a_common_part_proves_nothing(name: str, path: str) -> None:
    """Two compounds, another subject, body or person, half of a list, a part of the phrase."""
    assert _match(name, path).verdict is Verdict.MISSING
