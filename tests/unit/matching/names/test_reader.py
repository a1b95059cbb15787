"""Names understood: words, numbers, states, languages, parties."""

from __future__ import annotations

import pytest

from syncer.matching.names.formats import Format, is_ignored
from syncer.matching.names.reader import Reader, open_reader
from syncer.matching.names.records import Number, State
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
        ("Partneraftaleudkast.docx", ["partneraftale"]),
        ("PolitikForMobning.docx", ["politik", "mobning"]),
        ("ZyxForMobning.docx", ["zyx", "mobning"]),
        ("PowerShellScripts.docx", ["powershellscripts"]),
        ("L%C3%B8n%20og%20ferie.docx", ["loen", "ferie"]),
        ("LÃ¸n &amp; ferie.docx", ["loen", "ferie"]),
        ("Spørgsmål & svar.docx", ["faq"]),
        ("Kopi (2) af Kopi af Lønpolitik.docx", ["loenpolitik"]),
        ("Blanket til refusion.docx", ["blanket", "refusion"]),
        ("Refusion (blanket).docx", ["refusion", "blanket"]),
        ("2026.docx", []),
        ("", []),
    ],
)
def test_words(reader: Reader, name: str, words: list[str]) -> None:
    """A name keeps its distinguishing words, or all words when it has none."""
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
    """A template word with one slip is still a template word, also in a compound."""
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
    """State words decide how finished a document is."""
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
    """A mark or a word names another language; Danish is None."""
    assert reader.read_file(name).language == language


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Aftale - Aalborg Kommune.pdf", {"aalborg"}),
        ("Aftale Region Qwertzland.pdf", {"qwertzland"}),
        ("Aftale mellem OS2 og andre.pdf", set()),
        ("Digital kommune.pdf", set()),
        ("Aftale kommune.pdf", set()),
        ("Region.pdf", set()),
        ("Aftale Aarhus.pdf", set()),
        ("Rejseafregning - Mette Knudsen.xlsx", {"knudsen"}),
        ("Anden aftale.pdf", set()),
        ("Bekendtgørelsen.pdf", set()),
        ("Aftale Region og kommune.pdf", set()),
        ("Region 2025.pdf", set()),
        ("Dagsorden kl. 14.pdf", set()),
    ],
)
def test_parties(reader: Reader, name: str, party: set[str]) -> None:
    """Unknown words beside a municipality, region or company name a party."""
    assert reader.read_file(name).party == party


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Delrapport II", ("2",)),
        ("Delrapport I - Økonomi", ("1",)),
        ("Evaluering III", ("3",)),
        ("Delaftale V", ("5",)),
        ("Fjerde statusnotat", ("4",)),
        ("2. delrapport", ("2",)),
        ("2. Vision", ()),
        ("Manual, del 1 af 3", ("1",)),
        ("Rapport i arkivering", ()),
        ("Generation X", ()),
        ("Hvem er vi", ()),
        ("Nyhedsbrev uge 5", ("5",)),
    ],
)
def test_numbers(reader: Reader, name: str, values: tuple[str, ...]) -> None:
    """Digits, Roman numerals and ordinals in words are numbers where they count something."""
    assert reader.read_name(name).values == values


def test_numbers_and_versions(reader: Reader) -> None:
    """A small last number is a version, but not after "fase" or "bilag"."""
    assert reader.read_file("Aftale_2.docx").marks.version == (2,)
    assert reader.read_file("Aftale fase 2.docx").marks.version is None
    assert reader.read_file("Aftale fase 2.docx").values == ("2",)
    assert reader.read_name("WCAG 2.1").values == ("2.1",)
    assert reader.read_name("Budget 2025 2025").values == ("2025",)
    assert reader.read_file("Budget 2024-05-01 (2023).xlsx").years == {"2023", "2024"}


def test_formats(reader: Reader) -> None:
    """The extension decides the format; one on no list is a document's, a known word is none."""
    assert reader.read_file("a.docx.pdf").extension == "pdf"
    assert reader.read_file("a.PNG").format is Format.PICTURE
    assert reader.read_file("a.mp4").format is Format.MEDIA
    assert reader.read_file("a.qqq").extension == "qqq"
    assert [word.text for word in reader.read_file("a.aftale").words] == ["a", "aftale"]
    assert reader.read_file("a.dotx").template


@pytest.mark.parametrize(
    "name", ["~$aftale.docx", ".~lock.aftale.odt#", "Thumbs.db", ".DS_Store", "a.TMP", "x.lnk"]
)
def test_ignored_files(name: str) -> None:
    """Office locks, system files, hidden and temporary files are ignored."""
    assert is_ignored(name)


def test_documents_are_not_ignored() -> None:
    """A document is not ignored, even without an extension."""
    assert not is_ignored("Aftale.docx")
    assert not is_ignored("tmp")


def test_a_custom_vocabulary() -> None:
    """A vocabulary without a list reads its marks as ordinary words."""
    own = open_reader(Vocabulary(draft_words=("råtekst", " "), synonyms=(("aftale", "pagt"),)))
    assert own.read_file("Pagt råtekst.docx").state is State.DRAFT
    assert [word.text for word in own.read_file("Pagt.docx").words] == ["aftale"]
    bare = open_reader(Vocabulary())
    assert [word.text for word in bare.read_file("Aftale udkast.docx").words] == [
        "aftale",
        "udkast",
    ]


def test_hostile_names_are_bounded(reader: Reader) -> None:
    """Names of any length and any characters are read up to a limit."""
    assert len(reader.read_file("aftale " * 10_000).words) <= 24
    for name in ("\x00\u202e" * 500, "(" * 5_000, "1-" * 5_000, "́" * 3_000):
        assert reader.read_name(name).words is not None


def test_underscores_inside_a_version(reader: Reader) -> None:
    """A "v1_10" is one version; a date after a version is not part of it."""
    assert reader.read_file("Aftale_v1_10.docx").marks.version == (1, 10)
    assert reader.read_file("Aftale_v1_15-01-2026.docx").marks.version == (1,)


def test_a_count_in_front_of_a_row(reader: Reader) -> None:
    """A leading number that counts belongs to the name; numbering does not."""
    assert reader.read_name("10 gode råd").values == ("10",)
    assert reader.read_name("10 Tilslutningsaftale").values == ()
    assert reader.read_name("10. tilslutningsaftale").values == ()


@pytest.mark.parametrize(
    ("one", "other"), [("OS2kitos guide", "OS2 Kitos guide"), ("E-mailpolitik", "Emailpolitik")]
)
def test_one_word_or_two(reader: Reader, one: str, other: str) -> None:
    """A product's name and the e of "e-mail" are equal as one word or two."""
    texts = [[word.text for word in reader.read_name(name).words] for name in (one, other)]
    assert texts[0] == texts[1]


def test_a_product_is_one_however_it_is_read(reader: Reader) -> None:
    """The name "OS2kitos" is read as "Kitos" and is still a product."""
    assert [word.product for word in reader.read_name("OS2kitos guide").words] == [True, False]
    assert not any(word.product for word in reader.read_name("OS2partneraftale").words)


def test_state_words_in_a_subject_are_words(reader: Reader) -> None:
    """A row about an archive accepts "arkiv" in a file name without calling it outdated."""
    literal = reader.book.find_state_words(["arkivprocedure"])
    assert literal == {"arkiv"}
    file = reader.read_file("Arkiv-procedure.docx", literal)
    assert [word.text for word in file.words] == ["arkiv", "procedure"]
    assert file.state is State.FINAL
    assert reader.read_file("Arkiv-procedure.docx").state is State.OUTDATED
    assert reader.read_name("Arkiv-procedure").state is State.FINAL
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
        ("Handlingsplan 2014/17.pdf", ("2014", "2017")),
        ("Handlingsplan 14-17.pdf", ("14", "17")),
        ("Handlingsplan 14-15.pdf", ("2014", "2015")),
    ],
)
def test_roman_numerals_and_ranges(reader: Reader, name: str, numbers: tuple[str, ...]) -> None:
    """A roman numeral after "del" or "fase" is a number; a range has two full years."""
    read = reader.read_file(name)
    assert read.values + tuple(map(str, read.marks.version or ())) == numbers


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Delrapport II", Number("2", "delrappor", written="ii")),
        ("Delrapport 2", Number("2", "delrappor")),
        ("Aftale 3 kommuner", Number("3", "aftal", "kommun")),
        ("Aftale 3 - kommuner", Number("3", "aftal")),
        ("Bilag 2 til aftale", Number("2", "bilag")),
    ],
)
def test_a_number_counts_the_words_beside_it(reader: Reader, name: str, number: Number) -> None:
    """The word before it, and the one after it unless it is a preposition or after a dash."""
    (read,) = reader.read_name(name).numbers
    assert (read, read.written) == (number, number.written)


def test_to_be_signed_is_not_signed(reader: Reader) -> None:
    """Only a file with a signature is a concluded agreement."""
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
    """Small letters after a date, a version or a state are initials; capitals a word."""
    assert reader.read_file(name).initials == initials


def test_roman_numbers_count_to_twelve(reader: Reader) -> None:
    """After what is counted; elsewhere those that cannot be a letter or a word."""
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    for value, written in enumerate(roman, start=1):
        assert [n.value for n in reader.read_name(f"Delaftale {written}").numbers] == [str(value)]
    within = {one for one in roman if reader.read_name(f"Aftale {one} om drift").numbers}
    assert within == {"II", "III", "IV", "VII", "VIII", "IX", "XII"}
