"""Every web link gets a verdict: what rests is remembered, the rest is asked, failures twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.web.addresses import (
    WebAddress,
    is_private_host,
    is_under,
    parse_address,
    read_fragment,
)
from syncer.web.answers import Answer, Failure
from syncer.web.breaker import Breaker
from syncer.web.dispatch import Crew, Dispatcher, Fetch
from syncer.web.fetch import Transport
from syncer.web.hosts import Hosts
from syncer.web.link_settings import LinkSettings, covers
from syncer.web.memory import (
    FORGET_AFTER,
    LinkMemory,
    RememberedLink,
    is_fresh,
    rests,
)
from syncer.web.retry import MAX_WAIT_S, SECOND_LOOK_AFTER_S, make_policy
from syncer.web.schemes import classify_link, judge_scheme
from syncer.web.silence import Silence, speaks_of_host
from syncer.web.sockets import Resolve, resolve_by_system
from syncer.web.stopwatch import Stopwatch
from syncer.web.tally import RequestTally
from syncer.web.trail import End, Trail, begin_trail, may_be_private, remap
from syncer.web.verdicts import (
    is_failing,
    judge,
    leave_unconfirmed,
    reconcile,
    wants_second_look,
)

__all__ = ["LinkMemory", "LinkSettings", "RememberedLink", "check_links", "classify_link"]

OnProgress = Callable[[str, int, int | None], None]

_FIRST_LOOK_PAUSE_S = 60.0
_NOT_MODIFIED = 304


def check_links(
    urls: Collection[str],
    *,
    settings: LinkSettings,
    memory: LinkMemory | None,
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    stop: threading.Event,
    on_progress: OnProgress,
    resolve: Resolve = resolve_by_system,
) -> dict[str, LinkVerdict]:
    """Give each absolute link its verdict; `mailto:` and the like too, from what is written.

    Addresses that differ in the fragment only are asked together, once. Good answers of earlier
    runs rest (`memory.is_fresh`); a failure that is no plain 404 or 410 is asked again at the end,
    after `SECOND_LOOK_AFTER_S`, unless an earlier run saw it fail already.

    Args:
        urls: links as they are written, each once or more; they are asked in this order, but for
            those that failed last time, which come first: they may take all the time there is.
        settings: how they are asked, and which are not.
        memory: what earlier runs learnt, and keeps what this one learns as it comes; None for
            neither.
        now: the time, aware UTC.
        sleep: waits for so many seconds.
        stop: set to end soon; what was not settled is unchecked, or unconfirmed after one look.
        on_progress: told "links", how many are settled, and of how many.
        resolve: gives the IP addresses of a host.

    Returns:
        One verdict per link, by code point; empty for none.
    """
    wanted = tuple(dict.fromkeys(urls))
    transport = Transport(
        threads=settings.threads,
        may_be_private=lambda host: may_be_private(host, settings),
        now=now,
        resolve=resolve,
    )
    try:
        watch = Stopwatch(now, sleep, stop)
        check = _Check(
            settings, memory, now, watch, stop, lambda done: on_progress("links", done, len(wanted))
        )
        check.plan(wanted)
        check.ask(transport.send)
        return {url: check.verdicts[url] for url in sorted(wanted)}
    finally:
        transport.close()


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of the handbook as it points to an address."""

    url: str
    fragment: str
    known: RememberedLink | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A verdict as the memory keeps it."""

    verdict: LinkVerdict
    validators: _Validators


@dataclass(frozen=True, slots=True)
class _Target:
    """An address that must be asked, for the links that point to it."""

    address: WebAddress
    links: tuple[_Link, ...]


def judge_without_asking(url: str, settings: LinkSettings) -> LinkVerdict | None:
    """Judge a link by what is written and what the settings say; None when it must be asked."""
    pattern = next((one for one in settings.exclude if covers(url, one)), None)
    if pattern is not None:
        reason = Reason("link-excluded", {"pattern": pattern})
        return LinkVerdict(classify_link(url), LinkStatus.EXCLUDED, reason)
    by_scheme = judge_scheme(url)
    if by_scheme is not None:
        return by_scheme
    address = parse_address(remap(url.strip(), settings))
    if address is None:
        return LinkVerdict(LinkKind.WEB, LinkStatus.BROKEN, Reason("link-url-invalid"))
    if is_under(address.host, settings.inside_hosts):
        reason = Reason("link-inside-host", {"host": address.host})
        return LinkVerdict(LinkKind.WEB, LinkStatus.EXCLUDED, reason)
    if is_private_host(address.host) and not may_be_private(address.host, settings):
        reason = Reason("link-private-address", {"host": address.host})
        return LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, reason)
    return None


class _Check:
    """The state of one call: what is settled, what is open, and what failed once."""

    def __init__(
        self,
        settings: LinkSettings,
        memory: LinkMemory | None,
        now: Callable[[], datetime],
        watch: Stopwatch,
        stop: threading.Event,
        tell_done: Callable[[int], None],
    ) -> None:
        self.verdicts: dict[str, LinkVerdict] = {}
        self._settings = settings
        self._memory = memory
        self._now = now
        self._watch = watch
        self._stop = stop
        self._tell_done = tell_done
        self._open: dict[str, _Target] = {}
        self._failed: dict[str, tuple[LinkVerdict, End]] = {}
        self._silence = Silence()
        self._silent: dict[str, _Kept] = {}
        self._asked_at_s = 0.0
        self._round = 0
        self._tally = RequestTally()

    def plan(self, urls: Iterable[str]) -> None:
        """Settle what need not be asked, and gather the rest by address."""
        to_ask = []
        for url in urls:
            verdict = judge_without_asking(url, self._settings)
            if verdict is None:
                to_ask.append(url)
            else:
                self.verdicts[url] = verdict
        known = {} if self._memory is None else self._memory.recall(to_ask)
        due = []
        for url in to_ask:
            remembered = known.get(url)
            if remembered is not None and is_fresh(
                url, remembered, self._now(), self._settings.cache_days
            ):
                self.verdicts[url] = remembered.verdict
            else:
                due.append(url)
        due.sort(key=lambda url: url not in known or not is_failing(known[url].verdict))
        self._open = _gather(due, known, self._settings)
        self._tell_done(len(self.verdicts))

    def ask(self, fetch: Fetch) -> None:
        """Look at what is open, and again at what failed; leave no link without a verdict."""
        crew = Crew(self._settings.threads, fetch)
        policy = make_policy(wait_s=self._wait_s, sleep=self._watch.pause, stop=self._stop)
        try:
            policy(self._look, crew)
        finally:
            crew.dismiss(wait=crew.running == 0)
            self._close()
            self._tally.log()

    def _wait_s(self) -> float:
        return max(0.0, self._asked_at_s + SECOND_LOOK_AFTER_S - self._watch.read_s())

    def _look(self, crew: Crew) -> bool:
        """Ask what is open; True when something has failed and is worth a second look."""
        self._round += 1
        again = self._round > 1
        max_pause_s = MAX_WAIT_S - SECOND_LOOK_AFTER_S if again else _FIRST_LOOK_PAUSE_S
        hosts: Hosts[Trail] = Hosts(
            per_host=self._settings.per_host, gap_s=self._settings.gap_s, max_pause_s=max_pause_s
        )
        breaker = Breaker()
        for _, end in self._failed.values():
            if isinstance(end.outcome, Failure) and end.outcome.is_of_host:
                breaker.suspect(end.trail.ask.address.origin)
        dispatcher = Dispatcher(
            crew, hosts, breaker, self._settings, self._watch, self._stop, self._tally
        )
        trails = [self._begin(target, again=again) for target in self._open.values()]
        for end in dispatcher.run(trails):
            self._settle(end)
            self._tell_done(len(self.verdicts))
        return bool(self._open)

    def _begin(self, target: _Target, *, again: bool) -> Trail:
        anchors = frozenset(link.fragment for link in target.links if link.fragment)
        validators = _find_validators(target.links)
        return begin_trail(
            target.address,
            anchors,
            etag=validators.etag,
            last_modified=validators.last_modified,
            again=again or any(_has_failed(link) for link in target.links),
        )

    def _settle(self, end: End) -> None:
        target = self._open.pop(end.trail.start.url)
        self._silence.hear(end, failed_before=any(map(_has_failed, target.links)))
        if self._silence.is_broken:
            self._write_silent()
        unsettled = tuple(link for link in target.links if not self._settle_link(link, end))
        if unsettled:
            self._open[target.address.url] = _Target(target.address, unsettled)
            self._asked_at_s = max(self._asked_at_s, end.trail.asked_at_s or 0.0)

    def _settle_link(self, link: _Link, end: End) -> bool:
        """Give a link its verdict; False when it has failed and must be looked at again."""
        checked_at = self._now()
        unchanged = _hear_unchanged(link, end)
        if unchanged is not None:
            validators = _Validators(unchanged.etag, unchanged.last_modified)
            verdict = replace(unchanged.verdict, checked_at=checked_at)
            self._keep(link.url, _Kept(verdict, validators), end)
            return True
        verdict = judge(end, link.fragment, self._settings, checked_at)
        earlier = self._failed.pop(link.url, None)
        if earlier is not None:
            first, first_end = earlier
            verdict = reconcile(first, verdict, first_counts=first_end.counts)
        elif self._is_news(link, end):
            self._failed[link.url] = (verdict, end)
            self._remember(link.url, _Kept(leave_unconfirmed(verdict), _Validators()), end)
            return False
        self._keep(link.url, _Kept(verdict, _read_validators(end)), end)
        return True

    def _is_news(self, link: _Link, end: End) -> bool:
        """Tell whether a failure needs a second look: not when an earlier run saw one."""
        if not wants_second_look(end, self._settings):
            return False
        return not _has_failed(link)

    def _keep(self, url: str, kept: _Kept, end: End) -> None:
        self.verdicts[url] = kept.verdict
        self._remember(url, kept, end)

    def _remember(self, url: str, kept: _Kept, end: End) -> None:
        """Hand a verdict to the memory at once, but for that of a silent host.

        A silent host says nothing while no server has answered: it may be our network.
        """
        if speaks_of_host(end) and not self._silence.is_broken:
            self._silent[url] = kept
            return
        self._silent.pop(url, None)
        self._write(url, kept)

    def _write_silent(self) -> None:
        for url, kept in self._silent.items():
            self._write(url, kept)
        self._silent.clear()

    def _write(self, url: str, kept: _Kept) -> None:
        """Write a verdict to the memory; one that says nothing of the page is not kept."""
        said_nothing = kept.verdict.status is LinkStatus.UNCHECKED and not rests(kept.verdict)
        if self._memory is not None and not said_nothing:
            self._memory.keep(
                url,
                kept.verdict,
                etag=kept.validators.etag,
                last_modified=kept.validators.last_modified,
            )

    def _close(self) -> None:
        """Give what is still open its verdict: failed once, or never asked."""
        for target in self._open.values():
            for link in target.links:
                failed = self._failed.get(link.url)
                self.verdicts[link.url] = (
                    LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-interrupted"))
                    if failed is None
                    else leave_unconfirmed(failed[0])
                )
        self._end_silence()
        if self._memory is not None and not self._stop.is_set():
            self._memory.forget(checked_before=self._now() - FORGET_AFTER)

    def _end_silence(self) -> None:
        """Take back what was concluded of silent hosts when nothing at all has answered."""
        if not self._silence.is_total:
            self._write_silent()
        for url in self._silent:
            self.verdicts[url] = LinkVerdict(
                LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-no-network")
            )


def _has_failed(link: _Link) -> bool:
    return link.known is not None and is_failing(link.known.verdict)


def _gather(
    urls: Iterable[str], known: Mapping[str, RememberedLink], settings: LinkSettings
) -> dict[str, _Target]:
    """Gather links by the address that is asked for them, in their order."""
    links: dict[WebAddress, list[_Link]] = {}
    for url in urls:
        address = parse_address(remap(url.strip(), settings))
        if address is not None:
            link = _Link(url, read_fragment(url), known.get(url))
            links.setdefault(address, []).append(link)
    return {address.url: _Target(address, tuple(found)) for address, found in links.items()}


@dataclass(frozen=True, slots=True)
class _Validators:
    """What makes the next request for an address conditional."""

    etag: str | None = None
    last_modified: str | None = None


def _find_validators(links: Iterable[_Link]) -> _Validators:
    """Return the validators that all links of an address remember, none where they differ."""
    remembered = {
        _Validators(link.known.etag, link.known.last_modified)
        if link.known is not None and rests(link.known.verdict)
        else _Validators()
        for link in links
    }
    return remembered.pop() if len(remembered) == 1 else _Validators()


def _read_validators(end: End) -> _Validators:
    """Return the validators of an answer, if the address itself gave it."""
    if isinstance(end.outcome, Answer) and not end.trail.hops:
        return _Validators(end.outcome.etag, end.outcome.last_modified)
    return _Validators()


def _hear_unchanged(link: _Link, end: End) -> RememberedLink | None:
    """Return what is remembered, when the server says that it still holds."""
    if (
        isinstance(end.outcome, Answer)
        and end.outcome.status == _NOT_MODIFIED
        and not end.trail.hops
        and link.known is not None
        and rests(link.known.verdict)
    ):
        return link.known
    return None
