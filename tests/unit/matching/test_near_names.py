"""Names that may mean a row's document: a person is asked, where the row was missing before."""

from __future__ import annotations

import pytest

from syncer.matching.match import match_rows
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from syncer.matching.near_names import list_near_names
from syncer.model.matching import Match, Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _match(name: str, *paths: str, todo: bool = False) -> Match:
    row = build_row(name, folder="A", todo=todo)
    return match_rows([row], by_id(build_share("A/", *paths)))[0]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Maskinliste", "A/Maskinoversigt.xlsx"),
        ("Oversigt over trænere", "A/Trænere - liste.xlsx"),
        ("Aftale med vikar", "A/Vikarkontrakt.docx"),
        ("Kontrakt om rengøring", "A/Rengøring - aftale.docx"),
        ("Badeprisliste", "A/Badepriser.pdf"),
        ("Håndbog for vikarer", "A/Guide for vikarer.pdf"),
        ("Vejledning i booking", "A/Booking - sådan gør du.pdf"),
        ("Reglement for hallen", "A/Regler for hallen.pdf"),
        ("Tilmeldingsskema", "A/Tilmeldingsblanket.docx"),
        ("Havnelandkort", "A/Havnekort.pdf"),
    ],
)
def test_another_word_for_the_sort_of_document_is_asked_about(name: str, path: str) -> None:
    """Alone and as a compound's last part; a promised row stays planned and names the file."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])
    assert match.candidates[0].reasons[0].code == "may-mean"
    promised = _match(name, path, todo=True)
    assert (promised.verdict, promised.reason.code) == (Verdict.PLANNED, "maybe-there")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Trænerliste", "A/Trænere.xlsx"),
        ("Rekrutteringsfolder", "A/Rekruttering af frivillige.pdf"),
        ("Opsigelsesbrev", "A/Opsigelse til lejer.docx"),
        ("Fotoblanket", "A/Foto på hjemmesiden.docx"),
        ("Liste over nøgler", "A/Nøgler hvem har.xlsx"),
        ("Kom hurtigt i gang-guide", "A/Kom hurtigt i gang.pdf"),
        ("Politik for modtagelse af gaver", "A/Politik for gaver.docx"),
        ("Retningslinjer for behandling af gaver", "A/Gaver - regler.docx"),
        ("Skema til § 79-puljen", "A/§ 79 skema 2026.docx"),
    ],
)
def test_a_name_without_the_sort_of_document_is_asked_about(name: str, path: str) -> None:
    """Also one without what is done with its subject, or what a paragraph's number counts."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])
    assert "words-missing" in [reason.code for reason in match.candidates[0].reasons]


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Samarbejdsaftale", ("A/Samarbejde i klubben.docx",)),
        ("Kommunikationspolitik", ("A/Kommunikation med pressen.docx",)),
        ("Driftsaftale", ("A/Driftskontrakt.docx",)),
        ("Adresseliste", ("A/Adresse.docx",)),
        ("Tidsplan", ("A/Tid til omsorg.docx",)),
        ("Budgetplan", ("A/Budget for hallen.xlsx",)),
        ("Medlemsliste", ("A/Medlemmernes rettigheder.pdf",)),
        ("Klageskema", ("A/Klage fra nabo.pdf",)),
        ("Tjekliste", ("A/Tjek af biler.docx",)),
        ("Guide til rejseafregning", ("A/Rejseafregning.xlsx",)),
        ("Vejledning om tilskud", ("A/Tilskud - instruks.docx",)),
        ("Trænerliste", ("A/Trænere i nord.docx", "A/Trænere i syd.docx")),
        ("Maskinliste", ("B/Maskinoversigt.xlsx",)),
    ],
)
def test_other_documents_stay_other_documents(name: str, paths: tuple[str, ...]) -> None:
    """An agreement, policy or plan is its own; several files about a subject answer nothing."""
    assert _match(name, *paths).verdict is Verdict.MISSING


def test_two_other_sorts_are_ambiguous() -> None:
    """A list and a register may both be the overview that the row names."""
    match = _match("Maskinliste", "A/Maskinoversigt.xlsx", "A/Maskinfortegnelse.xlsx")
    assert match.verdict is Verdict.AMBIGUOUS


def test_a_near_name_does_not_take_what_another_row_names() -> None:
    """Each file goes to the row that it says the same as."""
    rows = [build_row(n, folder="A", line=i) for i, n in enumerate(("Bilguide", "Bilhåndbog"), 1)]
    matches = match_rows(rows, by_id(build_share("A/Bilhåndbog.pdf")))
    assert [match.verdict for match in matches] == [Verdict.MISSING, Verdict.PRESENT]


def test_near_names_are_bounded() -> None:
    """A row's name of many sorts gives at most 40 near names."""
    reader = open_reader(DEFAULT_VOCABULARY)
    name = reader.read_name(" ".join(["liste guide regler skema aftale priser"] * 20))
    assert len(list_near_names(reader.book, name)) == 40
