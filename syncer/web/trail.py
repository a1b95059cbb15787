"""An address on its way to an answer: what to request next, and when to end (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from syncer.net.failures import Cause
from syncer.net.private_hosts import is_private_host
from syncer.web.addresses import (
    WebAddress,
    is_too_long,
    is_under,
    parse_address,
    turn_backslashes,
)
from syncer.web.answers import Answer, Detour, Failure, Outcome, Stray, WebRequest
from syncer.web.link_settings import LinkSettings, may_be_private, remap, unmap

MAX_HOPS = 20
"""As many as browsers follow."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OUT_OF_TIME = frozenset({Cause.CONNECT_TIMED_OUT, Cause.ANSWER_TIMED_OUT})
_PERMANENT = frozenset({301, 308})
_SERVER_ERROR = 500
_FAULTS = frozenset({Stray.LOOP, Stray.NOWHERE})


@dataclass(frozen=True, slots=True)
class Hop:
    """A followed redirect; `target` is the URL that readers use."""

    url: str
    status: int
    target: str

    @property
    def permanent(self) -> bool:
        """Whether the old address should not be used any more (RFC 9110, section 15.4)."""
        return self.status in _PERMANENT


@dataclass(frozen=True, slots=True)
class Trail:
    """The requests for an address.

    Attributes:
        start: the first address.
        ask: the next request.
        hops: the redirects followed so far, in order.
        seen: the earlier requests: their URLs and cookies.
        retried: whether a dropped request was sent again.
        pauses: how often the host asked to wait.
        may_be_proxys: whether our proxy may have written one of the answers.
        spent_s: what its requests have taken so far.
        asked_at_s: when its last request began, on the run's stopwatch; None before the first
            one, also when a breaker ends the trail before it.
    """

    start: WebAddress
    ask: WebRequest
    hops: tuple[Hop, ...] = ()
    seen: frozenset[tuple[str, frozenset[tuple[str, str | None]]]] = frozenset()
    retried: bool = False
    pauses: int = 0
    may_be_proxys: bool = False
    spent_s: float = 0.0
    asked_at_s: float | None = None


@dataclass(frozen=True, slots=True)
class End:
    """A finished trail and its outcome."""

    trail: Trail
    outcome: Outcome


def begin_trail(
    address: WebAddress,
    anchors: frozenset[str],
    *,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Trail:
    """Return a trail that begins at an address; `anchors` are looked for where it ends."""
    return Trail(address, WebRequest(address, anchors, etag, last_modified))


def proceed(
    trail: Trail, outcome: Answer | Failure, settings: LinkSettings, took_s: float = 0.0
) -> Trail | End:
    """Return the next step of a trail after an outcome that took so many seconds.

    All requests of a trail share `settings.timeout_s`: each of many servers in a row may be slow.
    """
    if isinstance(outcome, Failure):
        is_hurried = trail.spent_s > settings.timeout_s / 2
        if trail.hops and is_hurried and outcome.cause in _OUT_OF_TIME:
            here = trail.ask.address.url
            return End(trail, Detour(Stray.TOO_SLOW, trail.hops[-1].status, here[:500]))
        trail = replace(trail, spent_s=trail.spent_s + took_s)
        has_time = trail.spent_s < settings.timeout_s
        if outcome.cause is Cause.DROPPED and not trail.retried and has_time:
            # A server may have closed an idle connection.
            return replace(trail, retried=True)
        return End(trail, outcome)
    trail = replace(
        trail,
        spent_s=trail.spent_s + took_s,
        may_be_proxys=trail.may_be_proxys or outcome.may_be_proxys,
    )
    if outcome.status in settings.accept:
        return End(trail, outcome)
    if outcome.status in _REDIRECTS:
        return _follow(trail, outcome, settings)
    if outcome.may_be_proxys and outcome.status >= _SERVER_ERROR:
        return End(trail, Failure(Cause.PROXY_FAILED))
    return End(trail, outcome)


def _follow(trail: Trail, answer: Answer, settings: LinkSettings) -> Trail | End:
    def stop(stray: Stray) -> End:
        return _stray(trail, answer, stray)

    here = trail.ask.address
    target = _join(here.url, answer.location)
    if target is None:
        return stop(Stray.NOWHERE)
    if urlsplit(target).scheme not in ("http", "https"):
        return stop(Stray.OTHER_SCHEME)
    asked = remap(target, settings)
    address = parse_address(asked)
    if address is None:
        return stop(Stray.TOO_LONG if is_too_long(asked) else Stray.NOWHERE)
    if is_under(address.host, settings.inside_hosts):
        return stop(Stray.INSIDE)
    if is_private_host(address.host) and not may_be_private(address, settings):
        return stop(Stray.PRIVATE)
    seen = trail.seen | {_footprint(trail.ask)}
    ask = WebRequest(address, trail.ask.anchors, cookies=answer.cookies)
    if _footprint(ask) in seen:
        return stop(Stray.LOOP)
    if len(trail.hops) == MAX_HOPS:
        return stop(Stray.TOO_MANY)
    if trail.spent_s >= settings.timeout_s:
        return stop(Stray.TOO_SLOW)
    return replace(
        trail,
        ask=ask,
        hops=(*trail.hops, Hop(here.url, answer.status, unmap(target, settings))),
        seen=seen,
        retried=False,
    )


def _stray(trail: Trail, answer: Answer, stray: Stray) -> End:
    if trail.may_be_proxys and stray in _FAULTS:
        # A proxy may send every address to a page of its own.
        return End(trail, Failure(Cause.PROXY_FAILED))
    return End(trail, Detour(stray, answer.status, (answer.location or "")[:500]))


def _footprint(ask: WebRequest) -> tuple[str, frozenset[tuple[str, str | None]]]:
    # A server that sets a cookie and redirects to the same URL makes no loop.
    return ask.address.url, frozenset((cookie.name, cookie.value) for cookie in ask.cookies)


def _join(base: str, location: str | None) -> str | None:
    if location is None or not location.strip():
        return None
    try:
        return urljoin(base, turn_backslashes(location.strip()))
    except ValueError:
        return None
