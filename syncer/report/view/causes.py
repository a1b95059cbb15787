"""Findings that have one cause in common, so that they are one item with a list."""

from __future__ import annotations

from collections.abc import Sequence

from syncer.manifest.document import FindingRecord
from syncer.model.shares import split_share_id
from syncer.redact import make_visible
from syncer.report.view.facts import Facts
from syncer.report.words.phrasing import Value

_OPENS_ROOT, _UNREADABLE, _OLD = "share-link-opens-root", "share-unreadable", "file-old"
_INSIDE, _PAGE = "link-needs-login", "page-unreadable"
# Reasons that every share of a server has in common.
_OF_SERVER = frozenset(
    {
        "run-stopped",
        "server-left-alone",
        "server-maintenance",
        "server-not-reached",
        "server-redirects",
        "server-throttled",
        "server-timeout",
        "server-tls-failed",
        "share-private-address",
    }
)

# Reasons that every link to a host has in common.
_OF_HOST = frozenset(
    {
        "link-bot-wall",
        "link-dns-failed",
        "link-dropped",
        "link-host-unknown",
        "link-host-unreachable",
        "link-network-unreachable",
        "link-refused",
        "link-timed-out",
        "link-tls-expired",
        "link-tls-failed",
    }
)
_TO_HOSTS = frozenset({"link-broken", "link-blocked", "link-timed-out", "link-unconfirmed"})

Cause = tuple[str, str, str]
"""A finding code, a server, share, page or reason, and the waiver."""


def find_cause(finding: FindingRecord) -> Cause | None:
    """Return the cause that other findings may have too; None when it has its own.

    A server whose version ignores the folder of links, a server or website that does not answer,
    a share whose documents are old, a page that cites what is behind a login of Nextcloud, pages
    that could not be read for one reason. A waiver tells findings apart.
    """
    share, why = finding.args.get("share"), str(finding.args.get("why"))
    reason = finding.waiver.reason if finding.waiver else ""
    waived = f"{finding.waived_until or ''} {reason}".strip()
    # The reason of a Nextcloud's login without a public address; that of a web page is another.
    if finding.code == _INSIDE and why == _INSIDE and finding.page is not None:
        return finding.code, finding.page, waived
    if finding.code == _PAGE:
        return finding.code, why, waived
    host = finding.args.get("host")
    if finding.code in _TO_HOSTS and why in _OF_HOST and isinstance(host, str):
        return finding.code, host, waived
    if not isinstance(share, str):
        return None
    server = split_share_id(share).cloud
    if finding.code == _OPENS_ROOT:
        return finding.code, server, waived
    if finding.code == _UNREADABLE and why in _OF_SERVER and not finding.args.get("folders"):
        return finding.code, server, waived
    return (finding.code, share, waived) if finding.code == _OLD else None


def phrase_cause(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[str, str]:
    """Return the name of what a cause is about, and what is common to all its findings."""
    first = findings[0]
    code, about, _ = find_cause(first) or (first.code, "", "")
    name = make_visible(about)
    if code == _OLD:
        name = facts.name_share(about)
    elif code == _INSIDE:
        name = facts.name_page(about)
    elif code == _PAGE:
        name = facts.words.fill(facts.words.labels.some_pages, n=len(findings))
    reasons = (
        facts.words.reason(why, facts.name_arguments(finding.args))
        for finding in findings
        if isinstance(why := finding.args.get("why"), str)
    )
    values: dict[str, Value] = {
        "n": len(findings),
        "name": name,
        "years": first.args.get("years"),
        "reason": " ".join(dict.fromkeys(reasons)) or None,
    }
    return name, facts.words.fill(facts.words.together(code), values)
