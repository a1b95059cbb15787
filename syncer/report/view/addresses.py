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
from syncer.model.shares import HIDDEN_MARK
from syncer.nextcloud.share_url import build_share_link
from syncer.report.visible import hide_mail, link_target

_FRAGMENT_MARKS = str.maketrans({"-": "%2D"})


def page_address(page: PublishedPage, section: str | None = None) -> str | None:
    """Return where a page is published, None when it is not or the site is not known.

    A section is asked for with a text fragment, so that its generated id need not be known; a
    browser without them opens the top of the page.
    """
    address = link_target(page.url)
    if address is None or not section or hide_mail(section) != section:
        return address
    return f"{address}#:~:text={quote(section, safe='').translate(_FRAGMENT_MARKS)}"


def source_address(handbook: HandbookRecord, page: str, line: int | None) -> str | None:
    """Return where the line stands in the handbook's source, None without a template for it."""
    if not handbook.source_url:
        return None
    address = handbook.source_url.replace("{page}", quote(page, safe="/"))
    return link_target(address.replace("{line}", str(line or 1)))


def folder_address(shares: Mapping[str, ShareRecord], share: str, path: str) -> str | None:
    """Return a link that opens a folder of a share, in old and new Nextcloud alike.

    None when the share is only known from a local copy, and when its token is secret.
    """
    known = shares.get(share)
    if known is None or not known.base_url or HIDDEN_MARK in share:
        return None
    return link_target(build_share_link(known.base_url, share.rpartition("/")[2], path))


def place_address(shares: Mapping[str, ShareRecord], place: PlaceRecord) -> str | None:
    """Return a link to where a row says its resource lies; as written when it is in no share."""
    if place.share is not None and place.path is not None:
        address = folder_address(shares, place.share, place.path)
        if address is not None:
            return address
    return link_target(place.url)


def file_address(shares: Mapping[str, ShareRecord], file: FileRecord) -> str | None:
    """Return a link to the folder that holds a file, or to the folder itself."""
    folder = file.path if file.folder else file.path.rpartition("/")[0]
    return folder_address(shares, file.share, folder)
