"""Links to the published page, the source line and the folder in Nextcloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from syncer.manifest.document import HandbookRecord, PlaceRecord
from syncer.report.view.addresses import (
    file_address,
    folder_address,
    page_address,
    place_address,
    source_address,
)

if TYPE_CHECKING:
    from tests.unit.report.conftest import Make

HANDBOOK = HandbookRecord(
    source="x",
    revision=None,
    pages=1,
    site_url="https://handbook.example.dk/da/",
    source_url="https://git.example.dk/h/blob/main/{page}#L{line}",
)
NOWHERE = HandbookRecord(source="x", revision=None, pages=1, site_url=None)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("docs/bilag.md", "https://handbook.example.dk/da/docs/bilag.html"),
        ("docs/index.md", "https://handbook.example.dk/da/docs/"),
        ("index.md", "https://handbook.example.dk/da/"),
        ("a/b.markdown", "https://handbook.example.dk/da/a/b.html"),
        ("a/å b#c.html", "https://handbook.example.dk/da/a/%C3%A5%20b%23c.html"),
    ],
)
def test_a_page_is_linked_where_jekyll_serves_it(page: str, address: str) -> None:
    """A page without a permalink is served beside its source, as HTML."""
    assert page_address(HANDBOOK, page) == address


def test_a_section_is_found_by_its_text() -> None:
    """A text fragment needs no generated id; what separates its parts is escaped."""
    address = page_address(HANDBOOK, "a.md", "Drift- og, aftaler")
    assert address == "https://handbook.example.dk/da/a.html#:~:text=Drift%2D%20og%2C%20aftaler"


def test_a_line_is_linked_in_the_source() -> None:
    """The template of the settings is filled, quoted; a page without a line opens its first."""
    assert source_address(HANDBOOK, "a b.md", 7) == "https://git.example.dk/h/blob/main/a%20b.md#L7"
    assert source_address(HANDBOOK, "a.md", None) == "https://git.example.dk/h/blob/main/a.md#L1"


def test_without_settings_there_are_no_links() -> None:
    """Neither site nor template known: no link, rather than a wrong one."""
    assert page_address(NOWHERE, "a.md") is None
    assert source_address(NOWHERE, "a.md", 1) is None


def test_a_folder_opens_in_old_and_new_nextcloud(make: Make) -> None:
    """The link bears `dir` and `path`; a file's is its folder's."""
    shares = {make.share_id: make.share()}
    opened = "https://boks.example.dk/s/Ab12Cd34?dir=/A/%C3%A5&path=/A/%C3%A5"
    assert folder_address(shares, make.share_id, "A/å") == opened
    assert file_address(shares, make.file("A/å/x.docx")) == opened
    assert file_address(shares, make.file("A/å", folder=True)) == opened
    assert folder_address(shares, make.share_id, "") == "https://boks.example.dk/s/Ab12Cd34"


def test_a_local_copy_has_no_address(make: Make) -> None:
    """Then the place's own link is used, if it is one of the web."""
    shares = {make.share_id: make.share(base_url="")}
    place = PlaceRecord(url="https://boks.example.dk/s/x", share=make.share_id, path="A")
    assert folder_address(shares, make.share_id, "A") is None
    assert place_address(shares, place) == "https://boks.example.dk/s/x"
    assert place_address(shares, PlaceRecord(url="javascript:x", share=None, path=None)) is None
