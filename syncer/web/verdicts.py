"""The outcome of a request → the verdict on a link (pure)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from urllib.parse import unquote, urlsplit

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Args, Reason
from syncer.net.failures import Cause
from syncer.web.addresses import parse_address
from syncer.web.answers import Absence, Anchors, Answer, Detour, Failure, Stray
from syncer.web.fragments import MAX_PAGE_BYTES
from syncer.web.link_settings import LinkSettings, unmap
from syncer.web.trail import MAX_HOPS, End, Trail

_LOGIN_HOSTS = ("login.microsoftonline.com", "accounts.google.com", "nemlog-in.mitid.dk")
_LOGIN_WORDS = frozenset({"login", "log-in", "signin", "sign-in", "sign_in", "sso", "saml2"})
# A second look would get the same answer.
_PLAIN = frozenset({401, 404, 407, 410, 429, 999})
_NEEDS_TWO_LOOKS = frozenset({LinkStatus.BROKEN, LinkStatus.TIMED_OUT})
_OF_FAILURES = {
    Cause.CONNECT_TIMED_OUT: (LinkStatus.TIMED_OUT, "link-timed-out"),
    Cause.ANSWER_TIMED_OUT: (LinkStatus.TIMED_OUT, "link-timed-out"),
    Cause.HOST_UNKNOWN: (LinkStatus.BROKEN, "link-host-unknown"),
    Cause.DNS_FAILED: (LinkStatus.UNCHECKED, "link-dns-failed"),
    Cause.REFUSED: (LinkStatus.BROKEN, "link-refused"),
    Cause.HOST_UNREACHABLE: (LinkStatus.BROKEN, "link-host-unreachable"),
    Cause.NETWORK_UNREACHABLE: (LinkStatus.UNCHECKED, "link-network-unreachable"),
    Cause.PRIVATE: (LinkStatus.UNCHECKED, "link-private-address"),
    Cause.PROXY_FAILED: (LinkStatus.UNCHECKED, "link-proxy-failed"),
    Cause.DROPPED: (LinkStatus.BROKEN, "link-dropped"),
    Cause.NOT_HTTP: (LinkStatus.BROKEN, "link-not-http"),
    Cause.BAD_ADDRESS: (LinkStatus.BROKEN, "link-url-invalid"),
    Cause.STOPPED: (LinkStatus.UNCHECKED, "link-interrupted"),
    Cause.TLS_EXPIRED: (LinkStatus.BROKEN, "link-tls-expired"),
    Cause.TLS_NOT_YET_VALID: (LinkStatus.BROKEN, "link-tls-not-yet-valid"),
    Cause.TLS_WRONG_NAME: (LinkStatus.BROKEN, "link-tls-wrong-name"),
    Cause.TLS_UNKNOWN_ISSUER: (LinkStatus.BROKEN, "link-tls-unknown-issuer"),
    Cause.TLS_FAILED: (LinkStatus.BROKEN, "link-tls-failed"),
}
_OF_REFUSALS = {
    401: (LinkStatus.NEEDS_LOGIN, "link-asks-for-login"),
    404: (LinkStatus.BROKEN, "link-not-found"),
    407: (LinkStatus.UNCHECKED, "link-proxy-failed"),
    410: (LinkStatus.BROKEN, "link-gone"),
    429: (LinkStatus.BLOCKED, "link-too-many-requests"),
}


def judge(
    end: End, fragment: str, settings: LinkSettings, checked_at: datetime | None
) -> LinkVerdict:
    """Return the verdict on a link whose trail ended so.

    `fragment` is the link's own, as written, "" without one. A 304 is not judged here: the
    remembered verdict stays valid.
    """
    outcome, host = end.outcome, _name_host(end.trail, settings)
    if isinstance(outcome, Failure):
        status, reason = _judge_failure(outcome, host, settings)
        return LinkVerdict(LinkKind.WEB, status, reason, checked_at=checked_at)
    if isinstance(outcome, Detour):
        status, reason = _judge_detour(outcome, host)
    elif _is_good(outcome, settings):
        return _judge_good(end.trail, outcome, fragment, checked_at)
    else:
        status, reason = _judge_refusal(outcome, host)
    return LinkVerdict(LinkKind.WEB, status, reason, outcome.status, checked_at=checked_at)


def wants_second_look(end: End, settings: LinkSettings) -> bool:
    """Return whether a failure may pass: not a plain answer, nor our own refusal to ask."""
    outcome = end.outcome
    if isinstance(outcome, Failure):
        return outcome.cause is not Cause.PRIVATE
    if isinstance(outcome, Detour):
        return outcome.stray in (Stray.LOOP, Stray.TOO_MANY, Stray.NOWHERE)
    return not _is_good(outcome, settings) and outcome.wall is None and outcome.status not in _PLAIN


def is_failing(verdict: LinkVerdict) -> bool:
    """Return whether a remembered verdict is a failure, confirmed or not."""
    return verdict.status in (LinkStatus.BROKEN, LinkStatus.TIMED_OUT, LinkStatus.UNCONFIRMED)


def mark_unconfirmed(verdict: LinkVerdict) -> LinkVerdict:
    """Return the verdict of a look that no second one confirmed."""
    if verdict.status in _NEEDS_TWO_LOOKS:
        return replace(verdict, status=LinkStatus.UNCONFIRMED)
    return verdict


def reconcile(first: LinkVerdict, second: LinkVerdict, *, first_counts: bool) -> LinkVerdict:
    """Return the verdict of two looks when the first one failed.

    Two equal failures are confirmed. A failure and a good answer, or two different failures, are
    unconfirmed, with the failure as the reason. A first look that does not count (`End.counts`)
    does not make a good answer unconfirmed.
    """
    if second.status is first.status:
        return second
    if first.status is LinkStatus.UNCHECKED or not first_counts:
        return mark_unconfirmed(second)
    if second.status in (LinkStatus.BLOCKED, LinkStatus.NEEDS_LOGIN):
        return second
    return mark_unconfirmed(second if second.status in _NEEDS_TWO_LOOKS else first)


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
    login = _find_login(trail)
    if login is not None:
        reason = Reason("link-leads-to-login", {"url": login})
        return replace(verdict, status=LinkStatus.NEEDS_LOGIN, reason=reason)
    # A redirect with a fragment of its own replaces that of the link.
    wanted = fragment and not any("#" in hop.target for hop in trail.hops)
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
            return LinkStatus.UNCHECKED, Reason("link-anchor-by-script", args)
        case Absence.TOO_BIG:
            args = {**args, "limit_bytes": MAX_PAGE_BYTES}
            return LinkStatus.UNCHECKED, Reason("link-anchor-page-too-big", args)
        case Absence.NOT_HTML:
            return LinkStatus.UNCHECKED, Reason("link-anchor-not-html", args)
        case Absence.UNREAD:
            return LinkStatus.UNCHECKED, Reason("link-anchor-page-unread", args)
        case _ as never:
            assert_never(never)


def _name_host(trail: Trail, settings: LinkSettings) -> str:
    """Return the host that a reader would ask, also for a remapped one."""
    asked = trail.ask.address
    written = parse_address(unmap(asked.url, settings))
    return asked.host if written is None else written.host


def _judge_refusal(answer: Answer, host: str) -> tuple[LinkStatus, Reason]:
    if answer.wall is not None:
        return LinkStatus.BLOCKED, Reason("link-bot-wall", {"host": host, "wall": answer.wall})
    if answer.status in _OF_REFUSALS:
        status, code = _OF_REFUSALS[answer.status]
        return status, Reason(code, {"host": host})
    return LinkStatus.BROKEN, Reason("link-http-error", {"host": host, "status": answer.status})


def _judge_detour(detour: Detour, host: str) -> tuple[LinkStatus, Reason]:
    match detour.stray:
        case Stray.LOOP:
            return LinkStatus.BROKEN, Reason("link-redirect-loop", {"url": detour.target})
        case Stray.TOO_MANY:
            return LinkStatus.BROKEN, Reason("link-too-many-redirects", {"limit": MAX_HOPS})
        case Stray.NOWHERE:
            args = {"host": host, "target": detour.target}
            return LinkStatus.BROKEN, Reason("link-redirect-to-nowhere", args)
        case Stray.OTHER_SCHEME:
            args = {"scheme": urlsplit(detour.target).scheme}
            return LinkStatus.UNCHECKED, Reason("link-redirect-to-scheme", args)
        case Stray.INSIDE:
            args = {"host": urlsplit(detour.target).hostname or host}
            return LinkStatus.EXCLUDED, Reason("link-inside-host", args)
        case Stray.PRIVATE:
            args = {"host": urlsplit(detour.target).hostname or host}
            return LinkStatus.UNCHECKED, Reason("link-private-address", args)
        case _ as never:
            assert_never(never)


def _judge_failure(
    failure: Failure, host: str, settings: LinkSettings
) -> tuple[LinkStatus, Reason]:
    status, code = _OF_FAILURES[failure.cause]
    args: Args = {"host": host}
    if status is LinkStatus.TIMED_OUT:
        args = {**args, "timeout_s": settings.timeout_s}
    return status, Reason(code, args)
