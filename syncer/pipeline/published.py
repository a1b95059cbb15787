"""What readers call the audited pages, and where they find them (pure)."""

from __future__ import annotations

from urllib.parse import urljoin

from syncer.manifest.document import PublishedPage
from syncer.model.handbook import ParsedPage
from syncer.pipeline.reading import ReadHandbook

_MAX_TITLE = 200


def list_pages(handbook: ReadHandbook, site_url: str | None) -> tuple[PublishedPage, ...]:
    """Return every audited page by path, with its title, and its address when the site is known."""
    return tuple(
        PublishedPage(
            path=path,
            title=_find_title(handbook.pages[path]),
            url=_find_address(handbook, path, site_url),
        )
        for path in handbook.audited
    )


def _find_title(page: ParsedPage) -> str | None:
    """Return what the site calls a page (just-the-docs: its `title`), else its first heading."""
    title = (page.front_matter or {}).get("title")
    headings = (heading.text for heading in page.headings)
    found = title if isinstance(title, str) else next(headings, "")
    return " ".join(found.split())[:_MAX_TITLE] or None


def _find_address(handbook: ReadHandbook, path: str, site_url: str | None) -> str | None:
    served_at = handbook.site.url_of(path)
    if site_url is None or served_at is None:
        return None
    return urljoin(site_url, served_at)
