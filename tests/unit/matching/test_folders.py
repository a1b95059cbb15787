"""What the folders above a file add to its name: dates, numbers, templates, a language."""

from __future__ import annotations

import pytest

from syncer.matching.folders import Context, complete_by_folders, open_context
from syncer.matching.match import match_rows
from syncer.matching.names.dates import Date
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from tests.unit.matching.match_inputs import build_row, build_share, by_id

READER = open_reader(DEFAULT_VOCABULARY)


def _open(path: str) -> Context:
    context = Context()
    for folder in path.split("/"):
        context = open_context(READER.book, context, folder, READER.read_name(folder))
    return context


@pytest.mark.parametrize(
    ("path", "date", "years"),
    [
        ("2025", None, "2025"),
        ("2025/05", (2025, 5, 0), "2025"),
        ("2025/05 Maj", (2025, 5, 0), "2025"),
        ("2025/05.2025", (2025, 5, 0), "2025"),
        ("2025/5", None, "2025"),
        ("2025/12", (2025, 12, 0), "2025"),
        ("2025/13", None, "2025"),
        ("2025/00", None, "2025"),
        ("2025/05/7", (2025, 5, 7), "2025"),
        ("2025/05/20", (2025, 5, 20), "2025"),
        ("2025/05/31", (2025, 5, 31), "2025"),
        ("2025/05/32", (2025, 5, 0), "2025"),
        ("2025/05/0", (2025, 5, 0), "2025"),
        ("2025/05/20 Møde", (2025, 5, 0), "2025"),
        ("2025/05/20/07", (2025, 5, 20), "2025"),
        ("2025/1. marts", (2025, 3, 1), "2025"),
        ("2025/Marts", (2025, 3, 0), "2025"),
        ("2025/Uge 7", (2025, 7, -3), "2025"),
        ("2025/Uge 7/Bilag", (2025, 7, -3), "2025"),
        ("2025/1. kvartal", (2025, 3, -1), "2025"),
        ("2025/Q3", (2025, 9, -1), "2025"),
        ("2025/2. halvår", (2025, 12, -2), "2025"),
        ("2025/Forår", (2025, 3, -4), "2025"),
        ("2025-05-20/Bilag", (2025, 5, 20), "2025"),
        ("2025/05/2026", None, "2026"),
        ("2025/Journalnr. 2024/12345", None, "2024"),
        ("2024-2025/Marts", None, "2024 2025"),
        ("2025/20.05", None, "2025"),
        ("Marts", None, ""),
        ("Marts/2025", None, "2025"),
    ],
)
def test_the_date_of_folders(path: str, date: Date | None, years: str) -> None:
    """A folder in a year's is one of its months, weeks or days where it can be one."""
    dated = _open(path).dated
    dates = () if dated is None else dated.marks.dates
    assert dates == (() if date is None else (date,))
    assert sorted(() if dated is None else dated.years) == years.split()


@pytest.mark.parametrize(
    ("row", "path", "values", "dates"),
    [
        ("Referat", "2024/Referat", "", ()),
        ("Referat 2024", "2024/Referat", "2024", ()),
        ("Referat 2024", "2023/2024/Referat", "2024", ()),
        ("Referat 2024", "2024/Referat 2023", "2023", ()),
        ("Regnskab 2024", "2024 Q1/Regnskab 2024", "2024", ((2024, 3, -1),)),
        ("Regnskab 2024", "2024-25/Regnskab 2024", "2024", ()),
        ("Regnskab 2024-25", "2024-25/Regnskab", "2024 2025", ()),
        ("Referat uge 5", "2024/Uge 5/Referat", "", ((2024, 5, -3),)),
        ("Referat 5. maj 2024", "2024/Referat 5. maj", "", ((2024, 5, 5),)),
        ("Referat 3. møde", "3. Møde/Referat", "3", ()),
        ("Referat 3. møde", "03 Møde 2024/Referat", "3", ()),
        ("Referat 3. møde", "4. Møde/Referat", "4", ()),
        ("Referat 3. møde", "3. Kontrakt/Referat", "", ()),
        ("Referat 3. møde 2024", "2024/3. Møde/Referat", "2024 3", ()),
        ("Referat fase 2", "Fase 2/Referat", "2", ()),
        ("Referat fase 2", "Fase 2/2024/Referat", "2", ()),
        ("Referat fase 2", "Fase 2/Fase 1/Referat", "1", ()),
        ("Referat fase 2", "Fase 1/2 Referat", "", ()),
        ("Referat fase 2", "Fase 1/Referat fase 3", "3", ()),
    ],
)
def test_a_name_is_completed_by_its_folders(
    row: str, path: str, values: str, dates: tuple[Date, ...]
) -> None:
    """Only with what the row asks for, and from the nearest folder that has it."""
    folder, _, name = path.rpartition("/")
    file = READER.read_file(f"{name}.docx")
    completed = complete_by_folders(READER.read_name(row), file, _open(folder))
    assert (completed.values, completed.marks.dates) == (tuple(values.split()), dates)


@pytest.mark.parametrize(
    ("path", "template", "language"),
    [
        ("Aftaler", False, None),
        ("Skabeloner/2025", True, None),
        ("Aftaler/Aftaleskabeloner", True, None),
        ("Engelsk/2025", False, "en"),
        ("Engelsk/Tysk", False, "de"),
    ],
)
def test_folders_of_templates_and_translations(
    path: str, template: bool, language: str | None
) -> None:
    """What is in such a folder at any depth is one."""
    context = _open(path)
    assert (context.template, context.language) == (template, language)
    assert len(context.folders) == path.count("/") + 1


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Referat", ["Referat 20.6.docx", "Referat 20.5.docx"]),
        ("Budget 20.5", ["Budget 20.5.docx", "Budget.docx"]),
        ("Referat 3. maj 2026", ["2026/20.05/Referat 3. maj.docx"]),
        ("Referat 3. maj 2026", ["2026/Punkt 19.1/Referat 3. maj.docx"]),
        ("Status måned 1.2 2026", ["2026/Status måned 1.2.docx", "2026/Status måned 2.docx"]),
    ],
)
def test_a_number_with_a_point_is_no_year_and_no_month(name: str, paths: list[str]) -> None:
    """Versions and points of an agenda that begin like one ("20.5") are read as they are."""
    (match,) = match_rows([build_row(name)], by_id(build_share(*paths)))
    assert [file.path for file in match.files] == paths[:1]
