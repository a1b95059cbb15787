"""A handbook's address → its pages, rows, routed links and site.

Reads the settings and the handbook's source. Returns everything that is known before a share or
a web address is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from syncer.config import Settings
from syncer.errors import ConfigError
from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.jekyll.config import read_settings
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.rows.resource_tables import Alias, TableWords, find_rows
from syncer.handbook.source.read import find_repository_prefix, read_handbook
from syncer.model.handbook import (
    Handbook,
    PageLink,
    ParsedPage,
    ResourceRow,
    ShareLink,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkRoute, RoutedLink
from syncer.nextcloud.share_url import find_hosts, parse_share_link
from syncer.pipeline.globs import holds_all, match_any, may_hold
from syncer.pipeline.options import AuditOptions
from syncer.web.schemes import classify_link

_CHECKOUTS = "handbooks"


@dataclass(frozen=True, slots=True)
class ReadHandbook:
    """A handbook, read and understood.

    Attributes:
        pages: every page by path, audited or not: the others are what links lead to.
        audited: paths of the pages of this run, sorted.
        rows: of every page that the settings name, sorted by page and line; `--page` does not
            narrow them, since a group may reach over pages.
        table_problems: of the same pages.
        unreadable: the pages among the audited ones that are no text, and the folders that may
            hold such pages and could not be listed.
        links: of the audited pages and of `_config.yml`, in order.
        share_links: every address of those links and of the rows that leads to a Nextcloud,
            parsed.
        prefix: where the handbook lies in its git checkout, "" at the top or outside of one.
    """

    handbook: Handbook
    pages: Mapping[str, ParsedPage]
    audited: tuple[str, ...]
    rows: tuple[ResourceRow, ...]
    table_problems: tuple[TableProblem, ...]
    unreadable: tuple[UnreadablePage, ...]
    links: tuple[RoutedLink, ...]
    share_links: Mapping[str, ShareLink]
    prefix: str
    site: Site


def read(
    settings: Settings,
    options: AuditOptions,
    state_folder: Path | None,
    stop: threading.Event | None = None,
) -> ReadHandbook:
    """Read the handbook of this run.

    Args:
        settings: in force.
        options: of this run.
        state_folder: keeps the checkouts of git repositories; None keeps none.
        stop: set when the run should end soon.

    Raises:
        HandbookError: there is none to read.
        ConfigError: no page is left to audit, though there are pages.
    """
    handbook = read_handbook(
        options.handbook or settings.handbook.source,
        branch=settings.handbook.branch,
        cache_folder=None if state_folder is None else state_folder / _CHECKOUTS,
        stop=stop,
    )
    config = read_settings(handbook)
    pages = {
        page.path: parse_page(page, config.kramdown, config.markdown_extensions)
        for page in handbook.pages
    }
    named = [path for path in pages if _is_named(path, handbook, settings)]
    unreadable = tuple(
        page
        for page in handbook.unreadable
        if _would_be_audited(page, handbook, settings, options.pages)
    )
    audited = _narrow(named, unreadable, options.pages)
    site = build_site(handbook, pages, site_url=settings.handbook.site_url)
    links = [link for path in audited for link in pages[path].links]
    hosts = find_hosts(
        (link.url for path in named for link in pages[path].links),
        [cloud.host for cloud in settings.nextcloud],
    )

    @cache
    def parse(url: str) -> ShareLink | None:
        return parse_share_link(url, hosts)

    rows, problems = find_rows(
        [pages[path] for path in named],
        words=TableWords(
            table_headers=settings.handbook.table_headers,
            place_headers=settings.handbook.place_headers,
            todo_markers=settings.handbook.todo_markers,
        ),
        parse=parse,
        aliases=[
            Alias(label=alias.label, share=alias.share, path=alias.path) for alias in settings.alias
        ],
        accounts=frozenset(cloud.host.lower() for cloud in settings.nextcloud if cloud.user),
    )
    if not options.pages:
        links.extend(site.config_links)
    urls = {link.url for link in links} | {link.url for row in rows for link in row.links}
    return ReadHandbook(
        handbook=handbook,
        pages=pages,
        audited=tuple(audited),
        rows=rows,
        table_problems=problems,
        unreadable=unreadable,
        links=tuple(_route(link, site, parse) for link in links),
        share_links={url: link for url in sorted(urls) if (link := parse(url)) is not None},
        prefix=find_repository_prefix(handbook.source),
        site=site,
    )


def _route(link: PageLink, site: Site, parse: Callable[[str], ShareLink | None]) -> RoutedLink:
    """Decide who can answer for a link: the site first, then a Nextcloud, then the web."""
    on_site = site.check(link)
    if on_site is not None:
        return RoutedLink(link, LinkRoute.SITE, on_site=on_site)
    share = parse(link.url)
    if share is not None:
        return RoutedLink(
            link, LinkRoute.LOGIN if share.token is None else LinkRoute.SHARE, share=share
        )
    return RoutedLink(link, LinkRoute(classify_link(link.url)))


def _is_named(path: str, handbook: Handbook, settings: Settings) -> bool:
    if handbook.only_page is not None:
        return path == handbook.only_page
    return match_any(path, settings.handbook.pages) and not match_any(
        path, settings.handbook.exclude
    )


def _would_be_audited(
    unread: UnreadablePage, handbook: Handbook, settings: Settings, globs: tuple[str, ...]
) -> bool:
    """Tell whether a page that could not be read, or one in such a folder, is of this run."""
    if unread.reason.code != "folder-io-error":
        named = _is_named(unread.path, handbook, settings)
        return named and (not globs or match_any(unread.path, globs))
    if handbook.only_page is not None:
        return False
    return (
        may_hold(unread.path, settings.handbook.pages)
        and not holds_all(unread.path, settings.handbook.exclude)
        and (not globs or may_hold(unread.path, globs))
    )


def _narrow(
    named: list[str], unreadable: tuple[UnreadablePage, ...], globs: tuple[str, ...]
) -> list[str]:
    """Return the pages that `--page` leaves; globs that leave none, read or not, are a mistake."""
    if not globs:
        return sorted(named)
    kept = sorted(path for path in named if match_any(path, globs))
    if named and not kept and not unreadable:
        raise ConfigError(
            f"No page of the handbook matches --page {' '.join(globs)}. "
            f"There are {len(named)} pages, {named[0]} among them."
        )
    return kept
