"""Links to the published page, the source line and the folder in Nextcloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from syncer.manifest.document import HandbookRecord, PlaceRecord, PublishedPage
from syncer.report.view.addresses import (
    file_address,
    folder_address,
    page_address,
    place_address,
    source_address,
)

if TYPE_CHECKING:
    from tests.unit.report.records import Make

HANDBOOK = HandbookRecord(
    source="x",
    revision=None,
    pages=1,
    site_url="https://handbook.example.dk/da/",
    source_url="https://git.example.dk/h/blob/main/{page}#L{line}",
)
NOWHERE = HandbookRecord(source="x", revision=None, pages=1, site_url=None)


def _page(url: str | None) -> PublishedPage:
    return PublishedPage(path="a.md", title="A", url=url)


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://x.dk/anna@x.dk"])
def test_a_page_without_a_safe_address_is_not_linked(url: str | None) -> None:
    """There is no link when the page is not published, the site unknown, or the address unsafe."""
    assert page_address(_page(url)) is None
    assert page_address(_page(url), "Afsnit") is None


def test_a_section_is_found_by_its_text() -> None:
    """A section becomes a text fragment with its separators escaped."""
    page = _page("https://handbook.example.dk/da/a.html")
    assert page_address(page) == "https://handbook.example.dk/da/a.html"
    address = page_address(page, "Drift- og, aftaler")
    assert address == "https://handbook.example.dk/da/a.html#:~:text=Drift%2D%20og%2C%20aftaler"


def test_no_address_names_a_mail_address() -> None:
    """A section with a mail address in its heading opens the top of the page."""
    assert page_address(_page("https://x.dk/a.html"), "anna@x.dk") == "https://x.dk/a.html"


def test_a_line_is_linked_in_the_source() -> None:
    """The template is filled with quoted values; a page without a line opens its first line."""
    assert source_address(HANDBOOK, "a b.md", 7) == "https://git.example.dk/h/blob/main/a%20b.md#L7"
    assert source_address(HANDBOOK, "a.md", None) == "https://git.example.dk/h/blob/main/a.md#L1"


def test_without_a_template_no_line_is_linked() -> None:
    """Without a template there is no link."""
    assert source_address(NOWHERE, "a.md", 1) is None


def test_a_folder_opens_in_old_and_new_nextcloud(make: Make) -> None:
    """The link has `dir` and `path`; a file links to its folder."""
    shares = {make.share_id: make.share()}
    opened = "https://boks.example.dk/s/Ab12Cd34?dir=/A/%C3%A5&path=/A/%C3%A5"
    assert folder_address(shares, make.share_id, "A/å") == opened
    assert file_address(shares, make.file("A/å/x.docx")) == opened
    assert file_address(shares, make.file("A/å", folder=True)) == opened
    assert folder_address(shares, make.share_id, "") == "https://boks.example.dk/s/Ab12Cd34"


def test_a_local_copy_has_no_address(make: Make) -> None:
    """A place in a local copy links to its own address if that is a web address."""
    shares = {make.share_id: make.share(base_url="")}
    place = PlaceRecord(url="https://boks.example.dk/s/x", share=make.share_id, path="A")
    assert folder_address(shares, make.share_id, "A") is None
    assert place_address(shares, place) == "https://boks.example.dk/s/x"
    assert place_address(shares, PlaceRecord(url="javascript:x", share=None, path=None)) is None
