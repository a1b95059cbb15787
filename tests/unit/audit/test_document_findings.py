"""From a document's content to its finding."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.audit.document_findings import CODES
from syncer.model.documents import Document, LeftOut, Opens
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from tests.unit.audit.world import SHARE

_HINTS = {
    Opens.DAMAGED: "replace-damaged-file",
    Opens.LOCKED: "unlock-file",
    Opens.BLANK: "fill-blank-file",
    Opens.OTHER_TYPE: "replace-other-type",
}


def _documents(*paths: str, opens: Opens = Opens.DAMAGED) -> dict[tuple[str, str], Document]:
    return {(SHARE, path): Document(opens, Reason("cut-short")) for path in paths}


@pytest.mark.parametrize("opens", list(Opens))
def test_each_verdict_on_a_document_but_yes_is_a_finding(world: Any, opens: Opens) -> None:
    """It stands at the row, and names the file, the row, the reason and the next step."""
    row = world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    found = world.find(documents=_documents("Aftaler/A.docx", opens=opens))
    if opens is Opens.YES:
        assert found == ()
        return
    (finding,) = found
    assert (finding.code, finding.subject) == (CODES[opens], "Aftaler/A.docx")
    assert (finding.page, finding.line) == (row.page, row.span.line)
    assert finding.args == {
        "file": "Aftaler/A.docx", "share": SHARE, "name": "Aftale", "why": "cut-short",
    }  # fmt: skip
    assert finding.hint == Reason(_HINTS[opens], {"file": "Aftaler/A.docx"})


_BELOW = ("Aftaler/A.docx", "Aftaler/Nye/B.docx")
_BESIDE = ("Aftaler 2/C.docx", "D.docx")


@pytest.mark.parametrize(("folder", "inside"), [("Aftaler", _BELOW), ("", _BELOW + _BESIDE)])
def test_a_folder_has_the_documents_below_it_alone(
    world: Any, folder: str, inside: tuple[str, ...]
) -> None:
    """A folder whose name only begins alike is another one, and so is one of another share."""
    world.row("Aftaler", Verdict.PRESENT, world.file(folder, folder=True))
    elsewhere = {("boks.example.dk/Andet", "Aftaler/E.docx"): Document(Opens.DAMAGED)}
    found = world.find(documents=_documents(*_BELOW, *_BESIDE) | elsewhere)
    assert {finding.subject for finding in found} == set(inside)


def test_a_document_of_two_rows_is_told_once(world: Any) -> None:
    """At the first row."""
    first = world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    world.row("Den samme aftale", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    finding = world.one("file-damaged", documents=_documents("Aftaler/A.docx"))
    assert finding.line == first.span.line


def test_an_empty_file_has_only_its_own_finding(world: Any) -> None:
    """A file of 0 bytes opens nowhere, and says so already."""
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/A.docx", size_bytes=0))
    assert "file-damaged" not in world.codes(documents=_documents("Aftaler/A.docx"))


def test_what_is_not_in_the_copy_is_named_by_share_and_reason(world: Any) -> None:
    """The first five are named, all are counted."""
    paths = tuple(f"Aftaler/{number}.docx" for number in range(7))
    left_out = (LeftOut(SHARE, paths, Reason("copy-too-big")),)
    finding = world.one("copy-incomplete", left_out=left_out)
    assert (finding.subject, finding.args["count"]) == (SHARE, 7)
    assert finding.args["why"] == "copy-too-big"
    assert paths[:5] == tuple(finding.args["files"])
