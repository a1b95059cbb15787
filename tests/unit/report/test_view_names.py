"""The names in the view, and states that it must not hide: gone, copied, partly ready."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from syncer.manifest.document import LastKnownRecord, ScopeRecord
from syncer.report.view import build_view
from syncer.report.view.annotations import list_annotations
from syncer.report.view.records import SectionKey, Tone
from syncer.report.words import Lang, words_of
from tests.unit.report.views import figures_of, items_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make


def test_a_gone_share_counts_for_its_rows(make: Make) -> None:
    """The rows of a gone share are no points; the first screen still names them."""
    row, other = make.row("A", "missing"), make.row("B", "missing")
    gone = make.finding("share-gone", subject=make.share_id, owner="administrator")
    findings = (
        gone,
        make.finding("resource-missing", row, caused_by=gone.id),
        make.finding("resource-missing", other),
    )
    view = build_view(make.manifest((row, other), findings=findings), Lang.DA)
    assert view.verdict == "2 punkter at se på"
    assert figures_of(view) == [("1", "mangler"), ("1", "i mapper, der er væk")]


def test_no_figure_is_zero(make: Make) -> None:
    """When nothing could be looked at, nothing is called in place, and no owner is done."""
    run = make.run(complete=False)
    view = build_view(make.manifest((make.row("A", "undetermined"),), run=run), Lang.DA)
    assert figures_of(view) == [("1", "ikke kontrolleret")]
    assert {door.tone for door in view.doors} == {Tone.UNKNOWN}
    assert {door.details for door in view.doors} == {"i det, der blev kontrolleret"}


def test_a_partly_ready_promise_is_one_item_of_the_secretariat(make: Make) -> None:
    """A partly ready resource is not offered for linking."""
    row = make.row(
        "Skabeloner",
        "arrived",
        expected=(make.expected("drift", "present"), make.expected("projekt", "missing")),
    )
    findings = (
        make.finding(
            "resource-arrived",
            row,
            severity="warning",
            owner="maintainer",
            hint=make.reason("keep-todo", kinds=("projekt",)),
        ),
        make.finding(
            "resource-partial",
            row,
            severity="warning",
            hint=make.reason(
                "add-kinds-keep-todo",
                kinds=("projekt",),
                folder="A/B",
                file_name="Skabelon - projekt.docx",
                url="https://boks.example.dk/s/Ab12Cd34",
            ),
        ),
    )
    view = build_view(make.manifest((row,), findings=findings), Lang.DA)
    assert not items_of(view, SectionKey.MAINTAINER)
    (item,) = items_of(view, SectionKey.SECRETARIAT)
    assert item.badge == "Delvis klar"
    assert item.sentences == ("1 af 2 udgaver er klar.",)
    assert item.actions == (
        (
            "Udgaven til projekt mangler. Læg den i »A / B«. Brug for eksempel navnet "
            "»Skabelon - projekt.docx«. Lad »(ToDo)« stå så længe."
        ),
    )
    assert item.open_link == "https://boks.example.dk/s/Ab12Cd34"
    assert view.resources[0].states == (("Delvis klar", Tone.WARNING),)
    assert view.verdict == "Du skal ikke gøre noget i dag"
    assert figures_of(view) == [("1", "planlagt (ToDo)")]


@pytest.mark.parametrize(
    ("offline", "kinds", "said"),
    [
        (
            True,
            ("local",),
            ("Kontrollen kørte uden netværk. Andre hjemmesider er ikke kontrolleret.",),
        ),
        (
            True,
            ("local", "public"),
            (
                (
                    "Kontrollen kørte uden netværk. Andre hjemmesider og 1 delt mappe i Nextcloud "
                    "er ikke kontrolleret."
                ),
            ),
        ),
        (False, ("local",), ()),
    ],
)
def test_a_local_copy_is_called_one(
    make: Make, offline: bool, kinds: tuple[str, ...], said: tuple[str, ...]
) -> None:
    """An offline run that read a copy does not say that Nextcloud was not checked."""
    shares = tuple(make.share(id=f"h/{n}", kind=kind) for n, kind in enumerate(kinds))
    run = make.run(scope=ScopeRecord(offline=offline))
    view = build_view(make.manifest(shares=shares, run=run), Lang.DA)
    assert view.remarks == (
        *said,
        "1 delt mappe i Nextcloud er læst fra en kopi, ikke fra serveren.",
    )
    assert view.shares[0].state == "Læst fra en kopi"


def test_an_incomplete_run_names_its_servers_and_shares(make: Make) -> None:
    """A server is named once for all of its shares; a share has the name that people use."""
    shares = (
        make.share(),
        make.share(id="boks.example.dk/Xy", name="Xy"),
        make.share(id="boks.example.dk/Zz", name="Zz"),
    )
    row = make.row("A", label="Nextcloud / Design")
    place = replace(row.places[0], share="boks.example.dk/Xy", path="")
    because = (
        make.reason("server-not-reached", share=make.share_id),
        make.reason("server-not-reached", share="boks.example.dk/Xy"),
        make.reason("share-too-big", share="boks.example.dk/Xy"),
        make.reason("share-too-big", share="boks.example.dk/Zz"),
        make.reason("more-folders-not-read", share=make.share_id, count=2),
    )
    run = make.run(complete=False, incomplete_because=because)
    rows = (replace(row, places=(place,)),)
    view = build_view(make.manifest(rows, shares=shares, run=run), Lang.DA)
    too_big = "Den delte mappe har for mange filer og mapper til at blive læst helt."
    assert view.incomplete_because == (
        "boks.example.dk: Serveren kunne ikke nås.",
        f"»Nextcloud / Design«: {too_big}",
        f"»Zz«: {too_big}",
        "2 mapper mere i OS2 Boks kunne ikke læses.",
    )
    assert view.sections[0].empty


def test_two_shares_with_the_same_label_have_their_tokens(make: Make) -> None:
    """Two shares with the same label are distinguished by their tokens."""
    shares = tuple(make.share(id=f"h/{token}", name=token) for token in ("Aa", "Bb"))
    rows = tuple(
        replace(row, places=(replace(row.places[0], share=share.id, path=""),))
        for share in shares
        for row in (make.row("A", label="Nextcloud"),)
    )
    view = build_view(make.manifest(rows, shares=shares), Lang.DA)
    assert [share.name for share in view.shares] == ["Nextcloud (Aa)", "Nextcloud (Bb)"]


def test_a_file_is_named_and_its_folder_opened(make: Make) -> None:
    """The title is the file name; its folder is in the sentence and in one link."""
    finding = make.finding(
        "file-empty",
        subject="A/B/Regnskab.xlsx",
        args={"share": make.share_id, "file": "A/B/Regnskab.xlsx"},
        hint=make.reason("replace-empty-file", file="A/B/Regnskab.xlsx"),
    )
    (item,) = items_of(
        build_view(make.manifest(findings=(finding,)), Lang.DA), SectionKey.SECRETARIAT
    )
    assert item.title == "Regnskab.xlsx"
    assert item.sentences == ("Filen ligger i »A / B« og fylder 0 byte.",)
    assert item.actions == (
        "Erstat »A / B / Regnskab.xlsx« med den rigtige udgave under samme navn.",
    )
    assert item.open_link == "https://boks.example.dk/s/Ab12Cd34?dir=/A/B&path=/A/B"


def test_masked_mail_links_are_distinguished(make: Make) -> None:
    """Two wrong mail addresses are two broken links."""
    links = tuple(make.link("mailto:***", "broken", kind="mail") for _ in range(2))
    findings = tuple(make.finding("link-broken", link, owner="maintainer") for link in links)
    view = build_view(make.manifest(links=links, findings=findings), Lang.DA)
    assert figures_of(view) == [("2", "virker ikke")]
    assert len(items_of(view, SectionKey.MAINTAINER)) == 2


def test_a_finding_of_this_run_has_no_date(make: Make) -> None:
    """On the first day everything would be new; the Markdown report still shows the date."""
    row = make.row("A", "missing")
    finding = make.finding("resource-missing", row, first_seen_at=make.now, runs=1)
    (item,) = items_of(
        build_view(make.manifest((row,), findings=(finding,)), Lang.DA), SectionKey.SECRETARIAT
    )
    assert (item.since, item.since_day) == ("", "Siden 23. november 2026")


def test_a_resource_that_is_explained_is_listed_once(make: Make) -> None:
    """The broken link of a resource is not listed beside the resource."""
    row = make.row("Logo", "missing")
    link = make.link("https://boks.example.dk/s/x", "broken")
    cause = make.finding("share-gone", subject=make.share_id, owner="administrator")
    findings = (
        cause,
        make.finding("resource-missing", row, caused_by=cause.id),
        make.finding("link-broken", link, caused_by=cause.id, resource=row.id),
    )
    view = build_view(make.manifest((row,), (link,), findings), Lang.DA)
    (item,) = items_of(view, SectionKey.ADMINISTRATOR)
    assert [effect.code for effect in item.consequences] == ["resource-missing"]


def test_pages_are_called_what_readers_call_them(make: Make) -> None:
    """Pages have a title and a path in sentences, mentions and the filter."""
    link = make.link("x#y", "broken", reason=make.reason("link-anchor-missing", anchor="y",
                                                         page=make.page))  # fmt: skip
    findings = (
        make.finding("link-broken", link, owner="maintainer"),
        make.finding(
            "page-empty", severity="warning", owner="maintainer", subject=make.page, page=make.page
        ),
    )
    view = build_view(make.manifest(links=(link,), findings=findings), Lang.DA)
    dead, empty = items_of(view, SectionKey.MAINTAINER)
    assert dead.sentences[0].endswith(
        "Der er intet afsnit »#y« på siden Partnere (docs/partnere.md)."
    )
    assert dead.mentions[0].title == "Partnere"
    assert empty.title == "Partnere (docs/partnere.md)"
    assert view.links[0].title == "Partnere"
    assert [name for _, name in view.filters.pages] == ["Partnere (docs/partnere.md)"]


def test_documents_that_fit_equally_well_are_named(make: Make) -> None:
    """With their folders, in the sentence or below it; without files the sentence is complete."""
    files = ("A/Kommissorium.docx", "B/Kommissorium.docx")
    row = make.row("Kommissorium", "ambiguous", files=tuple(map(make.file, files)))
    finding = make.finding("resource-ambiguous", row, args={"files": files})
    manifest = make.manifest((row,), findings=(finding,))
    (item,) = items_of(build_view(manifest, Lang.DA), SectionKey.SECRETARIAT)
    assert item.sentences == ("Flere dokumenter passer lige godt.",)
    assert [(file.folder, file.name) for file in item.files] == [
        ("A", "Kommissorium.docx"),
        ("B", "Kommissorium.docx"),
    ]
    said = "Flere dokumenter passer lige godt på »Kommissorium«"
    (one,) = list_annotations(manifest, lang=Lang.DA)
    assert one.sentence == f"{said}: A / Kommissorium.docx og B / Kommissorium.docx."
    bare = make.manifest((row,), findings=(replace(finding, args={}),))
    assert list_annotations(bare, lang=Lang.DA)[0].sentence == f"{said}."


def test_a_share_is_called_by_its_label_wherever_it_is_named(make: Make) -> None:
    """In its item, in the reasons and in the list of shares; its token is nowhere to be read."""
    token = make.share_id.rpartition("/")[2]
    share = make.share(name=token, label="Design-boksen", status="gone")
    finding = make.finding(
        "share-gone",
        owner="administrator",
        subject=make.share_id,
        args={"share": make.share_id, "name": token},
    )
    view = build_view(
        make.manifest((make.row("A"),), findings=(finding,), shares=(share,)), Lang.DA
    )
    (item,) = items_of(view, SectionKey.ADMINISTRATOR)
    assert item.title == "Design-boksen"
    assert [share.name for share in view.shares] == ["Design-boksen"]
    assert not any(token in text for text in (*item.sentences, *item.actions))


def test_an_open_resource_says_what_was_last_known(make: Make) -> None:
    """With the day, which is the same in every time zone."""
    known = LastKnownRecord(status="present", on="2026-11-20")
    row = make.row("A", "undetermined", last_known=known)
    finding = make.finding("resource-undetermined", owner="administrator", resource=row.id)
    view = build_view(make.manifest((row,), findings=(finding,)), Lang.DA)
    (item,) = items_of(view, SectionKey.UNSEEN)
    assert item.sentences[0].endswith("Sidst set på plads 20. november.")
    assert item.known == view.resources[0].known == "Sidst set på plads 20. november"
    older = replace(row, last_known=LastKnownRecord(status="draft", on="2025-11-20"))
    (resource,) = build_view(make.manifest((older,)), Lang.DA).resources
    assert resource.known == "Sidst set som udkast 20. november 2025"


@pytest.mark.parametrize(
    ("code", "mark", "said", "card", "advice"),
    [
        (
            "table-mark-unclosed",
            "close-mark",
            "I rækken »Aftale« begynder fed skrift med **, men slutter ikke.",
            "Fed skrift begynder med **, men slutter ikke.",
            "Sæt ** efter det sidste fede ord.",
        ),
        (
            "table-mark-unopened",
            "open-mark",
            "I rækken »Aftale« slutter fed skrift med **, men begynder ikke.",
            "Fed skrift slutter med **, men begynder ikke.",
            "Sæt ** foran det første fede ord.",
        ),
    ],
)
def test_a_lone_mark_says_where_the_other_belongs(
    make: Make, code: str, mark: str, said: str, card: str, advice: str
) -> None:
    """On a line of its own in one sentence; on a card without the row, which is its title."""
    args = {"why": code, "mark": "**"}
    hint = make.reason(mark, mark="**")
    finding = make.finding(
        "table-malformed",
        owner="maintainer",
        subject="Aftale",
        page=make.page,
        args=args,
        hint=hint,
    )
    manifest = make.manifest(findings=(finding,))
    (one,) = list_annotations(manifest, lang=Lang.DA)
    assert (one.sentence, one.action) == (said, advice)
    (item,) = items_of(build_view(manifest, Lang.DA), SectionKey.MAINTAINER)
    assert item.title == "Aftale"
    assert item.sentences == (card,)


def test_what_the_next_run_settles_asks_nothing_of_anybody(make: Make) -> None:
    """Alone it says that nothing need be done; beside something to do, only that is said."""
    row = make.row("Aftale", "undetermined")
    waits = make.finding("resource-undetermined", row, hint=make.reason("next-run-looks-again"))
    acts = make.finding("resource-no-access", row)
    for findings, lead, actions in (
        ((waits,), "Du skal ikke gøre noget:", ("Kontrollen prøver igen i nat.",)),
        ((waits, acts), "Gør dette:", (words_of(Lang.DA).finding("resource-no-access").action,)),
    ):
        view = build_view(make.manifest((row,), findings=findings), Lang.DA)
        items = items_of(view)
        assert [(item.lead, item.actions) for item in items] == [(lead, actions)]
    (one,) = list_annotations(make.manifest((row,), findings=(waits,)), lang=Lang.DA)
    assert one.message.endswith("Du skal ikke gøre noget: Kontrollen prøver igen i nat.")


def test_a_link_that_works_on_github_is_not_said_to_work_nowhere(make: Make) -> None:
    """The sentence of the reason stands instead of the finding's."""
    link = make.link("a.md", "broken", reason=make.reason("link-works-on-github-only", file="a.md"))
    finding = make.finding("link-broken", link, owner="maintainer")
    manifest = make.manifest(links=(link,), findings=(finding,))
    (one,) = list_annotations(manifest, lang=Lang.DA)
    assert one.sentence.endswith("virker på GitHub, men ikke på håndbogens hjemmeside.")
    assert "virker ikke" not in one.sentence


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("present", "missing"), "1 af 2 er klar, b mangler"),
        (("missing", "missing"), "Ingen af de 2 er klar, a og b mangler"),
        (("undetermined", "undetermined"), "Ingen af de 2 kunne kontrolleres"),
        (
            ("missing", "undetermined"),
            "Ingen af de 2 er klar, a mangler, b kunne ikke kontrolleres",
        ),
    ],
)
def test_how_much_of_a_promise_is_ready(make: Make, states: tuple[str, ...], said: str) -> None:
    """What could not be checked is never called not ready."""
    expected = tuple(make.expected(name, state) for name, state in zip("ab", states, strict=True))
    row = make.row("Aftale", "planned", expected=expected)
    assert build_view(make.manifest((row,)), Lang.DA).resources[0].expected == said
