"""Which codes a narrow run looked for; every list of codes is told by its codes."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.audit.codes import FINDING_CODES
from syncer.manifest import looked
from syncer.manifest.looked import Looked
from tests.unit.manifest.records import SHARE

OF_RUNS = {"copy-incomplete", "handbook-stale", "publish-failed", "notice-failed"}
OF_CONTENT = {"file-damaged", "file-other-type", "file-locked", "file-blank"}
OF_RESOURCES = ("resource-", "file-", "places-", "place-unresolved", "table-")


@pytest.mark.parametrize("code", sorted(FINDING_CODES))
def test_a_run_on_links_asks_for_no_rows(make: Any, code: str) -> None:
    """Nor one on rows for links; what is about the run itself is always asked."""
    rows = code.startswith(OF_RESOURCES)
    links = Looked(make.manifest(only="links"))
    resources = Looked(make.manifest(only="resources"))
    of_part = code != "waiver-unused"
    finding = make.finding(code, page=None)
    assert links.asked(finding) is (of_part and not rows)
    # Of links only those in rows are looked at.
    of_links = code.startswith("link-") or code == "share-link-opens-root"
    assert resources.asked(finding) is (of_part and not of_links)
    assert looked.ABOUT_THE_RUN == OF_RUNS


@pytest.mark.parametrize("code", sorted(OF_RUNS))
def test_what_is_about_the_run_is_asked_by_every_run(make: Any, code: str) -> None:
    """Whatever pages it read."""
    assert Looked(make.manifest(pages=("x.md",))).asked(make.finding(code, page="andet.md"))


@pytest.mark.parametrize("code", sorted(OF_CONTENT))
def test_what_needs_an_open_document_is_asked_where_one_was_opened(make: Any, code: str) -> None:
    """A file that nobody opened says nothing of its content."""
    finding = make.finding(code, page=None, args={"share": SHARE, "file": "A.docx"})
    for opens, asked in ((None, False), ("yes", True)):
        row = make.row("A", "present", make.file("A.docx", opens=opens))
        assert Looked(make.manifest(make.share(), row)).asked(finding) is asked
    assert looked.OF_CONTENT == OF_CONTENT


@pytest.mark.parametrize("code", ["share-changed", "share-expires"])
def test_what_ends_by_itself_is_never_fixed(make: Any, code: str) -> None:
    """It is told for some days."""
    assert not Looked(make.manifest(make.share())).proves_fixed(make.of_share(code))
    assert Looked(make.manifest(make.share())).proves_fixed(make.of_share("share-gone"))


@pytest.mark.parametrize("page", ["a.md", "b.md"])
def test_a_run_on_some_pages_read_those_that_it_tells_of(make: Any, page: str) -> None:
    """Also where they have no row and no link."""
    some = Looked(make.manifest(make.finding("page-empty", page="a.md"), pages=("*.md",)))
    finding = make.finding("page-not-published", page=page)
    assert some.asked(finding) is (page == "a.md")
