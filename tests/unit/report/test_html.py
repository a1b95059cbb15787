"""The report as one HTML page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from syncer.report.html import render_html
from syncer.report.words import Lang, words_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make


def _find(page: str, path: str) -> list[Any]:
    """Return the results of an XPath on a page."""
    found: Any = lxml_html.fromstring(page).xpath(path)
    return list(found)


@pytest.mark.parametrize("lang", list(Lang))
def test_the_page_is_complete_and_has_its_language(make: Make, lang: Lang) -> None:
    """One file with a title, a language and its landmarks."""
    page = render_html(make.manifest((make.row("A"),)), lang=lang)
    assert _find(page, "/html/@lang") == [lang.value]
    for landmark in ("header", "main", "footer", "title", "h1"):
        assert len(_find(page, f"//{landmark}")) == 1
    assert _find(page, "//a[@class='skip']/@href") == ["#content"]


def test_nothing_is_fetched(make: Make) -> None:
    """The page loads no script, style, image or font, and its policy forbids it."""
    page = render_html(make.manifest(), lang=Lang.DA)
    assert _find(page, "//@src | //link/@href | //*[@style] | //*[@onclick]") == []
    (policy,) = _find(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "script-src 'sha256-" in policy


def test_every_link_leads_to_the_web_or_into_the_page(make: Make) -> None:
    """No address of the handbook becomes a link that runs a script."""
    link = make.link("javascript:alert(1)", "broken")
    row = make.row("A", "missing", label="x")
    findings = (make.finding("link-broken", link), make.finding("resource-missing", row))
    page = render_html(make.manifest((row,), (link,), findings), lang=Lang.DA)
    assert all(url.startswith(("https://", "#")) for url in _find(page, "//a/@href"))
    anchors = {url[1:] for url in _find(page, "//a/@href") if url.startswith("#")}
    assert anchors <= set(_find(page, "//@id"))


@pytest.mark.parametrize("lang", list(Lang))
def test_each_badge_leads_to_its_explanation(make: Make, lang: Lang) -> None:
    """What the page says is explained at its end, folded; and no word that it does not say."""
    rows = (make.row("A", "missing"), make.row("B", "arrived"))
    known, newer = make.finding("resource-missing", rows[0]), make.finding("moon-phase", rows[1])
    manifest = make.manifest(rows, findings=(known, newer))
    page = render_html(manifest, lang=lang, new={known.id})
    assert set(_find(page, "//a[contains(@class, 'badge')]/@href")) == {
        "#legend-new", "#legend-resource-missing",
    }  # fmt: skip
    assert _find(page, "//*[@id='legend']/details/@open") == []
    badges = _find(page, "//*[@id='legend']//dt//text()")
    words = words_of(lang)
    assert badges == [words.labels.new, words.finding("resource-missing").badge]
    (said,) = _find(page, "//*[@id='legend-resource-missing']/dd")
    assert said.text_content() == words.explain("resource-missing")


def test_code_in_an_explanation_is_code(make: Make) -> None:
    """The backticks of a legend's text are no part of the page."""
    link = make.link("#x", "broken")
    manifest = make.manifest((), (link,), (make.finding("link-anchor-missing", link),))
    page = render_html(manifest, lang=Lang.DA)
    assert _find(page, "//*[@id='legend']//dd//code/text()") == ["#"]
    assert not any("`" in text for text in _find(page, "//*[@id='legend']//dd//text()"))


def test_ids_are_given_once(make: Make) -> None:
    """Every item occurs once, so that its id is unique."""
    rows = tuple(make.row(f"A{n}", "missing") for n in range(5))
    manifest = make.manifest(
        rows, findings=tuple(make.finding("resource-missing", r) for r in rows)
    )
    ids = _find(render_html(manifest, lang=Lang.DA), "//@id")
    assert len(ids) == len(set(ids))


def test_secretariat_comes_before_the_others(make: Make) -> None:
    """The section of the secretariat comes first, the full list last."""
    link, row = make.link("#a", "broken"), make.row("A", "missing")
    findings = (
        make.finding("share-writable", owner="administrator", severity="warning"),
        make.finding("link-broken", link, owner="maintainer"),
        make.finding("resource-missing", row),
        make.finding("link-timed-out", link, severity="warning", owner="maintainer"),
    )
    page = render_html(make.manifest((row,), (link,), findings), lang=Lang.DA)
    assert _find(page, "//main//section/@id") == [
        "secretariat",
        "maintainer",
        "administrator",
        "unseen",
        "everything",
        "legend",
    ]


def test_mail_addresses_of_the_handbook_are_hidden(make: Make) -> None:
    """No mail address occurs as a link, in a text, a heading, a reason or a settings line."""
    mail = "anna@example.dk"
    row = make.row(f"Skriv til {mail}", "missing", label=mail, section=mail,
                   reason=make.reason("nothing-found", name=mail))  # fmt: skip
    link = make.link(f"mailto:{mail}", "broken", kind="mail", text=mail,
                     reason=make.reason("link-mail-invalid", address=mail))  # fmt: skip
    web = make.link(f"https://example.dk/?til={mail}", "broken", text=mail)
    findings = (
        make.finding("resource-missing", row),
        *(make.finding("link-broken", one, owner="maintainer") for one in (link, web)),
    )
    manifest = make.manifest((row,), (link, web), findings)
    assert "anna" not in render_html(manifest, lang=Lang.DA)


def test_a_big_report_is_small(make: Make) -> None:
    """5,000 links and 500 findings take less than 3 MB, whomever readers can write to."""
    links = tuple(
        make.link(
            f"https://www.example.com/en/noget/lang/sti/{n}",
            "broken" if n < 400 else "ok",
            page=f"docs/mappe/side_{n % 60}.md",
            line=n,
            text=f"Vejledning nummer {n}",
            reason=make.reason("link-not-found", host="www.example.com") if n < 400 else None,
        )
        for n in range(5000)
    )
    rows = tuple(
        make.row(
            f"Samarbejdsaftale nummer {n}",
            "missing" if n < 100 else "present",
            files=() if n < 100 else (make.file(f"Skabeloner/Samarbejdsaftale {n}.docx"),),
            candidates=tuple(make.candidate(f"Arkiv/Aftale {n} {k}.docx", 0.5) for k in range(5)),
        )
        for n in range(400)
    )
    findings = (
        *(make.finding("link-broken", link, owner="maintainer") for link in links[:400]),
        *(make.finding("resource-missing", row) for row in rows[:100]),
    )
    manifest = make.manifest(rows, links, findings)
    big = render_html(manifest, lang=Lang.DA, report_to="haandbog@example.dk")
    assert len(big.encode()) < 3_000_000
    assert big.count("data-entry") == 5400 + 1  # the script names it too


def test_a_long_report_is_the_same_twice(make: Make) -> None:
    """The page does not depend on when or how often it is rendered."""
    manifest = make.manifest((make.row("A"),))
    assert render_html(manifest, lang=Lang.DA) == render_html(replace(manifest), lang=Lang.DA)
