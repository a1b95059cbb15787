"""The prepared view: the headline, the counts, the items and their details."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from syncer.manifest.document import (
    ChangesRecord,
    MovedRecord,
    ReasonRecord,
    ScopeRecord,
    WaiverRecord,
)
from syncer.report.view import build_view
from syncer.report.view.records import SectionKey, Tone
from syncer.report.words import Lang, Topic
from tests.unit.report.records import SHARE
from tests.unit.report.views import figures_of, items_of, notes_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make

DAY = timedelta(days=1)


def test_a_run_without_findings_is_well(make: Make) -> None:
    """A complete run without findings says that all is well, and what was checked."""
    row = make.row("Vedtægter", files=(make.file("Vedtægter.docx"),))
    link = make.link("https://example.dk")
    view = build_view(make.manifest((row,), (link,)), Lang.DA)
    assert view.verdict == "Du skal ikke gøre noget i dag"
    assert figures_of(view) == [("1", "på plads"), ("1", "virker")]
    assert view.tone is Tone.GOOD
    assert view.sections
    assert all(section.empty for section in view.sections)


def test_nothing_looked_at_is_not_all_well(make: Make) -> None:
    """A handbook without rows and links is not called correct."""
    view = build_view(make.manifest(), Lang.DA)
    assert view.verdict == "Der var ingen ressourcer eller links at kontrollere"
    assert view.tone is Tone.NOTE


def test_a_part_that_is_well_is_only_a_part(make: Make) -> None:
    """With a scope, the report makes no claim about the rest, and shows the scope."""
    scope = ScopeRecord(only="links", offline=True, pages=("docs/*.md",))
    manifest = make.manifest(links=(make.link("#a"),), run=make.run(scope=scope))
    view = build_view(manifest, Lang.DA)
    assert view.verdict == "Intet at gøre i det, der blev kontrolleret"
    assert view.tone is Tone.NOTE
    assert view.remarks == (
        "Kontrollen kørte uden netværk. Nextcloud og andre hjemmesider er ikke kontrolleret.",
        "Kun håndbogens links er kontrolleret, ikke ressourcerne.",
        "Kun en del af håndbogen er kontrolleret: docs/*.md.",
    )
    only_rows = make.run(scope=ScopeRecord(only="resources"))
    assert "Kun ressourcerne" in build_view(make.manifest(run=only_rows), Lang.DA).remarks[0]


@pytest.mark.parametrize("lang", list(Lang))
def test_an_incomplete_run_cannot_be_mistaken_for_a_clean_one(make: Make, lang: Lang) -> None:
    """Even without findings, headline, tone and remarks say that the run did not finish."""
    run = make.run(complete=False, incomplete_because=(make.reason("server-timeout"),))
    view = build_view(make.manifest((make.row("A"),), run=run), lang)
    clean = build_view(make.manifest((make.row("A"),)), lang)
    assert view.verdict != clean.verdict
    assert view.tone is Tone.UNKNOWN
    assert not view.complete
    assert view.remarks
    assert len(view.incomplete_because) == 1


def test_an_incomplete_run_shows_what_it_found(make: Make) -> None:
    """It says that the run is incomplete before it says what was found."""
    row = make.row("A", "missing")
    manifest = make.manifest(
        (row,), findings=(make.finding("resource-missing", row),), run=make.run(complete=False)
    )
    view = build_view(manifest, Lang.DA)
    assert view.summary == "Kontrollen kunne ikke se det hele. 1 til sekretariatet."


def test_an_incomplete_run_shows_when_the_last_complete_one_was(make: Make) -> None:
    """The reader sees when the last complete run was; nothing when there was none."""
    run = make.run(complete=False)
    alone = build_view(make.manifest(run=run), Lang.DA)
    assert len(alone.remarks) == 1
    changes = ChangesRecord(since=make.now - timedelta(days=2))
    after = build_view(make.manifest(run=run, changes=changes), Lang.DA)
    assert after.remarks[1] == (
        "Den sidste kontrol, der blev færdig, er fra 21. november 2026 kl. 03.15."
    )


def test_a_stopped_run_is_mentioned_once(make: Make) -> None:
    """A reason for the whole run is not repeated for each share and folder."""
    because = (
        make.reason("run-stopped"),
        make.reason("run-stopped", share=make.share_id),
        make.reason("folder-not-read", share=make.share_id, path="A", why="run-stopped"),
        make.reason("folder-not-read", share=make.share_id, path="B", why="server-timeout"),
    )
    run = make.run(complete=False, incomplete_because=because)
    view = build_view(make.manifest(run=run), Lang.DA)
    assert view.verdict == "Kontrollen blev stoppet undervejs"
    assert view.incomplete_because == (
        "»OS2 Boks«: Mappen »A« kunne ikke læses.",
        "»OS2 Boks«: Mappen »B« kunne ikke læses. Serveren svarede ikke i tide.",
    )


def test_resources_are_counted_not_rows(make: Make) -> None:
    """Three rows of one group are one resource and one item with three mentions."""
    rows = tuple(
        replace(make.row("FLOSS-aftalen", "missing"), group="g1", page=page)
        for page in ("c.md", "a.md", "b.md")
    )
    manifest = make.manifest(
        rows, findings=tuple(make.finding("resource-missing", row) for row in rows)
    )
    view = build_view(manifest, Lang.DA)
    assert view.verdict == "1 punkt at se på"
    assert figures_of(view) == [("1", "mangler")]
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert [mention.page for mention in item.mentions] == ["a.md", "b.md", "c.md"]
    assert len(view.resources) == 1


def test_the_parts_add_up_to_the_whole(make: Make) -> None:
    """Each resource is in one part, and the whole is named with its number."""
    statuses = {
        "missing": "resource-missing",
        "planned": "resource-planned",
        "draft": "resource-draft",
        "arrived": "resource-arrived",
        "undetermined": "resource-undetermined",
    }
    rows = tuple(make.row(f"{status} {n}", status) for status in statuses for n in range(3))
    rows += (make.row("der", "present"),)
    findings = tuple(
        make.finding(statuses[row.status], row, severity="warning")
        for row in rows
        if row.status in statuses
    )
    view = build_view(make.manifest(rows, findings=findings), Lang.DA)
    (whole,) = view.figures
    assert whole.heading == "16 ressourcer"
    assert figures_of(view) == [
        ("1", "på plads"),
        ("3", "mangler"),
        ("3", "ikke i orden"),
        ("3", "klar til link"),
        ("3", "planlagt (ToDo)"),
        ("3", "ikke kontrolleret"),
    ]
    # Neither a promise nor what could not be checked asks for something today.
    assert view.verdict == "9 punkter at se på"
    assert [door.number for door in view.doors] == ["9", "0", "0"]
    assert view.doors[0].details == "3 planlagte"


def test_an_address_is_one_thing_on_each_page(make: Make) -> None:
    """What is counted is what the maintainer sees: one item on each page."""
    links = tuple(
        make.link("https://example.dk/x", "broken", page=page, line=line)
        for page, line in (("a.md", 3), ("a.md", 9), ("b.md", 1))
    )
    findings = tuple(make.finding("link-broken", link, owner="maintainer") for link in links)
    view = build_view(make.manifest(links=links, findings=findings), Lang.DA)
    assert figures_of(view) == [("2", "virker ikke")]
    assert view.verdict == "2 punkter at se på"
    items = items_of(view, SectionKey.MAINTAINER)
    assert [[m.line for m in item.mentions] for item in items] == [[3, 9], [1]]
    (block,) = next(s for s in view.sections if s.key is SectionKey.MAINTAINER).blocks
    assert [group.page for group in block.groups] == ["a.md", "b.md"]
    assert [[number for number, _ in one.lines] for page in view.links for one in page.links] == [
        [3, 9],
        [1],
    ]


def test_links_are_counted_as_they_are_listed(make: Make) -> None:
    """One relative address is another page's on each page; each empty link is one."""
    written = (("README.md", "nix.md"), ("README.md", ""), ("README.md", ""), ("a/to.md", "nix.md"))
    links = tuple(make.link(url, "broken", page=page) for page, url in (*written, ("a/to.md", "")))
    findings = tuple(
        make.finding("link-broken" if link.url else "link-empty", link, owner="maintainer")
        for link in links
    )
    manifest = make.manifest(links=links, findings=findings)
    view = build_view(manifest, Lang.DA)
    assert figures_of(view) == [("5", "virker ikke")]
    assert [section.count for section in view.sections] == [0, 5, 0, 0]
    assert [len(page.links) for page in view.links] == [3, 2]


def test_a_link_that_only_some_can_open_is_not_called_dead(make: Make) -> None:
    """An unchecked link is not a fault, though somebody should look at it."""
    inside = make.link("https://intra.example.dk/x", "unchecked")
    finding = make.finding("link-private-address", inside, severity="warning", owner="maintainer")
    view = build_view(make.manifest(links=(inside,), findings=(finding,)), Lang.DA)
    assert view.verdict == "1 punkt at se på"
    assert figures_of(view) == [("1", "ikke kontrolleret")]
    dead = make.link("https://example.dk/x", "broken")
    findings = (finding, make.finding("link-broken", dead, owner="maintainer"))
    both = build_view(make.manifest(links=(inside, dead), findings=findings), Lang.DA)
    assert figures_of(both) == [("1", "virker ikke"), ("1", "ikke kontrolleret")]
    section = next(s for s in both.sections if s.key is SectionKey.MAINTAINER)
    assert [block.heading for block in section.blocks] == ["Fejl", "Bør ses efter"]


def test_a_broken_link_of_a_resource_is_listed_on_its_page(make: Make) -> None:
    """The item has the resource's name, but not the mentions whose links may work."""
    row = make.row("Kontoplan", "not-a-file")
    rows = (row, make.row("Kontoplan", "not-a-file", group=row.group, page="b.md"))
    link = make.link("processer/kontoplan", "broken", page=row.page, line=row.line)
    finding = make.finding("link-broken", link, owner="maintainer", resource=row.id)
    view = build_view(make.manifest(rows, (link,), (finding,)), Lang.DA)
    assert figures_of(view) == [("1", "uden for Nextcloud"), ("1", "virker ikke")]
    (item,) = items_of(view, SectionKey.MAINTAINER)
    assert item.title == "Kontoplan"
    assert [mention.page for mention in item.mentions] == [row.page]
    assert item.address is not None
    assert item.address.shown == "processer/kontoplan"


def test_what_is_explained_or_set_aside_is_not_counted(make: Make) -> None:
    """A gone share is one item with its rows as consequences; a waived finding is separate."""
    rows = tuple(make.row(f"Aftale {n}", "missing") for n in range(4))
    cause = make.finding("share-gone", subject=make.share_id, owner="administrator")
    findings = (
        cause,
        *(make.finding("resource-missing", row, caused_by=cause.id) for row in rows[:3]),
        make.finding("resource-missing", rows[3], waived_until="2027-02-01"),
    )
    view = build_view(make.manifest(rows, findings=findings), Lang.DA)
    assert view.verdict == "1 punkt at se på"
    assert figures_of(view) == [("3", "i mapper, der er væk"), ("1", "andet")]
    assert [[words for words, _ in one.states] for one in view.resources] == [
        *([["Den delte mappe er væk"]] * 3),
        ["Mangler (sat til side)"],
    ]
    (item,) = items_of(view, SectionKey.ADMINISTRATOR)
    assert [effect.title for effect in item.consequences] == ["Aftale 0", "Aftale 1", "Aftale 2"]
    assert not items_of(view, SectionKey.SECRETARIAT)
    assert [one.waived for one in view.waived] == ["Sat til side til og med 1. februar 2027"]


def test_a_cause_that_is_not_there_hides_nothing(make: Make) -> None:
    """A finding whose cause is unknown, or has a cause itself, is still listed."""
    row = make.row("A", "missing")
    lonely = make.finding("resource-missing", row, caused_by="f-gone")
    view = build_view(make.manifest((row,), findings=(lonely,)), Lang.DA)
    assert len(items_of(view, SectionKey.SECRETARIAT)) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "1 nyt punkt siden kontrollen kl. 03.15"),
        (1, "1 nyt punkt siden i går"),
        (3, "1 nyt punkt siden 20. november 2026"),
    ],
)
def test_new_items_are_counted_since_the_last_run(make: Make, days: int, said: str) -> None:
    """The manifest says what is new since the last complete run."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row)
    changes = ChangesRecord(since=make.now - days * DAY, new=(finding.id,))
    view = build_view(make.manifest((row,), findings=(finding,), changes=changes), Lang.DA)
    assert view.verdict == "1 nyt punkt at se på"
    assert view.news.new_heading == said
    assert [(one.id, one.title, one.badge) for one in view.news.new] == [
        (finding.id, "A", "Mangler")
    ]
    assert [item.new for item in items_of(view, SectionKey.SECRETARIAT)] == [True]


def test_nothing_is_new_on_the_first_run(make: Make) -> None:
    """Without an earlier run no item is called new, nor anything solved."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row)
    changes = ChangesRecord(since=None, new=(finding.id,))
    view = build_view(make.manifest((row,), findings=(finding,), changes=changes), Lang.DA)
    assert view.verdict == "1 punkt at se på"
    assert view.news.new_heading == "Første kontrol: alt er nyt"
    assert not any(item.new for item in items_of(view))
    assert not view.news.solved_heading
    assert view.changes is None


def test_moved_files_are_listed(make: Make) -> None:
    """With their paths before and now."""
    changes = ChangesRecord(
        since=make.now - DAY,
        moved=(MovedRecord(share=make.share_id, file_id=1, from_="A/x.docx", to="B/x.docx"),),
    )
    view = build_view(make.manifest(changes=changes), Lang.DA)
    assert view.changes is not None
    assert view.changes.solved == ()
    assert view.changes.moved == ("A/x.docx → B/x.docx",)


def test_a_broken_link_of_no_page_has_no_heading(make: Make) -> None:
    """Links are grouped by page; one that the site's settings put on every page has no group."""
    finding = make.finding("link-broken", page=None, line=None, owner="maintainer")
    view = build_view(make.manifest(findings=(finding,)), Lang.DA)
    section = next(one for one in view.sections if one.key is SectionKey.MAINTAINER)
    assert [group.page for block in section.blocks for group in block.groups] == [""]


def test_a_partly_ready_promise_shows_what_is_missing(make: Make) -> None:
    """One item for a promised resource, with how much of it is there."""
    row = make.row(
        "Kontrakt- og samarbejdsskabeloner",
        "planned",
        expected=(
            make.expected("udvikling", "present"),
            make.expected("drift", "missing"),
            make.expected("projekt", "undetermined"),
        ),
    )
    findings = (
        make.finding("resource-planned", row, severity="warning"),
        make.finding("resource-partial", row, severity="warning"),
    )
    view = build_view(make.manifest((row,), findings=findings), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert "1 af 3 udgaver er klar, og projekt kunne ikke kontrolleres." in item.sentences[1]
    assert (
        view.resources[0].expected
        == "1 af 3 er klar, drift mangler, projekt kunne ikke kontrolleres"
    )


def test_beside_a_baseline_new_is_what_it_has_not(make: Make) -> None:
    """With a baseline, only what it lacks is marked as new."""
    rows = (make.row("A", "missing"), make.row("B", "missing"))
    first, second = (make.finding("resource-missing", row) for row in rows)
    changes = ChangesRecord(since=make.now - DAY, new=(first.id,))
    manifest = make.manifest(rows, findings=(first, second), changes=changes)
    view = build_view(manifest, Lang.DA, new={second.id})
    items = items_of(view, SectionKey.SECRETARIAT)
    assert [(item.title, item.new) for item in items] == [("B", True), ("A", False)]
    assert view.verdict == "1 nyt punkt at se på, 1 venter fra før"
    assert view.news.new_heading == "1 nyt punkt i forhold til udgangspunktet"


def test_a_resource_that_nobody_promised_is_partly_ready_and_not_promised(make: Make) -> None:
    """Its row, its heading and the counts agree: it is neither in place nor a ToDo."""
    row = make.row(
        "Seminar og referater",
        "present",
        expected=(make.expected("referat", "present"), make.expected("seminar", "missing")),
    )
    finding = make.finding("resource-partial", row, severity="warning")
    view = build_view(make.manifest((row, make.row("B")), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.badge == "Delvis klar"
    assert figures_of(view) == [("1", "på plads"), ("1", "ikke i orden")]
    assert view.resources[1].states == (("Delvis klar", Tone.WARNING),)


@pytest.mark.parametrize("status", ["present", "arrived"])
def test_a_resource_whose_file_is_empty_does_not_look_all_right(make: Make, status: str) -> None:
    """Its row says so, and it is not counted as in place, unless the finding is waived."""
    rows = (make.row("A", status, files=(make.file("x/A.docx", size_bytes=0),)), make.row("B"))
    finding = make.finding("file-empty", subject="x/A.docx", args={"share": make.share_id})
    view = build_view(make.manifest(rows, findings=(finding,)), Lang.DA)
    assert view.resources[0].states == (("Tom fil", Tone.ALARM),)
    assert figures_of(view) == [("1", "på plads"), ("1", "ikke i orden")]
    accepted = replace(finding, waived_until="2027-01-01")
    waived = build_view(make.manifest(rows, findings=(accepted,)), Lang.DA)
    assert waived.resources[0].states[0][0] != "Tom fil"


def test_a_complete_promise_lacks_nothing(make: Make) -> None:
    """When every kind is there, only the count is shown."""
    row = make.row("A", "arrived", expected=(make.expected("drift", "present"),))
    view = build_view(make.manifest((row,)), Lang.DA)
    assert view.resources[0].expected == "1 af 1 er klar"


def test_what_to_do_names_the_file_that_will_be_accepted(make: Make) -> None:
    """The sentence of the hint is "Gør dette", and its folder is a link."""
    row = make.row("FLOSS-aftalen", "missing", suggestion="FLOSS-aftale.docx")
    url = "https://boks.example.dk/s/Ab12Cd34?dir=/Skabeloner&path=/Skabeloner"
    hint = make.reason("put-file", file_name="FLOSS-aftale.docx", folder="Skabeloner", url=url)
    finding = make.finding("resource-missing", row, hint=hint)
    view = build_view(make.manifest((row,), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.actions == ("Læg dokumentet i »Skabeloner« under navnet »FLOSS-aftale.docx«.",)
    assert item.open_link == url
    assert item.copy_link is None


def test_without_a_hint_the_findings_own_advice_is_given(make: Make) -> None:
    """An old manifest without hints still says what to do."""
    row = make.row("FLOSS-aftalen", "missing", suggestion="FLOSS-aftale.docx", folder="Skabeloner")
    view = build_view(
        make.manifest((row,), findings=(make.finding("resource-missing", row),)), Lang.DA
    )
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.actions == (
        "Læg dokumentet i »Skabeloner«, og giv filen navnet »FLOSS-aftale.docx«.",
    )


def test_why_shows_near_misses_and_lines_for_the_settings(make: Make) -> None:
    """The lines are TOML that names exactly the row and the file, for any name."""
    name = 'Aftale "A" \\ \u202e\U000e0001'
    row = make.row(
        name,
        "missing",
        candidates=(
            make.candidate("Arkiv/B.docx", 0.4),
            make.candidate('A/"x"\n.docx', 0.7, reasons=(make.reason("is-draft"),)),
            make.candidate("Mappe", 0.9, folder=True),
        ),
    )
    finding = make.finding("resource-missing", row, subject="[x] *")
    view = build_view(make.manifest((row,), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.why is not None
    assert [miss.likeness for miss in item.why.near_misses] == [
        "ligner 90\N{NO-BREAK SPACE}%",
        "ligner 70\N{NO-BREAK SPACE}%",
        "ligner 40\N{NO-BREAK SPACE}%",
    ]
    assert item.why.near_misses[1].reasons == ("er et udkast",)
    assert item.why.pin is not None
    assert tomllib.loads(item.why.pin) == {
        "pin": [{"name": name, "page": row.page, "share": make.share_id, "path": 'A/"x"\n.docx'}]
    }
    assert item.why.waive is not None
    (waiver,) = tomllib.loads(item.why.waive)["waive"]
    assert waiver["code"] == "resource-missing"
    assert waiver["subject"] == "[[]x] [*]"
    assert waiver["until"] == date(2027, 2, 21)


def test_missing_in_nextcloud_is_said_only_when_all_was_looked_at(make: Make) -> None:
    """Where a share could not be read, only the row's own folder is known not to have it."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row)
    sentences = []
    for shares in ((make.share(),), (make.share(), make.share(status="unreadable"))):
        view = build_view(make.manifest((row,), findings=(finding,), shares=shares), Lang.DA)
        (item,) = items_of(view, SectionKey.SECRETARIAT)
        sentences.append(item.sentences[0])
    assert sentences[0].startswith("Dokumentet findes ikke i Nextcloud")
    assert sentences[1].startswith("Dokumentet findes ikke i den delte mappe")


def test_of_several_that_fit_the_best_can_be_pinned(make: Make) -> None:
    """An ambiguous or likely resource gets a pin; a chosen file needs none."""
    candidates = (make.candidate("A/x.docx", 1.0, chosen=True),)
    pins = []
    for status in ("ambiguous", "likely", "draft"):
        row = make.row("A", status, candidates=candidates)
        manifest = make.manifest((row,), findings=(make.finding(f"resource-{status}", row),))
        (item,) = items_of(build_view(manifest, Lang.DA), SectionKey.SECRETARIAT)
        assert item.why is not None
        pins.append(item.why.pin)
    assert [pin is None for pin in pins] == [False, False, True]


def test_what_has_no_subject_cannot_be_waived(make: Make) -> None:
    """As an empty link in a manifest of 0.1: such a waiver would be rejected."""
    link = make.link("", "broken")
    manifest = make.manifest(links=(link,), findings=(make.finding("link-empty", link),))
    (item,) = items_of(build_view(manifest, Lang.DA), SectionKey.SECRETARIAT)
    assert item.why is None


def test_a_waived_item_says_why(make: Make) -> None:
    """Each reason of its findings once; two reasons for one server are two items."""
    row = make.row("A", "missing")
    reasons = ("Juristerne skriver den", "Juristerne skriver den", "Ring\nførst")
    findings = tuple(
        make.finding(
            code,
            row,
            waived_until="2027-02-01",
            waiver=WaiverRecord(reason=reason, until="2027-02-01", from_="handbook"),
        )
        for code, reason in zip(
            ("resource-missing", "places-disagree", "resource-partial"), reasons, strict=True
        )
    )
    (item,) = build_view(make.manifest((row,), findings=findings), Lang.DA).waived
    until = "Sat til side til og med 1. februar 2027"
    assert item.waived == f"{until}: Juristerne skriver den · {until}: Ring først"


def test_a_waiver_is_not_offered_for_a_mail_address(make: Make) -> None:
    """The lines for the settings would publish the address."""
    link = make.link("mailto:anna@example", "broken", kind="mail", text="anna@example.dk")
    finding = make.finding("link-broken", link, subject="mailto:anna@example.dk")
    view = build_view(make.manifest(links=(link,), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.why is None
    assert "anna" not in item.title


def test_the_chart_is_the_history_with_this_run_last(make: Make) -> None:
    """Every course has the numbers of the first screen; what never occurred has no course.

    A run of an earlier version, which did not keep them, is left out.
    """
    row = make.row("A", "missing")
    manifest = make.manifest(
        (row,),
        findings=(make.finding("resource-missing", row),),
        history=(
            make.history(3),
            make.history(2, figures={"points": 9, "resources-missing": 4}),
            make.history(1, complete=False, figures={"resources-missing": 2}),
        ),
    )
    history = build_view(manifest, Lang.DA).history
    assert history is not None
    assert {course.label: course.values for course in history.courses} == {
        "Punkter at se på": (9, 0, 1),
        "Ressourcer: mangler": (4, 2, 1),
    }
    assert history.span == "3 kontroller fra 21. november 2026 til 23. november 2026."
    assert history.any_incomplete
    assert history.courses[1].description == "fra 4 til 1, højst 4"
    assert [point.complete for point in history.courses[0].points] == [True, False, True]
    assert build_view(make.manifest((row,)), Lang.DA).history is None
    incomplete = replace(manifest, run=replace(manifest.run, complete=False))
    assert build_view(incomplete, Lang.DA).history is None
    today = make.manifest((row,), history=(make.history(0, figures={}),))
    drawn = build_view(today, Lang.DA).history
    assert drawn is not None
    assert drawn.span == "2 kontroller den 23. november 2026."


def test_what_is_not_known_is_never_shown_as_fine(make: Make) -> None:
    """Rows outside Nextcloud and unchecked rows are listed with what was not checked."""
    rows = (make.row("Kode", "not-a-file"), make.row("B", "unchecked"))
    links = (make.link("a", "unchecked"), make.link("b", "excluded"))
    view = build_view(make.manifest(rows, links), Lang.DA)
    unseen = next(section for section in view.sections if section.key is SectionKey.UNSEEN)
    assert unseen.remarks == (
        "1 ressource ligger ikke i Nextcloud. Kun linket er prøvet.",
        "1 ressource er ikke kontrolleret denne gang.",
        "1 link er ikke kontrolleret.",
        "1 link er undtaget fra kontrol i indstillingerne.",
    )
    tones = {one.name: one.states[0][1] for one in view.resources}
    assert tones == {"B": Tone.UNKNOWN, "Kode": Tone.NOTE}


def test_mail_addresses_are_counted_not_listed(make: Make) -> None:
    """The list of links omits mail addresses and says how many there are."""
    mail = make.link("mailto:anna@example.dk", kind="mail", text="anna@example.dk")
    view = build_view(make.manifest(links=(mail, make.link("#a", text="skriv a@b.dk"))), Lang.DA)
    assert [link.text for page in view.links for link in page.links] == ["skriv (mail)"]
    assert view.mail_remark == "1 mailadresse i håndbogen vises ikke her."


def test_a_newer_manifest_is_shown_as_well_as_can_be(make: Make) -> None:
    """Unknown codes, statuses, owners and severities are shown, and never count as correct."""
    row = make.row("A", "half-there")
    link = make.link("#a", "haunted", kind="portal")
    finding = make.finding("resource-haunted", row, owner="ghost", severity="fatal")
    view = build_view(make.manifest((row,), (link,), (finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.ADMINISTRATOR)
    assert item.topic is Topic.OTHER
    assert "resource-haunted" in item.sentences[0]
    assert view.resources[0].states[0][1] is Tone.UNKNOWN
    assert view.links[0].links[0].tone is Tone.UNKNOWN
    assert view.tone is Tone.WARNING


def test_remarks_alone_are_no_alarm(make: Make) -> None:
    """When there is only information, nobody has to do anything."""
    finding = make.finding("page-empty", severity="info", owner="maintainer", subject="a.md")
    manifest = make.manifest((make.row("A"),), findings=(finding,))
    view = build_view(manifest, Lang.DA)
    assert view.verdict == "Du skal ikke gøre noget i dag"
    assert view.tone is Tone.GOOD


def test_a_page_that_is_not_published_is_not_linked(make: Make) -> None:
    """An unpublished page links to its source, so that it can be corrected."""
    link = make.link("#a", "broken", page="docs/kladde.md")
    findings = (
        make.finding("link-broken", link, owner="maintainer"),
        make.finding("page-not-published", severity="info", subject=link.page, page=link.page),
    )
    view = build_view(make.manifest(links=(link,), findings=findings), Lang.DA)
    (item,) = items_of(view, SectionKey.MAINTAINER)
    assert item.mentions[0].page_url is None
    assert item.mentions[0].source_url is not None
    assert view.links[0].page_url is None


def test_a_waiver_with_a_strange_date_is_still_shown(make: Make) -> None:
    """An end that is not a date is shown unchanged."""
    finding = make.finding("page-empty", subject="a.md", waived_until="for evigt")
    (item,) = build_view(make.manifest(findings=(finding,)), Lang.DA).waived
    assert item.waived == "Sat til side til og med for evigt"


def test_an_empty_path_is_the_top_folder_and_a_share_has_a_name(make: Make) -> None:
    """Reasons name folders and shares as people do."""
    hint = make.reason("put-file", file_name="a.docx", folder="", url="")
    because = make.reason("folder-not-read", share=make.share_id, path="", why="server-timeout")
    row = make.row("A", "missing", suggestion="a.docx")
    manifest = make.manifest(
        (row,),
        findings=(make.finding("resource-missing", row, hint=hint),),
        run=make.run(complete=False, incomplete_because=(because,)),
    )
    view = build_view(manifest, Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.actions == ("Læg dokumentet i »den øverste mappe« under navnet »a.docx«.",)
    assert view.incomplete_because == (
        ("»OS2 Boks«: Mappen »den øverste mappe« kunne ikke læses. Serveren svarede ikke i tide."),
    )


def test_near_misses_of_a_group_are_listed_once(make: Make) -> None:
    """Two rows with the same candidate show it once, with its best score."""
    first = make.row("A", "missing", candidates=(make.candidate("x.docx", 0.7),))
    second = make.row(
        "A", "missing", group=first.group, candidates=(make.candidate("x.docx", 0.5),)
    )
    finding = make.finding("resource-missing", first)
    view = build_view(make.manifest((first, second), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.why is not None
    assert [miss.likeness for miss in item.why.near_misses] == ["ligner 70\N{NO-BREAK SPACE}%"]


def test_the_colophon_names_the_tool_and_the_revision(make: Make) -> None:
    """Without a git checkout the colophon names only the tool."""
    manifest = make.manifest()
    assert build_view(manifest, Lang.DA).colophon == (
        "Håndbogen, som den så ud i udgave 3f0c2b9a41",
        "Lavet af syncer 1.0.0",
    )
    plain = replace(manifest, handbook=replace(manifest.handbook, revision=None))
    assert build_view(plain, Lang.DA).colophon == ("Lavet af syncer 1.0.0",)


def test_shares_are_listed_with_what_is_known(make: Make) -> None:
    """A share shows its content when it is known, and the reason when it is not."""
    shares = (
        make.share(),
        make.share(
            id="boks.example.dk/Zz",
            name="Anden",
            status="gone",
            files=None,
            folders=None,
            bytes=None,
            reason=make.reason("share-gone"),
        ),
        make.share(id="boks.example.dk/Yy", name="Lokal", base_url="", bytes=None, kind="local"),
    )
    view = build_view(make.manifest(shares=shares), Lang.DA)
    assert [(one.name, one.content, one.url is None) for one in view.shares] == [
        ("Anden", "", False),
        ("Lokal", "214 filer i 31 mapper", True),
        ("OS2 Boks", "214 filer i 31 mapper, 48 MB", False),
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (14, "Kontrollen er opdateret. 14 punkter vurderes nu anderledes."),
        (1, "Kontrollen er opdateret. 1 punkt vurderes nu anderledes."),
        (0, "Kontrollen er opdateret."),
    ],
)
def test_changed_rules_are_one_remark(make: Make, number: int, said: str) -> None:
    """With how much they judge differently; none where the rules are the same."""
    changes = ChangesRecord(rules_changed=True, judged_differently=number)
    assert build_view(make.manifest(changes=changes), Lang.DA).remarks == (said,)
    same = replace(changes, rules_changed=False)
    assert build_view(make.manifest(changes=same), Lang.DA).remarks == ()


@pytest.mark.parametrize(
    ("count", "subject", "name", "counted"),
    [
        (1, "Aftaler", "Aftaler", "1 fil, som ingen række i håndbogen nævner: a.docx."),
        (
            12,
            "Aftaler",
            "Aftaler",
            "12 filer, som ingen række i håndbogen nævner: a.docx samt 11 andre.",
        ),
        (2, SHARE, "OS2 Boks", "2 filer, som ingen række i håndbogen nævner: a.docx samt 1 anden."),
    ],
)
def test_unlisted_files_are_counted_per_folder(
    make: Make, count: int, subject: str, name: str, counted: str
) -> None:
    """The folder is the title, and the link opens it."""
    args = {"share": SHARE, "folder": "x", "count": count, "files": ("a.docx",)}
    finding = make.finding("file-unlisted", severity="info", subject=subject, args=args)
    (item,) = notes_of(build_view(make.manifest(findings=(finding,)), Lang.DA))
    assert item.title == name
    assert item.sentences == (f"Mappen »{name}« har {counted}",)
    assert item.open_link is not None
    assert item.open_link.endswith("path=/Aftaler" if subject == "Aftaler" else "Ab12Cd34")


def test_an_unlisted_file_of_an_older_manifest_is_shown(make: Make) -> None:
    """Version 1.0 has a finding for each file."""
    args = {"share": SHARE, "file": "Aftaler/a.docx", "folder": "Aftaler"}
    finding = make.finding("file-unlisted", severity="info", subject="Aftaler/a.docx", args=args)
    (item,) = notes_of(build_view(make.manifest(findings=(finding,)), Lang.DA))
    (sentence,) = item.sentences
    assert sentence == "Ingen række i håndbogen nævner filen »a.docx« i »Aftaler«."


def test_many_unsafe_names_are_one_item(make: Make) -> None:
    """They are counted, in both languages."""
    args = {"share": SHARE, "folder": "Aftaler", "count": 7, "files": ("a?.docx", "b?.docx")}
    finding = make.finding("file-name-unsafe", severity="info", subject="Aftaler", args=args)
    manifest = make.manifest(findings=(finding,))
    (danish,) = notes_of(build_view(manifest, Lang.DA))
    assert danish.sentences == (
        "7 navne i »Aftaler« kan give problemer: a?.docx og b?.docx samt 5 andre.",
    )
    (english,) = notes_of(build_view(manifest, Lang.EN))
    assert english.sentences == (
        "7 names in “Aftaler” may cause problems: a?.docx and b?.docx and 5 others.",
    )


def test_an_item_says_when_the_program_can_correct_it(make: Make) -> None:
    """It does so beside the address to write, also one within the site, which is no link."""
    link = make.link("gammel.html", status="broken")
    hint = ReasonRecord(code="link-use", args={"url": "ny.html"})
    shown = [
        items_of(
            build_view(
                make.manifest(
                    links=(link,),
                    findings=(
                        make.finding(
                            "link-broken", link, owner="maintainer", hint=hint, fixable=fixable
                        ),
                    ),
                ),
                Lang.DA,
            ),
            SectionKey.MAINTAINER,
        )[0].actions
        for fixable in (True, False, None)
    ]
    assert shown == [
        ("Skriv ny.html i stedet.", "Eller lad »syncer fix« rette det."),
        ("Skriv ny.html i stedet.",),
        ("Skriv ny.html i stedet.",),
    ]
