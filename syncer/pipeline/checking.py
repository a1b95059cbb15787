"""The links of the audited pages: who answers for which, and one verdict each.

In: the read handbook and the looked-at shares. Out: one `LinkCheck` per link, in order. The site
answers for internal links, the walk for Nextcloud's, the web room for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from syncer.config import Settings
from syncer.model.handbook import PageLink
from syncer.model.ids import make_id, number_repeats
from syncer.model.links import LinkCheck, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.model.shares import Share
from syncer.nextcloud.link_verdict import WalkedPlaces, index_places, judge_share_link
from syncer.pipeline.clock import Surroundings
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.reading import ReadHandbook
from syncer.web.linkcheck import check_links
from syncer.web.memory import LinkMemory, RememberedLink
from syncer.web.schemes import classify_link
from syncer.web.settings import LinkSettings

Answers = Mapping[str, LinkVerdict]


def ask_web(
    read: ReadHandbook,
    settings: Settings,
    options: AuditOptions,
    memory: LinkMemory | None,
    around: Surroundings,
) -> Answers:
    """Ask for every address that neither the site nor a share answers for; each once."""
    if options.only == "resources":
        return {}
    urls = tuple(
        dict.fromkeys(
            link.url
            for link in read.links
            if read.site.check(link) is None and read.share_link(link.url) is None
        )
    )
    if options.offline:
        return {
            url: LinkVerdict(classify_link(url), LinkStatus.UNCHECKED, Reason("offline"))
            for url in urls
        }
    if memory is not None and options.full:
        memory = _Afresh(memory)
    return check_links(
        urls,
        settings=_choose_settings(settings),
        memory=memory,
        now=around.now,
        sleep=around.sleep,
        stop=around.stop,
        on_progress=around.on_progress,
    )


class _Afresh:
    """A memory that learns and recalls nothing: `--full`."""

    def __init__(self, memory: LinkMemory) -> None:
        """Learn into `memory`."""
        self.keep = memory.keep
        self.forget = memory.forget

    def recall(self, _urls: Collection[str]) -> Mapping[str, RememberedLink]:
        """Recall nothing."""
        return {}


def judge_links(
    read: ReadHandbook, shares: Mapping[str, Share], web: Answers, options: AuditOptions
) -> tuple[LinkCheck, ...]:
    """Give every link its verdict, in the pages' order; none with `--only resources`."""
    if options.only == "resources":
        return ()
    places = index_places(shares)
    ids = number_repeats(make_id("l", link.span.file, link.url, link.text) for link in read.links)
    return tuple(
        LinkCheck(link_id, link, _judge(link, read, places, web))
        for link_id, link in zip(ids, read.links, strict=True)
    )


def _judge(link: PageLink, read: ReadHandbook, places: WalkedPlaces, web: Answers) -> LinkVerdict:
    internal = read.site.check(link)
    if internal is not None:
        return internal
    share_link = read.share_link(link.url)
    return web[link.url] if share_link is None else judge_share_link(share_link, places)


def _choose_settings(settings: Settings) -> LinkSettings:
    links = settings.links
    return LinkSettings(
        accept=links.accept,
        timeout_s=links.timeout_s,
        per_host=links.per_host,
        threads=links.threads,
        cache_days=links.cache_days,
        exclude=links.exclude,
        inside_hosts=links.inside_hosts,
        allow_private=links.allow_private,
        remap=links.remap,
    )
