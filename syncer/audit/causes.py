"""Which finding explains which: one gone share, its rows and links beneath it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from syncer.audit.codes import make_finding_id
from syncer.audit.evidence import Evidence
from syncer.audit.row_findings import CODES, share_places
from syncer.model.findings import Finding
from syncer.model.handbook import ResourceRow
from syncer.model.links import LinkKind

# What a finding of a row or of a Nextcloud link can be explained by. A file that is in no folder of
# its share would be missing too if its folder were there, and a promise that is not kept
# (`resource-planned`) is explained by nothing.
_GONE = ("share-gone", "place-missing")
_UNSEEN = ("share-suddenly-empty", "share-unreadable")
_EXPLAINED_BY: Mapping[str, tuple[str, ...]] = {
    "resource-missing": ("share-gone",),
    "resource-elsewhere": _GONE,
    "resource-undetermined": _UNSEEN,
    "resource-no-access": ("share-needs-password", "share-unreadable"),
    "link-broken": (*_GONE, *_UNSEEN),
    "link-unconfirmed": (*_GONE, *_UNSEEN),
    "link-needs-login": ("share-needs-password",),
    "link-blocked": _UNSEEN,
    "link-timed-out": _UNSEEN,
}
_NOT_LOOKED_AT = ("resource-undetermined", "resource-no-access")
_ROW_CODES = frozenset(CODES.values())


def link_causes(evidence: Evidence, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each finding that another one explains that one's id; the order stays.

    A row is explained when its places are, a Nextcloud link by its share or folder, and else
    by its row's finding, a gone folder by one above it. A cause is never itself explained, so that
    there are no chains.
    """
    known = frozenset(finding.id for finding in findings)
    rows = {row.id: row for row in evidence.observed.rows}
    of_rows = {
        finding.row: _explain_row(finding, rows[finding.row], known)
        for finding in findings
        if finding.row is not None and finding.code in _ROW_CODES
    }
    row_findings = {f.row: f.id for f in findings if f.row is not None and f.code in _ROW_CODES}
    places = _places_of_links(evidence)
    linked: list[Finding] = []
    for finding in findings:
        cause: str | None = None
        if finding.code in _ROW_CODES and finding.row is not None:
            cause = of_rows[finding.row]
        elif finding.code == "place-missing":
            cause = _explain_folder(finding, known)
        elif finding.link in places and finding.code in _EXPLAINED_BY:
            cause = _explain_place(finding.code, places[finding.link], known)
            if cause is None and finding.row is not None:
                cause = of_rows.get(finding.row) or row_findings.get(finding.row)
        linked.append(finding if cause is None else replace(finding, caused_by=cause))
    return tuple(linked)


def _places_of_links(evidence: Evidence) -> dict[str | None, tuple[str, str] | None]:
    """Give the share and folder of every Nextcloud link, by the link's id; None: a login's."""
    places: dict[str | None, tuple[str, str] | None] = {
        check.id: None
        for check in evidence.observed.links
        if check.verdict.kind in (LinkKind.SHARE, LinkKind.LOGIN)
    }
    for mention in evidence.mentions:
        if mention.check is not None and mention.parsed.share_id is not None:
            places[mention.check] = mention.parsed.share_id, mention.parsed.folder
    return places


def _explain_row(finding: Finding, row: ResourceRow, known: frozenset[str]) -> str | None:
    """Return what explains a row: for one that could not be looked at, one place is enough."""
    causes = [_explain_place(finding.code, place, known) for place in share_places(row)]
    found = [cause for cause in causes if cause is not None]
    enough = finding.code in _NOT_LOOKED_AT or len(found) == len(causes)
    return found[0] if found and enough else None


def _explain_place(code: str, place: tuple[str, str] | None, known: frozenset[str]) -> str | None:
    """Return the finding about the share or a folder on the way to `place` that explains `code`."""
    if place is None:
        return None
    share, path = place
    for cause in _EXPLAINED_BY.get(code, ()):
        keys = _with_parents(path) if cause == "place-missing" else [()]
        for key in keys:
            identity = make_finding_id(cause, share, *key)
            if identity in known:
                return identity
    return None


def _explain_folder(finding: Finding, known: frozenset[str]) -> str | None:
    """Return the finding about the highest folder above a gone one that is gone too."""
    above = finding.subject.rpartition("/")[0]
    share = str(finding.args["share"])
    for key in _with_parents(above) if above else ():
        identity = make_finding_id(finding.code, share, *key)
        if identity in known:
            return identity
    return None


def _with_parents(path: str) -> Iterator[tuple[str, ...]]:
    """Give the path and the folders above it, the highest first: one cause for a whole tree."""
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        yield ("/".join(parts[:depth]),)
