"""The link "Det passer ikke": what a mail program or an issue tracker makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml import html as lxml_html

from syncer.report.html import render_html
from syncer.report.objections import MAX_LENGTH, write_objection
from syncer.report.view import build_view
from syncer.report.words import Lang, words_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make

MAIL = "sekretariat@example.org"
ISSUES = "https://github.com/os2/handbook/issues/new"
FACTS = """Skriv her, hvad der ikke passer:



    Punkt: f000000000001 (resource-missing)
    Kontrolleret 23. november 2026 kl. 03.15.
    Sted: docs/partnere.md, linje 81
    Rapporten skrev: Vedtægter & mere – Mangler. Dokumentet findes ikke i Nextcloud.
"""


def write(make: Make, to: str, name: str = "Vedtægter & mere") -> str:
    """Return the link of a missing resource."""
    row = make.row(name, "missing")
    finding = make.finding("resource-missing", row)
    view = build_view(make.manifest((row,), findings=(finding,)), Lang.DA)
    (item,) = view.sections[0].blocks[0].items
    return write_objection(to, item, words_of(Lang.DA), view.made_at)


def read(link: str) -> dict[str, str]:
    """Return the fields of a link, as whoever opens it reads them."""
    query = urlsplit(link).query
    assert "+" not in query  # RFC 6068: a plus in a mailto is a plus
    fields = parse_qs(query, strict_parsing=True)
    return {name: value.replace("\r\n", "\n") for name, (value,) in fields.items()}


@pytest.mark.parametrize("to", [MAIL, f"mailto:{MAIL}"])
def test_a_mail_says_what_it_is_about(make: Make, to: str) -> None:
    """The item's id, page, line and sentence are in it, below the room to write in."""
    link = write(make, to)
    assert link.startswith(f"mailto:{MAIL}?subject=")
    assert read(link) == {
        "subject": "Det passer ikke: Vedtægter & mere – Mangler",
        "body": FACTS.format(name="Vedtægter & mere"),
    }


@pytest.mark.parametrize(
    ("to", "title", "body"),
    [
        (ISSUES, "title", "body"),
        (f"{ISSUES}?labels=syncer", "title", "body"),
        (f"{ISSUES}?issue[title]={{title}}&issue[description]={{body}}",
         "issue[title]", "issue[description]"),
    ],
)  # fmt: skip
def test_an_issue_says_the_same(make: Make, to: str, title: str, body: str) -> None:
    """In the tracker's own fields; what the address had before stays."""
    link = write(make, to)
    assert link.startswith(ISSUES)
    fields = read(link)
    assert fields[title] == "Det passer ikke: Vedtægter & mere – Mangler"
    assert fields[body] == FACTS.format(name="Vedtægter & mere")
    assert ("labels" in to) == ("labels" in fields)


@pytest.mark.parametrize("name", ["Ø" * 5000, "漢" * 5000, "{body}" * 999, "a\r\nBcc: x\n" * 500])
@pytest.mark.parametrize("to", [MAIL, ISSUES])
def test_a_link_has_a_length(make: Make, to: str, name: str) -> None:
    """Whatever the handbook says; it is cut between characters, and the id is always there."""
    link = write(make, to, name)
    assert len(link) <= MAX_LENGTH
    assert link.isascii()
    assert "\ufffd" not in unquote(link, errors="replace")
    fields = read(link)
    assert len(fields) == 2
    assert "Punkt: f000000000001 (resource-missing)" in fields["body"]
    assert not any("\n" in fields[name] for name in fields if name != "body")


def test_a_mail_goes_to_one_address(make: Make) -> None:
    """What an address may hold is no second field of the link."""
    link = write(make, "a&b,c%d?e@example.org")
    assert link.startswith("mailto:a%26b%2Cc%25d%3Fe@example.org?subject=")


def test_what_a_page_says_is_no_markdown(make: Make) -> None:
    """It is in a code block of the issue: no mention, no picture."""
    body = read(write(make, ISSUES, "@alle ![x](https://example.org/x.png)"))["body"]
    facts = body.partition("\n\n\n\n")[2].splitlines()
    assert len(facts) == 4
    assert all(line.startswith("    ") for line in facts)


def test_each_item_has_the_link(make: Make) -> None:
    """In the HTML report only where it is set up; not where people have agreed."""
    row, link = make.row("A", "missing"), make.link("https://example.org/", "broken")
    waived = replace(make.finding("page-empty", subject="a.md"), waived_until="2027-01-01")
    findings = (make.finding("resource-missing", row), make.finding("link-broken", link), waived)
    manifest = make.manifest((row,), (link,), findings)
    assert "mailto:" not in render_html(manifest, lang=Lang.DA)
    page = lxml_html.document_fromstring(render_html(manifest, lang=Lang.DA, report_to=MAIL))
    items: Any = page.xpath("//article")
    links = [item.xpath(".//a[starts-with(@href, 'mailto:')]") for item in items]
    assert [len(found) for found in links] == [1, 1, 0]
    for item, found in zip(items, links, strict=True):
        assert all(item.get("id") in one.get("href") for one in found)
        assert [one.text for one in found] == ["Det passer ikke"] * len(found)
