"""Which finding explains which: a gone share explains its rows and links (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from syncer.audit.codes import make_finding_id
from syncer.audit.evidence import Evidence, list_parents
from syncer.audit.row_findings import CODES, share_places
from syncer.model.findings import Finding
from syncer.model.handbook import ResourceRow
from syncer.model.links import LinkKind

# The causes of each code, by precedence. A file that is nowhere in its share would be missing even
# if its folder existed, and nothing explains a promise that is not kept (`resource-planned`).
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
    """Set `caused_by` on each finding that another one explains; the order stays.

    A row is explained when its places are; a Nextcloud link by its share or folder, else by its
    row's finding; a gone folder by a gone folder above it. A cause has no cause itself, so there
    are no chains.
    """
    known = frozenset(finding.id for finding in findings)
    rows = {row.id: row for row in evidence.observed.rows}
    of_rows = {f.row: f for f in findings if f.row is not None and f.code in _ROW_CODES}
    row_causes = {row: _explain_row(finding, rows[row], known) for row, finding in of_rows.items()}
    places = _locate_links(evidence)
    linked: list[Finding] = []
    for finding in findings:
        cause: str | None = None
        if finding.code in _ROW_CODES and finding.row is not None:
            cause = row_causes[finding.row]
        elif finding.code == "place-missing":
            above = finding.subject.rpartition("/")[0]
            cause = _find_gone_folder(str(finding.args["share"]), above, known)
        elif finding.link in places and finding.code in _EXPLAINED_BY:
            cause = _explain_place(finding.code, places[finding.link], known)
            if cause is None and finding.row in of_rows:
                cause = row_causes[finding.row] or of_rows[finding.row].id
        linked.append(finding if cause is None else replace(finding, caused_by=cause))
    return tuple(linked)


def _locate_links(evidence: Evidence) -> dict[str | None, tuple[str, str] | None]:
    """Return share and folder of every Nextcloud link by its id; None for one with a login."""
    places: dict[str | None, tuple[str, str] | None] = {
        check.id: None for check in evidence.observed.links if check.verdict.kind is LinkKind.LOGIN
    }
    for mention in evidence.mentions:
        if mention.check is not None and mention.parsed.share_id is not None:
            places[mention.check] = mention.parsed.share_id, mention.parsed.folder
    return places


def _explain_row(finding: Finding, row: ResourceRow, known: frozenset[str]) -> str | None:
    """Return the cause of a row's finding.

    One place is enough to explain a row that could not be checked; else all its places must be.
    """
    causes = [_explain_place(finding.code, place, known) for place in share_places(row)]
    found = [cause for cause in causes if cause is not None]
    enough = finding.code in _NOT_LOOKED_AT or len(found) == len(causes)
    return found[0] if found and enough else None


def _explain_place(code: str, place: tuple[str, str] | None, known: frozenset[str]) -> str | None:
    """Return the finding about the share, or a folder on the path, that explains `code`."""
    if place is None:
        return None
    share, path = place
    for cause in _EXPLAINED_BY.get(code, ()):
        if cause == "place-missing":
            identity = _find_gone_folder(share, path, known)
        else:
            identity = make_finding_id(cause, share)
        if identity in known:
            return identity
    return None


def _find_gone_folder(share: str, path: str, known: frozenset[str]) -> str | None:
    """Return the finding about the highest gone folder on a path: one cause for a whole tree."""
    ids = [make_finding_id("place-missing", share, folder) for folder in list_parents(path)]
    return next((identity for identity in reversed(ids) if identity in known), None)
