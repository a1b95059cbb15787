"""Findings about the files themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from syncer.audit.file_findings import is_left_over, judge_name
from syncer.audit.observed import Emptied
from syncer.manifest.document import ScopeRecord
from syncer.model.handbook import UnreadablePage
from syncer.model.matching import Candidate, ExpectedKind, KindStatus, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import UnreadFolder
from tests.unit.audit.world import SHARE

KIND = ExpectedKind("drift", KindStatus.PRESENT)


def test_a_chosen_file_of_no_bytes_is_empty(world: Any) -> None:
    """Once per file, at the row that leads to it first."""
    world.share("Aftaler/Aftale.docx")
    first = world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx", size_bytes=0))
    world.row("Aftalen", Verdict.PRESENT, world.file("Aftaler/Aftale.docx", size_bytes=0))
    finding = world.one("file-empty")
    assert (finding.subject, finding.line) == ("Aftaler/Aftale.docx", first.span.line)
    assert finding.hint == Reason("replace-empty-file", {"file": "Aftaler/Aftale.docx"})


@pytest.mark.parametrize(
    "more", [{"size_bytes": None}, {"size_bytes": 1}, {"size_bytes": 0, "folder": True}]
)
def test_unknown_is_not_empty(world: Any, more: dict[str, Any]) -> None:
    """A size that the server did not say is unknown; a folder has none."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx", **more))
    assert world.codes() == []


def test_a_file_that_no_row_points_to(world: Any) -> None:
    """It is in a folder that a row of a single document names; the finding is the folder's."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx", "Andet/Ikke nævnt.docx")
    row = world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    finding = world.one("file-unlisted")
    assert (finding.subject, finding.page, finding.line) == ("Aftaler", row.page, row.span.line)
    assert finding.args == {
        "share": SHARE,
        "folder": "Aftaler",
        "count": 1,
        "files": ("Løst.docx",),
    }
    assert finding.hint == Reason("list-rename-or-remove", {"file": "Aftaler/Løst.docx"})


def test_many_unlisted_files_are_counted_per_folder(world: Any) -> None:
    """One finding for each folder, which names the first few; the root's is about the share."""
    world.share("A.docx", "Løst.docx", *(f"Aftaler/{n:02}.docx" for n in range(20)))
    world.row("A", Verdict.PRESENT, world.file("A.docx"), place="")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/00.docx"))
    found = {finding.subject: finding for finding in world.find()}
    assert set(found) == {SHARE, "Aftaler"}
    assert found[SHARE].args["folder"] == "Boksen"
    names = ("01.docx", "02.docx", "03.docx", "04.docx", "05.docx")
    assert (found["Aftaler"].args["count"], found["Aftaler"].args["files"]) == (19, names)
    assert found["Aftaler"].hint == Reason("list-rename-or-remove-files")


def test_a_million_files_cost_one_finding(world: Any) -> None:
    """However many there are, no name but the first few is kept."""
    world.share("Aftaler/Aftale.docx", *(f"Aftaler/{n}?.docx" for n in range(20_000)))
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == ["file-name-unsafe", "file-unlisted"]


def test_a_file_below_the_folder_is_not_in_it(world: Any) -> None:
    """Only the files of the named folder itself are a question."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Bilag/Løst.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == []


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "~$Aftale.docx", "Thumbs.db", "Readme.md", "x.tmp", "Genvej.lnk", "desktop.ini",
     "x.PART", "x.bak", "x.crdownload"],
)  # fmt: skip
def test_junk_and_hidden_files_are_nobodys_business(world: Any, name: str) -> None:
    """Left-overs of programs are not meant to be read."""
    assert is_left_over(name)
    assert not is_left_over(f"x{name}x")
    world.share("Aftaler/Aftale.docx", f"Aftaler/{name}")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == []


@pytest.mark.parametrize("place", ["", "Aftaler", "Aftaler/Under"])
def test_never_in_or_below_the_folder_of_a_collection(world: Any, place: str) -> None:
    """A row for several documents owns its folder and everything in it."""
    world.share("Aftaler/Under/Aftale.docx", "Aftaler/Under/Løst.docx")
    world.row(
        "Aftale", Verdict.PRESENT, world.file("Aftaler/Under/Aftale.docx"), place="Aftaler/Under"
    )
    world.row("Skabeloner", Verdict.MISSING, place=place, expected=(KIND,))
    assert "file-unlisted" not in world.codes()


def test_a_folder_that_answers_is_a_collection(world: Any) -> None:
    """A matched folder and its content belong to its row."""
    world.share("Aftaler/Drift/Kontrakt.docx", "Aftaler/Drift/Løst.docx", "Aftaler/Et.docx")
    world.row("Drift", Verdict.PRESENT, world.file("Aftaler/Drift", folder=True, size_bytes=None))
    world.row(
        "Kontrakt",
        Verdict.PRESENT,
        world.file("Aftaler/Drift/Kontrakt.docx"),
        place="Aftaler/Drift",
    )
    assert world.codes() == []


def test_files_of_many_names_are_a_collection(world: Any) -> None:
    """Formats of one document are not; documents with different names are."""
    world.share("Aftaler/A.docx", "Aftaler/A.pdf", "Aftaler/B.docx", "Aftaler/Løst.docx")
    files = [world.file("Aftaler/A.docx"), world.file("Aftaler/A.pdf")]
    world.row("A", Verdict.PRESENT, *files)
    assert world.one("file-unlisted").args["files"] == ("B.docx", "Løst.docx")
    world.matches[0] = replace(world.matches[0], files=(*files, world.file("Aftaler/B.docx")))
    assert world.codes() == []


@pytest.mark.parametrize(("score", "codes"), [(0.6, []), (0.0, ["file-unlisted"])])
def test_a_near_copy_belongs_to_its_row(world: Any, score: float, codes: list[str]) -> None:
    """A draft or an older version beside the chosen file is known; what does not fit is not."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Aftale v1.docx")
    candidate = Candidate(world.file("Aftaler/Aftale v1.docx"), score, False, ())  # noqa: FBT003 - a field
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"), candidates=(candidate,))
    assert world.codes() == codes


@pytest.mark.parametrize("verdict", [Verdict.UNDETERMINED, Verdict.UNCHECKED])
def test_no_row_points_to_it_needs_every_row(world: Any, verdict: Verdict) -> None:
    """A row that could not be judged may point to the file."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    world.row("Anden", verdict, share="boks.example.dk/Other")
    assert "file-unlisted" not in world.codes()


@pytest.mark.parametrize(
    "more",
    [
        {"scope": ScopeRecord(pages=("docs/*",))},
        {"scope": ScopeRecord(only="links")},
        {"unreadable": (UnreadablePage("docs/x.md", Reason("not-utf8")),)},
    ],
)
def test_no_row_points_to_it_needs_the_whole_handbook(world: Any, more: dict[str, Any]) -> None:
    """A page that was not read may name the file."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert "file-unlisted" not in world.codes(**more)


def test_a_single_page_is_not_the_whole_handbook(world: Any) -> None:
    """With one file asked for, the others' rows are not known."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    world.handbook = replace(world.handbook, only_page="docs/partnere.md")
    assert world.codes() == []


def test_unlisted_needs_a_complete_listing(world: Any) -> None:
    """Nor is anything unlisted in a share that was not read to its end, or not believed."""
    unread = (UnreadFolder("Andet", Reason("timeout")),)
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx", unread=unread)
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == ["share-unreadable"]
    share = world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx")
    emptied = (Emptied(share.id, 9, 5, 4, 1),)
    assert world.codes(emptied=emptied) == ["share-suddenly-empty"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Aftale: ny.docx", "name-has-forbidden-character"),
        ("Hvad?.docx", "name-has-forbidden-character"),
        ("a\x07b.docx", "name-has-control-character"),
        ("Aftale. ", "name-ends-with-dot-or-space"),
        ("Aftale.", "name-ends-with-dot-or-space"),
        ("con.docx", "name-is-reserved"),
        ("LPT9", "name-is-reserved"),
        ("NUL .txt", "name-is-reserved"),
        ("a" * 256, "name-is-too-long"),
    ],
)
def test_names_that_windows_cannot_keep(name: str, code: str) -> None:
    """Each says why."""
    reason = judge_name(name)
    assert reason is not None
    assert reason.code == code


@pytest.mark.parametrize("name", ["Aftale æøå (v1,2) & bilag.docx", "Konto.docx", "a" * 255, ".x"])
def test_names_that_are_fine(name: str) -> None:
    """Danish letters, brackets and long names are no harm."""
    assert judge_name(name) is None


def test_an_unsafe_name_is_said_once(world: Any) -> None:
    """A folder with two files in it, named by two rows, is one finding; its files are none."""
    world.share("Aftaler?/A.docx", "Aftaler?/B.docx", "Andet/x:y.docx")
    world.row("A", Verdict.PRESENT, world.file("Aftaler?/A.docx"), place="Aftaler?")
    world.row("B", Verdict.PRESENT, world.file("Aftaler?/B.docx"), place="Aftaler?")
    finding = world.one("file-name-unsafe")
    assert finding.subject == "Aftaler?"
    assert finding.args["character"] == "?"
    assert finding.hint == Reason("rename-file", {"file": "Aftaler?"})


def test_many_unsafe_names_in_one_folder_are_one_finding(world: Any) -> None:
    """Up to five have one each; more are counted, without a reason that may not be theirs."""
    world.row("A", Verdict.MISSING)
    world.share(*(f"Aftaler/{n}?.docx" for n in range(5)))
    assert world.codes().count("file-name-unsafe") == 5
    world.share(*(f"Aftaler/{n}?.docx" for n in range(6)))
    finding = world.one("file-name-unsafe")
    assert (finding.subject, finding.args["count"]) == ("Aftaler", 6)
    assert finding.args["files"] == tuple(f"{n}?.docx" for n in range(5))
    assert "why" not in finding.args
    assert finding.hint == Reason("rename-files")


def test_a_folder_with_an_unsafe_name_and_many_unsafe_files(world: Any) -> None:
    """Two findings about one path, with ids of their own."""
    world.row("A", Verdict.MISSING, place="Aft?")
    world.share(*(f"Aft?/{n}?.docx" for n in range(6)))
    ids = {f.id for f in world.find() if f.code == "file-name-unsafe"}
    assert len(ids) == 2
    assert all("-" not in one for one in ids)


def test_names_in_a_folder_of_a_share_that_was_not_read(world: Any) -> None:
    """Nothing is known of its files, and nothing is said."""
    world.row("A", Verdict.UNDETERMINED)
    assert world.codes() == ["resource-undetermined"]


def _at(year: int, month: int = 11, day: int = 23) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verdict", "changed", "old"),
    [
        (Verdict.PRESENT, (_at(2023),), True),
        (Verdict.PRESENT, (_at(2023, 11, 24),), False),
        (Verdict.LIKELY, (_at(2010),), True),
        (Verdict.OUTDATED, (_at(2010),), False),
        (Verdict.PRESENT, (_at(2010), _at(2026, 1)), False),
        (Verdict.PRESENT, (_at(2010), None), False),
        (Verdict.PRESENT, (None,), False),
    ],
)
def test_documents_that_have_not_changed_for_years(
    world: Any, verdict: Verdict, changed: tuple[datetime | None, ...], *, old: bool
) -> None:
    """Counted from the newest format; an unknown time is not old."""
    names = [f"Aftaler/A.{ending}" for ending in ("docx", "pdf")][: len(changed)]
    world.share(*names)
    files = [world.file(n, modified_at=at) for n, at in zip(names, changed, strict=True)]
    world.row("A", verdict, *files)
    found = [f for f in world.find(old_after_years=3) if f.code == "file-old"]
    assert bool(found) is old
    if old:
        day = max(at for at in changed if at is not None).date()
        assert found[0].subject == "Aftaler/A.docx"
        assert (found[0].args["changed_on"], found[0].args["years"]) == (day.isoformat(), 3)
    assert "file-old" not in world.codes()


def test_an_old_document_of_two_rows_is_told_once(world: Any) -> None:
    """At the first of them."""
    world.share("Aftaler/A.docx")
    for page in ("docs/b.md", "docs/a.md"):
        world.row(
            "A", Verdict.PRESENT, world.file("Aftaler/A.docx", modified_at=_at(2001)), page=page
        )
    assert world.one("file-old", old_after_years=1).page == "docs/b.md"
