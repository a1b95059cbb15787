"""Names understood: words, numbers, states, languages, parties."""

from __future__ import annotations

import pytest

from syncer.matching.names.formats import Format, is_nothing
from syncer.matching.names.reader import Reader, open_reader
from syncer.matching.names.records import State
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Open the default reader once."""
    return open_reader(DEFAULT_VOCABULARY)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OS2’s partneraftale.docx", ["partneraftale"]),
        ("OS2s_Partneraftale (DA).docx", ["partneraftale"]),
        ("OS2partneraftale.docx", ["partneraftale"]),
        ("Kommissorium for bestyrelsen.pdf", ["kommissorium", "bestyrelsen"]),
        ("Governance-checkliste.xlsx", ["governance", "tjekliste"]),
        ("Governancecheckliste.xlsx", ["governancetjekliste"]),
        ("Ofte stillede spørgsmål.docx", ["faq"]),
        ("Referatskabelon.docx", ["referat"]),
        ("Skabelon.docx", ["skabelon"]),
        ("ISO27001.pdf", ["iso"]),
        ("SLA'er.pdf", ["sla"]),
        ("Endelig.docx", ["endelig"]),
        ("PolitikForMobning.docx", ["politik", "mobning"]),
        ("PowerShellScripts.docx", ["powershellscripts"]),
        ("Blanket til refusion.docx", ["blanket", "refusion"]),
        ("Refusion (blanket).docx", ["refusion"]),
        ("2026.docx", []),
        ("", []),
    ],
)
def test_words(reader: Reader, name: str, words: list[str]) -> None:
    """What tells a name apart is left; a name of nothing else keeps what it has."""
    assert [word.text for word in reader.read_file(name).words] == words


@pytest.mark.parametrize(
    ("name", "words", "template"),
    [
        ("Skabelno til referat.docx", ["referat"], True),
        ("Sksbelon til referat.docx", ["referat"], True),
        ("Referat (skabeloer).docx", ["referat"], True),
        ("Meeting minutes tempalte.docx", ["meeting", "minutes"], True),
        ("Budgetskabelno.xlsx", ["budget"], True),
        ("Projektskabeloenr.docx", ["projekt"], True),
        ("Skabet til referat.docx", ["skabet", "referat"], False),
        ("Brevskabet.docx", ["brevskabet"], False),
    ],
)
def test_a_mistyped_template_is_a_template(
    reader: Reader, name: str, words: list[str], template: bool
) -> None:
    """One slip in the word for a template, alone or in a compound, makes no other word of it."""
    read = reader.read_file(name)
    assert ([word.text for word in read.words], read.template) == (words, template)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Aftale udkast.docx", State.DRAFT),
        ("Aftale_UDKAST3.docx", State.DRAFT),
        ("Aftale (til kommentering).docx", State.DRAFT),
        ("Aftale ikke godkendt.docx", State.DRAFT),
        ("Aftale udgået udkast.docx", State.OUTDATED),
        ("Aftale gammel.docx", State.OUTDATED),
        ("Aftale endelig.docx", State.FINAL),
        ("Aftaleudkast.docx", State.DRAFT),
        ("Kladdeaftale.docx", State.DRAFT),
        ("Procedure til godkendelse.docx", State.DRAFT),
        ("Procedure til godkendelse af leverancer.docx", State.FINAL),
        ("Aftale bruges ikke.docx", State.OUTDATED),
        ("Aftale.docx", State.FINAL),
    ],
)
def test_states(reader: Reader, name: str, state: State) -> None:
    """State words say how far a document is."""
    assert reader.read_file(name).state is state


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Aftale (EN).docx", "en"),
        ("Aftale_en.docx", "en"),
        ("Aftale EN v2.docx", "en"),
        ("Aftale på engelsk.docx", "en"),
        ("Aftale (DA).docx", None),
        ("Aftale_dk.docx", None),
        ("Aftale [SE].docx", "sv"),
        ("En aftale.docx", None),
        ("EN", "en"),
    ],
)
def test_languages(reader: Reader, name: str, language: str | None) -> None:
    """A mark or a word says another language; Danish is none."""
    assert reader.read_file(name).language == language


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Aftale - Aalborg Kommune.pdf", {"aalborg"}),
        ("Aftale Region Qwertzland.pdf", {"qwertzland"}),
        ("Aftale mellem OS2 og andre.pdf", {"mellem"}),
        ("Digital kommune.pdf", set()),
        ("Aftale kommune.pdf", set()),
        ("Region.pdf", set()),
        ("Aftale Aarhus.pdf", {"aarhus"}),
        ("Rejseafregning - Mette Knudsen.xlsx", {"knudsen"}),
        ("Anden aftale.pdf", set()),
        ("Bekendtgørelsen.pdf", set()),
        ("Aftale Region og kommune.pdf", set()),
        ("Region 2025.pdf", set()),
        ("Dagsorden kl. 14.pdf", set()),
    ],
)
def test_parties(reader: Reader, name: str, party: set[str]) -> None:
    """Whom an agreement was filled in for is told from words that are words."""
    assert reader.read_file(name).party == party


def test_numbers_and_versions(reader: Reader) -> None:
    """Numbers are kept; a last small one is a version, but not behind fase or bilag."""
    assert reader.read_file("Aftale_2.docx").marks.version == (2,)
    assert reader.read_file("Aftale fase 2.docx").marks.version is None
    assert reader.read_file("Aftale fase 2.docx").numbers == ("2",)
    assert reader.read_name("WCAG 2.1").numbers == ("2.1",)
    assert reader.read_name("Budget 2025 2025").numbers == ("2025",)
    assert reader.read_file("Budget 2024-05-01 (2023).xlsx").years == {"2023", "2024"}


def test_formats(reader: Reader) -> None:
    """The extension says what a file is; an unknown one is a word."""
    assert reader.read_file("a.docx.pdf").extension == "pdf"
    assert reader.read_file("a.PNG").format is Format.PICTURE
    assert reader.read_file("a.mp4").format is Format.MEDIA
    assert reader.read_file("a.docx").editable
    assert [word.text for word in reader.read_file("a.qqq").words] == ["a", "qqq"]


@pytest.mark.parametrize(
    "name", ["~$aftale.docx", ".~lock.aftale.odt#", "Thumbs.db", ".DS_Store", "a.TMP", "x.lnk"]
)
def test_nothing(name: str) -> None:
    """Locks, system files, hidden and temporary ones are nothing."""
    assert is_nothing(name)


def test_something() -> None:
    """A document is something, also without an extension."""
    assert not is_nothing("Aftale.docx")
    assert not is_nothing("tmp")


def test_a_vocabulary_of_ones_own() -> None:
    """The settings' lists replace the built-in ones; without lists all is words."""
    own = open_reader(Vocabulary(draft_words=("råtekst", " "), synonyms=(("aftale", "pagt"),)))
    assert own.read_file("Pagt råtekst.docx").state is State.DRAFT
    assert [word.text for word in own.read_file("Pagt.docx").words] == ["aftale"]
    bare = open_reader(Vocabulary())
    assert [word.text for word in bare.read_file("Aftale udkast.docx").words] == [
        "aftale",
        "udkast",
    ]


def test_hostile_names_are_bounded(reader: Reader) -> None:
    """Names of any length and any characters are read, and no more of them than counts."""
    assert len(reader.read_file("aftale " * 10_000).words) <= 24
    for name in ("\x00\u202e" * 500, "(" * 5_000, "1-" * 5_000, "́" * 3_000):
        assert reader.read_name(name).words is not None


def test_underscores_inside_a_version(reader: Reader) -> None:
    """A "v1_10" is one version; a date behind a version is not part of it."""
    assert reader.read_file("Aftale_v1_10.docx").marks.version == (1, 10)
    assert reader.read_file("Aftale_v1_15-01-2026.docx").marks.version == (1,)


def test_a_count_in_front_of_a_row(reader: Reader) -> None:
    """A number that counts what follows belongs to the name; numbering does not."""
    assert reader.read_name("10 gode råd").numbers == ("10",)
    assert reader.read_name("10 Tilslutningsaftale").numbers == ()
    assert reader.read_name("10. tilslutningsaftale").numbers == ()


@pytest.mark.parametrize(
    ("one", "other"), [("OS2kitos guide", "OS2 Kitos guide"), ("E-mailpolitik", "Emailpolitik")]
)
def test_one_word_or_two(reader: Reader, one: str, other: str) -> None:
    """A product's name and the e of "e-mail" are the same with and without a joint."""
    assert reader.read_name(one).words == reader.read_name(other).words


def test_words_of_state_that_a_row_speaks_of_are_words(reader: Reader) -> None:
    """A row about backup asks for its file, whatever "backup" says elsewhere."""
    spoken = reader.spoken_of(["backupprocedure"])
    assert spoken == {"backup"}
    file = reader.read_file("Backup-procedure.docx", spoken)
    assert [word.text for word in file.words] == ["backup", "procedure"]
    assert file.state is State.FINAL
    assert reader.read_file("Backup-procedure.docx").state is State.OUTDATED
    assert reader.read_name("Backup-procedure").state is State.FINAL
    assert reader.read_name("Backup af procedure").state is State.OUTDATED


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Vejledning del II.pdf", ("2",)),
        ("Vejledning del I.pdf", ("1",)),
        ("Plan for del i projektet.pdf", ()),
        ("Fase IV.pdf", ("4",)),
        ("Handlingsplan 2024-2026.pdf", ("2024", "2026")),
        ("Handlingsplan 2024/25.pdf", ("2024", "2025")),
        ("Handlingsplan 24-26.pdf", ("2024", "2026")),
        ("Handlingsplan 26-24.pdf", ("26", "24")),
    ],
)
def test_roman_numerals_and_ranges(reader: Reader, name: str, numbers: tuple[str, ...]) -> None:
    """A roman numeral behind a part is its number; both years of a range are whole years."""
    read = reader.read_file(name)
    assert read.numbers + tuple(map(str, read.marks.version or ())) == numbers


def test_to_be_signed_is_not_signed(reader: Reader) -> None:
    """Only what bears a signature is a concluded agreement."""
    assert reader.read_file("Aftale underskrevet.pdf").signed
    assert reader.read_file("Aftale (Penneo).pdf").signed
    assert not reader.read_file("Aftale til underskrift.pdf").signed
    assert not reader.read_file("Aftale (ikke underskrevet).pdf").signed


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Gæsteliste 2025-04-09 jho.xlsx", "jho"),
        ("Gæsteliste kladde lbh.xlsx", "lbh"),
        ("Gæsteliste jho.xlsx", ""),
        ("Vejledning HR v2.docx", ""),
        ("Strategi 2025-01-02 IT.docx", ""),
    ],
)
def test_initials(reader: Reader, name: str, initials: str) -> None:
    """Small letters behind a date, a version or a state; an abbreviation is a word."""
    assert reader.read_file(name).initials == initials
