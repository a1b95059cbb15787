"""The HTML report in headless Chromium."""

from __future__ import annotations

import base64
import os
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from syncer.report.html import render_html
from syncer.report.words import Lang
from tests.golden.golden_manifests import read_manifest

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

ENTER, TAB = ("Enter", 13, "\r"), ("Tab", 9, "")
WIDTHS = (1280, 768, 320)
SHOWN = (
    "Array.from(document.querySelectorAll('[data-entry]')).filter(e => e.checkVisibility()).length"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The report of an ordinary morning with the current time, so that it is not stale."""
    return _write(tmp_path, "morning", datetime.now(tz=UTC))


def _write(
    folder: Path, name: str, finished_at: datetime | None = None, lang: Lang = Lang.DA
) -> Path:
    manifest = read_manifest(name)
    if finished_at is not None:
        manifest = replace(manifest, run=replace(manifest.run, finished_at=finished_at))
    path = folder / f"{name}.html"
    path.write_text(render_html(manifest, lang=lang), encoding="utf-8")
    return path


def _complaints(browser: Browser) -> list[object]:
    """Return the console messages, and every request except the one for the page itself."""
    complaints: list[object] = []
    for event in browser.events:
        match event.get("method"):
            case "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded":
                complaints.append(event["params"])
            case "Network.requestWillBeSent":
                if event["params"]["type"] != "Document":
                    complaints.append(event["params"]["request"]["url"])
    return complaints


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["morning", "well", "incomplete", "hostile"])
def test_a_page_fits_its_window(
    browser: Browser, tmp_path: Path, name: str, width: int, *, dark: bool
) -> None:
    """At any width nothing overflows, nothing is fetched, no error is logged and no script runs."""
    browser.open(_write(tmp_path, name), width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("document.title").startswith(
        browser.run("document.querySelector('h1').textContent")
    )
    picture = browser.take_screenshot()
    assert struct.unpack(">II", picture[16:24]) == (width, 900)
    assert _complaints(browser) == []


def test_dark_mode_is_dark(browser: Browser, page: Path) -> None:
    """The page follows the reader's colour scheme."""
    colours = []
    for dark in (False, True):
        browser.open(page, dark=dark)
        colours.append(browser.run("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(251, 250, 247)", "rgb(21, 23, 26)"]


def test_the_page_warns_when_it_is_old(browser: Browser, tmp_path: Path) -> None:
    """The warning is shown after 30 hours and not before."""
    for hours, hidden in ((29, True), (31, False)):
        made = datetime.now(tz=UTC) - timedelta(hours=hours)
        browser.open(_write(tmp_path, "well", made))
        assert browser.run("document.getElementById('age').hidden") is hidden
        assert browser.run("document.documentElement.classList.contains('stale')") is not hidden


def test_without_script_everything_can_be_read(browser: Browser, page: Path) -> None:
    """Without scripts only the filter is missing, and the warning of age is not shown."""
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
        text = browser.run("document.body.innerText")
        assert browser.run("document.getElementById('filter').checkVisibility()") is False
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
    for said in (
        "2\N{NO-BREAK SPACE}nye punkter at se på",
        "Leverandørpartneraftale",
        "Gør dette",
        "Nævnt 3 steder",
    ):
        assert said in text
    assert "30 timer" not in text


def test_lines_for_the_administrator_are_copied(browser: Browser, page: Path) -> None:
    """A button copies them, and they are not shown; where that is not allowed, they are."""
    shown = (
        "Array.from(document.querySelectorAll('.to-copy pre')).filter(e => e.checkVisibility())"
        ".map(e => e.textContent)"
    )
    for granted in (True, False):
        browser.open(page)
        browser.run(
            "window.copied = []; Object.defineProperty(navigator, 'clipboard', {value: {writeText:"
            f" text => {str(granted).lower()} ? (copied.push(text), Promise.resolve())"
            " : Promise.reject()}})"
        )
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert browser.run(shown) == []
        lines = browser.run("document.querySelector('.to-copy pre').textContent")
        browser.run("document.querySelector('.to-copy button').click()")
        browser.run("new Promise(done => setTimeout(done))")
        assert browser.run("copied") == ([lines] if granted else [])
        told = browser.run("document.querySelector('.to-copy button').textContent")
        assert told == ("Kopieret" if granted else "Kopiér linjerne")
        assert browser.run(shown) == ([] if granted else [lines])
        assert browser.run("getSelection().toString()") == ("" if granted else lines)


def test_the_full_list_can_be_closed_and_a_link_opens_it(browser: Browser, page: Path) -> None:
    """The number of what is in place leads to the list; closed, it takes one line."""
    browser.open(page)
    browser.run("document.querySelector('.whole-list > summary').click()")
    assert browser.run(SHOWN) == 0
    assert browser.run("document.getElementById('everything').offsetHeight") < 200
    browser.run("document.querySelector('a[href=\"#all-resources\"]').click()")
    browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert browser.run("document.querySelector('.whole-list').open") is True
    assert browser.run(SHOWN) > 0


@pytest.mark.parametrize("name", ["morning", "today", "documents"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_word_is_broken_in_a_link(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    """A link's text ends its lines between words; only an address may break within."""
    browser.open(_write(tmp_path, name), width=width)
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    broken = browser.run("""
        Array.from(document.querySelectorAll('main a')).flatMap(link => {
          const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), found = [];
          while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/[^\\s\\/.-]+/g)) {
              const range = document.createRange();
              range.setStart(walker.currentNode, word.index);
              range.setEnd(walker.currentNode, word.index + word[0].length);
              const tops = new Set(Array.from(range.getClientRects(), r => Math.round(r.top)));
              if (tops.size > 1 && !/:\\/\\/|\\?path=/.test(link.textContent)) found.push(word[0]);
            }
          }
          return found;
        })""")
    assert broken == []


def test_the_list_uses_the_width_of_the_window(browser: Browser, page: Path) -> None:
    """It is wider than the column of text where there is room, and never wider than the window."""
    for width, least in ((1600, 1300), (1280, 1150), (768, 690)):
        browser.open(page, width=width)
        found = browser.run("document.querySelector('#all-resources table').offsetWidth")
        assert least <= found <= width
        assert browser.run("document.documentElement.scrollWidth") <= width


def test_the_filter_works_by_keyboard_alone(browser: Browser, page: Path) -> None:
    """Search, choose a state and reset with keys only; the count is announced."""
    browser.open(page)
    total = browser.run("document.querySelectorAll('[data-entry]').length")
    browser.run("document.querySelector('#everything summary').focus()")
    browser.press(*TAB)
    assert browser.run("document.activeElement.name") == "text"
    browser.type("floss")
    assert browser.run(SHOWN) == 1
    assert browser.run("document.getElementById('filter-count').textContent") == (
        f"Viser 1 af {total}"
    )
    for _ in range(4):
        browser.press(*TAB)
    assert browser.run("document.activeElement.type") == "reset"
    browser.press(*ENTER)
    browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert browser.run("document.activeElement.name") == "text"
    assert browser.run("document.querySelectorAll('[data-entry]:not([hidden])').length") == total
    for _ in range(3):
        browser.press(*TAB)
    browser.press("m", 77, "M")
    assert browser.run("document.activeElement.value") == "resources-missing"
    assert browser.run(SHOWN) == 2


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("page", "docs/bilag.md", 10),
        ("kind", "anchor", 1),
        ("state", "links-broken", 3),
        ("state", "attention", 13),
        ("state", "resources-outside", 1),
    ],
)
def test_the_filter_narrows_by_page_kind_and_state(
    browser: Browser, page: Path, field: str, value: str, shown: int
) -> None:
    """Each choice shows what matches, and opens the pages that contain it."""
    browser.open(page)
    browser.run(
        f"var f = document.getElementById('filter').elements; f['{field}'].value = '{value}';"
        "f.text.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    assert browser.run(SHOWN) == shown


@pytest.mark.parametrize("name", ["morning", "today", "well", "incomplete"])
def test_the_first_screen_answers_four_questions(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    """How it is, what is new, what was solved and whose it is, without scrolling at 1280 × 800."""
    browser.open(_write(tmp_path, name, datetime.now(tz=UTC)), height=800)
    for answer in ("h1", ".news", ".doors"):
        bottom = f"document.querySelector('{answer}').getBoundingClientRect().bottom"
        assert 0 < browser.run(bottom) <= 800
    assert browser.run("document.querySelector('h1').getClientRects().length") == 1
    assert browser.run("document.querySelector('h1').offsetHeight") < 60
    assert browser.run("document.querySelectorAll('.doors li').length") == 3


def test_a_number_of_the_first_screen_lists_what_it_counts(browser: Browser, page: Path) -> None:
    """A click on a figure, or its key, shows as many rows as it says."""
    browser.open(page)
    figures = browser.run("document.querySelectorAll('[data-choice]').length")
    assert figures > 4
    for number in range(figures):
        figure = f"document.querySelectorAll('[data-choice]')[{number}]"
        browser.run(f"{figure}.click()")
        browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert browser.run(SHOWN) == int(browser.run(f"{figure}.querySelector('b').textContent"))
        assert browser.run("location.hash") == browser.run(f"{figure}.getAttribute('href')")


def test_a_search_without_results_says_so(browser: Browser, page: Path) -> None:
    """A search without results says so."""
    browser.open(page)
    browser.run("document.querySelector('[name=text]').focus()")
    browser.type("findes ikke noget sted")
    assert browser.run(SHOWN) == 0
    assert browser.run("document.getElementById('filter-count').textContent") == (
        "Intet passer til valget."
    )


def test_the_page_can_be_reached_by_keys(browser: Browser, page: Path) -> None:
    """The first key press focuses a link that skips to the content."""
    browser.open(page)
    browser.press(*TAB)
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press(*ENTER)
    assert browser.run("document.activeElement.id") == "content"


def test_it_prints_on_a4_in_black_and_white(browser: Browser, page: Path) -> None:
    """The page prints on A4, in black, grey and white only."""
    browser.open(page)
    pdf = base64.b64decode(browser.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 595" in pdf
    browser.send("Emulation.setEmulatedMedia", media="print")
    colours = browser.run(
        "Array.from(new Set(Array.from(document.querySelectorAll('body *')).flatMap(e => {"
        "const s = getComputedStyle(e); return [s.color, s.backgroundColor]})))"
    )
    assert colours
    for colour in colours:
        red, green, blue = (part.strip(" )") for part in colour.partition("(")[2].split(",")[:3])
        assert red == green == blue
    assert browser.run("document.getElementById('filter').checkVisibility()") is False


def test_a_name_of_255_bytes_wraps(browser: Browser, tmp_path: Path) -> None:
    """The longest possible file name stays inside its card on the smallest screen."""
    browser.open(_write(tmp_path, "hostile"), width=320)
    assert browser.run(
        "Array.from(document.querySelectorAll('h4')).some(h => h.textContent.length > 130)"
    )
    assert browser.run(
        "Array.from(document.querySelectorAll('.item *')).every("
        "e => e.getBoundingClientRect().right <= 320)"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["morning", "well", "incomplete", "hostile"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_violation(
    browser: Browser, tmp_path: Path, name: str, width: int, *, dark: bool
) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA with every fold-out open."""
    axe = os.environ.get("SYNCER_TEST_AXE")
    if not axe:
        pytest.skip("set SYNCER_TEST_AXE to the axe.min.js of an installed axe-core")
    browser.open(_write(tmp_path, name), width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    browser.run(Path(axe).read_text(encoding="utf-8") + ";0")
    tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
    violations = browser.run(
        f"axe.run({{runOnly: {tags}}}).then(r => r.violations.map("
        "v => [v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)]))"
    )
    assert violations == []
