"""The files of a share by the tokens of their names."""

from __future__ import annotations

import pytest

import syncer.matching.files
from syncer.matching.files.index import Index
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from tests.bounds import collect_numbers
from tests.unit.matching.match_inputs import SHARE, build_share, by_id

READER = open_reader(DEFAULT_VOCABULARY)
NUMBERS = {
    "entries._MAX_DEPTH": 60,
    "index._MAX_FOUND": 300,
    "index._MAX_NEAR": 30,
    "index._MAX_SAME": 5_000,
    "index._FEW_TOKENS": 2,
    "index._MAX_NUMBER_TOKENS": 4,
    "index._MAX_BARE": 30,
    "spellings._START": 3,
    "spellings._MAX_COMPARED": 2_000,
    "spellings._MOST_EDITS": 5,
    "spellings._SHORTEST_MISTYPED": 6,
    "spellings._LONG_BEGINNING": 7,
    "spellings._SHORTEST_ROOT": 4,
}


def open_index(*paths: str) -> Index:
    """Index the files of a share."""
    return Index(by_id(build_share(*paths)), READER)


def list_paths(index: Index, items: list[int]) -> list[str]:
    """Return the paths of items, in their order."""
    return [index.entries[item].path for item in items]


def test_the_numbers_of_the_search() -> None:
    """What is looked at, and how much a spelling may differ, changes on purpose only."""
    found = collect_numbers(syncer.matching.files)
    assert {name: found.get(name) for name in NUMBERS} == NUMBERS


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Aftale", ["A/Aftale.docx", "B/aftale.PDF"]),
        ("aftale om drift", ["A/Aftale om drift.docx", "A/Aftale_om-drift.pdf"]),
        ("Aftale v1.2", ["A/Aftale v1.2.docx"]),
        ("iso27001", ["A/ISO 27001.pdf"]),
        ("drift om aftale", []),
        ("om", []),
        ("–", []),
    ],
)
def test_files_with_just_a_name_are_found(name: str, found: list[str]) -> None:
    """Whatever signs and extension they have; no folder, and no file that says more."""
    index = open_index(
        "A/Aftale.docx", "A/Aftale om drift.docx", "A/Aftale_om-drift.pdf", "A/Aftale v1.2.docx",
        "A/Aftale/Andet.docx", "A/ISO 27001.pdf", "B/aftale.PDF", "B/Ny aftale.docx",
        ".skjult/Aftale.docx", "A/~$Aftale.docx",
    )  # fmt: skip
    assert list_paths(index, index.find_same(name)) == found


def test_what_is_hidden_or_left_by_programs_is_not_found() -> None:
    """Not as something near either."""
    index = open_index(
        "A/Aftale.docx", "A/.Aftale.docx", "A/~$Aftale.docx", "A/Aftale.tmp", ".x/Aftale.docx",
        ".x/y/Aftale.docx", "A/.aftale/B.docx", "Aftale/B.docx",
    )  # fmt: skip
    row = READER.read_name("Aftale")
    for found in (index.search_near(row.words), index.search(row.words, row, ((SHARE, ""),))):
        assert list_paths(index, found) == ["A/Aftale.docx", "Aftale"]


def test_a_number_in_a_folder_with_the_words_is_found() -> None:
    """A name of a number or a date alone: at most four tokens and thirty letters."""
    index = open_index(
        "Regnskab/2025.pdf", "Regnskab/2025 01 31.pdf", "Regnskab/2025 01 31 b.pdf",
        f"Regnskab/2025 {'x' * 21}.pdf", f"Regnskab/2025 {'x' * 22}.pdf", "Andet/2025.pdf",
    )  # fmt: skip
    row = READER.read_name("Regnskab 2025")
    assert list_paths(index, index.search(row.words, row, ((SHARE, ""),))) == [
        "Regnskab", "Regnskab/2025 01 31.pdf", f"Regnskab/2025 {'x' * 21}.pdf", "Regnskab/2025.pdf",
    ]  # fmt: skip


def test_a_name_is_found_by_its_rarest_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files have the others; a name of common tokens alone is not looked for."""
    monkeypatch.setattr("syncer.matching.files.index._MAX_SAME", 1)
    paths = ("Alfa bilag.docx", "Bilag.docx", "Zeta bilag.docx")
    index = Index(by_id(build_share(*paths)), open_reader(DEFAULT_VOCABULARY))
    assert [index.entries[item].path for item in index.find_same("zeta_bilag")] == [paths[2]]
    assert index.find_same("Bilag") == []


def test_of_too_many_files_the_best_are_kept() -> None:
    """Those with the row's number, those in its places, those that say least; then in order."""
    fill = [f"Q/Referat {number:03} om noget.docx" for number in range(310)]
    best = [
        "A/2025/Referat om meget andet end noget.docx",
        "A/Referat om meget andet end noget 2025.docx",
        "Q/Referat x.docx",
        "Z/Referat om meget andet end noget.docx",
    ]
    index = open_index(*fill, *best, "Q/Referat om meget andet end noget.docx")
    row = READER.read_name("Referat 2025")
    found = list_paths(index, index.search(row.words, row, ((SHARE, "Z"),)))
    assert found == sorted((*fill[:296], *best))
