"""Findings about the files themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncer.audit.file_findings import is_junk, judge_name
from syncer.audit.observed import Emptied
from syncer.manifest.document import ScopeRecord
from syncer.model.handbook import UnreadablePage
from syncer.model.matching import Candidate, ExpectedKind, KindStatus, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import UnreadFolder

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
    """It lies in a folder that a row of a single document names."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Løst.docx", "Andet/Ikke nævnt.docx")
    row = world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    finding = world.one("file-unlisted")
    assert (finding.subject, finding.page, finding.line) == (
        "Aftaler/Løst.docx",
        row.page,
        row.span.line,
    )
    assert finding.args["folder"] == "Aftaler"


def test_a_file_below_the_folder_is_not_in_it(world: Any) -> None:
    """Only what lies in the named folder itself is a question."""
    world.share("Aftaler/Aftale.docx", "Aftaler/Bilag/Løst.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == []


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "~$Aftale.docx", "Thumbs.db", "Readme.md", "x.tmp", "Genvej.lnk", "desktop.ini"],
)
def test_junk_and_hidden_files_are_nobodys_business(world: Any, name: str) -> None:
    """What programs leave behind was not put there to be read."""
    assert is_junk(name)
    world.share("Aftaler/Aftale.docx", f"Aftaler/{name}")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == []


@pytest.mark.parametrize("place", ["", "Aftaler", "Aftaler/Under"])
def test_never_in_or_below_the_folder_of_a_collection(world: Any, place: str) -> None:
    """A row that stands for several documents owns its folder with all that is in it."""
    world.share("Aftaler/Under/Aftale.docx", "Aftaler/Under/Løst.docx")
    world.row(
        "Aftale", Verdict.PRESENT, world.file("Aftaler/Under/Aftale.docx"), place="Aftaler/Under"
    )
    world.row("Skabeloner", Verdict.MISSING, place=place, expected=(KIND,))
    assert "file-unlisted" not in world.codes()


def test_a_folder_that_answers_is_a_collection(world: Any) -> None:
    """A matched folder and what lies in it belong to its row."""
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
    assert {f.subject for f in world.find()} == {"Aftaler/B.docx", "Aftaler/Løst.docx"}
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


def test_names_in_a_folder_of_a_share_that_was_not_read(world: Any) -> None:
    """Nothing is known of its files, and nothing is said."""
    world.row("A", Verdict.UNDETERMINED)
    assert world.codes() == ["resource-undetermined"]
