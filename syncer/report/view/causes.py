"""Findings that have one cause in common, so that they are one item with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from syncer.manifest.document import FindingRecord
from syncer.model.shares import split_share_id
from syncer.redact import make_visible
from syncer.report.view.facts import Facts
from syncer.report.words.phrasing import Value

_OPENS_ROOT, _UNREADABLE, _OLD = "share-link-opens-root", "share-unreadable", "file-old"
# Reasons that every share of a server has in common.
_OF_SERVER = frozenset(
    {
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

Cause = tuple[str, str, str]
"""A finding code, a server or share, and what is wrong with it."""


def find_cause(finding: FindingRecord) -> Cause | None:
    """Return the cause that other findings may have too; None when it has its own.

    A server whose version ignores the folder of links, a server that does not answer, a share
    whose documents are old. A waiver tells findings apart.
    """
    share, why = finding.args.get("share"), str(finding.args.get("why"))
    if not isinstance(share, str):
        return None
    server, waived = split_share_id(share).cloud, finding.waived_until or ""
    if finding.code == _OPENS_ROOT:
        return finding.code, server, waived
    if finding.code == _UNREADABLE and why in _OF_SERVER and not finding.args.get("folders"):
        return finding.code, server, f"{why} {waived}"
    return (finding.code, share, waived) if finding.code == _OLD else None


def phrase_cause(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[str, str]:
    """Return the name of the server or share of a cause, and what the findings have in common."""
    first = findings[0]
    share, why = str(first.args["share"]), first.args.get("why")
    host = make_visible(split_share_id(share).cloud)
    name = facts.name_share(share) if first.code == _OLD else host
    values: dict[str, Value] = {
        "n": len(findings),
        "name": name,
        "years": first.args.get("years"),
        "reason": facts.words.reason(why, dict(first.args)) if isinstance(why, str) else None,
    }
    return name, facts.words.fill(facts.words.together(first.code), values)


def name_causes(facts: Facts, findings: Iterable[FindingRecord]) -> dict[str, str]:
    """Return a short name for each finding that has its cause in common with others, by id."""
    groups: defaultdict[Cause, list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        cause = find_cause(finding)
        if cause is not None:
            groups[cause].append(finding)
    return {
        finding.id: f"{facts.words.finding(code).badge}: {phrase_cause(facts, group)[0]}"
        for (code, _, _), group in groups.items()
        if len(group) > 1
        for finding in group
    }
