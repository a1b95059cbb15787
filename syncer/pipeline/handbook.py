"""A handbook's address → its pages, rows, routed links and site.

Returns everything that is known before a share or a web address is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import assert_never

import structlog

from syncer.audit.codes import FINDING_CODES
from syncer.config import Settings
from syncer.config.settings import AliasSettings, PinSettings
from syncer.errors import ConfigError
from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.jekyll.config import SiteConfig, find_unread_settings, read_settings
from syncer.handbook.jekyll.liquid import decide_condition
from syncer.handbook.jekyll.outputs import find_pages
from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.kramdown.effort import PageTooComplexError, limit_content
from syncer.handbook.kramdown.options import DEFAULT_EXTENSIONS, GITHUB_EXTENSIONS, KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.own_settings import (
    OwnSettings,
    keep_trusted,
    limit_shares,
    read_own_settings,
)
from syncer.handbook.repository.file_links import RepositorySite, build_repository
from syncer.handbook.repository.site_kind import choose_site_kind, find_generator
from syncer.handbook.rows.places import Alias, ParseShareLink
from syncer.handbook.rows.resource_tables import TableWords, count_rows, find_rows
from syncer.handbook.source.read import find_repository_prefix, read_handbook
from syncer.model.handbook import (
    FOLDER_REASONS,
    Handbook,
    PageLink,
    ParsedPage,
    ResourceRow,
    ShareLink,
    SiteKind,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkRoute, RoutedLink
from syncer.model.reason import Reason
from syncer.nextcloud.recognition import recognise_hosts
from syncer.nextcloud.share_url import choose_hosts, find_suspects, parse_share_link
from syncer.pipeline.globs import holds_all, match_any, may_hold
from syncer.pipeline.job import Job
from syncer.store.share_memory import ShareStore
from syncer.surroundings import find_day
from syncer.web.link_settings import covers
from syncer.web.schemes import classify_link

WAIVABLE_CODES = frozenset(FINDING_CODES) - {"handbook-settings-invalid", "waiver-unused"}
"""What a handbook may accept itself: anything but a mistake in how it does so."""
CHECKOUTS = "handbooks"
"""The folder of the state that keeps checkouts."""
_PARSING_LIMIT = timedelta(minutes=10)
"""For all pages together; a page has a budget of steps of its own."""


@dataclass(frozen=True, slots=True)
class ReadHandbook:
    """A handbook, read and understood.

    Attributes:
        pages: every page by path, audited or not: the others are what links lead to.
        audited: paths of the pages of this run, sorted.
        rows: of every page that the settings name, sorted by page and line; `--page` does not
            narrow them, since a group may span pages.
        table_problems: of the same pages.
        unreadable: pages of this run that are no text, folders that may have such pages and could
            not be listed, and the site's settings if they could not be understood.
        links: of the audited pages and of `_config.yml`, in order.
        share_links: every address of those links and of the rows that leads to a Nextcloud,
            parsed.
        clouds: whether hosts that no settings name are a Nextcloud, as they answered.
        prefix: the handbook's folder in its git checkout, "" at the top or outside of one.
        kind: as what it was read, and so who answers for the links between its pages.
        bare_is_text: whether the site shows addresses without link syntax as text.
        own: the handbook's own settings, as far as they count in this run.
        settings: those in force, with the handbook's own pins, aliases and excluded addresses.
    """

    handbook: Handbook
    pages: Mapping[str, ParsedPage]
    audited: tuple[str, ...]
    rows: tuple[ResourceRow, ...]
    table_problems: tuple[TableProblem, ...]
    unreadable: tuple[UnreadablePage, ...]
    links: tuple[RoutedLink, ...]
    share_links: Mapping[str, ShareLink]
    clouds: Mapping[str, bool]
    prefix: str
    kind: SiteKind
    bare_is_text: bool
    site: Site | RepositorySite
    own: OwnSettings
    settings: Settings


def load_handbook(job: Job) -> ReadHandbook:
    """Read and parse the handbook of this run.

    Raises:
        HandbookError: there is none to read.
        ConfigError: no page is left to audit, though there are pages.
    """
    folder = job.memory.folder
    handbook = read_handbook(
        job.options.handbook or job.settings.handbook.source,
        branch=job.settings.handbook.branch,
        cache_folder=None if folder is None else folder / CHECKOUTS,
        stop=job.around.stop,
    )
    read = understand_handbook(job, handbook, {})
    if read.kind is SiteKind.JEKYLL and read_settings(handbook).foreign_markdown:
        structlog.get_logger("syncer").warning(
            "markdown-of-another-kind",
            text="The website reads its pages by other rules of Markdown than this check (markdown,"
            " or input or gfm_quirks of kramdown, in _config.yml): some links may not be seen.",
        )
    return read


def understand_handbook(
    job: Job,
    handbook: Handbook,
    parsed: Mapping[str, ParsedPage],
    clouds: Mapping[str, bool] | None = None,
) -> ReadHandbook:
    """Return what the texts of a handbook say.

    `parsed` has the pages that need no parsing, `clouds` whether hosts that no settings name are
    a Nextcloud; None asks those that may be.

    Raises:
        ConfigError: no page is left to audit, though there are pages.
    """
    settings, globs = job.settings, job.options.pages
    kind = choose_site_kind(handbook, settings.handbook.site, settings.handbook.site_url)
    handbook, pages = _parse_pages(handbook, kind, job, parsed)
    is_named = partial(_is_named, handbook, settings, _list_extensions(handbook, kind))
    named = [path for path in pages if is_named(path)]
    would_be = partial(_would_be_audited, handbook, settings, globs, is_named)
    unreadable = tuple(filter(would_be, handbook.unreadable))
    audited = _narrow(named, unreadable, globs)
    prefix = find_repository_prefix(handbook.source)
    site = _make_site(kind, handbook, pages, prefix, settings, job.started_at or job.around.now())
    clouds, parse = _make_share_parser(job, [pages[path] for path in named], clouds)
    own = _read_own(job, handbook, _list_shares([pages[path] for path in named], parse))
    settings = _add_own(settings, own)
    rows, problems = _find_rows(settings, [pages[path] for path in named], parse, kind)
    links = [link for path in audited for link in pages[path].links]
    links += () if globs else site.config_links
    urls = {link.url for link in links} | {link.url for row in rows for link in row.links}
    return ReadHandbook(
        handbook=handbook,
        pages=pages,
        audited=tuple(audited),
        rows=rows,
        table_problems=problems,
        unreadable=_add_settings(unreadable, handbook, kind),
        links=tuple(_route(link, site, parse) for link in links),
        share_links={url: link for url in sorted(urls) if (link := parse(url)) is not None},
        clouds=clouds,
        prefix=prefix,
        kind=kind,
        bare_is_text=kind is SiteKind.JEKYLL and not read_settings(handbook).foreign_markdown,
        site=site,
        own=own,
        settings=settings,
    )


def _make_site(
    kind: SiteKind,
    handbook: Handbook,
    pages: Mapping[str, ParsedPage],
    prefix: str,
    settings: Settings,
    now: datetime,
) -> Site | RepositorySite:
    """Return what answers for the links between the pages."""
    match kind:
        case SiteKind.JEKYLL:
            return build_site(handbook, pages, site_url=settings.handbook.site_url, now=now)
        case SiteKind.GITHUB:
            return build_repository(handbook, pages, prefix=prefix)
        case SiteKind.FILES:
            generator = find_generator(handbook) or "[handbook] site"
            return build_repository(handbook, pages, prefix=prefix, generator=generator)
        case _:
            assert_never(kind)


def _list_extensions(handbook: Handbook, kind: SiteKind) -> frozenset[str]:
    """Return the suffixes of Markdown files: the usual ones, and those of the site's settings."""
    if kind is SiteKind.JEKYLL:
        return DEFAULT_EXTENSIONS | read_settings(handbook).markdown_extensions
    return GITHUB_EXTENSIONS


def _parse_pages(
    handbook: Handbook, kind: SiteKind, job: Job, known: Mapping[str, ParsedPage]
) -> tuple[Handbook, dict[str, ParsedPage]]:
    """Parse every page; what takes too many steps or comes too late becomes unreadable."""
    is_generated = kind is SiteKind.FILES
    config = SiteConfig(
        kramdown=KramdownOptions(github=True, admonitions=is_generated),
        markdown_extensions=GITHUB_EXTENSIONS,
    )
    if kind is SiteKind.JEKYLL:
        config = read_settings(handbook)
    decide, words = partial(decide_condition, config=config), _name_words(job.settings)
    ends_at = job.around.now() + _PARSING_LIMIT
    parsed: dict[str, ParsedPage] = {}
    unread: list[UnreadablePage] = []
    for page in find_pages(handbook, config):
        if page.path in known:
            parsed[page.path] = known[page.path]
            continue
        if job.around.stop.is_set() or job.around.now() > ends_at:
            reason = Reason("handbook-read-timeout")
        else:
            try:
                read = parse_page(page, config.kramdown, config.markdown_extensions, decide)
                limit_content(len(read.links), count_rows(read, words))
                parsed[page.path] = read
                continue
            except PageTooComplexError as error:
                reason = error.reason
        unread.append(UnreadablePage(page.path, reason, page.text.startswith("---")))
    unreadable = sorted((*handbook.unreadable, *unread), key=lambda page: page.path)
    pages = tuple(page for page in find_pages(handbook, config) if page.path in parsed)
    return replace(handbook, pages=pages, unreadable=tuple(unreadable)), parsed


def _read_own(job: Job, handbook: Handbook, linked: frozenset[str]) -> OwnSettings:
    """Return what counts of the handbook's own settings."""
    today = find_day(job.started_at or job.around.now(), job.settings.schedule.timezone)
    own = read_own_settings(
        handbook.own_settings,
        handbook.pages,
        handbook.unreadable,
        codes=WAIVABLE_CODES,
        today=today,
        site="" if handbook.config_page is None else handbook.config_page.text,
    )
    own = own if job.trusted is None else keep_trusted(own, job.trusted)
    return limit_shares(own, linked)


def _list_shares(pages: Sequence[ParsedPage], parse: ParseShareLink) -> frozenset[str]:
    """Return the ids of the shares that pages link to."""
    links = (parse(link.url) for page in pages for link in page.links)
    return frozenset(link.share_id for link in links if link is not None and link.share_id)


def _add_own(settings: Settings, own: OwnSettings) -> Settings:
    """Add the handbook's own entries so that the administrator's win."""
    aliases = [AliasSettings(label=a.label, share=a.share, path=a.path) for a in own.aliases]
    pins = [
        PinSettings(name=p.name, share=p.share, page=p.page, path=p.path, file_id=p.file_id)
        for p in own.pins
    ]
    return replace(
        settings,
        # The last alias of a label and the first pin of a row count.
        alias=(*aliases, *settings.alias),
        pin=(*settings.pin, *pins),
        links=replace(settings.links, exclude=(*settings.links.exclude, *own.excludes)),
    )


def _recognise(job: Job, urls: Iterable[str]) -> dict[str, bool]:
    """Ask the hosts that no settings name and that links seem to take for a Nextcloud."""
    settings = job.settings
    # What the settings say is not to be asked is not asked here either.
    asked = (url for url in urls if not any(covers(url, each) for each in settings.links.exclude))
    suspects = find_suspects(
        asked, {*(c.host.lower() for c in settings.nextcloud), *settings.links.inside_hosts}
    )
    if job.options.offline or not suspects:
        return {}
    return recognise_hosts(
        {host: suspect.base_urls for host, suspect in suspects.items()},
        memory=None if job.memory.database is None else ShareStore(job.memory.database),
        around=job.around,
        # Private web links may be allowed, a share on a private address must be named.
        private={
            host
            for host, suspect in suspects.items()
            if settings.links.allow_private and not suspect.shares
        },
    )


def _make_share_parser(
    job: Job, pages: Sequence[ParsedPage], clouds: Mapping[str, bool] | None
) -> tuple[Mapping[str, bool], ParseShareLink]:
    """Return which hosts are a Nextcloud, and what parses a link to one; None for another link."""
    urls = {link.url for page in pages for link in page.links}
    clouds = _recognise(job, urls) if clouds is None else clouds
    webroots = {cloud.host.lower(): cloud.webroot for cloud in job.settings.nextcloud}
    hosts = choose_hosts(webroots, find_suspects(urls, webroots), clouds)

    @cache
    def parse(url: str) -> ShareLink | None:
        return parse_share_link(url, hosts, webroots)

    return clouds, parse


def _find_rows(
    settings: Settings, pages: Sequence[ParsedPage], parse: ParseShareLink, kind: SiteKind
) -> tuple[tuple[ResourceRow, ...], tuple[TableProblem, ...]]:
    return find_rows(
        pages,
        words=_name_words(settings),
        parse=parse,
        aliases=[
            Alias(label=alias.label, share=alias.share, path=alias.path) for alias in settings.alias
        ],
        accounts=frozenset(cloud.host.lower() for cloud in settings.nextcloud if cloud.user),
        site=kind,
    )


def _name_words(settings: Settings) -> TableWords:
    return TableWords(
        table_headers=settings.handbook.table_headers,
        place_headers=settings.handbook.place_headers,
        todo_markers=settings.handbook.todo_markers,
    )


def _route(link: PageLink, site: Site | RepositorySite, parse: ParseShareLink) -> RoutedLink:
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


def _is_named(
    handbook: Handbook, settings: Settings, extensions: frozenset[str], path: str
) -> bool:
    if handbook.only_page is not None:
        return path == handbook.only_page
    named = settings.handbook.pages
    # Jekyll and GitHub take the suffix in any case, which no glob does.
    is_page = match_any(path, named) if named else extension_of(path) in extensions
    return is_page and not match_any(path, settings.handbook.exclude)


def _would_be_audited(
    handbook: Handbook,
    settings: Settings,
    globs: tuple[str, ...],
    is_named: Callable[[str], bool],
    unread: UnreadablePage,
) -> bool:
    """Return whether an unreadable page, or a page of such a folder, belongs to this run."""
    if unread.reason.code not in FOLDER_REASONS:
        return is_named(unread.path) and (not globs or match_any(unread.path, globs))
    if handbook.only_page is not None:
        return False
    return (
        may_hold(unread.path, settings.handbook.pages or ("**",))
        and not holds_all(unread.path, settings.handbook.exclude)
        and (not globs or may_hold(unread.path, globs))
    )


def _add_settings(
    unreadable: tuple[UnreadablePage, ...], handbook: Handbook, kind: SiteKind
) -> tuple[UnreadablePage, ...]:
    """Add the site's settings, whatever pages the run is about, if they were not understood."""
    file = find_unread_settings(handbook) if kind is SiteKind.JEKYLL else None
    if file is None:
        return unreadable
    others = (page for page in unreadable if page.path != file.path)
    return tuple(sorted((*others, file), key=lambda page: page.path))


def _narrow(
    named: list[str], unreadable: tuple[UnreadablePage, ...], globs: tuple[str, ...]
) -> list[str]:
    """Return the pages that `--page` selects; globs that select none, read or not, are wrong."""
    if not globs:
        return sorted(named)
    selected = sorted(path for path in named if match_any(path, globs))
    if named and not selected and not unreadable:
        raise ConfigError(
            f"No page of the handbook matches --page {' '.join(globs)}. "
            f"There are {len(named)} pages, {named[0]} among them."
        )
    return selected
