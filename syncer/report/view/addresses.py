"""The addresses that a report links to: published page, source line, folder in Nextcloud."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from syncer.manifest.document import (
    FileRecord,
    HandbookRecord,
    PlaceRecord,
    PublishedPage,
    ShareRecord,
)
from syncer.model.shares import HIDDEN_MARK, split_share_id
from syncer.nextcloud.share_url import build_share_link
from syncer.report.visible import hide_mail, link_target


def page_address(page: PublishedPage, section: str | None = None) -> str | None:
    """Return where a page is published, None when it is not or when the site is unknown.

    A section is linked by a text fragment, which needs no generated id; a browser that does not
    support them opens the top of the page.
    """
    address = link_target(page.url)
    if address is None or not section or hide_mail(section) != section:
        return address
    fragment = quote(section, safe="").replace("-", "%2D")  # a dash separates the fragment's parts
    return f"{address}#:~:text={fragment}"


def source_address(handbook: HandbookRecord, page: str, line: int | None) -> str | None:
    """Return the address of a line in the handbook's source, None without a template for it."""
    if not handbook.source_url:
        return None
    address = handbook.source_url.replace("{page}", quote(page, safe="/"))
    return link_target(address.replace("{line}", str(line or 1)))


def folder_address(shares: Mapping[str, ShareRecord], share: str, path: str) -> str | None:
    """Return a link that opens a folder of a share, in old and new Nextcloud alike.

    None when the share is known only from a local copy, and when its token is secret.
    """
    known = shares.get(share)
    if known is None or not known.base_url or HIDDEN_MARK in share:
        return None
    return link_target(build_share_link(known.base_url, split_share_id(share).token, path))


def place_address(shares: Mapping[str, ShareRecord], place: PlaceRecord) -> str | None:
    """Return a link to a row's place; the link as written when it leads to no share."""
    address = None
    if place.share is not None and place.path is not None:
        address = folder_address(shares, place.share, place.path)
    return address or link_target(place.url)


def file_address(shares: Mapping[str, ShareRecord], file: FileRecord) -> str | None:
    """Return a link to a folder, or to the folder of a file."""
    folder = file.path if file.folder else file.path.rpartition("/")[0]
    return folder_address(shares, file.share, folder)
