"""The kinds that a row promises, from its description or its name."""

from __future__ import annotations

import pytest

from syncer.matching.names.kinds import find_kinds
from syncer.matching.names.reader import Reader, open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from tests.unit.matching.match_inputs import build_row


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Build the default reader once."""
    return open_reader(DEFAULT_VOCABULARY)


@pytest.mark.parametrize(
    ("name", "description", "kinds"),
    [
        (
            "Kontrakt- og samarbejdsskabeloner",
            "Eksempler på aftaler for udviklings-, drifts- og projektsamarbejder.",
            ["udvikling", "drift", "projekt"],
        ),
        ("Kontraktskabeloner", "Aftaler for udvikling, drift og support.",
         ["udvikling", "drift", "support"]),
        ("Kontrakt- og samarbejdsskabeloner", "Skabeloner til aftaler.",
         ["kontrakt", "samarbejde"]),
        ("Kontraktskabeloner", "Tre varianter (hosting, vedligehold, support).",
         ["hosting", "vedligehold", "support"]),
        ("Aftaleskabeloner", "Aftaler om udvikling/drift/support.",
         ["udvikling", "drift", "support"]),
        ("Aftaleskabeloner", "Aftaler til henholdsvis hosting og udvikling.",
         ["hosting", "udvikling"]),
        ("Evalueringsskabeloner", "Skemaer til projekt- og produktevaluering.",
         ["projekt", "produkt"]),
        ("Tjeklister", "1) ansættelse, 2) orlov, 3) fratrædelse",
         ["ansættelse", "orlov", "fratrædelse"]),
        ("Vejledninger", "Vejledninger i installation og/eller opgradering.",
         ["installation", "opgradering"]),
        ("Vejledninger", "Referater i Word og PDF.", []),
        ("Tilbudsskabeloner", "Skabeloner til varer og tjenesteydelser.",
         ["vare", "tjenesteydelse"]),
        ("Kursus- og mødeskabeloner", "Til fælles brug.", ["kursus", "møde"]),
        ("Skabeloner", "Omfatter nyhedsbreve, pressemeddelelser og opslag.",
         ["nyhedsbrev", "pressemeddelelse", "opslag"]),
        ("Vejledninger", "Kontrakter, referater og tillæg", ["kontrakt", "referat", "tillæg"]),
        ("Vejledninger", "Til medlemmer og leverandører.", ["medlem", "leverandør"]),
        ("Produkt- og projektskabeloner", "Understøtter dokumentation og styring.",
         ["produkt", "projekt"]),
        ("Dagsordener og referater", "", ["dagsorden", "referat"]),
        ("Roller og opgaver", "", []),
        ("Skabelon og aftale skabeloner", "", ["skabelon", "aftale"]),
        ("Procesbeskrivelser", "Beskriver forventninger til leverandører og partnere.", []),
        ("Processkabeloner", "Giver overblik over proces og roller.", []),
        ("Processkabeloner", "", []),
        ("Kontraktskabeloner", "Kontrakter (drift, udvikling og support).",
         ["drift", "udvikling", "support"]),
        ("Kontraktskabeloner", "Aftaler for drift, udvikling, support.",
         ["drift", "udvikling", "support"]),
        ("Kontraktskabeloner", "Aftaler for udvikling, drift og support samt uddannelse.",
         ["udvikling", "drift", "support", "uddannelse"]),
        ("Aftaleskabeloner", "Eksempler på drifts- og supportaftaler.", ["drift", "support"]),
        ("Vejledninger til drift og support", "", ["drift", "support"]),
        ("Processkabeloner", "Aftaler for abc- og xyzzyqerne.", ["abc", "xyzzyqerne"]),
    ],
)  # fmt: skip
def test_lists_of_kinds(reader: Reader, name: str, description: str, kinds: list[str]) -> None:
    """Kinds come from a list after documents in the description, else from the name."""
    row = build_row(name, description=description)
    assert [kind.name for kind in find_kinds(reader.book, row, reader.read_name(name))] == kinds


def test_a_single_document_promises_no_kinds(reader: Reader) -> None:
    """A row of one document lists nothing, but a ToDo row of it may."""
    name = reader.read_name("Partneraftale")
    text = "Aftaler for udvikling og drift."
    assert find_kinds(reader.book, build_row("Partneraftale", description=text), name) == ()
    promised = build_row("Partneraftale", description=text, todo=True)
    assert [kind.name for kind in find_kinds(reader.book, promised, name)] == ["udvikling", "drift"]
