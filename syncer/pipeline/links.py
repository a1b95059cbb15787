"""Routed links, shares and the web → one check per link.

The handbook stage has routed each link: the site has judged its own links, the shares answer for
those to a Nextcloud, and all others are asked here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace

from syncer.config import Settings
from syncer.model.ids import make_id, number_repeats
from syncer.model.links import (
    LinkCheck,
    LinkRoute,
    LinkStatus,
    LinkVerdict,
    RememberedLink,
    RoutedLink,
)
from syncer.model.reason import Reason
from syncer.model.shares import Share
from syncer.nextcloud.link_verdict import WalkedPlaces, judge_share_link
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.options import AuditOptions
from syncer.redact import mask_user_info
from syncer.store.database import Database
from syncer.store.link_memory import StoredLinks
from syncer.surroundings import find_day
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import check_links
from syncer.web.schemes import classify_link

Answers = Mapping[str, LinkVerdict]

_ASKED = frozenset({LinkRoute.WEB, LinkRoute.MAIL, LinkRoute.OTHER})


def ask_web(job: Job, handbook: ReadHandbook) -> Answers:
    """Ask once for every address that neither the site nor a share can answer for."""
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
    database = job.memory.database
    return check_links(
        urls,
        settings=_choose_settings(job.settings),
        memory=None if database is None else _Memory(database, recalls=not options.full),
        around=around,
        today=find_day(around.now(), job.settings.schedule.timezone),
    )


def _choose_settings(settings: Settings) -> LinkSettings:
    """Return the settings of the web check; a Nextcloud is reached as its own settings say."""
    links = settings.links
    chosen = LinkSettings(**{key.name: getattr(links, key.name) for key in fields(links)})
    within: dict[str, str] = {}
    for cloud in settings.nextcloud:
        if cloud.base_url is not None:
            # Where an answer leads back to it, readers are shown the last of equal addresses.
            for scheme in ("http", "https"):
                within[f"{scheme}://{cloud.host.lower()}{cloud.webroot}"] = cloud.base_url.rstrip(
                    "/"
                )
    return replace(chosen, remap={**within, **chosen.remap})


class _Memory(StoredLinks):
    """Links without user and password, which no check uses.

    With `--full` no good answer is recalled: only since when a link fails.
    """

    def __init__(self, database: Database, *, recalls: bool) -> None:
        super().__init__(database)
        self._recalls = recalls

    def recall(self, urls: Collection[str]) -> Mapping[str, RememberedLink]:
        keys = {url: mask_user_info(url) for url in urls}
        known = super().recall(frozenset(keys.values()))
        return {
            url: known[key]
            for url, key in keys.items()
            if key in known and (self._recalls or known[key].failing_days)
        }

    def keep(self, url: str, link: RememberedLink) -> None:
        super().keep(mask_user_info(url), link)


def judge_links(
    handbook: ReadHandbook, shares: Mapping[str, Share], web: Answers, options: AuditOptions
) -> tuple[LinkCheck, ...]:
    """Return one check per link, in the pages' order; none with `--only resources`."""
    if options.only == "resources":
        return ()
    places = WalkedPlaces(shares)
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
