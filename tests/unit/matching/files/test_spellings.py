"""The tokens of a share that two words of a row may be written as: one compound of both."""

from __future__ import annotations

import pytest

from syncer.matching.files import spellings
from syncer.matching.files.spellings import Spellings
from syncer.matching.names.danish import fold
from syncer.matching.names.reader import open_reader
from syncer.matching.names.records import Word
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY

BOOK = open_reader(DEFAULT_VOCABULARY).book


def _join(left: str, right: str, *tokens: str) -> set[str]:
    one, other = (Word(fold(word), BOOK.stem(fold(word))) for word in (left, right))
    return Spellings(BOOK, map(fold, tokens)).join(one, other)


@pytest.mark.parametrize(
    ("link", "left", "compound"),
    [
        ("", "partner", "partneraftale"),
        ("s", "drift", "driftsaftale"),
        ("e", "hund", "hundeaftale"),
        ("es", "land", "landesaftale"),
        ("er", "student", "studenteraftale"),
    ],
)
def test_each_joining_letter(link: str, left: str, compound: str) -> None:
    """Two words are found as one compound, whichever is first, and in any form."""
    assert spellings._LINKS == ("", "s", "e", "es", "er")
    assert compound == f"{left}{link}aftale"
    assert _join(left, "aftalen", compound, "havneplan") == {compound}
    assert _join("aftaler", left, compound, "havneplan") == {compound}


@pytest.mark.parametrize(
    ("ending", "left", "compound"),
    [
        ("er", "arkitekter", "arkitektaftale"),
        ("e", "borgmestere", "borgmesteraftale"),
        ("en", "arkitekten", "arkitektaftale"),
        ("et", "designet", "designaftale"),
    ],
)
def test_each_ending_of_the_first_word(ending: str, left: str, compound: str) -> None:
    """The stemmer takes too much of some words; what is left without the ending joins."""
    assert ending in spellings._ENDINGS
    assert _join(left, "aftale", compound) == {compound}
    assert left.removesuffix(ending) + "aftale" == compound
