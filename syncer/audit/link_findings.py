"""Findings of links, from their verdicts (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.model.findings import Finding
from syncer.model.links import LinkCheck, LinkKind, LinkStatus
from syncer.model.reason import Reason

# Reasons with a finding code of their own.
_OWN_CODES = frozenset(
    {"link-anchor-missing", "link-download-empty", "link-empty", "link-private-address"}
)

# Shows the newest copy of the address that follows; it is not asked.
_ARCHIVE = "https://web.archive.org/web/"


def find_in_links(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings of the links, in their order; a working link has none."""
    unpublished = frozenset(evidence.observed.unpublished)
    for check in evidence.checked_links():
        code = _choose_code(check)
        if code is not None:
            yield _make(evidence, code, check)
        if check.link.bare and evidence.observed.bare_is_text and check.page not in unpublished:
            yield _make_bare(evidence, check)


def _choose_code(check: LinkCheck) -> str | None:
    if not check.link.url.strip():
        return "link-empty"
    reason, status = check.verdict.reason, check.verdict.status
    own_code = reason.code if reason is not None and reason.code in _OWN_CODES else None
    match status:
        case LinkStatus.EXCLUDED:
            return None
        case LinkStatus.OK | LinkStatus.UNCHECKED:
            return own_code if own_code == "link-private-address" else None
        case LinkStatus.BROKEN:
            return own_code or "link-broken"
        case LinkStatus.UNCONFIRMED:
            return "link-unconfirmed"
        case LinkStatus.REDIRECTED:
            return "link-redirected"
        case LinkStatus.NEEDS_LOGIN | LinkStatus.NEEDS_PASSWORD:
            return "link-needs-login"
        case LinkStatus.BLOCKED:
            return own_code or "link-blocked"
        case LinkStatus.TIMED_OUT:
            return "link-timed-out"
        case _ as never:
            assert_never(never)


def _make_bare(evidence: Evidence, check: LinkCheck) -> Finding:
    """Make the finding of an address that the site shows as text."""
    link = check.link
    return make_finding(
        "link-bare",
        link.url,
        (check.id,),
        {"url": link.url, "text": link.text},
        at=link.span,
        row=evidence.row_of_link.get(link.span),
        link=check.id,
    )


def _make(evidence: Evidence, code: str, check: LinkCheck) -> Finding:
    link, verdict = check.link, check.verdict
    args: dict[str, str | int | None] = {"url": link.url, "text": link.text}
    hint = verdict.hint
    if verdict.final_url is not None:
        args["final_url"] = verdict.final_url
        if hint is None and verdict.status is LinkStatus.REDIRECTED:
            hint = Reason("use-link", {"url": verdict.final_url})
    is_asked = verdict.kind is LinkKind.WEB and verdict.checked_at is not None
    if hint is None and code == "link-broken" and is_asked:
        hint = Reason("look-for-copy", {"url": _ARCHIVE + link.url})
    if verdict.http_status is not None:
        args["http_status"] = verdict.http_status
    return make_finding(
        code,
        # What an empty link is about is its text; without one too, its page.
        link.url if link.url.strip() else link.text.strip(),
        # A link's id is made of its page, address and ordinal: stable while lines move.
        (check.id,),
        add_why(args, verdict.reason),
        at=link.span,
        hint=hint,
        row=evidence.row_of_link.get(link.span),
        link=check.id,
    )
