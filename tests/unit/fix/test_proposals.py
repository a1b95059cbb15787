"""From a finding to its edits, on a page as the parser reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from syncer.fix.edited_pages import edit_page
from syncer.fix.page_sources import PageSources
from syncer.fix.proposals import FIXABLE_CODES, propose
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.rows.resource_tables import DEFAULT_WORDS, find_rows
from syncer.model.corrections import Correction, FixTier, Uncorrected
from syncer.model.findings import Finding
from syncer.model.handbook import PageText
from syncer.model.reason import Reason
from syncer.nextcloud.share_url import parse_share_link
from tests.delivery.made_runs import make_finding

NEW = "https://boks.example/s/Tok3nTok3nTok3n?dir=/Ny&path=/Ny"
HEAD = "| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
SECRET = "https://boks.example/s/Hemmelig0000001"
USE = Reason("link-use", {"url": NEW})
PLACE = Reason("place-is", {"url": NEW})
LINKED = Reason("remove-todo-and-link", {"url": NEW})
UNMARK = Reason("remove-todo", {})
MARKS = ("***", "**", "*", "___", "__", "_", "~~")


def read(text: str, markers: tuple[str, ...] = DEFAULT_WORDS.todo_markers) -> PageSources:
    """Read the page a.md."""
    page = PageText("a.md", text, place="a.md")
    parsed = parse_page(page)
    parse = partial(parse_share_link, hosts=frozenset({"boks.example"}))
    words = replace(DEFAULT_WORDS, todo_markers=markers)
    rows, _ = find_rows([parsed], words=words, parse=parse)
    return PageSources(
        texts={"a.md": page},
        pages={"a.md": parsed},
        rows={row.id: row for row in rows},
        links=parsed.links,
        todo_markers=markers,
        may_link=lambda url: url != SECRET,
    )


def find_at(sources: PageSources, code: str, hint: Reason | None, number: int = -1) -> Finding:
    """Make a finding about a link of the page, the last one if nothing else is said."""
    link = sources.links[number]
    return replace(
        make_finding(code, link.url),
        page="a.md",
        line=link.span.line,
        column=link.span.column,
        hint=hint,
    )


def find_row(sources: PageSources, code: str, hint: Reason | None, number: int = -1) -> Finding:
    """Make a finding about a row of the page, the last one if nothing else is said."""
    row = list(sources.rows.values())[number]
    made = make_finding(code, row.name)
    return replace(made, page="a.md", line=row.span.line, row=row.id, hint=hint)


def mend(sources: PageSources, finding: Finding) -> str:
    """Return the last line of the page as the correction makes it, or why there is none."""
    (one,) = propose([finding], sources)
    if isinstance(one, Uncorrected):
        return one.reason.code
    return edit_page(sources.texts["a.md"], one.edits).text.splitlines()[-1]


def propose_one(sources: PageSources, finding: Finding) -> Correction | Uncorrected:
    """Return what is proposed for a finding."""
    (one,) = propose([finding], sources)
    return one


TIERS = {
    "link-anchor-missing": FixTier.ASK,
    "link-bare": FixTier.SAFE,
    "link-broken": FixTier.SAFE,
    "link-download-empty": FixTier.SAFE,
    "link-needs-login": FixTier.SAFE,
    "link-redirected": FixTier.ASK,
    "resource-arrived": FixTier.ASK,
    "resource-elsewhere": FixTier.ASK,
    "share-link-opens-root": FixTier.SAFE,
    "table-malformed": FixTier.SAFE,
}
OF_LINKS = [code for code in TIERS if code.startswith(("link-", "share-")) and code != "link-bare"]


def test_each_code_has_its_tier() -> None:
    """What no reader could mind is made by default; the rest is asked."""
    assert set(TIERS) == FIXABLE_CODES
    table = read(HEAD + "| **Plan | x | [Her](gl.md) |\n| Plan (ToDo) | x | [Her](gl.md) |\n")
    bare = read("Se https://a.example/b her.\n")
    cell = {"why": "table-mark-unclosed", "mark": "**"}
    found = {code: (table, find_at(table, code, USE)) for code in OF_LINKS}
    found["link-bare"] = bare, find_at(bare, "link-bare", None)
    found["resource-arrived"] = table, find_row(table, "resource-arrived", UNMARK)
    found["resource-elsewhere"] = table, find_row(table, "resource-elsewhere", PLACE)
    marked = replace(find_row(table, "table-malformed", None, 0), args=cell)
    found["table-malformed"] = table, marked
    assert set(found) == FIXABLE_CODES
    tiers = {}
    for code, (sources, finding) in found.items():
        one = propose_one(sources, finding)
        assert isinstance(one, Correction), one
        tiers[code] = one.tier
        assert one.url == (NEW if finding.hint in (USE, PLACE) else None)
    assert tiers == TIERS


@pytest.mark.parametrize("code", OF_LINKS)
@pytest.mark.parametrize("hint", ["link-use", "use-link"])
def test_the_hint_s_address_replaces_that_of_the_link(code: str, hint: str) -> None:
    """Only a hint that is proven; one that a person may use is no correction."""
    sources = read("[x](gl.md) og [y](gl.md)\n")
    shown = f"[x](gl.md) og [y]({NEW})"
    assert mend(sources, find_at(sources, code, Reason(hint, {"url": NEW}))) == shown
    assert mend(sources, find_at(sources, code, Reason(hint, {"url": NEW}), 0)) == (
        f"[x]({NEW}) og [y](gl.md)"
    )
    for poor in (None, Reason(hint), Reason(hint, {"url": ""}), Reason("archived", {"url": NEW})):
        assert mend(sources, find_at(sources, code, poor)) == "fix-no-address"


def test_a_place_that_is_not_found_is_not_corrected() -> None:
    """A finding needs page, line, column and address of one of the page's links."""
    sources = read("[x](gl.md)\n")
    finding = find_at(sources, "link-broken", USE)
    for lost in (
        replace(finding, line=None),
        replace(finding, column=None),
        replace(finding, line=2),
        replace(finding, column=2),
        replace(finding, subject="andet.md"),
    ):
        assert mend(sources, lost) == "fix-place-unclear"
    unlike = replace(sources, links=(replace(sources.links[0], url="andet.md"),))
    assert mend(unlike, replace(finding, subject="andet.md")) == "fix-place-unclear"


@pytest.mark.parametrize("liquid", ["{{ site.x }}", "{% link a.md %}"])
def test_an_address_that_liquid_makes_is_not_replaced(liquid: str) -> None:
    """The same tag may be meant."""
    sources = read(f"[x]({liquid})\n")
    assert mend(sources, find_at(sources, "link-broken", USE)) == "fix-liquid"


def test_what_has_no_correction() -> None:
    """Findings of other codes, linked files, secret addresses; none at all without a page."""
    sources = read("[x](gl.md)\n")
    finding = find_at(sources, "link-broken", USE)
    assert mend(sources, replace(finding, code="page-empty")) == "fix-by-hand"
    assert mend(sources, replace(finding, page="b.md")) == "fix-linked-file"
    secret = replace(finding, hint=Reason("link-use", {"url": SECRET}))
    assert mend(sources, secret) == "fix-secret-address"
    own = Reason("link-use", {"url": "https://u:hemmelig@a.example/"})
    assert mend(sources, replace(finding, hint=own)) == "fix-address-has-password"
    linked = replace(sources, texts={"a.md": PageText("a.md", "[x](gl.md)\n", place=None)})
    assert mend(linked, finding) == "fix-linked-file"
    left = [replace(finding, page=None), replace(finding, waived_until="2027-01-01"), finding]
    assert [one.finding for one in propose(left, sources)] == [finding]


@pytest.mark.parametrize(("alike", "tier"), [(True, FixTier.ASK), (False, FixTier.SAFE)])
def test_what_is_only_alike_is_asked(alike: bool, tier: FixTier) -> None:
    """A guess at the address is never made by default."""
    sources = read("[x](gl.md)\n")
    hint = Reason("link-use", {"url": NEW, "alike": alike})
    one = propose_one(sources, find_at(sources, "link-broken", hint))
    assert isinstance(one, Correction)
    assert one.tier is tier


def test_a_bare_address_gets_its_marks() -> None:
    """Angle brackets; "www" gets a text. A link is left alone."""
    sources = read("Se https://a.example/b her.\n")
    assert mend(sources, find_at(sources, "link-bare", None)) == "Se <https://a.example/b> her."
    sources = read("Se www.a.example her.\n")
    shown = "Se [www.a.example](http://www.a.example) her."
    assert mend(sources, find_at(sources, "link-bare", None)) == shown
    sources = read("Se <https://a.example/b> her.\n")
    finding = find_at(sources, "link-bare", None)
    assert mend(sources, finding) == mend(sources, replace(finding, line=9)) == "fix-place-unclear"


@pytest.mark.parametrize(
    ("place", "mended"),
    [
        ("[Her](gl.md)", f"[Her]({NEW})"),
        ("[Her](gl.md) og [der](b.md)", "fix-several-places"),
        ("Boks / Gammel", f"[Boks / Gammel]({NEW})"),
        ("**Boks**", f"[**Boks**]({NEW})"),
        ("Boks (ToDo)", f"[Boks]({NEW}) (ToDo)"),
        ("Boks – ToDo", f"[Boks]({NEW}) – ToDo"),
        ("ToDo: Boks", f"ToDo: [Boks]({NEW})"),
        ("(ToDo) Boks", f"(ToDo) [Boks]({NEW})"),
        ("ToDo", "fix-place-unclear"),
        ("– (ToDo) Boks", "fix-place-unclear"),
        ("[Boks]", "fix-place-unclear"),
    ],
)
def test_the_place_of_a_row_leads_to_its_folder(place: str, mended: str) -> None:
    """A link gets another address, plain text becomes one, without its marker."""
    sources = read(f"{HEAD}|  Plan  |  x  |  {place}  |\n")
    shown = mend(sources, find_row(sources, "resource-elsewhere", PLACE))
    assert shown == (mended if mended.startswith("fix-") else f"|  Plan  |  x  |  {mended}  |")


def test_a_place_that_is_written_twice_is_not_linked() -> None:
    """Which of two equal cells is the place is not known; nor without row, line or address."""
    sources = read(f"{HEAD}| Plan | Boks | Boks |\n")
    finding = find_row(sources, "resource-elsewhere", PLACE)
    assert mend(sources, finding) == "fix-place-unclear"
    sources = read(f"{HEAD}| Boks | x | Boks |\n")
    finding = find_row(sources, "resource-elsewhere", PLACE)
    assert mend(sources, finding) == f"| Boks | x | [Boks]({NEW}) |"
    assert mend(sources, replace(finding, hint=None)) == "fix-no-address"
    assert mend(sources, replace(finding, row=None)) == "fix-several-places"
    assert mend(replace(sources, pages={}), finding) == "fix-place-unclear"


@pytest.mark.parametrize(
    ("name", "mended"),
    [
        ("**Plan** (ToDo)", "**Plan**"),
        ("Plan ToDo", "Plan"),
        ("Plan – *(ToDo)*", "Plan"),
        ("Plan, ToDo", "Plan"),
        ("Plan; ToDo", "Plan"),
        ("ToDo: Plan", "Plan"),
        ("*ToDo* – Plan", "Plan"),
        ("**(ToDo: efterår)** Plan", "Plan"),
        ("(ToDo) Plan (ToDo)", "Plan"),
        ("**Plan (ToDo)**", "**Plan**"),
        ("**(ToDo) Plan**", "**Plan**"),
        ("Plan ~~**(ToDo)**~~", "Plan"),
        *((f"Plan {mark}(ToDo){mark}", "Plan") for mark in MARKS),
    ],
)
def test_a_marker_goes_with_its_marks_and_what_divides_it(name: str, mended: str) -> None:
    """Blanks, dashes and marks around it; those of the name stay."""
    sources = read(f"{HEAD}|  {name}  | x | [Her](gl.md) |\n")
    finding = find_row(sources, "resource-arrived", UNMARK)
    assert mend(sources, finding) == f"|  {mended}  | x | [Her](gl.md) |"
    linked = mend(sources, replace(finding, hint=LINKED))
    assert linked == f"|  {mended}  | x | [Her]({NEW}) |"


def test_the_marker_of_the_place_goes_too() -> None:
    """A row is promised by either; a marker in another cell is the text's."""
    sources = read(f"{HEAD}| Plan | ToDo x | Boks (ToDo) |\n")
    finding = find_row(sources, "resource-arrived", UNMARK)
    assert mend(sources, finding) == "| Plan | ToDo x | Boks |"


def test_a_marker_that_is_not_found_stays() -> None:
    """A document that is only partly there keeps it, and so does a row without one."""
    sources = read(f"{HEAD}| Plan (ToDo) | x | Her |\n")
    finding = find_row(sources, "resource-arrived", UNMARK)
    for hint in (None, PLACE, USE):
        assert mend(sources, replace(finding, hint=hint)) == "fix-not-all-there"
    assert mend(sources, replace(finding, row="ukendt")) == "fix-place-unclear"
    assert mend(replace(sources, pages={}), finding) == "fix-place-unclear"
    assert mend(replace(sources, todo_markers=()), finding) == "fix-place-unclear"
    unlinked = Reason("remove-todo-and-link", {})
    assert mend(sources, replace(finding, hint=unlinked)) == "fix-no-address"
    many = read(f"{HEAD}| {'ToDo ' * 12}Plan | x | Her |\n")
    assert mend(many, find_row(many, "resource-arrived", UNMARK)) == "|  ToDo ToDo Plan | x | Her |"


@pytest.mark.parametrize(
    ("why", "cell", "mended"),
    [
        ("table-mark-unclosed", "**Plan", "**Plan**"),
        ("table-mark-unopened", "Plan**", "**Plan**"),
        ("table-mark-unclosed", "Pl**an", "fix-place-unclear"),
        ("table-mark-unclosed", "**Pl**an**", "fix-place-unclear"),
        ("table-cells-extra", "**Plan", "fix-by-hand"),
    ],
)
def test_a_lone_mark_gets_its_other_half(why: str, cell: str, mended: str) -> None:
    """At the other end of its cell, within the padding."""
    sources = read(f"{HEAD}| x | x |  {cell}  |\n")
    finding = find_row(sources, "table-malformed", None)
    finding = replace(finding, args={"why": why, "mark": "**"})
    shown = mend(sources, finding)
    assert shown == (mended if mended.startswith("fix-") else f"| x | x |  {mended}  |")


def test_a_lone_mark_is_found_or_left() -> None:
    """Two cells with one, no such line, and a finding that names no mark."""
    sources = read(f"{HEAD}| **x | x | **y |\n")
    args = {"why": "table-mark-unclosed", "mark": "**"}
    finding = replace(find_row(sources, "table-malformed", None), args=args)
    assert mend(sources, finding) == "fix-place-unclear"
    assert mend(sources, replace(finding, line=90)) == "fix-place-unclear"
    assert mend(sources, replace(finding, line=None)) == "fix-place-unclear"
    assert mend(sources, replace(finding, args={"why": "table-mark-unclosed"})) == "fix-by-hand"
