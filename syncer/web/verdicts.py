"""From what a server said to what a reader would meet (pure)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from urllib.parse import unquote, urlsplit

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Args, Reason
from syncer.web.addresses import parse_address
from syncer.web.answers import Absence, Anchors, Answer, Cause, Detour, Failure, Stray
from syncer.web.fragments import MAX_PAGE_BYTES
from syncer.web.link_settings import LinkSettings
from syncer.web.trail import MAX_HOPS, End, Trail, unmap

_LOGIN_HOSTS = ("login.microsoftonline.com", "accounts.google.com", "nemlog-in.mitid.dk")
_LOGIN_WORDS = frozenset({"login", "log-in", "signin", "sign-in", "sign_in", "sso", "saml2"})
# Plain answers: asking again would only bring them again.
_PLAIN = frozenset({401, 404, 407, 410, 429, 999})
_UNKNOWN_YET = frozenset({LinkStatus.BROKEN, LinkStatus.TIMED_OUT})


def judge(
    end: End, fragment: str, settings: LinkSettings, checked_at: datetime | None
) -> LinkVerdict:
    """Say what a reader of a link meets where its trail ended.

    `fragment` is the link's own, as written, "" for none. A 304 is not judged here: it says that
    what is remembered still holds.
    """
    outcome = end.outcome
    if isinstance(outcome, Failure):
        status, reason = _judge_failure(outcome, end.trail, settings)
        return LinkVerdict(LinkKind.WEB, status, reason, checked_at=checked_at)
    if isinstance(outcome, Detour):
        status, reason = _judge_detour(outcome, end.trail, settings)
        return LinkVerdict(LinkKind.WEB, status, reason, outcome.status, checked_at=checked_at)
    if _is_good(outcome, settings):
        return _judge_good(end.trail, outcome, fragment, checked_at)
    status, reason = _judge_refusal(outcome, end.trail, settings)
    return LinkVerdict(LinkKind.WEB, status, reason, outcome.status, checked_at=checked_at)


def wants_second_look(end: End, settings: LinkSettings) -> bool:
    """Tell whether an end is a failure that may pass, no plain answer and no refusal of ours."""
    outcome = end.outcome
    if isinstance(outcome, Failure):
        return outcome.cause is not Cause.PRIVATE
    if isinstance(outcome, Detour):
        return outcome.stray in (Stray.LOOP, Stray.TOO_MANY, Stray.NOWHERE)
    return not _is_good(outcome, settings) and outcome.wall is None and outcome.status not in _PLAIN


def is_failing(verdict: LinkVerdict) -> bool:
    """Tell whether a remembered verdict was a failure, confirmed or not."""
    return verdict.status in (LinkStatus.BROKEN, LinkStatus.TIMED_OUT, LinkStatus.UNCONFIRMED)


def leave_unconfirmed(first: LinkVerdict) -> LinkVerdict:
    """Give the verdict of one failing look that no second one confirmed."""
    if first.status in _UNKNOWN_YET:
        return replace(first, status=LinkStatus.UNCONFIRMED)
    return first


def reconcile(first: LinkVerdict, second: LinkVerdict, *, first_counts: bool) -> LinkVerdict:
    """Give the verdict of two looks, of which the first failed.

    Two failures of one kind are what they are. A failure and a good answer, or failures that do
    not agree, are unconfirmed, and the failure is what is told. A first look that does not count
    (`End.counts`) leaves a good answer good.
    """
    if second.status is first.status:
        return second
    if first.status is LinkStatus.UNCHECKED or not first_counts:
        return leave_unconfirmed(second)
    if second.status in (LinkStatus.BLOCKED, LinkStatus.NEEDS_LOGIN):
        return second
    told = second if second.status in _UNKNOWN_YET else first
    return leave_unconfirmed(told)


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
    wanted = fragment and not _brings_fragment(trail)
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


def _brings_fragment(trail: Trail) -> bool:
    """Say whether a redirect names a place of its own: the link's plays no part then."""
    return any("#" in hop.target for hop in trail.hops)


def _find_final_url(trail: Trail, fragment: str) -> str | None:
    """Follow the permanent redirects at the beginning of a trail; None when there are none.

    What comes after a temporary one is not for the handbook to know. The fragment goes along
    unless a redirect brings its own (RFC 9110, section 10.2.2).
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
    """Give the login page that a trail was led to; None when it asked for one, or met none."""
    if not trail.hops or _is_login(trail.start.url):
        return None
    url = trail.ask.address.url
    return url if _is_login(url) else None


def _is_login(url: str) -> bool:
    parts = urlsplit(url)
    words = {word.lower().partition(".")[0] for word in parts.path.split("/")}
    return parts.hostname in _LOGIN_HOSTS or not words.isdisjoint(_LOGIN_WORDS)


def _judge_absence(anchors: Anchors, fragment: str, page: str) -> tuple[LinkStatus, Reason]:
    anchor = unquote(fragment)
    match anchors.absence:
        case Absence.PROVEN:
            args: Args = {"anchor": anchor, "page": page}
            return LinkStatus.BROKEN, Reason("link-anchor-missing", args)
        case Absence.BY_SCRIPT:
            return LinkStatus.UNCHECKED, Reason("link-anchor-by-script", {"anchor": anchor})
        case Absence.TOO_BIG:
            args = {"anchor": anchor, "limit_bytes": MAX_PAGE_BYTES}
            return LinkStatus.UNCHECKED, Reason("link-anchor-page-too-big", args)
        case Absence.NOT_HTML:
            return LinkStatus.UNCHECKED, Reason("link-anchor-not-html", {"anchor": anchor})
        case Absence.UNREAD:
            return LinkStatus.UNCHECKED, Reason("link-anchor-page-unread", {"anchor": anchor})
        case _ as never:
            assert_never(never)


def _name_host(trail: Trail, settings: LinkSettings) -> str:
    """Name the host that a reader would ask: the one as written, also where it is remapped."""
    asked = trail.ask.address
    written = parse_address(unmap(asked.url, settings))
    return asked.host if written is None else written.host


def _judge_refusal(
    answer: Answer, trail: Trail, settings: LinkSettings
) -> tuple[LinkStatus, Reason]:
    host = _name_host(trail, settings)
    if answer.wall is not None:
        return LinkStatus.BLOCKED, Reason("link-bot-wall", {"host": host, "wall": answer.wall})
    match answer.status:
        case 401:
            return LinkStatus.NEEDS_LOGIN, Reason("link-asks-for-login", {"host": host})
        case 404:
            return LinkStatus.BROKEN, Reason("link-not-found", {"host": host})
        case 407:
            return LinkStatus.UNCHECKED, Reason("link-proxy-failed", {"host": host})
        case 410:
            return LinkStatus.BROKEN, Reason("link-gone", {"host": host})
        case 429:
            return LinkStatus.BLOCKED, Reason("link-too-many-requests", {"host": host})
        case status:
            args: Args = {"host": host, "status": status}
            return LinkStatus.BROKEN, Reason("link-http-error", args)


def _judge_detour(
    detour: Detour, trail: Trail, settings: LinkSettings
) -> tuple[LinkStatus, Reason]:
    host = _name_host(trail, settings)
    match detour.stray:
        case Stray.LOOP:
            return LinkStatus.BROKEN, Reason("link-redirect-loop", {"url": detour.target})
        case Stray.TOO_MANY:
            return LinkStatus.BROKEN, Reason("link-too-many-redirects", {"limit": MAX_HOPS})
        case Stray.NOWHERE:
            args = {"host": host, "target": detour.target}
            return LinkStatus.BROKEN, Reason("link-redirect-to-nowhere", args)
        case Stray.OTHER_SCHEME:
            scheme = urlsplit(detour.target).scheme
            return LinkStatus.UNCHECKED, Reason("link-redirect-to-scheme", {"scheme": scheme})
        case Stray.INSIDE:
            target = urlsplit(detour.target).hostname or host
            return LinkStatus.EXCLUDED, Reason("link-inside-host", {"host": target})
        case Stray.PRIVATE:
            target = urlsplit(detour.target).hostname or host
            return LinkStatus.UNCHECKED, Reason("link-private-address", {"host": target})
        case _ as never:
            assert_never(never)


def _judge_failure(
    failure: Failure, trail: Trail, settings: LinkSettings
) -> tuple[LinkStatus, Reason]:
    host = {"host": _name_host(trail, settings)}
    match failure.cause:
        case Cause.CONNECT_TIMED_OUT | Cause.ANSWER_TIMED_OUT:
            args: Args = {**host, "timeout_s": settings.timeout_s}
            return LinkStatus.TIMED_OUT, Reason("link-timed-out", args)
        case Cause.HOST_UNKNOWN:
            return LinkStatus.BROKEN, Reason("link-host-unknown", host)
        case Cause.DNS_FAILED:
            return LinkStatus.UNCHECKED, Reason("link-dns-failed", host)
        case Cause.REFUSED:
            return LinkStatus.BROKEN, Reason("link-refused", host)
        case Cause.HOST_UNREACHABLE:
            return LinkStatus.BROKEN, Reason("link-host-unreachable", host)
        case Cause.NETWORK_UNREACHABLE:
            return LinkStatus.UNCHECKED, Reason("link-network-unreachable", host)
        case Cause.PRIVATE:
            return LinkStatus.UNCHECKED, Reason("link-private-address", host)
        case Cause.PROXY_FAILED:
            return LinkStatus.UNCHECKED, Reason("link-proxy-failed", host)
        case Cause.DROPPED:
            return LinkStatus.BROKEN, Reason("link-dropped", host)
        case Cause.NOT_HTTP:
            return LinkStatus.BROKEN, Reason("link-not-http", host)
        case _:
            return LinkStatus.BROKEN, _explain_tls(failure.cause, host["host"])


def _explain_tls(cause: Cause, host: str) -> Reason:
    if cause is Cause.TLS_EXPIRED:
        return Reason("link-tls-expired", {"host": host})
    if cause is Cause.TLS_NOT_YET_VALID:
        return Reason("link-tls-not-yet-valid", {"host": host})
    if cause is Cause.TLS_WRONG_NAME:
        return Reason("link-tls-wrong-name", {"host": host})
    if cause is Cause.TLS_UNKNOWN_ISSUER:
        return Reason("link-tls-unknown-issuer", {"host": host})
    return Reason("link-tls-failed", {"host": host})
