"""Words that mark something in a name: languages, numerals, streets, elections, attachments."""

from __future__ import annotations

import pytest

from syncer.matching.names.reader import Reader, open_reader
from syncer.matching.names.records import State
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Open the default reader once."""
    return open_reader(DEFAULT_VOCABULARY)


_LANGUAGES = {
    "da": None, "dk": None, "en": "en", "uk": "en", "gb": "en", "eng": "en", "se": "sv",
    "sv": "sv", "no": "no", "nb": "no", "de": "de", "fr": "fr", "us": "en", "es": "es",
    "fi": "fi", "nl": "nl", "is": "is", "fo": "fo",
}  # fmt: skip
_AT_THE_END = ("da", "dk", "en", "uk", "gb", "eng", "se", "sv", "no", "nb", "de", "fr")
_AFTER_A_BLANK = ("da", "dk", "en", "uk", "eng")
_ALONE = ("da", "dk", "en", "uk", "gb", "eng", "se", "sv", "no", "de", "fr")


@pytest.mark.parametrize(("code", "language"), _LANGUAGES.items())
def test_codes_of_languages(reader: Reader, code: str, language: str | None) -> None:
    """Each is read in brackets; at the end of a name, and alone, those that are no word."""
    forms = {
        f"Plan ({code.upper()})": True,
        f"Plan_{code}": code in _AT_THE_END,
        f"Plan {code}": code in _AFTER_A_BLANK,
        code.upper(): code in _ALONE,
    }
    for name, is_mark in forms.items():
        read = reader.read_name(name)
        assert (name, read.language) == (name, language if is_mark else None)
        assert not (is_mark and code in [word.text for word in read.words])


@pytest.mark.parametrize("english", ["en", "uk", "eng", "engelsk"])
@pytest.mark.parametrize("danish", ["da", "dk", "dansk"])
def test_a_document_in_both_languages_is_in_the_handbooks(
    reader: Reader, danish: str, english: str
) -> None:
    """In whatever order the two stand; the words on both sides remain."""
    for one, other in ((danish, english), (english, danish)):
        for joint in (" og ", "_og_", "-", "+", "&", "/"):
            read = reader.read_name(f"Plan {one}{joint}{other} budget")
            assert ([word.text for word in read.words], read.language) == (["plan", "budget"], None)


def test_a_mark_of_a_language_parts_words(reader: Reader) -> None:
    """What is on both sides of it is not one word."""
    read = reader.read_name("Plan(EN)budget")
    assert ([word.text for word in read.words], read.language) == (["plan", "budget"], "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "engelsk engelske english translation"),
        ("sv", "svensk svenske"),
        ("no", "norsk norske"),
        ("de", "tysk tyske deutsch"),
        ("fr", "fransk franske"),
        (None, "dansk danske danish"),
        ("kl", "grønlandsk"),
        ("fo", "færøsk"),
        ("fi", "finsk"),
        ("es", "spansk"),
    ],
)
def test_names_of_languages(reader: Reader, language: str | None, words: str) -> None:
    """Each is a mark of the document, and no word of it."""
    for word in words.split():
        read = reader.read_name(f"Plan {word}")
        assert ([one.text for one in read.words], read.language) == (["plan"], language)


_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@pytest.mark.parametrize(("at", "numeral"), [*enumerate(_NUMERALS, start=1)])
def test_roman_numerals_up_to_twelve(reader: Reader, at: int, numeral: str) -> None:
    """After what is counted each is a number; elsewhere those that are no word or letter."""
    assert reader.read_name(f"Fase {numeral.upper()}").values == (str(at),)
    alone = numeral in ("ii", "iii", "iv", "vii", "viii", "ix", "xii")
    assert reader.read_name(f"Plan {numeral} budget").values == ((str(at),) if alone else ())


@pytest.mark.parametrize("word", ["inkl.", "incl.", "inklusive", "ekskl.", "excl.", "eksklusive"])
def test_what_is_included_is_no_word(reader: Reader, word: str) -> None:
    """A document with what accompanies it is the same document."""
    assert [one.text for one in reader.read_name(f"Plan {word} budget").words] == ["plan"]


@pytest.mark.parametrize("old", ["gammel", "gamle", "gammelt", "gl."])
def test_old_streets_are_not_outdated(reader: Reader, old: str) -> None:
    """Anything else that is called old is."""
    for street in ["vej", "gade", "torv", "plads", "stræde", "alle", "strand", "havn", "bro"]:
        assert reader.read_name(f"Plan {old} Konge{street}").state is State.FINAL
    assert reader.read_name(f"{old} plan").state is State.OUTDATED


@pytest.mark.parametrize("what", ["KV", "FV", "EV", "RV", "EP", "B", "R"])
def test_years_after_elections_and_budgets(reader: Reader, what: str) -> None:
    """Two digits are a year."""
    assert reader.read_name(f"Plan {what}25").values == ("2025",)
