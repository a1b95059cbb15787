"""The HTML report on paper: what headless Chromium prints to a PDF."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from syncer.report.html import render_html
from syncer.report.words import Lang, words_of
from tests.golden.golden_manifests import read_manifest

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

LABELS = words_of(Lang.DA).labels
NAMES = ("demo", "morning", "incomplete", "today", "documents")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo."""
    place = tmp_path_factory.mktemp("printed") / "demo"
    command = [sys.executable, "-m", "syncer", "demo", "--output", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    return place / "reports" / "report.html"


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A report, of the demo or of a golden manifest."""
    name: str = request.param
    if name == "demo":
        found: Path = request.getfixturevalue("demo")
        return found
    written = tmp_path / f"{name}.html"
    written.write_text(render_html(read_manifest(name), lang=Lang.DA), encoding="utf-8")
    return written


def _print(browser: Browser, page: Path) -> list[list[str]]:
    """Return the lines of each printed page."""
    browser.open(page)
    pdf = base64.b64decode(browser.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [
        [line.strip() for line in one.extract_text().splitlines() if line.strip()] for one in pages
    ]


def _texts(browser: Browser, selector: str) -> list[str]:
    found: list[str] = browser.run(
        f"Array.from(document.querySelectorAll({selector!r}), e => e.innerText)"
    )
    return found


def _squeeze(text: str) -> str:
    return "".join(text.split())


def test_the_demo_takes_at_most_four_pages(browser: Browser, demo: Path) -> None:
    """All that is to be done, and the whole list."""
    pages = _print(browser, demo)
    assert len(pages) <= 4
    assert any("Leverandørpartneraftale" in line for line in pages[-1])


def test_what_is_to_be_done_comes_first_and_alone(browser: Browser, page: Path) -> None:
    """No page has both a card and a row of the list, or of what has changed."""
    pages = _print(browser, page)
    cards = [_squeeze(text) for text in _texts(browser, ".item h4, .item h5")]
    rest = [_squeeze(text) for text in _texts(browser, ".rest h2")]
    first = min(
        number
        for number, lines in enumerate(pages)
        if any(_squeeze(line) in rest for line in lines)
    )
    assert first > 0 or not cards
    said = _squeeze("".join(line for lines in pages[:first] for line in lines))
    assert [card for card in cards if card not in said] == []
    assert not any(heading in said for heading in rest)


def test_no_page_ends_with_a_heading_or_has_the_footer_alone(browser: Browser, page: Path) -> None:
    """What a heading is about follows on its page."""
    pages = _print(browser, page)
    headings = {
        _squeeze(text)
        for text in _texts(
            browser, "h2, h2 + p, h3, h3 + p, .page-group, .item h4, .item h5, thead"
        )
    }
    ends = [_squeeze(lines[-1]) for lines in pages[:-1]]
    assert [end for end in ends if end in headings] == []
    footer = {_squeeze(text) for text in _texts(browser, "footer p")}
    assert {_squeeze(line) for line in pages[-1]} - footer


def test_notes_are_printed_though_they_are_folded(browser: Browser, tmp_path: Path) -> None:
    """The page shows only how many there are; nobody can unfold paper."""
    page = tmp_path / "morning.html"
    page.write_text(render_html(read_manifest("morning"), lang=Lang.DA), encoding="utf-8")
    pages = _print(browser, page)
    notes = _texts(browser, ".notes summary")
    browser.run("document.querySelectorAll('.notes').forEach(d => { d.open = true; })")
    inside = _texts(browser, ".notes .item h4, .notes .item h5")
    assert notes
    assert inside
    said = _squeeze("".join(line for lines in pages for line in lines))
    assert [text for text in (*notes, *inside) if _squeeze(text) not in said] == []


def test_what_only_a_screen_can_do_is_not_printed(browser: Browser, demo: Path) -> None:
    """Neither buttons nor lines to copy, nor links whose address nobody sees."""
    said = "\n".join(line for lines in _print(browser, demo) for line in lines)
    for absent in (LABELS.copy, "[[waive]]", LABELS.open_folder, LABELS.filter_text, LABELS.why):
        assert absent not in said
