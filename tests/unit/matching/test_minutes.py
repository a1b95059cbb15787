"""The minutes of a body in a folder of its own: all of them may be what the row names."""

from __future__ import annotations

import pytest

from syncer.matching.match import match_rows
from syncer.model.matching import Match, Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _match(name: str, folder: str, *paths: str) -> Match:
    row = build_row(name, folder=folder)
    tree = build_share(*(f"{folder}/{path}" for path in paths))
    return match_rows([row], by_id(tree))[0]


_BOARD = "Menighedsrådet"
_YEARS = ("Møder 2024/20240912 referat.docx", "Møder 2025/20250911 referat.docx")


@pytest.mark.parametrize(
    ("name", "folder", "paths"),
    [
        ("Referater fra rådsmøder", _BOARD, _YEARS),
        ("Referater af teammøder", "Teammøder", ("TM 2026-01-09.docx", "TM 2026-02-13.docx")),
        ("Referater fra bestyrelsen", "Bestyrelsen", ("2026-01-09.pdf", "2026-02-13.pdf")),
    ],
)
def test_dated_files_in_a_bodys_place_are_asked_about(
    name: str, folder: str, paths: tuple[str, ...]
) -> None:
    """The place says whose they are, the newest comes first; agendas are none of them."""
    match = _match(name, folder, *paths, f"{folder} 20260115 dagsorden.docx", "Årshjul 2026.docx")
    assert match.verdict is Verdict.LIKELY
    assert [file.path for file in match.files] == [f"{folder}/{path}" for path in paths[::-1]]


@pytest.mark.parametrize(
    ("name", "folder", "paths"),
    [
        ("Referater fra rådsmøder", _BOARD, ("Kirken/20240912.docx", "Kirken/20250911.docx")),
        ("Referater fra rådsmøder", _BOARD, ("20240912 salmer.docx", "20250911 salmer.docx")),
        ("Referater fra rådsmøder", _BOARD, ("20240912.png", "~$20250911.docx", "20250909.docx")),
        ("Referater fra rådsmøder", _BOARD, ("2024.docx", "2025.docx")),
        ("Dagsorden fra rådsmøde", _BOARD, ("20240912.docx", "20250911.docx")),
    ],
)
def test_other_files_are_no_minutes(name: str, folder: str, paths: tuple[str, ...]) -> None:
    """Of another owner or subject, a single one, without a day, or no documents."""
    assert _match(name, folder, *paths).verdict is Verdict.MISSING
