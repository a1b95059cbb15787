"""From a link's verdict to its finding (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.model.findings import Finding
from syncer.model.links import LinkCheck, LinkStatus
from syncer.model.reason import Args, Reason

# Reasons that have a finding of their own, whatever the status says.
_BY_REASON = {
    "link-anchor-missing": "link-anchor-missing",
    "link-empty": "link-empty",
    "link-private-address": "link-private-address",
}


def find_in_links(evidence: Evidence) -> Iterator[Finding]:
    """Give the findings of the links, in their order; one that works has none."""
    for check in evidence.checked_links():
        code = name_finding(check)
        if code is not None:
            yield _make(evidence, code, check)


def name_finding(check: LinkCheck) -> str | None:
    """Return the finding code of a link; None when nothing is to be said of it."""
    if not check.link.url.strip():
        return "link-empty"
    reason, status = check.verdict.reason, check.verdict.status
    by_reason = None if reason is None else _BY_REASON.get(reason.code)
    match status:
        case LinkStatus.EXCLUDED:
            return None
        case LinkStatus.OK | LinkStatus.UNCHECKED:
            return by_reason if by_reason == "link-private-address" else None
        case LinkStatus.BROKEN:
            return by_reason or "link-broken"
        case LinkStatus.UNCONFIRMED:
            return "link-unconfirmed"
        case LinkStatus.REDIRECTED:
            return "link-redirected"
        case LinkStatus.NEEDS_LOGIN | LinkStatus.NEEDS_PASSWORD:
            return "link-needs-login"
        case LinkStatus.BLOCKED:
            return by_reason or "link-blocked"
        case LinkStatus.TIMED_OUT:
            return "link-timed-out"
        case _ as never:
            assert_never(never)


def _make(evidence: Evidence, code: str, check: LinkCheck) -> Finding:
    link, verdict = check.link, check.verdict
    args: dict[str, str | int | None] = {"url": link.url, "text": link.text}
    if verdict.final_url is not None:
        args["final_url"] = verdict.final_url
    if verdict.http_status is not None:
        args["http_status"] = verdict.http_status
    described: Args = add_why(args, verdict.reason)
    return make_finding(
        code,
        link.url,
        # The id of a link is its page, its address and its ordinal: stable while lines move.
        (check.id,),
        described,
        at=(check.page, link.span.line),
        hint=verdict.hint or _suggest(check),
        row=evidence.row_of_link.get(link.span),
        link=check.id,
    )


def _suggest(check: LinkCheck) -> Reason | None:
    final_url = check.verdict.final_url
    if check.verdict.status is LinkStatus.REDIRECTED and final_url is not None:
        return Reason("use-link", {"url": final_url})
    return None
