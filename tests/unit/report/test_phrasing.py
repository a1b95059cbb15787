"""Sentences with gaps, Danish dates, numbers and sizes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from syncer.report.words import Lang, words_of
from syncer.report.words.phrasing import Value, days_between, gaps_of

DA, EN = words_of(Lang.DA), words_of(Lang.EN)


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("Læg den i {folder}.", {"folder": "Skabeloner"}, "Læg den i Skabeloner."),
        ("Læg den i {folder}.", {}, ""),
        ("Læg den i {folder}.", {"folder": None}, ""),
        ("Læg dem i {folders}.", {"folders": ()}, ""),
        ("Læg den[ i {folder}].", {}, "Læg den."),
        ("Læg den[ i {folder}].", {"folder": None}, "Læg den."),
        ("Læg den[ i {folder}].", {"folder": "A"}, "Læg den i A."),
        ("{n:side|sider}", {"n": 1}, "1 side"),
        ("{n:side|sider}", {"n": 1204}, "1.204 sider"),
        ("{n:side|sider}", {"n": "mange"}, "mange"),
        ("{kinds}", {"kinds": ("drift", "projekt", "udvikling")}, "drift, projekt og udvikling"),
        ("{kinds}", {"kinds": ("drift",)}, "drift"),
        ("{x:Udgaven|Udgaverne} til {x}", {"x": ("drift",)}, "Udgaven til drift"),
        ("{x:Udgaven|Udgaverne} til {x}", {"x": ("a", "b")}, "Udgaverne til a og b"),
        ("Læg {x:den|dem} her.", {"x": ()}, ""),
        ("{at:date}", {"at": "2026-11-23T02:15:00+00:00"}, "23. november 2026 kl. 03.15"),
        ("{at:date}", {"at": "2026-06-23T02:15:00"}, "23. juni 2026 kl. 04.15"),
        ("{at:near}", {"at": "2026-11-23T02:15:00+00:00"}, "23. november kl. 03.15"),
        ("kl. {at:hour}", {"at": "2026-06-23T02:15:00"}, "kl. 04.15"),
        ("{at:day}", {"at": "2026-02-01"}, "1. februar 2026"),
        ("{at:day}", {"at": "i går"}, "i går"),
        ("{at}", {"at": datetime(2026, 11, 23, 2, 15, tzinfo=UTC)}, "23. november 2026 kl. 03.15"),
        ("{size:size}", {"size": 999}, "999 B"),
        ("{size:size}", {"size": 1_240_000}, "1,2 MB"),
        ("{size:size}", {"size": 48_213}, "48 kB"),
        ("{size:size}", {"size": 999_700}, "1,0 MB"),
        ("{size:size}", {"size": 5 * 10**16}, "50.000 TB"),
        ("{score:percent}", {"score": 0.625}, "62\N{NO-BREAK SPACE}%"),
        ("{x} {y}", {"x": True, "y": False}, "ja nej"),
        ("{x}", {"x": 1.5}, "1,5"),
        ("{x:percent}", {"x": 1e300}, "1e+300"),
        ("{x}", {"x": "{y} [z] \x1b"}, "{y} [z] ␛"),
        ("{{% link %}}", {}, "{% link %}"),
    ],
)
def test_gaps_are_filled(template: str, values: dict[str, Value], said: str) -> None:
    """A gap shows its argument in a form; brackets disappear with an unknown argument.

    Outside brackets an unknown one leaves nothing of the sentence.
    """
    assert DA.fill(template, values) == said


def test_english_has_its_own_conventions() -> None:
    """Numbers, dates and lists follow the rules of the language."""
    assert EN.fill("{n:page|pages}", n=1204) == "1,204 pages"
    moment = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert EN.fill("{at:date}", at=moment) == "23 November 2026 at 03:15"
    assert EN.fill("{at:near}", at=moment) == "23 November at 03:15"
    assert EN.fill("{at:hour}", at=moment) == "03:15"
    assert EN.size(1_240_000) == "1.2 MB"
    assert EN.join(("a", "b", "c")) == "a, b and c"
    assert EN.fill("{x:percent}", x=0.625) == "62%"


def test_the_ends_of_the_calendar_are_formatted() -> None:
    """A time that cannot be converted to Copenhagen is shown unchanged."""
    assert DA.day(datetime.max.replace(tzinfo=UTC)) == "31. december 9999"


def test_days_are_counted_by_midnights_in_copenhagen() -> None:
    """A run at 23:30 UTC belongs to the next day in Copenhagen."""
    evening = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert days_between(evening, datetime(2026, 11, 23, 2, 15, tzinfo=UTC)) == 1


def test_gaps_can_be_listed() -> None:
    """The arguments of a template can be listed."""
    assert gaps_of("{a}[ {b:x|y}]{{c}}") == {"a", "b"}


@pytest.mark.parametrize("zone", ["Europe", "/", "/etc/passwd", "x" * 300, "Mars/Olympus", ":", ""])
def test_no_local_time_zone_is_in_the_way(zone: str) -> None:
    """Whatever `TZ` names, a folder or a file of something else: times are those in Copenhagen."""
    code = (
        "from syncer.report.words import Lang, words_of; "
        "print(words_of(Lang.EN).fill('{at:hour}', at='2026-11-23T02:15:00+00:00'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone}, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("03:15\n", "")
