"""Names that share the parts of a row's words: a person is asked, where nothing says the same."""

from __future__ import annotations

import pytest

from syncer.matching.match import match_rows
from syncer.model.matching import Match, Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _match(name: str, *paths: str, todo: bool = False) -> Match:
    row = build_row(name, folder="A", todo=todo)
    return match_rows([row], by_id(build_share("A/", *paths)))[0]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Havnepolitik", "A/Politik for private havne.pdf"),
        ("Lejekontrakt for kolonien", "A/Udlejning af kolonien kontrakt.doc"),
        ("Instruks for modtagelse af brevduer", "A/Instruks brevduemodtagere.docx"),
        ("Bestillingsblanket, møbler", "A/Blanket - bestil møbler.docx"),
        ("Procedure for tagskade", "A/Procedure ved skade på ejendommens tag.docx"),
        ("Standardsvar på rykkere", "A/Rykkersvar std.docx"),
        ("Årsregnskab 2024", "A/Regnskab 2024.pdf"),
        ("Lokalerapport", "A/Lokaler/Rapport 2025 Syn.pdf"),
        ("Havneplan", "A/Havneudviklingsplan 2025.docx"),
        ("Lejeaftale for sportshallen", "A/Lejeaftale - hallen.pdf"),
        ("Foreningens vedtægter", "A/Vedtægter IF Nordlys.pdf"),
        ("Procedure ved nøgletab", "A/Nøgleprocedure.docx"),
        ("Anmeldelse af tyveri", "A/Skema til tyverianmeldelse.pdf"),
        ("Indsatsplan mod rotter", "A/Bekæmpelse af rotter indsatsplan.pdf"),
        ("Lønopgørelse marts 2026", "A/Lønopg. 2026-03.xlsx"),
        ("Forretningsorden for MED-gruppen", "A/Forretningsorden MED.pdf"),
        ("Referat fra generalforsamlingen 2026", "A/GF/2026/Referat.pdf"),
        ("Referat 3. juni 2026", "A/Referat 3.6.pdf"),
        ("Regnskab 2025", "A/Årsregnskab 2025 underskrevet.pdf"),
        ("Fuldmagt til generalforsamling", "A/Fuldmagtsblanket GF 2026.pdf"),
        ("Præsentation af foreningen", "A/PPT præsentation af OS2.pptx"),
        ("Brugerinformation om støj", "A/Brugerinfo støj.docx"),
        ("Dagsorden til bestyrelsesmøde 12. november 2026", "A/2026/12.11.26/Dagsorden.docx"),
        ("Arkiveringsplan", "A/Arkivplan.pdf"),
        ("Håndbog til nye gæster", "A/Velkomsthåndbog nye gæster.docx"),
        ("Parkvedligeholdelsesplan", "A/Parkplan.xlsx"),
        ("Vedligeholdelsesplan", "A/Vedligehold 5-års plan.xlsx"),
        ("Klageskema til havnen", "A/Blanketter/Klage til havnen.docx"),
        ("Indflytningsvejledning", "A/Flyttevejledning til indflyttere.pdf"),
    ],
)
def test_parts_in_other_words_are_asked_about(name: str, path: str) -> None:
    """Compounds divided otherwise, derived words, short forms, and parts in a folder's name."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Skema til gæsteklager", "A/Klageskema gæsteklage.docx"),
        ("Vejledning til forårsvalg", "A/Valgvejledning forårsvalg.pdf"),
        ("Skema til bådeftersyn", "A/Eftersyn-skema bådeftersyn.xlsx"),
    ],
)
def test_a_part_said_twice_says_nothing_more(name: str, path: str) -> None:
    """The first part of a compound repeats what the row's other word ends in."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Observatoriesikkerhed", "A/Obs-sikkerhed.pdf"),
        ("Vagtplan for hovedgymnasiet", "A/Vagtplan hovedgym.xlsx"),
        ("Gæstehåndbog", "A/Guest handbook.pdf"),
        ("Indkøbspolitik", "A/procurement-policy-2026.pdf"),
        ("Årlig vurdering", "A/Annual assessment.pdf"),
        ("Publikationsliste", "A/List of publications.docx"),
        ("Passwordregler", "A/Regler for adgangskoder.pdf"),
    ],
)
def test_clipped_and_english_words_may_be_meant(name: str, path: str) -> None:
    """The beginning of a word, and the English word for it."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])
    assert "may-mean" in [reason.code for reason in match.candidates[0].reasons]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("D4.2 Testrapport", "A/D4.2 Test - udkast.docx"),
        ("Plan for bådvagter", "A/Bådvagter kladde.xlsx"),
        ("Gæstehåndbog", "A/Draft guest handbook.pdf"),
    ],
)
def test_a_draft_in_other_words_is_a_draft(name: str, path: str) -> None:
    """What is asked about when it is finished is a draft when its name says so."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.DRAFT, [path])


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
        ("Kommissorium for havnegruppen", "A/Kommissorium.docx"),
        ("Forretningsorden for havnerådet", "A/Færgerne/Forretningsorden.docx"),
        ("Medarbejderpolitik", "A/Politik medicin.docx"),
        ("Projektledelsesplan", "A/Projektlederplan.pdf"),
    ],
)
def test_a_common_part_proves_nothing(name: str, path: str) -> None:
    """Two compounds, another subject, body or person, half of a list, a part of the phrase."""
    assert _match(name, path).verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Maskinliste", "A/Maskinoversigt.xlsx"),
        ("Oversigt over trænere", "A/Trænere - liste.xlsx"),
        ("Aftale med vikar", "A/Vikarkontrakt.docx"),
        ("Kontrakt om rengøring", "A/Rengøring - aftale.docx"),
        ("Badeprisliste", "A/Badepriser.pdf"),
        ("Håndbog for vikarer", "A/Guide for vikarer.pdf"),
        ("Vejledning i booking", "A/Booking - sådan booker du.pdf"),
        ("Reglement for hallen", "A/Regler for hallen.pdf"),
        ("Tilmeldingsskema", "A/Tilmeldingsblanket.docx"),
        ("Havnelandkort", "A/Havnekort.pdf"),
        ("Ordensregler", "A/Husregler.pdf"),
        ("Vedtægter", "A/Klubbens love.pdf"),
        ("Personalekalender", "A/Personaleplan.xlsx"),
        ("Databrud", "A/Sikkerhedsbrud.docx"),
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
        ("Evalueringsrapport", "A/Evaluering havn.pdf"),
        ("Havneplan for foreningen", "A/Havneplan.pdf"),
        ("Interessentanalyse", "A/Interessenter.xlsx"),
        ("Fotoblanket", "A/Foto på hjemmesiden.docx"),
        ("Liste over nøgler", "A/Nøgler hvem har.xlsx"),
        ("Kom hurtigt i gang-guide", "A/Kom hurtigt i gang.pdf"),
        ("Politik for modtagelse af gaver", "A/Politik for gaver.docx"),
        ("Retningslinjer for behandling af gaver", "A/Gaver - regler.docx"),
        ("Forretningsorden for havnerådet", "A/Forretningsorden.docx"),
        ("Vedtægter for klubben", "A/Vedtægt.pdf"),
        ("Plan for bådvagter", "A/Bådvagter.xlsx"),
        ("Nøglekvittering ved flytning", "A/Nøglekvittering.docx"),
        ("D4.2 Testrapport", "A/D4.2 Test.docx"),
        ("Adresseliste", "A/Adresse.docx"),
        ("Guide til rejseafregning", "A/Rejseafregning.xlsx"),
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
        ("Tidsplan", ("A/Tid til omsorg.docx",)),
        ("Budgetplan", ("A/Budget for hallen.xlsx",)),
        ("Tjekliste", ("A/Tjek af biler.docx",)),
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


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Handleplan ved mistanke om hærværk", "A/Handleplan ved hærværk.pdf"),
        ("Samtykkeerklæring for spejdere", "A/Samtykkeerklæring GDPR spejdere.docx"),
        ("Proces for indkøb af nye både", "A/Proces for indkøb.docx"),
    ],
)
def test_a_name_that_says_more_on_one_side_is_asked_about(name: str, path: str) -> None:
    """Only the row, or only the file, has parts of its own beside a common subject."""
    match = _match(name, path)
    assert (match.verdict, [file.path for file in match.files]) == (Verdict.LIKELY, [path])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Handleplan ved mistanke om hærværk", "A/Handleplan ved tyveri af hærværksudstyr.pdf"),
        ("Særlige regler for broen", "A/Særlige regler havnen.pdf"),
        ("Tale ved formandens jubilæum", "A/Tale ved næstformandens jubilæum.pdf"),
        ("Vedtægter for havnen og broen", "A/Vedtægter havnen.docx"),
        ("Plan for OS2mo i haven", "A/Plan haven.pdf"),
    ],
)
def test_names_that_each_say_their_own_are_two_documents(name: str, path: str) -> None:
    """What both add, one of two things, a first part, or a product decides."""
    assert _match(name, path).verdict is Verdict.MISSING
