"""Every entry of the lists with which names are read has an effect, and an example where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from syncer.matching import pairing
from syncer.matching.match import match_rows
from syncer.matching.names import (
    danish,
    dates,
    formats,
    language,
    phrases,
    sentence,
    tokens,
    typing_errors,
    versions,
)
from syncer.matching.names.danish import fold
from syncer.matching.names.formats import FORMATS, Format, is_hidden, is_ignored
from syncer.matching.names.reader import open_reader
from syncer.matching.names.records import NEGATIONS, Name, State
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY as WORDS
from syncer.model.matching import Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id

READER = open_reader(WORDS)


def _read(name: str) -> Name:
    return READER.read_file(f"{name}.docx")


def _texts(name: Name) -> list[str]:
    return [word.text for word in name.words]


def _words(name: str) -> list[str]:
    return _texts(_read(name))


def _lacking(words: Iterable[str], holds: Callable[[str], bool]) -> list[str]:
    """Return the words of a list, which is not empty, for which something does not hold."""
    given = list(words)
    assert given
    return [word for word in given if not holds(word)]


@pytest.mark.parametrize(
    ("words", "state"), [(WORDS.archive_words, State.OUTDATED), (WORDS.draft_words, State.DRAFT)]
)
def test_every_word_of_a_state_states_it(words: tuple[str, ...], state: State) -> None:
    """Behind a name."""
    assert _lacking(words, lambda word: _read(f"Partneraftale ({word})").state is state) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WORDS.final_words, "says_final"),
        (WORDS.signed_words, "signed"),
        (WORDS.template_words, "template"),
    ],
)
def test_every_word_that_says_something_of_a_file_says_it(
    words: tuple[str, ...], said: str
) -> None:
    """Behind a name, of which it is no word."""

    def holds(word: str) -> bool:
        read = _read(f"Partneraftale ({word})")
        return (getattr(read, said), _texts(read)) == (True, ["partneraftale"])

    assert _lacking(words, holds) == []


@pytest.mark.parametrize("group", WORDS.synonyms)
def test_a_synonym_is_read_as_the_first(group: tuple[str, ...]) -> None:
    """Alone and with another word."""
    first, *others = group
    assert _lacking(others, lambda word: _words(word) == _words(first)) == []
    behind = "{} til kontoret".format
    assert _lacking(others, lambda word: _words(behind(word)) == _words(behind(first))) == []


def test_no_synonym_is_lost() -> None:
    """The list may grow; what shortens it is meant, and says so here."""
    assert sum(map(len, WORDS.synonyms)) >= 66
    assert _words("DBA") == _words("Databehandleraftale") == _words("databehandleaftale")


def test_the_organisations_names_say_whose_it_is() -> None:
    """They are no words of the name."""
    names = WORDS.organisation_words
    assert _lacking(names, lambda word: _words(f"Plan for {word}") == ["plan"]) == []
    assert _lacking(names, lambda word: _read(f"Plan for {word}").organisation == "for") == []


FORMS = {
    Format.DOCUMENT: (
        "doc docx docm dot dotx odt ott rtf txt md xls xlsx xlsm xlt xltx ods ppt pptx potx pot odp"
        " pages numbers key vsdx pdf csv htm html zip epub xml json tex"
    ),
    Format.PICTURE: "png jpg jpeg gif svg bmp tif tiff webp heic ai eps psd ico indd xcf",
    Format.MEDIA: "mp3 mp4 m4a m4v mov avi wav wmv mkv ogg webm",
}


def test_every_extension_has_its_format() -> None:
    """None is in no list and none is added without this one."""
    assert {end: form for form, ends in FORMS.items() for end in ends.split()} == FORMATS
    assert set(FORMATS) > formats.EDITABLE


@pytest.mark.parametrize("end", sorted(FORMATS))
def test_an_extension_is_taken_off(end: str) -> None:
    """In capitals too, and it says what the file contains."""
    read = READER.read_file(f"Partneraftale.{end.upper()}")
    assert (read.extension, read.format) == (end, FORMATS[end])
    assert [word.text for word in read.words] == ["partneraftale"]


IGNORED = (
    "a.tmp a.temp a.bak a.part a.crdownload a.lnk a.url a.swp a.lock a.filepart Thumbs.db"
    " Desktop.ini ehthumbs.db Icon\r .skjult ~$aftale.docx"
)


@pytest.mark.parametrize("name", IGNORED.split(" "))
def test_files_that_programs_leave_behind_are_ignored(name: str) -> None:
    """In any case of letters; the same with another end is a file."""
    assert is_ignored(name)
    assert is_ignored(name.upper())
    assert not is_ignored(f"x{name}x")
    assert {end for end in formats._IGNORED_ENDS if f"a{end}" not in IGNORED} == set()
    assert {one.lower() for one in IGNORED.split(" ")[10:14]} == formats._IGNORED_NAMES


@pytest.mark.parametrize("folder", [".git", "__MACOSX", "@eaDir", "$RECYCLE.BIN", "#recycle"])
def test_folders_that_systems_make_are_hidden(folder: str) -> None:
    """At the top and below."""
    assert is_hidden(f"{folder}/a.docx")
    assert is_hidden(f"Aftaler/{folder}/a.docx")


MONTHS = (
    "januar jan january|februar feb february|marts mar march|april apr|maj may|juni jun june"
    "|juli jul july|august aug|september sep sept|oktober okt october oct|november nov|december dec"
)


@pytest.mark.parametrize("month", dates.MONTH_NUMBERS)
def test_a_month_is_read(month: str) -> None:
    """With its year, in Danish and English, in full and short."""
    expected = [names.split() for names in MONTHS.split("|")]
    number = next(at for at, names in enumerate(expected, start=1) if month in names)
    assert len(dates.MONTH_NUMBERS) == sum(map(len, expected))
    assert _read(f"Referat {month} 2026").marks.dates == ((2026, number, 0),)
    assert _read(f"Referat 7. {month} 2026").marks.dates == ((2026, number, 7),)


@pytest.mark.parametrize(
    ("written", "counted", "value"),
    [
        ("1. kvartal", "kvartal", "1"),
        ("Q4", "kvartal", "4"),
        ("2. halvår", "halvaar", "2"),
        ("uge 7", "uge", "7"),
        ("marts", "maaned", "3"),
    ],
)
def test_a_part_of_a_year_is_counted(written: str, counted: str, value: str) -> None:
    """Each kind of part has the word that it counts."""
    (date,) = _read(f"Rapport {written} 2026").marks.dates
    assert dates.part_of(date) == (value, counted)
    assert set(dates._COUNTED.values()) == {"kvartal", "halvaar", "uge", "saeson", "maaned"}


@pytest.mark.parametrize(
    ("written", "number"),
    [("vinter", 1), ("forår", 3), ("sommeren", 7), ("efteråret", 9), ("F", 3), ("E", 9)],
)
def test_a_season_is_read(written: str, number: int) -> None:
    """With its year; a letter of the school year's half only directly before it."""
    assert len(dates._SEASONS) == 6
    name = f"Plan {written}26" if len(written) == 1 else f"Plan {written} 2026"
    assert _read(name).marks.dates == ((2026, number, dates.SEASON),)


@pytest.mark.parametrize("roman", versions.ROMAN)
def test_a_roman_numeral_is_a_number(roman: str) -> None:
    """After what it counts."""
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
    assert dict(zip(numerals, map(str, range(1, 13)), strict=True)) == versions.ROMAN
    assert READER.read_name(f"Vejledning del {roman.upper()}").values == (versions.ROMAN[roman],)


ORDINALS = "foerste anden tredje fjerde femte sjette syvende ottende niende tiende andet"


@pytest.mark.parametrize("word", ORDINALS.split())
def test_an_ordinal_is_a_number(word: str) -> None:
    """A number in words before what it counts."""
    assert set(ORDINALS.split()) == set(versions.ORDINALS)
    number = 2 if word == "andet" else ORDINALS.split().index(word) + 1
    assert READER.read_name(f"{word} statusnotat").values == (str(number),)


LANGUAGES = {
    "ar": "arabisk arabiske",
    "fa": "farsi",
    "it": "italiensk",
    "nl": "hollandsk",
    "pl": "polsk polske",
    "ro": "rumaensk",
    "ru": "russisk",
    "so": "somali",
    "tr": "tyrkisk",
    "ua": "ukrainsk ukrainske",
    "zh": "kinesisk",
    "da": "dansk danske danish",
    "de": "tysk tyske deutsch",
    "en": "engelsk engelske english translation",
    "es": "spansk",
    "fi": "finsk",
    "fo": "faeroesk",
    "fr": "fransk franske",
    "kl": "groenlandsk",
    "no": "norsk norske",
    "sv": "svensk svenske",
}


@pytest.mark.parametrize("word", language.LANGUAGE_WORDS)
def test_a_languages_name_is_read(word: str) -> None:
    """Of a translation; Danish is none."""
    codes = {word: code for code, words in LANGUAGES.items() for word in words.split()}
    assert codes == language.LANGUAGE_WORDS
    assert _read(f"Partneraftale ({word})").language == (
        None if codes[word] == "da" else codes[word]
    )


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        *(("DK", None), ("UK", "en"), ("GB", "en"), ("US", "en"), ("ENG", "en"), ("SE", "sv")),
        *(("NB", "no"), ("DA", None), ("EN", "en"), ("DE", "de"), ("FR", "fr"), ("NO", "no")),
    ],
)
def test_a_mark_of_a_language_is_read(mark: str, code: str | None) -> None:
    """In brackets; what countries are called is their language."""
    assert _read(f"Partneraftale ({mark})").language == code
    assert set(language._CODES) == {"dk", "uk", "gb", "us", "eng", "se", "nb"}


COUNTED = (
    "bilag fase del afsnit punkt nr trin niveau kapitel gruppe lot delaftale type model pulje hold"
    " spor iso appendix annex kvartal uge kl paragraf artikel tema modul pakke bygning lejlighed"
    " klasse etape runde kreds distrikt opgave rapport"
)


def test_words_that_numbers_count_are_counted() -> None:
    """A number behind one is no version."""
    assert set(COUNTED.split()) == sentence._ENUMERATORS
    assert _lacking(COUNTED.split(), sentence.is_counted) == []
    assert (
        _lacking(COUNTED.split(), lambda word: READER.read_name(f"{word} 7").values == ("7",)) == []
    )


def test_a_small_word_distinguishes_nothing() -> None:
    """Names with it have the other words."""
    words = tokens.CONJUNCTIONS | tokens.PREPOSITIONS
    both = ["partneraftale", "kontoret"]
    assert _lacking(words, lambda word: _words(f"Partneraftale {word} kontoret") == both) == []


@pytest.mark.parametrize("word", sorted(NEGATIONS))
def test_a_negation_is_no_word(word: str) -> None:
    """A name that is not what it says is not the name."""
    assert {"ikke", "not", "uden", "without"} == NEGATIONS
    assert _find("Partneraftale", f"Partneraftale {word} logo") is not Verdict.PRESENT


def _find(row: str, file: str, end: str = ".docx") -> Verdict:
    (match,) = match_rows([build_row(row)], by_id(build_share(f"{file}{end}")))
    return match.verdict


def test_a_form_makes_no_other_document() -> None:
    """Nor does a word that distinguishes nothing; "en" and "i" are also a language and a number."""
    words = {*WORDS.form_words, *WORDS.filler_words} - {"en", "i"}
    name = "Partneraftale"
    assert _lacking(words, lambda word: _find(name, f"{name} {word}") is Verdict.PRESENT) == []


def test_a_word_about_a_document_makes_another_one() -> None:
    """Behind a dash it is a paper about the row's document, or another kind of one."""
    words = {*WORDS.aspect_words, *WORDS.document_words} - {*WORDS.form_words, *WORDS.draft_words}
    assert len(words) > 100
    files = [f"Partnerkatalog - {word}.docx" for word in sorted(words)]
    (match,) = match_rows([build_row("Partnerkatalog")], by_id(build_share(*files)))
    assert (match.verdict, match.files) == (Verdict.MISSING, ())


def test_a_party_has_a_copy_of_its_own() -> None:
    """What was filled in for it is not the document to fill in."""
    assert len(WORDS.party_words) > 20
    files = [f"Partneraftale {word}.docx" for word in WORDS.party_words]
    (match,) = match_rows([build_row("Partneraftale")], by_id(build_share(*files)))
    assert (match.verdict, match.files) == (Verdict.MISSING, ())


def test_a_word_of_pictures_asks_for_one() -> None:
    """A picture answers such a row, and no other one."""
    assert _lacking(WORDS.picture_words, lambda w: _find(w, w, ".png") is Verdict.PRESENT) == []
    assert _find("Partneraftale", "Partneraftale", ".png") is Verdict.MISSING


def test_a_word_for_one_thing_is_no_plural() -> None:
    """Though it ends like one."""
    words = (*WORDS.singular_words, *WORDS.single_plurals)
    assert _lacking(words, lambda word: not READER.book.is_plural(fold(word))) == []


IRREGULAR = """
nye ny nyt
center centret centre centrene centrum centeret centrets
kursus kurset kurser kurserne kursets
forum fora forummet foraene forums
mangel mangler manglen manglerne
regel regler reglen reglerne
eksempel eksempler eksemplet eksemplerne
artikel artikler artiklen artiklerne
titel titler titlen titlerne
kapitel kapitler kapitlet kapitlerne
seddel sedler sedlen sedlerne
nummer numre nummeret numrene
kalender kalendere kalendre kalenderen
register registre registret registrene
middel midler midlet midlerne
håndbog håndbøger håndbogen håndbøgerne
logbog logbøger logbogen
drejebog drejebøger drejebogen
dagsorden dagsordenen dagsordner dagsordener
forretningsorden forretningsordenen forretningsordner forretningsordener
vedtægt vedtægter vedtægterne vedtægten
mor mødre mødrene moderen
far fædre fædrene faderen
barn børn børnene barnet børns
mand mænd mænds mændene manden
"""


@pytest.mark.parametrize("line", IRREGULAR.strip().split("\n"))
def test_irregular_forms_are_one_word(line: str) -> None:
    """All forms of a word have one stem, alone and, but for the shortest, behind another."""
    forms = tuple(line.split())
    assert forms in WORDS.irregular_words
    assert len(WORDS.irregular_words) == len(IRREGULAR.strip().split("\n"))
    assert len({READER.book.stem(fold(form)) for form in forms}) == 1
    short = forms[0] in ("nye", "forum", "mor", "far", "barn", "mand")
    assert short or len({READER.book.stem(fold(f"havne{form}")) for form in forms}) == 1


def test_a_long_name_is_read_to_its_24th_word() -> None:
    """And to its 48th token, so that the longest name takes as long as any other."""
    words = [f"{one}{two}q" for one in "abcdefgh" for two in "wxyz"]
    read = READER.read_name(" ".join(words))
    assert _texts(read) == words[:24]
    numbers = " ".join(map(str, range(1, 60)))
    assert READER.read_name(f"Plan {numbers}").values == tuple(map(str, range(1, 48)))


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("januar", "juli", "august"),
        ("uge 1", "uge 27", "uge 28"),
        ("1. kvartal", "3. kvartal", "4. kvartal"),
        ("1. halvår", "2. halvår", ""),
    ],
)
def test_a_year_may_lie_between_two_of_its_parts(one: str, near: str, far: str) -> None:
    """Without a year the later part is newer only up to half a year after the other."""
    assert set(dates.CYCLES) == {"maaned", "uge", "kvartal", "halvaar"}
    for other, verdict in ((near, Verdict.PRESENT), (far, Verdict.AMBIGUOUS)):
        paths = [f"Status {part}.docx" for part in (one, other) if other]
        if paths:
            (match,) = match_rows([build_row("Status")], by_id(build_share(*paths)))
            assert (match.verdict, match.files[0].path) == (verdict, paths[1])


STREETS = "Gammel Kongevej|Gammel Bygade|Gammel Torv|Gammel Brandplads|Gammel Strandstræde"
STREETS += "|Gammel Stationsalle|Gammel Strand|Gammel Havn|Gammel Bro"


@pytest.mark.parametrize("street", STREETS.split("|"))
def test_an_old_street_is_a_name(street: str) -> None:
    """What is old in a street's name is not the document; each end has an example."""
    assert _read(f"Lokalplan {street}").state is State.FINAL
    assert _read("Lokalplan gammel").state is State.OUTDATED
    ends = {end for end in sentence._STREETS if fold(street).endswith(end)}
    assert len(ends) == 1
    assert len(sentence._STREETS) == len(STREETS.split("|"))


@pytest.mark.parametrize("word", sentence._OLD)
def test_what_is_old_before_a_name_is_a_name(word: str) -> None:
    """After a preposition; behind a document it is an old one."""
    assert sentence._OLD == ("gammel", "gamle", "gammelt", "gl", "arkivet")
    assert _read(f"Kontrakt for {word} Randers").state is State.FINAL
    assert _read(f"Kontrakt ({word})").state is State.OUTDATED


@pytest.mark.parametrize("word", sentence._TOWARDS)
def test_a_paper_about_a_draft_is_none(word: str) -> None:
    """A document towards or about one is another document."""
    assert sentence._TOWARDS == ("til", "om", "over", "for")
    assert _read(f"Notat {word} udkast").state is State.FINAL
    assert _read("Notat udkast").state is State.DRAFT


@pytest.mark.parametrize("word", sentence._BEFORE)
def test_before_a_year_is_outdated(word: str) -> None:
    """What held before it holds no more."""
    assert sentence._BEFORE == ("foer", "before")
    assert _read(f"Referater {word} 2020").state is State.OUTDATED
    assert _read(f"Referater {word} sommer").state is State.FINAL


@pytest.mark.parametrize("word", ["bilag", "appendix", "annex", "tillæg"])
def test_a_document_with_its_attachments_is_the_document(word: str) -> None:
    """With them or without, in each word for them."""
    for small in ("med", "uden", "inkl.", "ekskl."):
        assert _words(f"Partneraftale {small} {word}") == ["partneraftale"]
    assert sentence._ATTACHED == ("bilag", "appendi", "annex", "tillaeg")


@pytest.mark.parametrize("small", sorted(tokens.INCLUDING))
def test_what_is_included_makes_no_other_document(small: str) -> None:
    """Whatever it is."""
    names = {"inkl", "incl", "inklusive", "ekskl", "excl", "eksklusive"}
    assert names == tokens.INCLUDING
    assert _words(f"Partneraftale {small} logo") == ["partneraftale"]


@pytest.mark.parametrize(("one", "other"), sorted(pairing._OPPOSITES))
def test_opposite_directions_are_two_documents(one: str, other: str) -> None:
    """Both ways round."""
    assert (other, one) in pairing._OPPOSITES
    assert len(pairing._OPPOSITES) == 6
    row, file = f"Overdragelse {one} drift", f"Overdragelse {other} drift"
    assert _find(row, row) is Verdict.PRESENT
    assert _find(row, file) is not Verdict.PRESENT


@pytest.mark.parametrize("numeral", sorted(sentence._ONLY_ROMAN))
def test_a_numeral_that_is_no_word_is_a_number(numeral: str) -> None:
    """Behind any word."""
    names = {"ii", "iii", "iv", "vii", "viii", "ix", "xii"}
    assert names == sentence._ONLY_ROMAN
    assert READER.read_name(f"Strategi {numeral.upper()}").values == (versions.ROMAN[numeral],)


@pytest.mark.parametrize(
    ("letter", "folded"),
    [("Æ", "ae"), ("ø", "oe"), ("Å", "aa"), ("ä", "ae"), ("Ö", "oe"), ("ð", "d"), ("Þ", "th")],
)
def test_a_letter_is_folded(letter: str, folded: str) -> None:
    """Each letter of its own; what has an accent loses it."""
    assert (fold(letter), fold(f"x{letter}x é")) == (folded, f"x{folded}x e")
    assert len(danish._LETTERS) == 7


@pytest.mark.parametrize("word", ["af", "for", "om", "ved", "hos"])
def test_what_continues_a_state_makes_it_a_topic(word: str) -> None:
    """Of two words: "til godkendelse af leverancer" is about it."""
    assert len(phrases._CONTINUATIONS) == 5
    assert _read(f"Rapport til godkendelse {word} leverancer").state is State.FINAL
    assert _read("Rapport til godkendelse leverancer").state is State.DRAFT


@pytest.mark.parametrize("ending", ["", "e", "t", "s", "er", "en", "et"])
def test_a_state_has_its_forms(ending: str) -> None:
    """In each ending."""
    assert phrases._ENDINGS == ("", "e", "t", "s", "er", "en", "et")
    assert _read(f"Partneraftale (korrektur{ending})").state is State.DRAFT


@pytest.mark.parametrize("ending", ["", "s", "en", "ens", "e", "es", "ne", "nes"])
def test_a_person_has_one_stem(ending: str) -> None:
    """In each form, also behind another word; what they do has another."""
    assert danish._AGENT_ENDINGS == ("", "s", "en", "ens", "e", "es", "ne", "nes")
    assert READER.book.stem(f"superbruger{ending}") == "superbruger"


ENDINGS = "s e es er n en ens et ets ers ere erne ernes ne ene"


@pytest.mark.parametrize("ending", ["", *ENDINGS.split()])
def test_a_known_word_is_known_in_each_form(ending: str) -> None:
    """Behind another word and, as far as letters join words, before one."""
    forms = (*danish._LINKS, "ens", "et", "ets", "ers", "ere", "erne", "ernes", "ne", "ene")
    assert forms == danish._ENDINGS
    assert danish._LINKS == ("", "s", "e", "es", "er", "n", "en")
    assert READER.book.knows(f"havnedrift{ending}")
    assert READER.book.knows(f"drift{ending}plan")
    if ending in danish._LINKS:
        assert READER.book.joins(f"drift{ending}aftale", "drift", "aftale")


PREFIXES = (
    "ind til fra for gen mis af an be op ud under over mod med ned sam ekstern intern eks im u"
)


@pytest.mark.parametrize("prefix", PREFIXES.split())
def test_another_prefix_makes_another_word(prefix: str) -> None:
    """Though two letters differ at most."""
    assert tuple(PREFIXES.split()) == danish.PREFIXES
    other = "ud" if prefix != "ud" else "op"
    assert not typing_errors.differs_by_typing(f"{prefix}arbejdelse", f"{other}arbejdelse")


@pytest.mark.parametrize("word", ["version", "vers", "ver", "rev", "v"])
def test_a_version_may_have_underscores(word: str) -> None:
    """In a name that has them for full stops."""
    assert _read(f"Aftale_{word}1_2").marks.version == (1, 2)
