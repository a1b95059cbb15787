"""Each finding about rows, places and their files, whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from syncer.audit.codes import make_finding
from syncer.audit.observed import Waiver
from syncer.model.findings import Finding
from syncer.model.handbook import (
    PlaceKind,
    Placement,
    ResourceRow,
)
from syncer.model.matching import ExpectedKind, KindStatus, NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus
from tests.unit.audit.whole_findings import AFTALER, LINK, same
from tests.unit.audit.world import HOST, PAGE, SHARE, TODAY, World

OTHER = f"{HOST}/Xy98Zw76"
WEB = "https://example.org/side"
THERE: dict[str, Any] = {"folder": "Aftaler", "url": AFTALER}


def at_row(row: ResourceRow, code: str, args: dict[str, Any], hint: Reason | None) -> Finding:
    """Make the finding about a row."""
    return make_finding(code, row.name, (row.id,), args, at=row.span, hint=hint, row=row.id)


@pytest.mark.parametrize(
    ("verdict", "code", "hint"),
    [
        (Verdict.DRAFT, "resource-draft", "finish-draft"),
        (Verdict.OUTDATED, "resource-outdated", "renew-outdated"),
        (Verdict.LIKELY, "resource-likely", "confirm-likely"),
    ],
)
def test_a_row_with_another_file(world: World, verdict: Verdict, code: str, hint: str) -> None:
    """The file that there is, the first of several, and where the next one goes."""
    world.share("Aftaler/A.docx", "Aftaler/A.pdf")
    files = [world.file(f"Aftaler/A.{form}") for form in ("docx", "pdf")]
    row = world.row("A", verdict, *files, suggestion="A.docx")
    step = Reason(hint, {"file": "Aftaler/A.docx", "file_name": "A.docx", **THERE})
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "file": "Aftaler/A.docx"}
    same(world, at_row(row, code, args, step))


@pytest.mark.parametrize(
    ("verdict", "code", "hint"),
    [
        (Verdict.MISSING, "resource-missing", "put-file"),
        (Verdict.PLANNED, "resource-planned", "put-promised-file"),
    ],
)
def test_a_row_without_a_file(world: World, verdict: Verdict, code: str, hint: str) -> None:
    """The name that fits, and the place; where that is gone it is corrected as well."""
    world.share("Aftaler/x.docx")
    row = world.row("A", verdict, suggestion="A.docx")
    args: dict[str, Any] = {"name": "A", "place": "Aftaler"}
    same(world, at_row(row, code, args, Reason(hint, {"file_name": "A.docx", **THERE})))
    world.share("x.docx", gone_places=frozenset({"Aftaler"}))
    step = Reason("put-file-and-correct-place", {"file_name": "A.docx"})
    same(world, at_row(row, code, args, step))
    pin = Reason("pin-gone", {"path": "x"})
    world.matches[0] = replace(world.matches[0], reason=pin)
    same(world, at_row(row, code, args, Reason("correct-pin", {"path": "x"})))


def test_a_row_with_several_files(world: World) -> None:
    """At most five are named."""
    files = [world.file(f"Aftaler/A{number}.docx") for number in range(7)]
    world.share(*(file.path for file in files))
    row = world.row("A", Verdict.AMBIGUOUS, *files)
    names = tuple(file.path for file in files[:5])
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "files": names}
    same(world, at_row(row, "resource-ambiguous", args, Reason("keep-one-file", {"name": "A"})))


def test_a_row_whose_document_has_come(world: World) -> None:
    """The marker goes, and a place that is no link becomes one, to the first file."""
    world.share("Aftaler/A.docx", "Nye/A.pdf")
    files = [world.file("Aftaler/A.docx"), world.file("Nye/A.pdf")]
    row = world.row("A", Verdict.ARRIVED, *files, todo=True)
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "file": "Aftaler/A.docx"}
    same(world, at_row(row, "resource-arrived", args, Reason("remove-todo-and-link", THERE)))
    kinds = (ExpectedKind("drift", KindStatus.UNDETERMINED), ExpectedKind("x", KindStatus.PRESENT))
    world.matches[0] = replace(world.matches[0], expected=kinds)
    same(world, at_row(row, "resource-arrived", args, Reason("keep-todo", {"kinds": ("drift",)})))


@pytest.mark.parametrize("todo", [False, True])
def test_a_row_with_some_of_its_kinds(world: World, todo: bool) -> None:
    """Which are there, which are not, and how many of how many."""
    world.share("Aftaler/A.docx")
    kinds = (
        ExpectedKind("drift", KindStatus.PRESENT),
        ExpectedKind("projekt", KindStatus.MISSING),
        ExpectedKind("ukendt", KindStatus.UNDETERMINED),
    )
    file = world.file("Aftaler/A.docx")
    row = world.row("A", Verdict.PRESENT, file, expected=kinds, todo=todo, suggestion="B.docx")
    args: dict[str, Any] = {
        "name": "A",
        "present": ("drift",),
        "missing": ("projekt",),
        "ready": 1,
        "total": 3,
    }
    values = {"kinds": ("projekt",), "file_name": "B.docx", **THERE}
    step = Reason("add-kinds-keep-todo" if todo else "add-kinds", values)
    same(world, at_row(row, "resource-partial", args, step))


def test_a_row_whose_file_is_elsewhere(world: World) -> None:
    """Where it is, first of several, and where it should be."""
    world.share("Nye/A.docx", "Arkiv/A.pdf", folders=("Aftaler",))
    files = [world.file("Nye/A.docx"), world.file("Arkiv/A.pdf")]
    row = world.row("A", Verdict.ELSEWHERE, *files)
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "file": "Nye/A.docx"}
    there = {"folder": "Nye", "url": f"{LINK}?dir=/Nye&path=/Nye"}
    values = {"file": "Nye/A.docx", **there, "place": "Aftaler"}
    same(world, at_row(row, "resource-elsewhere", args, Reason("move-or-link", values)))
    world.share("Nye/A.docx", "Arkiv/A.pdf", gone_places=frozenset({"Aftaler"}))
    same(world, at_row(row, "resource-elsewhere", args, Reason("link-folder", values)))


def test_a_row_whose_file_was_moved(world: World) -> None:
    """Its id tells where it was in one of the row's places."""
    places = tuple(Placement(PlaceKind.SHARE, None, SHARE, path) for path in ("Aftaler", "Andet"))
    world.share("Aftaler/A.docx", folders=("Andet",))
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx", file_id=7), places=places)
    previous = world.manifest()
    world.share("Nye/A.docx", folders=("Aftaler", "Andet"))
    moved = world.file("Nye/A.docx", file_id=7)
    world.matches[0] = replace(world.matches[0], verdict=Verdict.ELSEWHERE, files=(moved,))
    (finding,) = (one for one in world.find(previous=previous) if one.row == row.id)
    assert finding.hint is not None
    assert finding.hint.code == "moved-back-or-link"
    assert finding.hint.args["earlier"] == "Aftaler/A.docx"


ACCESS = {
    "upload-only": "allow-reading",
    "login-refused": "renew-app-password",
    "login-folder-not-seen": "let-account-see-place",
    "login-not-seen": "link-public-share",
    "share-password-missing": "configure-password",
}


@pytest.mark.parametrize("why", ACCESS)
def test_a_row_that_nobody_may_look_at(world: World, why: str) -> None:
    """Each reason has its own way out."""
    world.locked(ShareStatus.NEEDS_PASSWORD)
    row = world.row("A", Verdict.NO_ACCESS, reason=Reason(why, {"host": HOST}))
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "host": HOST, "why": why}
    same(world, at_row(row, "resource-no-access", args, Reason(ACCESS[why])))


def test_a_row_with_one_place_behind_the_login(world: World) -> None:
    """A public link would open it."""
    world.locked(ShareStatus.NEEDS_PASSWORD)
    places = (
        Placement(PlaceKind.SHARE, None, SHARE, ""),
        Placement(PlaceKind.LOGIN, WEB, None, None),
    )
    row = world.row("A", Verdict.NO_ACCESS, places=places, reason=Reason("share-locked"))
    args: dict[str, Any] = {"name": "A", "place": "Boksen", "why": "share-locked"}
    same(world, at_row(row, "resource-no-access", args, Reason("link-public-share")))


def test_a_row_that_could_not_be_judged(world: World) -> None:
    """The next run looks again."""
    world.locked(ShareStatus.UNREADABLE)
    row = world.row("A", Verdict.UNDETERMINED, reason=Reason("timeout", {"name": "tabes"}))
    args: dict[str, Any] = {"name": "A", "place": "Aftaler", "why": "timeout"}
    same(world, at_row(row, "resource-undetermined", args, Reason("next-run-looks-again")))


def test_a_place_that_nothing_explains(world: World) -> None:
    """A link, to the folder of the file where one was found."""
    row = world.row("A", Verdict.MISSING, place=None)
    args: dict[str, Any] = {"name": "A", "label": "Nextcloud / Aftaler"}

    def expected(hint: Reason) -> Finding:
        at = PAGE, row.span.line
        return make_finding("place-unresolved", "A", (row.id,), args, at=at, hint=hint, row=row.id)

    same(world, expected(Reason("make-place-a-link")))
    world.share("Aftaler/A.docx", "B/A.pdf")
    files = (world.file("Aftaler/A.docx"), world.file("B/A.pdf"))
    world.matches[0] = replace(world.matches[0], verdict=Verdict.PRESENT, files=files)
    same(world, expected(Reason("link-folder-instead", THERE)))


def test_a_folder_that_is_gone(world: World) -> None:
    """The one folder that has its rows' files now, the first file of each, or one of its name."""
    world.share("Nye/A.docx", "Nye/b/B.docx", gone_places=frozenset({"Aftaler"}))
    row = world.row("A", Verdict.ELSEWHERE, world.file("Nye/A.docx"), world.file("Nye/b/B.docx"))
    args: dict[str, Any] = {"share": SHARE, "place": "Aftaler", "share_name": "Boksen"}

    def expected(hint: Reason) -> Finding:
        key = (SHARE, "Aftaler")
        at = PAGE, row.span.line
        return make_finding("place-missing", "Aftaler", key, args, at=at, hint=hint)

    new = {"folder": "Nye", "url": f"{LINK}?dir=/Nye&path=/Nye"}
    same(world, expected(Reason("link-folder-instead", new)))
    # What another place's row found says nothing of this one.
    world.row("C", Verdict.ELSEWHERE, world.file("Nye/b/B.docx"), place="Andet")
    same(world, expected(Reason("link-folder-instead", new)))
    world.row("D", Verdict.ELSEWHERE, world.file("Nye/b/B.docx"))
    same(world, expected(Reason("correct-place")))


def test_two_mentions_that_disagree(world: World) -> None:
    """The later one, its file, and where the first one is."""
    world.share("Aftaler/A.docx")
    world.share("B/A.docx", share_id=OTHER)
    first = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx"), page="docs/a.md")
    file = world.file("B/A.docx", share=OTHER, size_bytes=7)
    row = world.row("a", Verdict.PRESENT, file, place="B", share=OTHER, page="docs/b.md")
    args: dict[str, Any] = {
        "name": "a",
        "file": "B/A.docx",
        "other_file": "Aftaler/A.docx",
        "other_page": "docs/a.md",
        "other_line": first.span.line,
    }
    step = Reason("link-one-place", {"name": "a"})
    expected = make_finding(
        "places-disagree", "a", (row.id,), args, at=("docs/b.md", row.span.line), hint=step,
        row=row.id,
    )  # fmt: skip
    same(world, expected)


def test_a_link_in_the_text_that_disagrees_with_its_row(world: World) -> None:
    """At the link; one per row, page and address."""
    world.share("Aftaler/A.docx", "B/A.docx")
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    named = [
        NamedLink(
            link=world.page_link(url, page="docs/b.md", line=line),
            row=row.id,
            group="g",
            file=world.file("B/A.docx"),
            agrees=False,
        )
        for url, line in ((LINK, 7), (AFTALER, 9))
    ]
    args: dict[str, Any] = {
        "name": "A",
        "file": "B/A.docx",
        "other_file": "Aftaler/A.docx",
        "other_page": PAGE,
        "other_line": row.span.line,
    }
    found = [one for one in world.find(named_links=tuple(named)) if one.code == "places-disagree"]
    assert found == [
        make_finding(
            "places-disagree", "A", (row.id, "docs/b.md", one.link.url), args,
            at=("docs/b.md", one.link.span.line), hint=Reason("link-one-place", {"name": "A"}),
            row=row.id,
        )
        for one in named
    ]  # fmt: skip
    for silent in (replace(named[0], agrees=None), replace(named[0], file=None)):
        assert "places-disagree" not in world.codes(named_links=(silent,))


def test_a_file_without_content(world: World) -> None:
    """Of the first row that it answers; others have theirs."""
    world.share("Aftaler/A.docx")
    first = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx", size_bytes=0))
    world.row("B", Verdict.PRESENT, world.file("Aftaler/A.docx", size_bytes=0))
    world.row("C", Verdict.PRESENT, world.file("Aftaler/C.docx", size_bytes=9))
    world.row("D", Verdict.PRESENT, world.file("Aftaler/A.docx", size_bytes=0, share=OTHER))
    found = [one for one in world.find() if one.code == "file-empty"]
    args: dict[str, Any] = {"file": "Aftaler/A.docx", "share": SHARE, "name": "A"}
    step = Reason("replace-empty-file", {"file": "Aftaler/A.docx"})
    key = (SHARE, "Aftaler/A.docx")
    at = PAGE, first.span.line
    assert found[0] == make_finding("file-empty", "Aftaler/A.docx", key, args, at=at, hint=step)
    assert [one.args["name"] for one in found] == ["A", "D"]


def test_a_file_that_nobody_changed_for_years(world: World) -> None:
    """Once, at its first row, with the day on which the newest of its formats changed."""
    old, older = (datetime(year, 11, 23, 1, tzinfo=UTC) for year in (2023, 2020))
    world.share("Aftaler/A.docx", "Aftaler/A.pdf", "Aftaler/B.docx")
    files = [
        world.file("Aftaler/A.docx", modified_at=older),
        world.file("Aftaler/A.pdf", modified_at=old),
    ]
    young = world.file("Aftaler/Y.docx", modified_at=datetime(2024, 1, 1, tzinfo=UTC))
    world.row("Ung", Verdict.PRESENT, young)
    world.row("Ukendt", Verdict.PRESENT, world.file("Aftaler/U.docx"))
    world.row("Tom", Verdict.MISSING)
    first = world.row("A", Verdict.PRESENT, *files)
    world.row("Igen", Verdict.PRESENT, *files)
    world.row("B", Verdict.PRESENT, world.file("Aftaler/B.docx", modified_at=older))
    found = [one for one in world.find(old_after_years=3) if one.code == "file-old"]
    args: dict[str, Any] = {
        "file": "Aftaler/A.docx", "share": SHARE, "name": "A", "changed_on": "2023-11-23",
        "years": 3,
    }  # fmt: skip
    key = (SHARE, "Aftaler/A.docx")
    at = PAGE, first.span.line
    assert found[0] == make_finding("file-old", "Aftaler/A.docx", key, args, at=at)
    assert [one.args["name"] for one in found] == ["A", "B"]


def test_a_file_that_windows_cannot_store(world: World) -> None:
    """With the reason, at the row that leads to it."""
    world.share("Aftaler/A?.docx")
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/A?.docx"))
    args: dict[str, Any] = {
        "file": "Aftaler/A?.docx", "share": SHARE, "name": "A?.docx", "character": "?",
        "why": "name-has-forbidden-character",
    }  # fmt: skip
    key, at = (SHARE, "Aftaler/A?.docx"), (PAGE, row.span.line)
    step = Reason("rename-file", {"file": "Aftaler/A?.docx"})
    same(world, make_finding("file-name-unsafe", "Aftaler/A?.docx", key, args, at=at, hint=step))


def test_many_files_that_windows_cannot_store(world: World) -> None:
    """Together, beside another folder with a few; the first five are named."""
    bad = [f"Aftaler/{number}?.docx" for number in range(6)]
    world.share("Aftaler/A.docx", *bad, "B/B?.docx", folders=("B",))
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    world.row("B", Verdict.PRESENT, world.file("B/B?.docx"), place="B")
    found = {one.subject: one for one in world.find() if one.code == "file-name-unsafe"}
    names = tuple(path.rpartition("/")[2] for path in bad[:5])
    args: dict[str, Any] = {"share": SHARE, "folder": "Aftaler", "count": 6, "files": names}
    at = PAGE, row.span.line
    assert found.pop("Aftaler") == make_finding(
        "file-name-unsafe", "Aftaler", (SHARE, "Aftaler/"), args, at=at, hint=Reason("rename-files")
    )
    assert list(found) == ["B/B?.docx"]
    waiver = Waiver("file-name-unsafe", "Aftaler/*", "kendt", TODAY)
    left = [one for one in world.find(waivers=(waiver,)) if one.code == "file-name-unsafe"]
    assert [one.subject for one in left] == ["B/B?.docx"]


@pytest.mark.parametrize("count", [1, 2])
def test_files_that_no_row_points_to(world: World, count: int) -> None:
    """Per folder; one alone is named in the next step."""
    loose = tuple(f"Aftaler/x{number}.docx" for number in range(count))
    world.share("Aftaler/A.docx", *loose)
    row = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    step = Reason("list-rename-or-remove-files")
    if count == 1:
        step = Reason("list-rename-or-remove", {"file": "Aftaler/x0.docx"})
    names = tuple(path.rpartition("/")[2] for path in loose)
    args: dict[str, Any] = {"share": SHARE, "folder": "Aftaler", "count": count, "files": names}
    key, at = (SHARE, "Aftaler/"), (PAGE, row.span.line)
    same(world, make_finding("file-unlisted", "Aftaler", key, args, at=at, hint=step))


def test_files_in_the_root_that_no_row_points_to(world: World) -> None:
    """The share is named, as people call it."""
    world.share("A.docx", "x.docx")
    row = world.row("A", Verdict.PRESENT, world.file("A.docx"), place="")
    args: dict[str, Any] = {"share": SHARE, "folder": "Boksen", "count": 1, "files": ("x.docx",)}
    step = Reason("list-rename-or-remove", {"file": "x.docx"})
    at = PAGE, row.span.line
    same(world, make_finding("file-unlisted", SHARE, (SHARE, "/"), args, at=at, hint=step))
