"""An address on its way to an answer: what is asked next, and when it is enough (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from syncer.web.addresses import WebAddress, is_private_host, is_under, parse_address
from syncer.web.answers import Answer, Cause, Detour, Failure, Method, Outcome, Stray, WebRequest
from syncer.web.link_settings import LinkSettings

MAX_HOPS = 10

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
# A HEAD answered so needs no GET to be believed: a login, a pause, a robot's own status.
_SAME_FOR_GET = frozenset({401, 407, 429, 999})
# Servers that do not know HEAD fail in these ways; silence is left to the second look, whose GET
# comes late enough to serve as both.
_HEAD_FAILURES = frozenset({Cause.DROPPED, Cause.NOT_HTTP})


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed: who sent it, and where to, as readers know the address."""

    url: str
    status: int
    target: str

    @property
    def permanent(self) -> bool:
        """Whether the old address is not to be used any more (RFC 9110, section 15.4)."""
        return self.status in _PERMANENT


@dataclass(frozen=True, slots=True)
class Trail:
    """An address being asked.

    Attributes:
        start: the address that was asked first.
        ask: the next request.
        hops: redirects followed so far, in order.
        seen: what was asked already, each with the cookies that went along.
        retried: whether a dropped GET was sent again.
        pauses: how often the host asked it to wait.
        asked_at_s: when its last request began, on the run's stopwatch; None while none was sent:
            a breaker can end a trail before it began.
    """

    start: WebAddress
    ask: WebRequest
    hops: tuple[Hop, ...] = ()
    seen: frozenset[tuple[str, frozenset[tuple[str, str | None]]]] = frozenset()
    retried: bool = False
    pauses: int = 0
    asked_at_s: float | None = None


@dataclass(frozen=True, slots=True)
class End:
    """A trail that is over, with what it came to."""

    trail: Trail
    outcome: Outcome

    @property
    def counts(self) -> bool:
        """Whether it speaks of the page: something was asked, and by more than a HEAD in vain."""
        in_vain = self.outcome == Failure(Cause.ANSWER_TIMED_OUT)
        return self.trail.asked_at_s is not None and not (
            in_vain and self.trail.ask.method is Method.HEAD
        )


def begin_trail(
    address: WebAddress,
    anchors: frozenset[str],
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    again: bool = False,
) -> Trail:
    """Begin with a HEAD, or with a GET where anchors are wanted or a HEAD has failed before."""
    method = Method.GET if anchors or again else Method.HEAD
    return Trail(address, WebRequest(address, method, anchors, etag, last_modified))


def proceed(trail: Trail, outcome: Answer | Failure, settings: LinkSettings) -> Trail | End:
    """Decide from an outcome whether a trail goes on, and how."""
    if isinstance(outcome, Failure):
        return _proceed_after_failure(trail, outcome)
    if outcome.status in _REDIRECTS and outcome.status not in settings.accept:
        return _follow(trail, outcome, settings)
    if _is_head_refused(trail.ask, outcome, settings):
        return _turn_to_get(trail)
    return End(trail, outcome)


def _proceed_after_failure(trail: Trail, failure: Failure) -> Trail | End:
    if trail.ask.method is Method.HEAD and failure.cause in _HEAD_FAILURES:
        return _turn_to_get(trail)
    if failure.cause is Cause.DROPPED and not trail.retried:
        # A connection kept open too long looks just like this.
        return replace(trail, retried=True)
    return End(trail, failure)


def _is_head_refused(ask: WebRequest, answer: Answer, settings: LinkSettings) -> bool:
    return (
        ask.method is Method.HEAD
        and answer.status >= 400
        and answer.status not in _SAME_FOR_GET
        and answer.status not in settings.accept
        and answer.wall is None
    )


def _turn_to_get(trail: Trail) -> Trail:
    ask = replace(trail.ask, method=Method.GET, etag=None, last_modified=None)
    return replace(trail, ask=ask, retried=True)


def _follow(trail: Trail, answer: Answer, settings: LinkSettings) -> Trail | End:
    def stop(stray: Stray) -> End:
        return End(trail, Detour(stray, answer.status, (answer.location or "")[:500]))

    here = trail.ask.address
    target = _join(here.url, answer.location)
    if target is None:
        return stop(Stray.NOWHERE)
    if urlsplit(target).scheme not in ("http", "https"):
        return stop(Stray.OTHER_SCHEME)
    address = parse_address(remap(target, settings))
    if address is None:
        return stop(Stray.NOWHERE)
    if is_under(address.host, settings.inside_hosts):
        return stop(Stray.INSIDE)
    if not may_be_private(address.host, settings) and is_private_host(address.host):
        return stop(Stray.PRIVATE)
    seen = trail.seen | {_footprint(trail.ask)}
    ask = WebRequest(address, trail.ask.method, trail.ask.anchors, cookies=answer.cookies)
    if _footprint(ask) in seen:
        return stop(Stray.LOOP)
    if len(trail.hops) == MAX_HOPS:
        return stop(Stray.TOO_MANY)
    return replace(
        trail,
        ask=ask,
        hops=(*trail.hops, Hop(here.url, answer.status, unmap(target, settings))),
        seen=seen,
        retried=False,
    )


def _footprint(ask: WebRequest) -> tuple[str, frozenset[tuple[str, str | None]]]:
    # Servers that set a cookie and send the reader back to the same place are no loop.
    return ask.address.url, frozenset((cookie.name, cookie.value) for cookie in ask.cookies)


def _join(base: str, location: str | None) -> str | None:
    if location is None or not location.strip():
        return None
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return None


def remap(url: str, settings: LinkSettings) -> str:
    """Replace the longest prefix that the settings name; an address without one stays."""
    fitting = [prefix for prefix in settings.remap if url.startswith(prefix)]
    if not fitting:
        return url
    prefix = max(fitting, key=len)
    return settings.remap[prefix] + url[len(prefix) :]


def unmap(url: str, settings: LinkSettings) -> str:
    """Turn an address that a remapped server names back into the one that readers use."""
    back = {target: prefix for prefix, target in settings.remap.items()}
    fitting = [target for target in back if url.startswith(target)]
    if not fitting:
        return url
    target = max(fitting, key=len)
    return back[target] + url[len(target) :]


def may_be_private(host: str, settings: LinkSettings) -> bool:
    """Tell whether a host may lie on a private address: all may, or the settings lead to it."""
    if settings.allow_private:
        return True
    addresses = (parse_address(target) for target in settings.remap.values())
    return any(address is not None and address.host == host for address in addresses)
