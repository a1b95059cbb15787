"""What a run looked at, read from its manifest (pure).

A run knows only of what it looked at. What was outside its scope, or could not be looked at, is
neither new nor fixed nor unchanged: "fixed" is a claim and needs proof as "missing" does.
"""

from __future__ import annotations

from syncer.manifest.document import (
    FindingRecord,
    LinkRecord,
    ResourceRecord,
    ShareRecord,
    StatusManifest,
)
from syncer.model.links import LinkStatus
from syncer.model.matching import KindStatus, Verdict
from syncer.model.shares import ShareKind, ShareStatus

_ROWS_OPEN = frozenset({Verdict.UNCHECKED, Verdict.UNDETERMINED, Verdict.NO_ACCESS})
_ROWS_NOT_JUDGED = frozenset({Verdict.UNCHECKED, Verdict.UNDETERMINED})
_LINKS_NOT_ASKED = frozenset({LinkStatus.UNCHECKED, LinkStatus.EXCLUDED})
_LINKS_OPEN = _LINKS_NOT_ASKED | {
    LinkStatus.UNCONFIRMED,
    LinkStatus.BLOCKED,
    LinkStatus.TIMED_OUT,
}
_SHARES_OPEN = frozenset({ShareStatus.THROTTLED, ShareStatus.UNREADABLE, ShareStatus.UNCHECKED})

# What lies in a share that is gone or locked now is not mended by that.
_IN_A_TREE = ("file-", "place-missing")
_ABOUT_THE_RUN = frozenset({"handbook-stale", "publish-failed"})
_OF_RESOURCES = ("resource-", "file-", "places-", "place-unresolved", "table-")
_OF_LINKS = ("link-",)
# Absent only when everything was looked at: they speak of all rows, or of all findings.
_NEED_ALL_PAGES = ("file-", "places-")
_NEED_COMPLETE_RUN = ("file-", "place-missing", "places-", "waiver-")


class Looked:
    """A manifest, indexed for questions about single findings of this run or another one."""

    def __init__(self, manifest: StatusManifest) -> None:
        """Index a manifest."""
        self._run = manifest.run
        self._scope = manifest.run.scope
        self._rows = {row.id: row for row in manifest.resources}
        self._links = {link.id: link for link in manifest.links}
        self._shares = {share.id: share for share in manifest.shares}
        self._named = {
            (place.share, place.path) for row in self._rows.values() for place in row.places
        }
        self._has_open_rows = any(row.status in _ROWS_NOT_JUDGED for row in manifest.resources)
        self._local = frozenset(s.id for s in manifest.shares if s.kind == ShareKind.LOCAL)
        read = {row.page for row in manifest.resources} | {link.page for link in manifest.links}
        unreadable = {f.page for f in manifest.findings if f.page and f.code == "page-unreadable"}
        self._pages = read.union(f.page for f in manifest.findings if f.page)
        self._unread_pages = unreadable - read

    def asked(self, finding: FindingRecord) -> bool:
        """Tell whether this run asked after what a finding speaks of.

        What did not exist yet, on a page that was read, was asked after.
        """
        if finding.code in _ABOUT_THE_RUN:
            return True
        if finding.code == "nothing-found":
            return not self._scope.pages
        if finding.code == "waiver-unused":
            return self._scope.only is None and not self._scope.offline and not self._scope.pages
        if finding.code.startswith(_OF_RESOURCES) and self._scope.only == "links":
            return False
        if finding.code.startswith(_OF_LINKS) and self._scope.only == "resources":
            return False
        if finding.code.startswith(_NEED_ALL_PAGES) and self._scope.pages:
            return False
        return (
            self._saw_page(finding)
            and self._knows_who_names(finding)
            and self._asked_subject(finding)
        )

    def settled(self, finding: FindingRecord) -> bool:
        """Tell whether this run's silence about a finding proves that it is no more so."""
        if not self.asked(finding):
            return False
        if finding.code.startswith(_NEED_COMPLETE_RUN) and not self._run.complete:
            return False
        if finding.code == "file-unlisted" and self._has_open_rows:
            return False
        if finding.code == "share-link-opens-root":
            return self._knows_what_opens(finding)
        row = self._row_of(finding)
        if row is not None:
            return row.status not in _ROWS_OPEN and not (
                finding.code == "resource-partial"
                and any(kind.status == KindStatus.UNDETERMINED for kind in row.expected)
            )
        link = self._link_of(finding)
        if link is not None:
            return link.status not in _LINKS_OPEN
        share = self._share_of(finding)
        if share is not None and finding.code.startswith(_IN_A_TREE):
            return share.status == ShareStatus.OK
        return share is None or not (
            share.status in _SHARES_OPEN
            or (finding.code == "share-writable" and _may_be_writable(share))
        )

    def _knows_what_opens(self, finding: FindingRecord) -> bool:
        """Tell whether it is known what a share's link opens: its server's version decides it."""
        share = self._share_of(finding)
        if share is None or share.status == ShareStatus.GONE:
            return True
        return share.status == ShareStatus.OK and share.server_version is not None

    def compares(self, finding: FindingRecord) -> bool:
        """Tell whether a finding rests on no local copy of this run: those are never compared."""
        share = self._share_of(finding)
        if share is not None and share.id in self._local:
            return False
        row = self._row_of(finding)
        if row is not None and any(place.share in self._local for place in row.places):
            return False
        link = self._link_of(finding)
        return link is None or not any(
            share_id.partition("/")[2] in link.url for share_id in self._local
        )

    def _saw_page(self, finding: FindingRecord) -> bool:
        """Tell whether the page was read; of a run on some pages, by what it says of the page."""
        if finding.page is None:
            return True
        if finding.page in self._unread_pages:
            return finding.code.startswith("page-")
        if any(finding.page.startswith(f"{folder}/") for folder in self._unread_pages):
            return False
        return not self._scope.pages or finding.page in self._pages

    def _knows_who_names(self, finding: FindingRecord) -> bool:
        """Tell whether a run of a part would have met what names a share or folder.

        Any page and any link may name one. What the part's rows and shares do not name may still
        be named, and be as it was, where this run did not read.
        """
        if self._scope.only != "resources" and not self._scope.pages:
            return True
        if finding.code == "share-link-opens-root":
            return self._scope.only != "resources" or finding.resource is not None
        share = finding.args.get("share")
        if finding.resource is not None or finding.link is not None or not isinstance(share, str):
            return True
        named = finding.code != "place-missing" or (share, finding.args.get("place")) in self._named
        return share in self._shares and named

    def _asked_subject(self, finding: FindingRecord) -> bool:
        row, link = self._row_of(finding), self._link_of(finding)
        share = self._share_of(finding)
        return not (
            (row is not None and row.status == Verdict.UNCHECKED)
            or (link is not None and link.status in _LINKS_NOT_ASKED)
            or (share is not None and share.status == ShareStatus.UNCHECKED)
        )

    def _row_of(self, finding: FindingRecord) -> ResourceRecord | None:
        """Return the row that a finding speaks of; a link's finding speaks of its link."""
        if finding.resource is None or finding.link is not None:
            return None
        return self._rows.get(finding.resource)

    def _link_of(self, finding: FindingRecord) -> LinkRecord | None:
        return None if finding.link is None else self._links.get(finding.link)

    def _share_of(self, finding: FindingRecord) -> ShareRecord | None:
        share_id = finding.args.get("share")
        return self._shares.get(share_id) if isinstance(share_id, str) else None


def _may_be_writable(share: ShareRecord) -> bool:
    """Tell whether a share that can be read did not say whether it can be written."""
    return share.status == ShareStatus.OK and share.writable_by_link is None
