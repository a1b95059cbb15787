"""The outcome of a request → the verdict on a link (pure)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from urllib.parse import unquote, urlsplit

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Args, Reason
from syncer.net.failures import Cause
from syncer.web.addresses import WebAddress, names_anchor, parse_address
from syncer.web.answers import Absence, Anchors, Answer, Detour, Failure, Stray
from syncer.web.fragments import MAX_PAGE_BYTES
from syncer.web.link_settings import LinkSettings, unmap
from syncer.web.trail import MAX_HOPS, End, Trail

_LOGIN_HOSTS = ("login.microsoftonline.com", "accounts.google.com", "nemlog-in.mitid.dk")
_LOGIN_WORDS = frozenset({"login", "log-in", "signin", "sign-in", "sign_in", "sso", "saml2"})
# Sites that ask a reader for consent, or for a sign of being human, before they show the page.
_STAND_IN_HOSTS = ("consent.youtube.com", "consent.google.com", "validate.perfdrive.com")

FAILING_DAYS = 3
"""On so many different days must a link fail without a denial before it counts as broken."""

# A second look would end in the same way.
_LASTING = frozenset({Cause.PRIVATE, Cause.TOO_LONG, Cause.BAD_ADDRESS})
_FAILED, _UNKNOWN, _REFUSED = LinkStatus.UNCONFIRMED, LinkStatus.UNCHECKED, LinkStatus.BLOCKED
_HOST_UNKNOWN = "link-host-unknown"
_OF_FAILURES = {
    Cause.CONNECT_TIMED_OUT: (_FAILED, "link-timed-out"),
    Cause.ANSWER_TIMED_OUT: (_FAILED, "link-timed-out"),
    Cause.HOST_UNKNOWN: (_FAILED, _HOST_UNKNOWN),
    Cause.DNS_FAILED: (_UNKNOWN, "link-dns-failed"),
    Cause.REFUSED: (_FAILED, "link-refused"),
    Cause.HOST_UNREACHABLE: (_FAILED, "link-host-unreachable"),
    Cause.NETWORK_UNREACHABLE: (_UNKNOWN, "link-network-unreachable"),
    Cause.PRIVATE: (_UNKNOWN, "link-private-address"),
    Cause.PROXY_FAILED: (_UNKNOWN, "link-proxy-failed"),
    Cause.DROPPED: (_FAILED, "link-dropped"),
    Cause.NOT_HTTP: (_FAILED, "link-not-http"),
    Cause.TOO_LONG: (_UNKNOWN, "link-headers-too-long"),
    Cause.BAD_ADDRESS: (_UNKNOWN, "link-not-requested"),
    Cause.STOPPED: (_UNKNOWN, "link-interrupted"),
    Cause.TLS_EXPIRED: (_FAILED, "link-tls-expired"),
    Cause.TLS_NOT_YET_VALID: (_FAILED, "link-tls-not-yet-valid"),
    Cause.TLS_WRONG_NAME: (_FAILED, "link-tls-wrong-name"),
    # Browsers know more issuers, and fetch an intermediate certificate that a server leaves out.
    Cause.TLS_UNKNOWN_ISSUER: (_REFUSED, "link-tls-unknown-issuer"),
    Cause.TLS_FAILED: (_FAILED, "link-tls-failed"),
}
# A server that is silent for some links says nothing of the others. One that refuses connections,
# or that does not exist, does so for all.
_SILENCE = frozenset({Cause.CONNECT_TIMED_OUT, Cause.ANSWER_TIMED_OUT})
# The other 4xx refuse the request, and say nothing about the page.
_OF_STATUSES = {
    401: (_REFUSED, "link-asks-for-login"),
    404: (LinkStatus.BROKEN, "link-not-found"),
    407: (_UNKNOWN, "link-proxy-failed"),
    408: (_FAILED, "link-http-error"),
    410: (LinkStatus.BROKEN, "link-gone"),
    429: (_REFUSED, "link-too-many-requests"),
    # Of our own network, which wants a login (RFC 6585, section 6): no origin may send it.
    511: (_UNKNOWN, "link-network-unreachable"),
}


def judge(
    end: End, fragment: str, settings: LinkSettings, checked_at: datetime | None
) -> LinkVerdict:
    """Return the verdict on a link whose trail ended so.

    `fragment` is the link's own, as written, "" without one. A 304 is not judged here: the
    remembered verdict stays valid.
    """
    outcome, host = end.outcome, _name_host(end.trail.ask.address, settings)
    if isinstance(outcome, Failure):
        if outcome.given_up and outcome.cause in _SILENCE:
            reason = Reason("link-host-given-up", {"host": host})
            return LinkVerdict(LinkKind.WEB, _UNKNOWN, reason)
        status, reason = _judge_failure(outcome, host, settings)
        return LinkVerdict(LinkKind.WEB, status, reason, checked_at=checked_at)
    if isinstance(outcome, Detour):
        status, reason = _judge_detour(outcome, host, settings, end.trail.start)
    elif _is_good(outcome, settings):
        return _judge_good(end.trail, outcome, fragment, checked_at)
    else:
        status, reason = _judge_refusal(outcome, host)
    return LinkVerdict(LinkKind.WEB, status, reason, outcome.status, checked_at=checked_at)


def may_pass(end: End, verdict: LinkVerdict) -> bool:
    """Return whether a second look may see more: after a failure that is not our own refusal."""
    if isinstance(end.outcome, Failure):
        return verdict.status in (_FAILED, _UNKNOWN) and end.outcome.cause not in _LASTING
    return verdict.status is _FAILED


def is_failing(verdict: LinkVerdict) -> bool:
    """Return whether a remembered verdict is a failure, confirmed or not."""
    return verdict.status in (LinkStatus.BROKEN, LinkStatus.UNCONFIRMED)


def agrees(earlier: LinkVerdict, verdict: LinkVerdict) -> bool:
    """Return whether an earlier failure makes a second look at this one needless.

    Only a name that was unknown before is proven to be unknown.
    """
    return is_failing(earlier) and (_is_unknown_host(earlier) or not _is_unknown_host(verdict))


def confirm(
    verdict: LinkVerdict, *, first: LinkVerdict | None, earlier: LinkVerdict | None
) -> LinkVerdict:
    """Return the verdict of a run's last look at a link.

    A name that does not exist is broken when another look did not find it either. Where the last
    look learnt nothing, the failure of the first one counts.

    Args:
        verdict: of the last look.
        first: of this run's first look; None if there was only one.
        earlier: of an earlier run, None without one.
    """
    if first is not None and is_failing(first) and verdict.status is _UNKNOWN:
        return first
    before = first or earlier
    if before is not None and _is_unknown_host(before) and _is_unknown_host(verdict):
        return replace(verdict, status=LinkStatus.BROKEN)
    return verdict


def count_days(verdict: LinkVerdict, days: int) -> LinkVerdict:
    """Return a failure as broken when the link has failed on `FAILING_DAYS` different days."""
    if verdict.status is _FAILED and days >= FAILING_DAYS:
        return replace(verdict, status=LinkStatus.BROKEN)
    return verdict


def _is_unknown_host(verdict: LinkVerdict) -> bool:
    return verdict.reason is not None and verdict.reason.code == _HOST_UNKNOWN


def _is_good(answer: Answer, settings: LinkSettings) -> bool:
    if answer.status in settings.accept:
        return True
    return 200 <= answer.status < 300 and answer.wall is None


def _judge_good(
    trail: Trail, answer: Answer, fragment: str, checked_at: datetime | None
) -> LinkVerdict:
    verdict = LinkVerdict(
        LinkKind.WEB, LinkStatus.OK, http_status=answer.status, checked_at=checked_at
    )
    host = trail.ask.address.host
    if trail.hops and host in _STAND_IN_HOSTS and trail.start.host != host:
        reason = Reason("link-bot-wall", {"host": trail.start.host, "wall": host})
        return replace(verdict, status=_REFUSED, reason=reason)
    login = _find_login(trail)
    if login is not None:
        reason = Reason("link-leads-to-login", {"url": login})
        return replace(verdict, status=LinkStatus.NEEDS_LOGIN, reason=reason)
    # A redirect with a fragment of its own replaces that of the link.
    wanted = names_anchor(fragment) and not any("#" in hop.target for hop in trail.hops)
    if wanted and answer.anchors is not None and fragment not in answer.anchors.found:
        status, reason = _judge_absence(answer.anchors, fragment, trail.ask.address.url)
        return replace(verdict, status=status, reason=reason)
    final_url = _find_final_url(trail, fragment)
    if final_url is None:
        return verdict
    return replace(
        verdict,
        status=LinkStatus.REDIRECTED,
        final_url=final_url,
        reason=Reason("link-moved", {"url": final_url}),
    )


def _find_final_url(trail: Trail, fragment: str) -> str | None:
    """Return the target of the permanent redirects at the start of a trail, None without one.

    A target after a temporary redirect may change. The fragment is kept unless a redirect has its
    own (RFC 9110, section 10.2.2).
    """
    final_url = None
    for hop in trail.hops:
        if not hop.permanent:
            break
        final_url = hop.target
    if final_url is None or not fragment or "#" in final_url:
        return final_url
    return f"{final_url}#{fragment}"


def _find_login(trail: Trail) -> str | None:
    """Return the login page that a trail was redirected to; None if it began at one."""
    if not trail.hops or _is_login(trail.start.url):
        return None
    url = trail.ask.address.url
    return url if _is_login(url) else None


def _is_login(url: str) -> bool:
    parts = urlsplit(url)
    words = {word.lower().partition(".")[0] for word in parts.path.split("/")}
    return parts.hostname in _LOGIN_HOSTS or not words.isdisjoint(_LOGIN_WORDS)


def _judge_absence(anchors: Anchors, fragment: str, page: str) -> tuple[LinkStatus, Reason]:
    args: Args = {"anchor": unquote(fragment)}
    match anchors.absence:
        case Absence.PROVEN:
            return LinkStatus.BROKEN, Reason("link-anchor-missing", {**args, "page": page})
        case Absence.BY_SCRIPT:
            return _UNKNOWN, Reason("link-anchor-by-script", args)
        case Absence.TOO_BIG:
            args = {**args, "limit_bytes": MAX_PAGE_BYTES}
            return _UNKNOWN, Reason("link-anchor-page-too-big", args)
        case Absence.NOT_HTML:
            return _UNKNOWN, Reason("link-anchor-not-html", args)
        case Absence.UNREAD:
            return _UNKNOWN, Reason("link-anchor-page-unread", args)
        case _ as never:
            assert_never(never)


def _name_host(asked: WebAddress, settings: LinkSettings) -> str:
    """Return the host that a reader would ask, also for a remapped one."""
    written = parse_address(unmap(asked.url, settings))
    return asked.host if written is None else written.host


def _judge_refusal(answer: Answer, host: str) -> tuple[LinkStatus, Reason]:
    if answer.wall is not None:
        return LinkStatus.BLOCKED, Reason("link-bot-wall", {"host": host, "wall": answer.wall})
    args: Args = {"host": host, "status": answer.status}
    if answer.status in _OF_STATUSES:
        status, code = _OF_STATUSES[answer.status]
        return status, Reason(code, args)
    if 400 <= answer.status < 500:
        return _REFUSED, Reason("link-check-refused", args)
    if 500 <= answer.status < 600:
        return _FAILED, Reason("link-http-error", args)
    return _UNKNOWN, Reason("link-status-unclear", args)


def _judge_detour(
    detour: Detour, host: str, settings: LinkSettings, start: WebAddress
) -> tuple[LinkStatus, Reason]:
    args: Args
    match detour.stray:
        case Stray.LOOP:
            return _FAILED, Reason("link-redirect-loop", {"url": detour.target})
        case Stray.TOO_MANY:
            return _UNKNOWN, Reason("link-too-many-redirects", {"limit": MAX_HOPS})
        case Stray.TOO_SLOW:
            args = {"host": _name_host(start, settings), "timeout_s": settings.timeout_s}
            return _UNKNOWN, Reason("link-redirects-too-slow", args)
        case Stray.NOWHERE:
            args = {"host": host, "target": detour.target}
            return _FAILED, Reason("link-redirect-to-nowhere", args)
        case Stray.TOO_LONG:
            return _UNKNOWN, Reason("link-not-requested")
        case Stray.OTHER_SCHEME:
            args = {"scheme": urlsplit(detour.target).scheme}
            return _UNKNOWN, Reason("link-redirect-to-scheme", args)
        case Stray.INSIDE:
            args = {"host": urlsplit(detour.target).hostname or host}
            return LinkStatus.EXCLUDED, Reason("link-inside-host", args)
        case Stray.PRIVATE:
            args = {"host": urlsplit(detour.target).hostname or host}
            return _UNKNOWN, Reason("link-private-address", args)
        case _ as never:
            assert_never(never)


def _judge_failure(
    failure: Failure, host: str, settings: LinkSettings
) -> tuple[LinkStatus, Reason]:
    status, code = _OF_FAILURES[failure.cause]
    args: Args = {"host": host}
    if code == "link-timed-out":
        args = {**args, "timeout_s": settings.timeout_s}
    return status, Reason(code, args)
