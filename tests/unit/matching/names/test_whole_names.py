"""Whole names: everything that is read from a name, and nothing besides."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

import pytest

from syncer.matching.names.formats import Format
from syncer.matching.names.reader import Reader, open_reader
from syncer.matching.names.records import Name, Number, State, Word
from syncer.matching.names.versions import Marks
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY

Row = tuple[str, str, dict[str, object]]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Open the default reader once."""
    return open_reader(DEFAULT_VOCABULARY)


_NAMES: Final[list[Row]] = [
    ("Referat 2024-05-01", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 20240501", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 01.05.2024", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 1-5-2024", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 01052024", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 2024/5/1", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat d. 1. maj 2024", "referat", {"dates": ((2024, 5, 1),)}),
    ("Referat 31. maj 24", "referat", {"dates": ((2024, 5, 31),)}),
    ("Referat maj 2024", "referat", {"dates": ((2024, 5, 0),)}),
    ("Referat marts 3, 2024", "referat", {"dates": ((2024, 3, 3),)}),
    ("Referat Q3 2024", "referat", {"dates": ((2024, 9, -1),)}),
    ("Referat 3. kvartal 2024", "referat", {"dates": ((2024, 9, -1),)}),
    ("Referat kvartal 4 2024", "referat", {"dates": ((2024, 12, -1),)}),
    ("Referat 2. halvår 2024", "referat", {"dates": ((2024, 12, -2),)}),
    ("Referat H1 2024", "referat", {"dates": ((2024, 6, -2),)}),
    ("Referat forår 2024", "referat", {"dates": ((2024, 3, -4),)}),
    ("Referat efteråret 2024", "referat", {"dates": ((2024, 9, -4),)}),
    ("Referat F25", "referat", {"dates": ((2025, 3, -4),)}),
    ("Referat E25", "referat", {"dates": ((2025, 9, -4),)}),
    ("Referat sommer 2024", "referat", {"dates": ((2024, 7, -4),)}),
    ("Referat vinter '24", "referat", {"dates": ((2024, 1, -4),)}),
    ("Referat uge 5 2024", "referat", {"dates": ((2024, 5, -3),)}),
    ("Referat 2024 uge 52", "referat", {"dates": ((2024, 52, -3),)}),
    ("Referat 2024 Q2", "referat", {"dates": ((2024, 6, -1),)}),
    ("Referat 2024 marts", "referat", {"dates": ((2024, 3, 0),)}),
    ("Referat 2024-05", "referat", {"dates": ((2024, 5, 0),)}),
    ("Referat 202405", "referat", {"dates": ((2024, 5, 0),)}),
    ("Referat 05-2024", "referat", {"dates": ((2024, 5, 0),)}),
    ("Referat 3. maj", "referat", {"dates": ((0, 5, 3),)}),
    ("Referat 3-5-24", "referat", {"dates": ((2024, 5, 3),)}),
    ("Referat 3/5-24", "referat", {"dates": ((2024, 5, 3),)}),
    ("Referat 030524", "referat", {"dates": ((2024, 5, 3),)}),
    ("Referat 240503", "referat", {"dates": ((2024, 5, 3),)}),
    ("Referat uge 7", "referat", {"numbers": ("uge 7: uge 7",), "parts": (("7", "uge", "uge 7"),)}),
    ("Referat u7", "referat", {"numbers": ("u7: uge 7",), "parts": (("7", "uge", "u7"),)}),
    (
        "Referat 7. uge",
        "referat",
        {"numbers": ("7. uge: uge 7",), "parts": (("7", "uge", "7. uge"),)},
    ),
    ("Referat Q3", "referat", {"numbers": ("q3: kvartal 3",), "parts": (("3", "kvartal", "q3"),)}),
    (
        "Referat 3. kvartal",
        "referat",
        {"numbers": ("3. kvartal: kvartal 3",), "parts": (("3", "kvartal", "3. kvartal"),)},
    ),
    (
        "Referat halvår 2",
        "referat",
        {"numbers": ("halvaar 2: halvaar 2",), "parts": (("2", "halvaar", "halvaar 2"),)},
    ),
    (
        "Referat 1. halvår",
        "referat",
        {"numbers": ("1. halvaar: halvaar 1",), "parts": (("1", "halvaar", "1. halvaar"),)},
    ),
    (
        "Referat forår",
        "referat",
        {"numbers": ("foraar: saeson 3",), "parts": (("3", "saeson", "foraar"),)},
    ),
    (
        "Referat efteråret",
        "referat",
        {"numbers": ("efteraaret: saeson 9",), "parts": (("9", "saeson", "efteraaret"),)},
    ),
    (
        "Referat januar",
        "referat",
        {"numbers": ("januar: maaned 1",), "parts": (("1", "maaned", "januar"),)},
    ),
    ("Referat feb", "referat", {"numbers": ("feb: maaned 2",), "parts": (("2", "maaned", "feb"),)}),
    (
        "Referat dec",
        "referat",
        {"numbers": ("dec: maaned 12",), "parts": (("12", "maaned", "dec"),)},
    ),
    ("Referat jan", "referat jan", {}),
    ("Referat 12.-13. marts 2024", "referat", {"dates": ((2024, 3, 12),)}),
    ("Referat 12. og 13. marts 2024", "referat", {"dates": ((2024, 3, 12),)}),
    ("Budget FY26", "budget", {"numbers": ("budg 2026",)}),
    ("Budget '26", "budget", {"numbers": ("budg 2026",)}),
    ("Valg KV25", "valg kv", {"numbers": ("kv 2025",)}),
    ("B27", "b", {"numbers": ("b 2027",)}),
    ("Referat ab2024", "referat ab", {"numbers": ("ab 2024",)}),
    (
        "Takstblad 2026-27",
        "takstblad",
        {"numbers": ("takstblad 2026", "takstblad 2027"), "ends": {"2027"}},
    ),
    (
        "Takstblad 2026/2027",
        "takstblad",
        {"numbers": ("takstblad 2026", "takstblad 2027"), "ends": {"2027"}},
    ),
    ("Takstblad 2024-2036", "takstblad", {"numbers": ("takstblad 2024", "takstblad 2036")}),
    ("Takstblad 2024-2037", "takstblad", {"numbers": ("takstblad 2024", "takstblad 2037")}),
    (
        "Takstblad 19-21",
        "takstblad",
        {"numbers": ("takstblad 19", "takstblad 21"), "last_number": "21"},
    ),
    ("Takstblad 20-22", "takstblad", {"numbers": ("takstblad 2020", "takstblad 2022")}),
    (
        "Takstblad 19-20",
        "takstblad",
        {"numbers": ("takstblad 2019", "takstblad 2020"), "ends": {"2020"}},
    ),
    ("Takstblad 1999 og 2000", "takstblad", {"numbers": ("takstblad 1999", "takstblad 2000")}),
    ("2024-05-01 Referat", "referat", {"dates": ((2024, 5, 1),), "dated_first": True}),
    (
        "Møde i marts",
        "moede",
        {"numbers": ("marts: maaned 3",), "parts": (("3", "maaned", "marts"),)},
    ),
    ("Møde 3 i", "moede", {"numbers": ("moed 3", "i: moed 1")}),
    ("10 gode råd", "gode raad", {"numbers": ("10",), "numbering": "10"}),
    ("2. delrapport", "delrapport", {"numbers": ("2",), "numbering": "2"}),
    ("7. Vedtægter", "vedtaegter", {"numbering": "7"}),
    ("Fjerde statusnotat", "statusnotat", {"numbers": ("statusnotat 4",), "last_number": "4"}),
    ("Niende og tiende møde", "niende +moede", {"numbers": ("moed 10",), "last_number": "10"}),
    ("Delrapport II", "delrapport", {"numbers": ("ii: delrappor 2",)}),
    ("Delrapport VI", "delrapport", {"numbers": ("vi: delrappor 6",)}),
    ("Rapport i", "rapport", {"numbers": ("i: rappor 1",)}),
    ("Rapport i arkiv", "rapport", {"state": State.OUTDATED}),
    ("Rapport 3 - kommuner", "rapport |kommuner", {"numbers": ("rappor 3",), "plural": True}),
    ("Aftale 3 kommuner", "aftale kommuner", {"numbers": ("aftal 3 kommun",), "plural": True}),
    ("Aftale 007", "aftale", {"numbers": ("aftal 7",), "last_number": "7"}),
    ("Aftale 0", "aftale", {"numbers": ("aftal 0",), "last_number": "0"}),
    ("OS2mo og OS2kitos", "*^os2mo +*^kitos", {}),
    ("It-strategi for HR", "^it strategi 1:for:hr", {}),
    ("MED-aftale, kontrakt", "^med aftale |kontrakt", {}),
    ("Kontrakts- og samarbejdsaftale", "kontrakts +|samarbejdsaftale", {}),
    ("Aftale uden bilag", "aftale", {}),
    ("Aftale med bilag 1-7, budget", "aftale |budget", {}),
    ("Aftale inkl. budget - plan", "aftale |plan", {}),
    ("Aftale u. moms", "aftale u. moms", {}),
    ("Aftale ikke budget", "aftale ikke ikke:budget", {}),
    ("Regler for prokura og underskrift", "regler 1:for:prokura 1:+underskrift", {}),
    ("Udkast til aftale", "til:aftale", {"state": State.DRAFT}),
    ("Bemærkninger til forslag", "bemaerkninger 1:til:forslag", {"plural": True}),
    ("Gammel Kongevej", "gammel kongevej", {}),
    ("Gammel aftale", "aftale", {"state": State.OUTDATED}),
    ("Aftale for gamle Randers", "aftale 1:for:gamle 1:randers", {}),
    ("Aftale før 2024", "aftale", {"numbers": ("aftal 2024",), "state": State.OUTDATED}),
    ("Aftale før ferien", "aftale foer ferien", {}),
    ("Komm. plan", "komm. plan", {}),
    ("PolitikForMobning", "politik 1:for:mobning", {}),
    ("L%C3%B8n &amp; ferie", "loen +ferie", {}),
    ("AFTALE OG KONTRAKT", "aftale +kontrakt", {}),
    (
        "Arbejdspakke 2 og 3",
        "arbejdspakke",
        {"numbers": ("arbejdspak 2", "arbejdspak 3"), "last_number": "3"},
    ),
    ("Aftaler", "aftaler", {"plural": True}),
    ("i forbindelse med aftale", "med:aftale", {}),
    ("e-mail og e-læring", "email +elaering", {}),
    ("Aftale v1_10", "aftale", {"version": (1, 10), "marked": True, "counted": "aftale"}),
    ("Aftale samt kontrakt", "aftale +kontrakt", {}),
    ("3 kommuner", "kommuner", {"numbers": ("3",), "plural": True, "numbering": "3"}),
    ("Type B", "type b", {}),
    ("Aftale 100 og 12", "aftale", {"numbers": ("aftal 100", "aftal 12"), "last_number": "12"}),
    ("Skabelon 2", "skabelon", {"numbers": ("skabelon 2",)}),
    ("Skabelon til referat og aftale", "til:referat +aftale", {"template": True}),
    ("Rapport i - arkiv", "rapport", {"numbers": ("i: rappor 1",), "state": State.OUTDATED}),
    ("Fase i projekt", "fase 1:i:projekt", {}),
    ("Fase i", "fase", {"numbers": ("i: fas 1",)}),
    ("Fase i og ii", "fase", {"numbers": ("i: fas 1", "ii: fas 2")}),
    ("Bilag v", "bilag", {"numbers": ("v: bilag 5",)}),
    ("Aftale x og de", "aftale x", {}),
    ("HR for OS2", "hr", {"organisation": "for"}),
    ("Aftale for HR-chef", "aftale 1:for:^hr 1:chef", {}),
    ("MED", "med", {}),
    ("Aftale ved MED-udvalget", "aftale 1:ved:^med 1:udvalget", {}),
    ("Aftale om - projekt", "aftale 1:om:|projekt", {}),
    ("Aftale. Plan", "aftale. plan", {}),
    ("Hr. Jensen", "hr. jensen", {"party": {"jensen"}}),
    ("Underskrift", "underskrift", {"signed": True}),
    ("Digital-signatur", "^digital signatur", {}),
    ("Gamle bro", "gamle bro", {}),
    ("Møde - OS2 strategi", "moede |strategi", {"organisation": ""}),
    ("Kladdeliste udkast", "liste", {"state": State.DRAFT}),
    ("Region og kommune", "region +kommune", {}),
    ("Region Qwertz", "region qwertz", {"party": {"qwertz"}}),
    ("Region 2025", "region", {"numbers": ("region 2025",)}),
    ("Region udkast", "region", {"state": State.DRAFT}),
    ("Aftale Aalborg kommunes", "aftale aalborg kommunes", {"party": {"aalborg"}}),
    ("Referat 1.-2. juni 2025", "referat", {"dates": ((2025, 6, 1),)}),
    (
        "Aftale 31-12-2025 og 2026",
        "aftale",
        {"numbers": ("aftal 2026",), "dates": ((2025, 12, 31),)},
    ),
    ("Budget 24-7", "budget", {"numbers": ("budg 24", "budg 7"), "last_number": "7"}),
    (
        "Skoleår 15-16",
        "skoleaar",
        {"numbers": ("skoleaar 2015", "skoleaar 2016"), "ends": {"2016"}},
    ),
    ("Møde 2024.06", "moede", {"dates": ((2024, 6, 0),)}),
    ("Møde 12.2024", "moede", {"dates": ((2024, 12, 0),)}),
    ("Referat 3_maj", "referat", {"dates": ((0, 5, 3),)}),
    ("Referat 1. maj og 2. juni 2025", "referat", {"dates": ((0, 5, 1), (2025, 6, 2))}),
    ("Aftale rev. 3", "aftale", {"version": (3,), "marked": True, "counted": "aftale"}),
    ("Aftale r2", "aftale", {"version": (2,), "marked": True, "counted": "aftale"}),
    ("Aftale v2 v3", "aftale v2", {"version": (3,), "marked": True}),
    ("Aftale ver_2", "aftale", {"version": (2,), "marked": True, "counted": "aftale"}),
    (
        "1. Aftale 1.2",
        "aftale",
        {"numbers": ("aftal 1.2",), "version": (1, 2), "numbering": "1", "counted": "aftale"},
    ),
    ("Aftale (udkast) (1)", "aftale", {"state": State.DRAFT, "copy": True}),
    ("Kopi (2) af kopi af Aftale", "aftale", {"copy": True}),
    ("Bilag 3 for aftale", "bilag 1:for:aftale", {"numbers": ("bilag 3",)}),
    ("Bilag 3.", "bilag", {"numbers": ("bilag 3",)}),
    ("Annex 1 plan", "plan", {"attachment": "1"}),
    ("KL. 14 møde", "kl. moede", {"numbers": ("kl 14 moed",)}),
    (
        "Journalnr. 2024/12345 Aftale",
        "aftale",
        {
            "numbers": ("journalnr. 2024/12345: sagsnummer 2024/12345",),
            "parts": (("2024/12345", "sagsnummer", "journalnr. 2024/12345"),),
        },
    ),
    ("Aftale (dk)", "aftale", {}),
    ("Aftale [engelsk]", "aftale", {"language": "en"}),
    ("Plan_uk", "plan", {"language": "en"}),
    ("plan us", "plan us", {}),
    ("Aftale danish", "aftale", {}),
    ("Aftale med (bilag 1), budget", "aftale |budget", {}),
    ("OS2-strategi", "strategi", {"organisation": ""}),
    ("Rapport 100", "rapport", {"numbers": ("rappor 100",)}),
    ("Rapport i og budget", "rapport +budget", {"numbers": ("i: rappor 1",)}),
    ("Aftale for OS2's kommuner", "aftale 1:for:kommuner", {"organisation": "for"}),
    ("Afdeling - Hr. plan", "afdeling |hr. plan", {}),
    ("Aftale (uden moms)", "aftale |uden uden:moms", {}),
    ("Mette Hansens liste", "mette hansens liste", {"party": {"hansens"}}),
    ("Aftaler for kommune", "aftaler 1:for:kommune", {"plural": True}),
    (
        "Aftale 4 udkast",
        "aftale",
        {"numbers": ("aftal 4 udkast",), "state": State.DRAFT, "last_number": "4"},
    ),
    ("Aftale del 4 udkast", "aftale del", {"numbers": ("del 4 udkast",), "state": State.DRAFT}),
    ("Kursus- og budgetplan", "kursus +|budgetplan", {}),
    ("Liste, over ting", "liste 1:over:|ting", {}),
    ("Takstblad 2024-36", "takstblad", {"numbers": ("takstblad 2024", "takstblad 2036")}),
    (
        "Takstblad 2024-37",
        "takstblad",
        {"numbers": ("takstblad 2024", "takstblad 37"), "last_number": "37"},
    ),
    ("Plan 24_25", "plan", {"numbers": ("plan 2024", "plan 2025"), "ends": {"2025"}}),
    ("Bilag 0 - Oversigt", "oversigt", {"attachment": "0"}),
    ("Bilag 0.10 - Oversigt", "oversigt", {"attachment": "0.10"}),
    (
        "J. nr. 2025/1234 Aftale",
        "aftale",
        {
            "numbers": ("j. nr. 2025/1234: sagsnummer 2025/1234",),
            "parts": (("2025/1234", "sagsnummer", "j. nr. 2025/1234"),),
        },
    ),
    (
        "Dok.nr. 2025-1234567 Aftale",
        "aftale",
        {
            "numbers": ("dok.nr. 2025-1234567: sagsnummer 2025-1234567",),
            "parts": (("2025-1234567", "sagsnummer", "dok.nr. 2025-1234567"),),
        },
    ),
    (
        "Sagsnummer: 24-0123 Aftale",
        "aftale",
        {
            "numbers": ("sagsnummer: 24-0123: sagsnummer 24-0123",),
            "parts": (("24-0123", "sagsnummer", "sagsnummer: 24-0123"),),
        },
    ),
    ("Aftale (EN) 2024-05-01", "aftale", {"language": "en", "dates": ((2024, 5, 1),)}),
    ("Region Nord og Syd", "region nord +syd", {"party": {"nord"}}),
    ("Region over", "region", {}),
    ("Region samt", "region", {}),
    ("Standard for indkøb", "standard 1:for:indkoeb", {}),
    ("Standard indkøb", "standard indkoeb", {}),
    ("Brug af lokaler", "af:lokaler", {"plural": True}),
    ("Dokument om plan", "om:plan", {}),
    ("Klage (skema)", "klage |blanket", {}),
    ("Mobning + trivsel", "mobning +trivsel", {}),
    ("PolitikOgPlan", "politik +plan", {}),
    ("QwertzUiop", "qwertzuiop", {}),
    (
        "Aftale v0",
        "aftale",
        {"version": (0,), "marked": True, "state": State.DRAFT, "counted": "aftale"},
    ),
]
"""A row's name, its words (see `_spell`), and each other field that is not as in a plain name."""

_FILES: Final[list[Row]] = [
    (
        "Aftale v2.docx",
        "aftale",
        {"extension": "docx", "version": (2,), "marked": True, "counted": "aftale"},
    ),
    (
        "Aftale v. 1.10.docx",
        "aftale",
        {"extension": "docx", "version": (1, 10), "marked": True, "counted": "aftale"},
    ),
    (
        "Aftale version 2_1.docx",
        "aftale",
        {"extension": "docx", "version": (2, 1), "marked": True, "counted": "aftale"},
    ),
    (
        "Aftale rev b.docx",
        "aftale",
        {"extension": "docx", "version": (2,), "marked": True, "counted": "aftale"},
    ),
    (
        "Aftale 2. udgave.docx",
        "aftale",
        {"extension": "docx", "version": (2,), "marked": True, "counted": "aftale"},
    ),
    (
        "Aftale 2.0.docx",
        "aftale",
        {"numbers": ("aftal 2.0",), "extension": "docx", "version": (2, 0), "counted": "aftale"},
    ),
    (
        "Punkt 4.1 Aftale.docx",
        "punkt aftale",
        {"numbers": ("punk 4.1",), "extension": "docx", "version": (4, 1), "counted": "punkt"},
    ),
    (
        "Aftale 2.docx",
        "aftale",
        {
            "last_number": "2",
            "trailing": "aftal 2",
            "extension": "docx",
            "version": (2,),
            "marked": True,
        },
    ),
    (
        "Aftale 2 udkast.docx",
        "aftale",
        {
            "numbers": ("aftal 2 udkast",),
            "state": State.DRAFT,
            "last_number": "2",
            "extension": "docx",
        },
    ),
    ("Aftale 123.docx", "aftale", {"numbers": ("aftal 123",), "extension": "docx"}),
    (
        "Aftale v0.9.docx",
        "aftale",
        {
            "state": State.DRAFT,
            "extension": "docx",
            "version": (0, 9),
            "marked": True,
            "counted": "aftale",
        },
    ),
    (
        "Aftale 0.9.docx",
        "aftale",
        {
            "numbers": ("aftal 0.9",),
            "state": State.DRAFT,
            "extension": "docx",
            "version": (0, 9),
            "counted": "aftale",
        },
    ),
    (
        "Aftale v0.9 endelig.docx",
        "aftale",
        {
            "says_final": True,
            "extension": "docx",
            "version": (0, 9),
            "marked": True,
            "counted": "aftale",
        },
    ),
    ("01 Aftale.docx", "aftale", {"extension": "docx", "numbering": "01"}),
    ("1.2a) Aftale.docx", "aftale", {"extension": "docx", "numbering": "1.2a"}),
    ("a) Aftale.docx", "aftale", {"extension": "docx", "numbering": "a"}),
    ("10 gode råd.docx", "gode raad", {"extension": "docx", "numbering": "10"}),
    ("Bilag 2 - Aftale.docx", "aftale", {"extension": "docx", "attachment": "2"}),
    ("Bilag II - Aftale.docx", "bilag |aftale", {"numbers": ("ii: bilag 2",), "extension": "docx"}),
    ("Bilag 2a Aftale.docx", "aftale", {"extension": "docx", "attachment": "2a"}),
    ("Underbilag 2.03 Aftale.docx", "aftale", {"extension": "docx", "attachment": "2.3"}),
    (
        "Bilag 2 til aftale.docx",
        "bilag 1:til:aftale",
        {"numbers": ("bilag 2",), "extension": "docx"},
    ),
    ("Bilag 2.docx", "bilag", {"numbers": ("bilag 2",), "extension": "docx"}),
    ("Appendix B: Aftale.docx", "aftale", {"extension": "docx", "attachment": "b"}),
    ("Aftale (1).docx", "aftale", {"extension": "docx", "copy": True}),
    ("Aftale (2) (1).docx", "aftale", {"extension": "docx", "copy": True}),
    ("Aftale - Kopi.docx", "aftale", {"extension": "docx", "copy": True}),
    ("Aftale - kopi (3).docx", "aftale", {"extension": "docx", "copy": True}),
    ("Kopi af Aftale.docx", "aftale", {"extension": "docx", "copy": True}),
    ("Aftale (conflicted copy 2024-05-01).docx", "aftale", {"extension": "docx", "copy": True}),
    (
        "EMN-2025-01877 Aftale.docx",
        "aftale",
        {
            "numbers": ("emn-2025-01877: sagsnummer 2025-01877",),
            "extension": "docx",
            "parts": (("2025-01877", "sagsnummer", "emn-2025-01877"),),
        },
    ),
    (
        "Aftale sagsnr. 2025-01877.docx",
        "aftale",
        {
            "numbers": ("sagsnr. 2025-01877: sagsnummer 2025-01877",),
            "extension": "docx",
            "parts": (("2025-01877", "sagsnummer", "sagsnr. 2025-01877"),),
        },
    ),
    (
        "Aftale 85.02.00-P20-12-24.docx",
        "aftale",
        {
            "numbers": ("85.02.00-p20-12-24: sagsnummer 85.02.00-p20-12-24",),
            "extension": "docx",
            "parts": (("85.02.00-p20-12-24", "sagsnummer", "85.02.00-p20-12-24"),),
        },
    ),
    ("Manual del 1 af 3.docx", "manual del", {"numbers": ("del 1",), "extension": "docx"}),
    (
        "Aftale godkendt af bestyrelsen - plan.docx",
        "aftale |plan",
        {"says_final": True, "extension": "docx"},
    ),
    (
        "Aftale godkendt på engelsk.docx",
        "aftale",
        {"says_final": True, "language": "en", "extension": "docx"},
    ),
    (
        "Aftale vedtaget på generalforsamling 2024.docx",
        "aftale",
        {"numbers": ("aftal 2024",), "says_final": True, "extension": "docx"},
    ),
    ("Aftale endelig.docx", "aftale", {"says_final": True, "extension": "docx"}),
    ("Aftale underskrevet.docx", "aftale", {"signed": True, "extension": "docx"}),
    ("Aftale udgået.docx", "aftale", {"state": State.OUTDATED, "extension": "docx"}),
    ("Partneraftaleudkast.docx", "partneraftale", {"state": State.DRAFT, "extension": "docx"}),
    ("Aftale (EN).docx", "aftale", {"language": "en", "extension": "docx"}),
    ("Aftale på engelsk.docx", "aftale", {"language": "en", "extension": "docx"}),
    ("Aftale DK og EN.docx", "aftale", {"extension": "docx"}),
    ("Aftale_sv.docx", "aftale", {"language": "sv", "extension": "docx"}),
    ("Aftale svensk.docx", "aftale", {"language": "sv", "extension": "docx"}),
    (
        "Aftale - Aalborg Kommune.docx",
        "aftale |aalborg kommune",
        {"party": {"aalborg"}, "extension": "docx"},
    ),
    (
        "Aftale Region Syddanmark.docx",
        "aftale region syddanmark",
        {"party": {"syddanmark"}, "extension": "docx"},
    ),
    ("Qwertz ApS aftale.docx", "qwertz ^aps aftale", {"party": {"qwertz"}, "extension": "docx"}),
    ("Aftale Aalborgs.docx", "aftale aalborgs", {"extension": "docx"}),
    (
        "Aftale udkast lbh.docx",
        "aftale lbh",
        {"state": State.DRAFT, "initials": "lbh", "extension": "docx"},
    ),
    (
        "Aftale 2024-05-01 lbh.docx",
        "aftale lbh",
        {"initials": "lbh", "extension": "docx", "dates": ((2024, 5, 1),)},
    ),
    (
        "Aftale v2 LBH.docx",
        "aftale ^lbh",
        {"extension": "docx", "version": (2,), "marked": True, "counted": "aftale"},
    ),
    ("Aftale for OS2.docx", "aftale", {"organisation": "for", "extension": "docx"}),
    ("OS2s aftale.docx", "aftale", {"organisation": "", "extension": "docx"}),
    ("Skabelon til aftale.dotx", "til:aftale", {"template": True, "extension": "dotx"}),
    ("Aftaleskabeloner.docx", "aftale", {"template": True, "extension": "docx", "plural": True}),
    ("Skabelon.docx", "skabelon", {"extension": "docx"}),
    ("Udkast.docx", "udkast", {"state": State.DRAFT, "extension": "docx"}),
    ("Aftale.final", "aftale.", {"says_final": True}),
    ("Aftale.docx.pdf", "aftale", {"extension": "pdf"}),
    ("Aftale.jpg", "aftale", {"extension": "jpg", "format": Format.PICTURE}),
    ("Aftale.mp4", "aftale", {"extension": "mp4", "format": Format.MEDIA}),
    ("aftale.v2", "aftale.", {"version": (2,), "marked": True, "counted": "aftale"}),
    ("aftale.maj", "aftale.", {"numbers": ("maj: maaned 5",), "parts": (("5", "maaned", "maj"),)}),
    ("aftale.abcdef", "aftale. abcdef", {}),
    ("aftale.abcde", "aftale", {"extension": "abcde"}),
    ("Blanket til refusion.docx", "blanket 1:til:refusion", {"extension": "docx"}),
    ("2024 Budget.xlsx", "budget", {"numbers": ("2024 budg",), "extension": "xlsx"}),
    (
        "Aftale godkendt i 2024 bestyrelsen.docx",
        "aftale bestyrelsen",
        {"numbers": ("aftal 2024 bestyrels",), "says_final": True, "extension": "docx"},
    ),
    ("Aftale godkendt af.docx", "aftale", {"says_final": True, "extension": "docx"}),
    (
        "Aftale godkendt hos direktion, plan.docx",
        "aftale |plan",
        {"says_final": True, "extension": "docx"},
    ),
    ("Aftale underskrevet af Hansen.docx", "aftale", {"signed": True, "extension": "docx"}),
    ("Aftale, med bilag.docx", "aftale", {"extension": "docx"}),
    ("Med bilag.docx", "med:bilag", {"extension": "docx"}),
    ("Aftale with appendix - plan.docx", "aftale |plan", {"extension": "docx"}),
    ("Aftale m. tillæg.docx", "aftale", {"extension": "docx"}),
    ("Aftale med kommuner.docx", "aftale 1:med:kommuner", {"extension": "docx"}),
    (
        "Hjælpemiddel 2.docx",
        "hjaelpemiddel",
        {
            "last_number": "2",
            "trailing": "hjaelpemiddel 2",
            "extension": "docx",
            "version": (2,),
            "marked": True,
        },
    ),
    ("Projektfase 2.docx", "projektfase", {"numbers": ("projektfa 2",), "extension": "docx"}),
    ("Projektspor 2.docx", "projektspor", {"numbers": ("projektspor 2",), "extension": "docx"}),
    ("Aftale godkendt (af bestyrelsen).docx", "aftale", {"says_final": True, "extension": "docx"}),
    ("Aftale.jpg.docx", "aftale. jpg", {"extension": "docx"}),
    ("Aftale.docx.jpg", "aftale", {"extension": "jpg", "format": Format.PICTURE}),
    ("Aftale.pdf.zip.docx", "aftale", {"extension": "docx"}),
    ("Aftale.abc.docx", "aftale. abc", {"extension": "docx"}),
    ("Aftale.kontrakt", "aftale. kontrakt", {}),
    ("Aftale.udkast", "aftale.", {"state": State.DRAFT}),
    ("Aftale.gl", "aftale.", {"state": State.OUTDATED}),
    ("Aftale.x", "aftale. x", {}),
    (
        "Aftale_en_2024-05-01.docx",
        "aftale",
        {"language": "en", "extension": "docx", "dates": ((2024, 5, 1),)},
    ),
    (
        "Aftale 0.docx",
        "aftale",
        {
            "last_number": "0",
            "trailing": "aftal 0",
            "extension": "docx",
            "version": (0,),
            "marked": True,
        },
    ),
    (
        "Aftale v1 gammel udkast.docx",
        "aftale",
        {
            "state": State.OUTDATED,
            "extension": "docx",
            "version": (1,),
            "marked": True,
            "counted": "aftale",
        },
    ),
]
"""The same for names of files."""


def _spell(word: Word) -> str:
    """Write a word with what is beside it, as in "1:til:+|^*kitos." (see `Word`)."""
    signs = "*" * word.product + "^" * word.begins
    text = "+" * word.joined + "|" * word.apart + signs + word.text + "." * word.dotted
    text = f"{word.preposition}:{text}" if word.preposition else text
    return f"{word.phrase}:{text}" if word.phrase else text


def _count(number: Number) -> str:
    """Write a number with what it may count: "ii: rappor 2 kommun"."""
    counted = " ".join(filter(None, (number.before, number.value, number.after)))
    return f"{number.written}: {counted}" if number.written else counted


def _list_fields(name: Name, plain: Name) -> dict[str, object]:
    """Return every field of a name and its marks that differs from a plain name's."""
    pairs: list[tuple[Name | Marks, Name | Marks]] = [(name, plain), (name.marks, plain.marks)]
    found = {
        field.name: getattr(one, field.name)
        for one, other in pairs
        for field in fields(one)
        if getattr(one, field.name) != getattr(other, field.name)
    }
    numbers = tuple(map(_count, name.numbers))
    written = {"numbers": numbers, "trailing": name.trailing and _count(name.trailing)}
    found.update((key, value) for key, value in written.items() if value)
    return {key: value for key, value in found.items() if key not in ("words", "marks", "rest")}


@pytest.mark.parametrize(("name", "words", "other"), _NAMES)
def test_a_row_name_as_a_whole(
    reader: Reader, name: str, words: str, other: dict[str, object]
) -> None:
    """Dates, numbers, marks and words of a row's name are read, each once."""
    read = reader.read_name(name)
    assert " ".join(map(_spell, read.words)) == words
    assert _list_fields(read, reader.read_name("x")) == other
    assert [word.stem for word in read.words] == [reader.book.stem(w.text) for w in read.words]


@pytest.mark.parametrize(("name", "words", "other"), _FILES)
def test_a_file_name_as_a_whole(
    reader: Reader, name: str, words: str, other: dict[str, object]
) -> None:
    """A file's name has an extension too, and its last number may be a version."""
    read = reader.read_file(name)
    assert " ".join(map(_spell, read.words)) == words
    assert _list_fields(read, reader.read_name("x")) == other
