"""One cause is one item with a list in it: by server and by share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from syncer.manifest.document import (
    FindingRecord,
    ReasonRecord,
    StatusManifest,
    WaiverRecord,
)
from syncer.report.markdown import render_markdown
from syncer.report.notice import phrase_notice
from syncer.report.terminal import render_terminal
from syncer.report.view import View, build_view
from syncer.report.view.records import Item
from syncer.report.words import Lang, words_of
from tests.unit.report.views import items_of, notes_of

if TYPE_CHECKING:
    from tests.unit.report.records import Make

HOST = "boks.example.dk"


def _items(view: View) -> list[Item]:
    return [*items_of(view), *notes_of(view)]


def _open_root(make: Make, number: int) -> tuple[StatusManifest, list[FindingRecord]]:
    """Make links whose folder the server ignores: each in a row of its own, but the last two."""
    rows = [make.row(f"Aftale {index}") for index in range(number)]
    links = [
        make.link(f"{make.share_id}?path=/M{min(index, number - 2)}", text=f"Mappe {index}")
        for index in range(number)
    ]
    findings = [
        make.finding(
            "share-link-opens-root",
            link,
            severity="warning",
            owner="maintainer",
            args={"share": make.share_id, "url": link.url, "folder": "M", "text": link.text},
            hint=make.reason("use-link", url=f"https://{HOST}/s/T?dir=/M{index}"),
            resource=rows[index].id,
            fixable=True,
        )
        for index, link in enumerate(links)
    ]
    manifest = make.manifest(tuple(rows), links=tuple(links), findings=tuple(findings))
    return manifest, findings


def test_all_links_that_open_the_root_are_one_item(make: Make) -> None:
    """With each address in it once, what it says, and the link to use instead."""
    manifest, _ = _open_root(make, 4)
    view = build_view(manifest, Lang.DA)
    (item,) = _items(view)
    assert item.title == HOST
    assert item.sentences == (
        f"Nextcloud på {HOST} overser mappen i 4 links og åbner den øverste mappe i stedet.",
    )
    assert [part.copy_link for part in item.parts] == [
        f"https://{HOST}/s/T?dir=/M{index}" for index in range(3)
    ]
    assert [len(part.mentions) for part in item.parts] == [1, 1, 2]
    assert item.parts[0].title == "Mappe 0"
    assert item.actions == (
        "Sæt det rigtige link i håndbogen.",
        "Eller lad »syncer fix« rette det.",
    )
    assert view.verdict == "1 punkt at se på"
    assert [section.count for section in view.sections] == [0, 1, 0, 0]


def test_one_link_that_opens_the_root_is_an_item_of_its_own(make: Make) -> None:
    """As before, with its address to copy."""
    manifest, findings = _open_root(make, 2)
    alone = make.manifest(manifest.resources, links=manifest.links, findings=(findings[0],))
    (item,) = _items(build_view(alone, Lang.DA))
    assert item.parts == ()
    assert item.copy_link == f"https://{HOST}/s/T?dir=/M0"


def test_every_format_shows_the_list(make: Make) -> None:
    """Each link with its correction and its place."""
    manifest, _ = _open_root(make, 4)
    for text in (
        render_markdown(manifest, lang=Lang.DA),
        render_terminal(manifest, lang=Lang.DA, width=200, color=False),
    ):
        assert all(f"dir=/M{index}" in text for index in range(3))
        assert all(f"Mappe {index}" in text for index in range(3))


def test_a_mail_has_one_line_for_a_cause(make: Make) -> None:
    """Not one for each of its links."""
    manifest, findings = _open_root(make, 4)
    new = {finding.id for finding in findings}
    notice = phrase_notice(manifest, lang=Lang.DA, new=new, fixed=())
    assert notice.lines == (f"Ny: »{HOST}«: Åbner forkert mappe",)


def _unread(make: Make, number: int, why: str, **more: str) -> FindingRecord:
    share = f"{HOST}/T{number}"
    args = {"share": share, "name": f"Boks {number}", "why": why, **more}
    return make.finding(
        "share-unreadable", severity="warning", owner="administrator", subject=share, args=args
    )


def test_a_server_that_is_down_is_one_item(make: Make) -> None:
    """With its shares in it; a share with a failure of its own is an item of its own."""
    down = [_unread(make, number, "server-not-reached") for number in range(6)]
    odd = _unread(make, 7, "listing-truncated")
    findings = (*down, odd)
    shares = tuple(make.share(id=f"{HOST}/T{n}", name=f"Boks {n}") for n in range(8))
    view = build_view(make.manifest((), findings=findings, shares=shares), Lang.DA)
    items = {item.title: item for item in _items(view)}
    assert set(items) == {HOST, "Boks 7"}
    assert items[HOST].sentences == (
        f"6 delte mapper på {HOST} kunne ikke læses. Serveren kunne ikke nås.",
    )
    assert [part.title for part in items[HOST].parts] == [f"Boks {n}" for n in range(6)]


def test_what_is_waived_is_told_apart(make: Make) -> None:
    """A waiver for one share of a server leaves the others."""
    one, other = (_unread(make, number, "server-not-reached") for number in range(2))
    waived = _unread(make, 2, "server-not-reached")
    waived = make.finding(
        "share-unreadable", subject=waived.subject, args=waived.args, waived_until="2027-01-01"
    )
    view = build_view(make.manifest((), findings=(one, other, waived)), Lang.DA)
    (item,) = _items(view)
    assert len(item.parts) == 2
    assert len(view.waived) == 1


def test_waivers_with_different_reasons_are_told_apart(make: Make) -> None:
    """Two shares of a server that two people have set aside, until the same day."""
    findings = [
        replace(
            _unread(make, number, "server-not-reached"),
            waived_until="2027-01-01",
            waiver=WaiverRecord(reason=reason, until="2027-01-01", from_="settings"),
        )
        for number, reason in enumerate(("Flyttes", "Nedlægges"))
    ]
    view = build_view(make.manifest((), findings=tuple(findings)), Lang.DA)
    assert [item.waived and item.waived.rpartition(": ")[2] for item in view.waived] == [
        "Flyttes",
        "Nedlægges",
    ]


def test_the_old_documents_of_a_share_are_one_item(make: Make) -> None:
    """With each document and the day of its last change."""
    findings = tuple(
        make.finding(
            "file-old",
            severity="info",
            subject=f"Aftaler/{name}.docx",
            args={
                "share": make.share_id,
                "file": f"Aftaler/{name}.docx",
                "name": name,
                "changed_on": "2019-03-02",
                "years": 5,
            },
        )
        for name in "AB"
    )
    view = build_view(make.manifest((), findings=findings, shares=(make.share(),)), Lang.DA)
    (item,) = _items(view)
    assert item.title == "OS2 Boks"
    assert item.sentences == ("2 dokumenter, som håndbogen nævner, er ikke ændret i 5 år.",)
    assert [part.sentences[0] for part in item.parts] == [
        "Dokumentet ligger i »Aftaler« og er ikke ændret siden 2. marts 2019."
    ] * 2


def test_what_a_public_page_cites_behind_the_login_is_one_item(make: Make) -> None:
    """By page; a link that can be replaced by a public address stays an item of its own."""
    links = [make.link(f"https://{HOST}/f/{number}", kind="login") for number in range(3)]
    findings = [
        make.finding(
            "link-needs-login",
            link,
            severity="info",
            owner="maintainer",
            args={"url": link.url, "text": link.text, "why": why},
        )
        for link, why in zip(
            links,
            ["link-needs-login", "link-needs-login", "link-needs-login-but-public"],
            strict=True,
        )
    ]
    view = build_view(make.manifest(links=tuple(links), findings=tuple(findings)), Lang.DA)
    together = [item for item in _items(view) if item.parts]
    (item,) = together
    (sentence,) = item.sentences
    assert sentence.startswith("Denne offentlige side henviser til 2 steder i Nextcloud, som ")
    assert len(_items(view)) == 2


def test_a_link_that_opens_the_root_is_told_by_its_own_words(make: Make) -> None:
    """Neither the row nor the folder of the row's file stands for what the link says."""
    manifest, (finding, *_) = _open_root(make, 2)
    row, link = manifest.resources[0], manifest.links[0]
    alone = make.manifest((row,), links=(link,), findings=(finding,))
    (item,) = _items(build_view(alone, Lang.DA))
    assert item.title == "Mappe 0"
    assert item.sentences == ("Linket åbner den øverste mappe i stedet for »M«.",)


def _unread_pages(make: Make, why: str, hint: ReasonRecord | None, number: int = 7) -> Item:
    """Return the item of pages that could not be read for one reason."""
    findings = tuple(
        make.finding(
            "page-unreadable",
            severity="warning",
            owner="maintainer",
            subject=f"docs/{n}.md",
            page=f"docs/{n}.md",
            args={"page": f"docs/{n}.md", "why": why},
            hint=hint and replace(hint, args=hint.args and {"page": f"docs/{n}.md"}),
        )
        for n in range(number)
    )
    (item,) = _items(build_view(make.manifest((), findings=findings), Lang.DA))
    return item


def test_the_advice_of_several_is_that_of_their_own(make: Make) -> None:
    """What the findings advise, once; not the general advice of their kind."""
    item = _unread_pages(make, "handbook-read-timeout", make.reason("next-run-looks-again"))
    assert item.title == "7 sider"
    assert item.lead == "Du skal ikke gøre noget:"
    assert item.actions == ("Kontrollen prøver igen i nat.",)
    item = _unread_pages(make, "page-too-complex", make.reason("split-page"))
    assert item.lead == "Gør dette:"
    assert item.actions == (words_of(Lang.DA).reason("split-page", {}),)


def test_advice_that_names_one_of_several_names_none(make: Make) -> None:
    """Each has a page of its own, which stands in the list."""
    item = _unread_pages(make, "io-error", make.reason("let-page-be-read", page="x"))
    assert item.actions == ("Giv kontrollen lov til at læse siden.",)
    assert len(item.parts) == 7


def test_findings_without_advice_of_their_own_have_that_of_their_kind(make: Make) -> None:
    """A server that is down, and links of which the next checks decide."""
    down = tuple(_unread(make, number, "server-not-reached") for number in range(2))
    (item,) = _items(build_view(make.manifest((), findings=down), Lang.DA))
    assert item.actions == ("Se efter, om serveren svarer. Kontrollen prøver igen i nat.",)
    args = {"host": "example.org", "why": "link-timed-out"}
    links = [make.link(f"https://example.org/{n}", "unconfirmed") for n in range(2)]
    findings = [make.finding("link-unconfirmed", link, args=args) for link in links]
    manifest = make.manifest((), tuple(links), tuple(findings))
    (item,) = _items(build_view(manifest, Lang.DA))
    assert item.lead == "Du skal ikke gøre noget:"


@pytest.mark.parametrize(
    ("next_at", "said"),
    [
        (None, "Kontrollen prøver igen."),
        (datetime(2026, 11, 24, 2, 15, tzinfo=UTC), "Kontrollen prøver igen i nat."),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "Kontrollen prøver igen 23. november kl. 13."),
        (datetime(2026, 11, 30, 2, 15, tzinfo=UTC), "Kontrollen prøver igen 30. november kl. 03."),
    ],
)
def test_the_next_check_is_not_always_tonight(
    make: Make, next_at: datetime | None, said: str
) -> None:
    """It says when, as the schedule has it: tonight, at another hour, or in a week."""
    hint = make.reason("next-run-looks-again")
    finding = make.finding("page-unreadable", subject="a.md", hint=hint)
    manifest = make.manifest((), findings=(finding,))
    run = replace(manifest.run, next_expected_at=next_at)
    (item,) = _items(build_view(replace(manifest, run=run), Lang.DA))
    (action,) = item.actions
    assert action.startswith(said)


def test_a_page_that_nobody_can_open_is_named_once(make: Make) -> None:
    """Its path is the title; a place with a line, or with an address to open, is told as well."""
    item = _unread_pages(make, "io-error", None)
    assert [part.title for part in item.parts] == [f"docs/{n}.md" for n in range(7)]
    assert not any(part.mentions for part in item.parts)


def test_what_could_not_be_looked_at_is_no_news(make: Make) -> None:
    """The first screen says that nothing is new, and no card says otherwise."""
    finding = make.finding(
        "page-unreadable", subject="a.md", hint=make.reason("next-run-looks-again")
    )
    manifest = make.manifest((), findings=(finding,))
    changes = replace(manifest.changes, since=manifest.run.started_at, new=(finding.id,))
    view = build_view(replace(manifest, changes=changes), Lang.DA)
    assert view.news.new_heading.startswith("Intet nyt")
    assert [item.new for item in _items(view)] == [False]
