"""A verdict for every web link: remembered ones first, the rest requested, failures twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.net.dialer import Resolve, resolve_by_system
from syncer.net.private_hosts import is_private_host
from syncer.surroundings import Surroundings
from syncer.web.addresses import (
    WebAddress,
    is_too_long,
    is_under,
    names_anchor,
    parse_address,
    read_fragment,
)
from syncer.web.answers import Answer
from syncer.web.breaker import Breaker, Silence, is_silent
from syncer.web.dispatch import Crew, Dispatcher, Fetch, RequestTally
from syncer.web.fetch import Transport
from syncer.web.hosts import Hosts
from syncer.web.link_settings import LinkSettings, covers, may_be_private, remap
from syncer.web.memory import FORGET_AFTER, LinkMemory, is_fresh, is_good
from syncer.web.schemes import classify_link, judge_scheme
from syncer.web.stopwatch import Stopwatch
from syncer.web.trail import End, Trail, begin_trail
from syncer.web.verdicts import (
    FAILING_DAYS,
    agrees,
    confirm,
    count_days,
    is_failing,
    judge,
    may_pass,
)

__all__ = ["LinkMemory", "LinkSettings", "check_links", "classify_link"]

SECOND_LOOK_AFTER_S = 20.0
"""A failure is checked again no sooner: what passes within seconds has passed by then."""

# For the second looks of a run and the pauses that hosts ask for in them.
_MAX_WAIT_S = 30.0
_FIRST_LOOK_PAUSE_S = 60.0
# For all links of a run: 10,000 links of one host take half of it. See `RUN_LIMIT_S` of the shares.
RUN_LIMIT_S = 3_600.0
_NOT_MODIFIED = 304


def check_links(
    urls: Collection[str],
    *,
    settings: LinkSettings,
    memory: LinkMemory | None,
    around: Surroundings,
    today: date,
    resolve: Resolve = resolve_by_system,
) -> dict[str, LinkVerdict]:
    """Return the verdict on each absolute link; `mailto:` and the like are judged by their text.

    Addresses that differ only in their fragment are requested once. Good answers of earlier runs
    are used again (`memory.is_fresh`). A failure that may pass is checked again at the end, after
    `SECOND_LOOK_AFTER_S`, unless an earlier run saw it fail or there seems to be no network. All
    ends within `RUN_LIMIT_S`.

    Args:
        urls: links as written, each once or more, in the order of the requests. Those that failed
            last time come first: they may take all the time there is.
        settings: how links are requested, and which are not.
        memory: what earlier runs learnt, and where this one stores each verdict; None for neither.
        around: those of the run. After a stop open links are unchecked, or unconfirmed after one
            look. `on_progress` is called with "links", the number of verdicts, and of links.
        today: the day of the run, for links that fail without being denied: they are broken on the
            third day.
        resolve: returns the IP addresses of a host.

    Returns:
        One verdict per link, by code point; empty without links.
    """
    wanted = tuple(dict.fromkeys(urls))
    transport = Transport(
        threads=settings.threads,
        may_be_private=lambda address: may_be_private(address, settings),
        now=around.now,
        resolve=resolve,
    )
    try:
        check = _Check(
            settings,
            memory,
            around,
            today,
            lambda done: around.on_progress("links", done, len(wanted)),
        )
        check.plan(wanted)
        check.ask(transport.send)
        return {url: check.verdicts[url] for url in sorted(wanted)}
    finally:
        transport.close()


def judge_without_asking(url: str, settings: LinkSettings) -> LinkVerdict | None:
    """Return the verdict by text and settings; None for a link that must be requested."""
    pattern = next((one for one in settings.exclude if covers(url, one)), None)
    if pattern is not None:
        reason = Reason("link-excluded", {"pattern": pattern})
        return LinkVerdict(classify_link(url), LinkStatus.EXCLUDED, reason)
    by_scheme = judge_scheme(url)
    if by_scheme is not None:
        return by_scheme
    address = parse_address(remap(url.strip(), settings))
    if is_too_long(url):
        return LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-not-requested"))
    if address is None:
        return LinkVerdict(LinkKind.WEB, LinkStatus.BROKEN, Reason("link-url-invalid"))
    if is_under(address.host, settings.inside_hosts):
        reason = Reason("link-inside-host", {"host": address.host})
        return LinkVerdict(LinkKind.WEB, LinkStatus.EXCLUDED, reason)
    if is_private_host(address.host) and not may_be_private(address, settings):
        reason = Reason("link-private-address", {"host": address.host})
        return LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, reason)
    return None


@dataclass(frozen=True, slots=True)
class _Validators:
    """The values that make the next request for an address conditional."""

    etag: str | None = None
    last_modified: str | None = None


_NO_VALIDATORS = _Validators()


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    fragment: str
    known: RememberedLink | None

    @property
    def has_failed(self) -> bool:
        """Whether an earlier run saw it fail."""
        return self.known is not None and is_failing(self.known.verdict)

    @property
    def validators(self) -> _Validators:
        """Those of a remembered good answer."""
        if self.known is None or not is_good(self.known.verdict):
            return _Validators()
        return _Validators(self.known.etag, self.known.last_modified)


@dataclass(frozen=True, slots=True)
class _Target:
    address: WebAddress
    links: tuple[_Link, ...]


class _Check:
    """The state of one check: the verdicts, the open links, and those that failed once."""

    def __init__(
        self,
        settings: LinkSettings,
        memory: LinkMemory | None,
        around: Surroundings,
        today: date,
        show_progress: Callable[[int], None],
    ) -> None:
        self.verdicts: dict[str, LinkVerdict] = {}
        self._settings = settings
        self._memory = memory
        self._now = around.now
        self._today = today
        self._watch = Stopwatch(around.now, around.sleep, around.stop, RUN_LIMIT_S)
        self._show_progress = show_progress
        self._open: dict[str, _Target] = {}
        self._failed: dict[str, tuple[LinkVerdict, End]] = {}
        self._silence = Silence()
        self._silent: dict[str, RememberedLink] = {}
        self._asked_at_s = 0.0
        self._tally = RequestTally()

    def plan(self, urls: Iterable[str]) -> None:
        """Judge what needs no request, and group the rest by address."""
        to_ask = []
        for url in urls:
            verdict = judge_without_asking(url, self._settings)
            if verdict is None:
                to_ask.append(url)
            else:
                self.verdicts[url] = verdict
        known = {} if self._memory is None else _recall(self._memory, to_ask)
        due = []
        for url in to_ask:
            remembered = known.get(url)
            if remembered is not None and is_fresh(
                url, remembered, self._now(), self._settings.cache_days
            ):
                self.verdicts[url] = remembered.verdict
            else:
                due.append(_Link(url, read_fragment(url), remembered))
        due.sort(key=lambda link: not link.has_failed)
        self._open = _group(due, self._settings)
        self._show_progress(len(self.verdicts))

    def ask(self, fetch: Fetch) -> None:
        """Look at the open links, and again at those that failed; judge all of them."""
        crew = Crew(self._settings.threads, fetch)
        try:
            self._look(crew, max_pause_s=_FIRST_LOOK_PAUSE_S)
            if self._open and not self._watch.is_over and not self._silence.is_offline:
                due_at_s = self._asked_at_s + SECOND_LOOK_AFTER_S
                self._watch.pause(max(0.0, due_at_s - self._watch.read_s()))
                self._look(crew, max_pause_s=_MAX_WAIT_S - SECOND_LOOK_AFTER_S)
        finally:
            crew.dismiss()
            self._close()
            self._tally.log()

    def _look(self, crew: Crew, *, max_pause_s: float) -> None:
        hosts: Hosts[Trail] = Hosts(
            per_host=self._settings.per_host,
            gap_s=self._settings.gap_s,
            max_pause_s=max_pause_s,
        )
        breaker = Breaker()
        for _, end in self._failed.values():
            if is_silent(end):
                breaker.suspect(end.trail.ask.address.origin)
        dispatcher = Dispatcher(crew, hosts, breaker, self._settings, self._watch, self._tally)
        for end in dispatcher.run([_begin(target) for target in self._open.values()]):
            self._receive(end)
            self._show_progress(len(self.verdicts))

    def _receive(self, end: End) -> None:
        target = self._open.pop(end.trail.start.url)
        failed_before = any(link.has_failed for link in target.links)
        self._silence.note(end, failed_before=failed_before)
        if self._silence.is_broken:
            self._write_silent()
        unjudged = tuple(link for link in target.links if not self._judge(link, end))
        if unjudged:
            self._open[target.address.url] = _Target(target.address, unjudged)
            self._asked_at_s = max(self._asked_at_s, end.trail.asked_at_s or 0.0)

    def _judge(self, link: _Link, end: End) -> bool:
        """Store the verdict on a link; return False when it needs a second look."""
        known, unchanged = link.known, _find_unchanged(link, end)
        if unchanged is not None:
            verdict = replace(unchanged.verdict, checked_at=self._now())
            self._store(link.url, replace(unchanged, verdict=verdict), end)
            return True
        verdict = judge(end, link.fragment, self._settings, self._now())
        first, _ = self._failed.pop(link.url, (None, None))
        earlier = None if known is None else known.verdict
        is_settled = earlier is not None and agrees(earlier, verdict)
        if first is None and may_pass(end, verdict) and not is_settled:
            self._failed[link.url] = (verdict, end)
            self._remember(link.url, self._make_record(link, verdict), end)
            return False
        verdict = confirm(verdict, first=first, earlier=earlier)
        self._store(link.url, self._make_record(link, verdict, _read_validators(end)), end)
        return True

    def _make_record(
        self, link: _Link, verdict: LinkVerdict, validators: _Validators = _NO_VALIDATORS
    ) -> RememberedLink:
        """Return what is to be remembered, with the verdict that counts the failing days."""
        days: tuple[date, ...] = ()
        if verdict.status is LinkStatus.UNCONFIRMED:
            earlier = () if link.known is None else link.known.failing_days
            days = tuple(sorted({*earlier, self._today})[-FAILING_DAYS:])
        verdict = count_days(verdict, len(days))
        return RememberedLink(
            verdict, validators.etag, validators.last_modified, days, RULES_VERSION
        )

    def _store(self, url: str, record: RememberedLink, end: End) -> None:
        self.verdicts[url] = record.verdict
        self._remember(url, record, end)

    def _remember(self, url: str, record: RememberedLink, end: End) -> None:
        """Write a verdict to the memory at once, except on a silent host before any answer.

        Until some server has answered, our own network may be down.
        """
        if is_silent(end) and not self._silence.is_broken:
            self._silent[url] = record
            return
        self._silent.pop(url, None)
        self._write(url, record)

    def _write_silent(self) -> None:
        for url, record in self._silent.items():
            self._write(url, record)
        self._silent.clear()

    def _write(self, url: str, record: RememberedLink) -> None:
        """Write a verdict to the memory, unless it says nothing about the page."""
        verdict = record.verdict
        says_nothing = verdict.status is LinkStatus.UNCHECKED and not is_good(verdict)
        if self._memory is not None and not says_nothing:
            self._memory.keep(url, record)

    def _close(self) -> None:
        """Judge the links that are still open: failed once, or never requested."""
        for target in self._open.values():
            for link in target.links:
                failed = self._failed.get(link.url)
                self.verdicts[link.url] = (
                    LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-interrupted"))
                    if failed is None
                    else self._make_record(link, failed[0]).verdict
                )
        if not self._silence.is_total:
            self._write_silent()
        for url in self._silent:
            self.verdicts[url] = LinkVerdict(
                LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-no-network")
            )
        if self._memory is not None and not self._watch.is_over:
            self._memory.forget(checked_before=self._now() - FORGET_AFTER)


def _recall(memory: LinkMemory, urls: Collection[str]) -> dict[str, RememberedLink]:
    """Return what may be used of the memory: no good verdict that other rules made."""
    return {
        url: known
        for url, known in memory.recall(urls).items()
        if known.rules == RULES_VERSION or not is_good(known.verdict)
    }


def _group(links: Iterable[_Link], settings: LinkSettings) -> dict[str, _Target]:
    """Group links by the address that is requested for them, in their order."""
    by_address: dict[WebAddress, list[_Link]] = {}
    for link in links:
        address = parse_address(remap(link.url.strip(), settings))
        if address is not None:
            by_address.setdefault(address, []).append(link)
    return {address.url: _Target(address, tuple(found)) for address, found in by_address.items()}


def _begin(target: _Target) -> Trail:
    """Return the trail of an address, conditional if all its links remember the same answer."""
    remembered = {link.validators for link in target.links}
    validators = remembered.pop() if len(remembered) == 1 else _Validators()
    return begin_trail(
        target.address,
        frozenset(link.fragment for link in target.links if names_anchor(link.fragment)),
        etag=validators.etag,
        last_modified=validators.last_modified,
    )


def _read_validators(end: End) -> _Validators:
    """Return the validators of an answer, if the address itself gave it."""
    if isinstance(end.outcome, Answer) and not end.trail.hops:
        return _Validators(end.outcome.etag, end.outcome.last_modified)
    return _Validators()


def _find_unchanged(link: _Link, end: End) -> RememberedLink | None:
    """Return the memory of a link if the server says that it is still valid."""
    if (
        isinstance(end.outcome, Answer)
        and end.outcome.status == _NOT_MODIFIED
        and not end.trail.hops
        and link.known is not None
        and is_good(link.known.verdict)
    ):
        return link.known
    return None
