"""The HTML part of a mail in headless Chromium, which draws it as a mail program of today does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from syncer.manifest.news import find_news
from syncer.report.mail_digest import digest_run
from syncer.report.mail_texts import render_mail
from syncer.report.words import Lang
from tests.golden.golden_manifests import read_manifest

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

# The contrast of text by WCAG 2.1, for each text on what is behind it.
FAINT = """
(() => {
  const read = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = read(c).map(v => v / 255).map(
    v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor; if (read(c)[3] !== 0) return c; }
    return 'rgb(255, 255, 255)'; };
  return Array.from(document.querySelectorAll('h1, h2, p, b, a, td')).filter(e =>
    Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim())).filter(e => {
      const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
      return (a + .05) / (b + .05) < 4.5; }).map(e => e.textContent);
})()
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [640, 360])
@pytest.mark.parametrize("name", ["morning", "well", "today", "hostile"])
def test_a_mail_fits_its_window(
    browser: Browser, tmp_path: Path, name: str, width: int, *, dark: bool
) -> None:
    """Nothing overflows, nothing is fetched, no script runs, and every text can be read."""
    manifest = read_manifest(name)
    digest = digest_run(manifest, find_news(manifest, manifest), lang=Lang.DA, weekly=True)
    page = tmp_path / "mail.html"
    page.write_text(render_mail(digest, report_url="https://example.org/f/1").html, "utf-8")
    browser.open(page, width=width, dark=dark)
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(FAINT) == []
    requests = [one for one in browser.events if one.get("method") == "Network.requestWillBeSent"]
    assert [one["params"]["type"] for one in requests] == ["Document"]
    assert not any(one.get("method") == "Log.entryAdded" for one in browser.events)
