"""Routed links, shares and the web → one check per link.

The handbook stage has decided who answers for which link: the site's own verdict is kept, the walk
answers for Nextcloud's links, and everything else is asked here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from syncer.config import Settings
from syncer.model.ids import make_id, number_repeats
from syncer.model.links import LinkCheck, LinkRoute, LinkStatus, LinkVerdict, RoutedLink
from syncer.model.reason import Reason
from syncer.model.shares import Share
from syncer.nextcloud.link_verdict import WalkedPlaces, index_places, judge_share_link
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.options import AuditOptions
from syncer.store.link_memory import StoredLinks
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import check_links
from syncer.web.memory import LinkMemory, RememberedLink
from syncer.web.schemes import classify_link

Answers = Mapping[str, LinkVerdict]

_ASKED = frozenset({LinkRoute.WEB, LinkRoute.MAIL, LinkRoute.OTHER})


def ask_web(job: Job, handbook: ReadHandbook) -> Answers:
    """Ask once for every address that neither the site nor a share answers for."""
    options, around = job.options, job.around
    if options.only == "resources":
        return {}
    urls = tuple(
        dict.fromkeys(routed.link.url for routed in handbook.links if routed.route in _ASKED)
    )
    if options.offline:
        return {
            url: LinkVerdict(classify_link(url), LinkStatus.UNCHECKED, Reason("offline"))
            for url in urls
        }
    connection = job.memory.connection
    stored = None if connection is None else StoredLinks(connection)
    return check_links(
        urls,
        settings=_choose_settings(job.settings),
        memory=_Afresh(stored) if stored is not None and options.full else stored,
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
    handbook: ReadHandbook, shares: Mapping[str, Share], web: Answers, options: AuditOptions
) -> tuple[LinkCheck, ...]:
    """Return one check per link, in the pages' order; none with `--only resources`."""
    if options.only == "resources":
        return ()
    places = index_places(shares)
    links = [routed.link for routed in handbook.links]
    ids = number_repeats(make_id("l", link.span.file, link.url, link.text) for link in links)
    return tuple(
        LinkCheck(link_id, routed.link, _judge(routed, places, web))
        for link_id, routed in zip(ids, handbook.links, strict=True)
    )


def _judge(routed: RoutedLink, places: WalkedPlaces, web: Answers) -> LinkVerdict:
    if routed.on_site is not None:
        return routed.on_site
    if routed.share is not None:
        return judge_share_link(routed.share, places)
    return web[routed.link.url]


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
