"""Versions, dates, numbering, attachments and copies inside a name."""

from __future__ import annotations

import pytest

from syncer.matching.names.versions import read_marks


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("aftale v1.10", (1, 10)),
        ("aftale v.1.0", (1, 0)),
        ("aftale version 2.0 af 30. maj 2018", (2, 0)),
        ("aftale rev4", (4,)),
        ("aftale ver. 3", (3,)),
        ("haandbog 3. udgave", (3,)),
        ("aftale 2.0", (2, 0)),
        ("aftale", None),
        ("privat2x", None),
        ("aftale rev. b", (2,)),
        ("aftale anden udgave", (2,)),
        ("tredje version af aftale", (3,)),
        ("aftale version a", (1,)),
        ("aftale 1.2.10", (1, 2, 10)),
    ],
)
def test_versions(name: str, version: tuple[int, ...] | None) -> None:
    """Each form of a version is read."""
    assert read_marks(name).version == version


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("referat 2026-01-15", (2026, 1, 15)),
        ("20260115 referat", (2026, 1, 15)),
        ("referat 15-01-2026", (2026, 1, 15)),
        ("referat 01.12.2024", (2024, 12, 1)),
        ("referat 01.12.24", (2024, 12, 1)),
        ("referat 15. januar 2026", (2026, 1, 15)),
        ("referat januar 2026", (2026, 1, 0)),
        ("2026 marts referat", (2026, 3, 0)),
        ("referat 2026-03", (2026, 3, 0)),
        ("rapport q2 2026", (2026, 6, -1)),
        ("rapport 2026 q3", (2026, 9, -1)),
        ("rapport 4. kvartal 2026", (2026, 12, -1)),
        ("bilag 2020 02 25", (2020, 2, 25)),
        ("referat 12.3.25", (2025, 3, 12)),
        ("referat 12-3-25", (2025, 3, 12)),
        ("referat 2025-3-12", (2025, 3, 12)),
        ("referat 12032025", (2025, 3, 12)),
        ("referat 010524", (2024, 5, 1)),
        ("referat 250312", (2025, 3, 12)),
        ("referat 12marts2025", (2025, 3, 12)),
        ("referat 12mar25", (2025, 3, 12)),
        ("referat 12. marts '25", (2025, 3, 12)),
        ("referat 12. marts", (0, 3, 12)),
        ("rapport 2kv 2026", (2026, 6, -1)),
        ("rapport 1. halvaar 2026", (2026, 6, -2)),
        ("rapport uge 40 2025", (2025, 40, -3)),
        ("katalog foraar 2026", (2026, 3, -4)),
        ("prisliste e25", (2025, 9, -4)),
        ("rapport 2 kvt 2026", (2026, 6, -1)),
        ("rapport 2. kvt. 26", (2026, 6, -1)),
        ("rapport andet kvartal 2026", (2026, 6, -1)),
        ("rapport 2q26", (2026, 6, -1)),
        ("rapport for 2. kvartal i 2026", (2026, 6, -1)),
        ("rapport 1 halvaar 26", (2026, 6, -2)),
        ("rapport 2026-h1", (2026, 6, -2)),
        ("rapport 2026-w05", (2026, 5, -3)),
        ("rapport u5 2026", (2026, 5, -3)),
        ("rapport 2026 uge 5", (2026, 5, -3)),
        ("rapport maj 25", (2025, 5, 0)),
        ("rapport maj-25", (2025, 5, 0)),
        ("rapport 05-2025", (2025, 5, 0)),
        ("rapport 202505", (2025, 5, 0)),
        ("rapport may 5, 2025", (2025, 5, 5)),
        ("rapport 5/5-25", (2025, 5, 5)),
        ("program 12.-13. marts 2026", (2026, 3, 12)),
    ],
)
def test_dates(name: str, date: tuple[int, int, int]) -> None:
    """Each form of a date is read and removed from the words."""
    marks = read_marks(name)
    assert marks.dates == (date,)
    assert "2026" not in marks.rest


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("rapport uge 05", ("5", "uge")),
        ("rapport u5", ("5", "uge")),
        ("rapport 5. uge", ("5", "uge")),
        ("rapport q2", ("2", "kvartal")),
        ("rapport 2. kvt.", ("2", "kvartal")),
        ("rapport andet halvaar", ("2", "halvaar")),
        ("rapport maj", ("5", "maaned")),
        ("majspolitik", None),
        ("jan hansen", None),
        ("q7", None),
    ],
)
def test_parts_of_a_year(name: str, part: tuple[str, str] | None) -> None:
    """A week, quarter, half or month without a year is a number of what it counts."""
    assert [read[:2] for read in read_marks(name).parts] == ([] if part is None else [part])


def test_a_year_and_a_month_are_a_month() -> None:
    """Also where the month follows the year as in a range: "2011-12" is December."""
    for year in range(2000, 2030):
        for month in range(1, 13):
            marks = read_marks(f"referat {year}-{month:02}")
            assert (marks.dates, marks.ends) == (((year, month, 0),), frozenset())
    assert read_marks("plan 2012-13").ends == {"2013"}


@pytest.mark.parametrize(
    ("name", "counted"),
    [("punkt 4.1", "punkt"), ("2.0 aftale", ""), ("aftale", ""), ("om bilag v2", "bilag")],
)
def test_the_word_before_a_version_is_what_it_may_count(name: str, counted: str) -> None:
    """None where there is no version, or no word before it."""
    assert read_marks(name).counted == counted


@pytest.mark.parametrize(
    ("years", "rest"),
    [
        ("2012-24", "2012 2024"),
        ("2012-25", "2012-25"),
        ("20-32", "2020 2032"),
        ("20-33", "20-33"),
        ("20-25", "2020 2025"),
        ("19-25", "19-25"),
        ("18-19", "2018 2019"),
        ("18-20", "18-20"),
    ],
)
def test_years_of_a_range_are_no_days(years: str, rest: str) -> None:
    """Twelve years at most; without a century they begin after the days, or are neighbours."""
    assert read_marks(f"plan {years}").rest == f"plan {rest}"


def test_no_date_in_other_numbers() -> None:
    """Numbers that are no date stay in the name."""
    assert read_marks("budget 2026").dates == ()
    assert read_marks("iso 27001").rest == "iso 27001"


@pytest.mark.parametrize(
    ("name", "rest", "numbering"),
    [
        ("01_ referat", "referat", "01"),
        ("2.1 servicemaal", "servicemaal", "2.1"),
        ("a) bilag", "bilag", "a"),
        ("12", "12", ""),
        ("2026 budget", "2026 budget", ""),
    ],
)
def test_numbering(name: str, rest: str, numbering: str) -> None:
    """Leading numbers before a word are numbering; a year is not."""
    marks = read_marks(name)
    assert (marks.rest, marks.numbering) == (rest, numbering)


@pytest.mark.parametrize(
    ("name", "attachment"),
    [
        ("bilag 2 - databehandleraftale", "2"),
        ("bilag b: priser", "b"),
        ("bilag 2", None),
        ("bilag 1 til aftale", None),
        ("bilagsliste", None),
    ],
)
def test_attachments(name: str, attachment: str | None) -> None:
    """An attachment's number comes before a title; alone or before "til" it is the name."""
    assert read_marks(name).attachment == attachment


def test_a_roman_number_counts_an_attachment() -> None:
    """Of one letter; any other letter is one."""
    found = {name: read_marks(f"bilag {name} - plan").attachment for name in "ivxa"}
    assert found == {"i": "1", "v": "5", "x": "10", "a": "a"}


@pytest.mark.parametrize(
    "name",
    [
        "aftale (1)",
        "aftale - kopi",
        "aftale - kopi (2)",
        "aftale (conflicted copy 2026-01-12 101530)",
        "kopi af aftale",
        "copy of aftale",
    ],
)
def test_copies(name: str) -> None:
    """The copy marks of Office, browsers, macOS and Nextcloud are recognised."""
    marks = read_marks(name)
    assert marks.copy
    assert marks.rest.strip() == "aftale"


def test_a_plain_name_is_no_copy() -> None:
    """A year in brackets is no copy mark."""
    assert not read_marks("aftale (2024)").copy
