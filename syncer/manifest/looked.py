"""What a run looked at, derived from its manifest (pure).

A finding is new, fixed or unchanged only if both runs looked for it: like "missing", "fixed" is a
claim that needs proof.
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
from syncer.model.shares import ShareKind, ShareStatus, split_share_id

ABOUT_THE_RUN = frozenset({"copy-incomplete", "handbook-stale", "publish-failed", "notice-failed"})
"""Codes about the run itself, not about the handbook or a share."""

OF_CONTENT = frozenset({"file-damaged", "file-other-type", "file-locked", "file-blank"})
"""Codes that need a document to be opened."""

_ROWS_NOT_JUDGED = frozenset({Verdict.UNCHECKED, Verdict.UNDETERMINED})
_LINKS_NOT_ASKED = frozenset({LinkStatus.UNCHECKED, LinkStatus.EXCLUDED})
# Asked for, and without an answer.
_ROWS_OPEN = frozenset({Verdict.UNDETERMINED, Verdict.NO_ACCESS})
_LINKS_OPEN = frozenset({LinkStatus.UNCONFIRMED, LinkStatus.BLOCKED, LinkStatus.TIMED_OUT})
_SHARES_OPEN = frozenset({ShareStatus.THROTTLED, ShareStatus.UNREADABLE})

# Not fixed by the share becoming gone or locked.
_IN_A_TREE = ("file-", "place-missing")
_OF_RESOURCES = ("resource-", "file-", "places-", "place-unresolved", "table-")
_OF_LINKS = ("link-",)
# They depend on all rows or all findings, so that only a look at everything proves them fixed.
_NEED_ALL_PAGES = ("file-", "places-")
# They are told for some days; an unknown end date is no later one.
_END_BY_THEMSELVES = ("share-changed", "share-expires")
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
        self._opens: dict[tuple[object, object], str | None] = {
            (file.share, file.path): file.opens for row in self._rows.values() for file in row.files
        }
        self._has_more_files = any(row.files_count > len(row.files) for row in manifest.resources)
        read = {row.page for row in manifest.resources} | {link.page for link in manifest.links}
        unreadable = {f.page for f in manifest.findings if f.code == "page-unreadable"}
        self._pages = {*read, *(f.page for f in manifest.findings)}
        self._unread_pages = unreadable - read

    def asked(self, finding: FindingRecord) -> bool:
        """Return whether this run looked for a finding.

        On a page that was read that holds also for rows and links that did not exist yet.
        """
        code, scope = finding.code, self._scope
        if code in ABOUT_THE_RUN:
            return True
        if code == "nothing-found":
            return not scope.pages
        if code == "waiver-unused":
            return scope.only is None and not scope.offline and not scope.pages
        if code.startswith(_OF_RESOURCES) and scope.only == "links":
            return False
        if code.startswith(_OF_LINKS) and scope.only == "resources":
            return False
        if code.startswith(_NEED_ALL_PAGES) and scope.pages:
            return False
        if code in OF_CONTENT and not self._opened(finding):
            return False
        return (
            self._saw_page(finding)
            and self._saw_all_mentions(finding)
            and self._asked_subject(finding)
        )

    def failed_to_read(self, page: str | None) -> bool:
        """Return whether a page was there and could not be read."""
        return page in self._unread_pages

    def knew(self, finding: FindingRecord) -> bool:
        """Return whether the row or link of a finding existed; True for other findings."""
        if finding.link is not None:
            return finding.link in self._links
        return finding.resource is None or finding.resource in self._rows

    def proves_fixed(self, finding: FindingRecord) -> bool:
        """Return whether the absence of a finding from this run proves that it is fixed."""
        if not self.asked(finding):
            return False
        if finding.code.startswith(_NEED_COMPLETE_RUN) and not self._run.complete:
            return False
        if finding.code == "file-unlisted" and self._has_open_rows:
            return False
        share = self._share_of(finding)
        if finding.code == "share-link-opens-root":
            # The version of its server decides what a share's link opens.
            return (
                share is None
                or share.status == ShareStatus.GONE
                or (share.status == ShareStatus.OK and share.server_version is not None)
            )
        row = self._row_of(finding)
        if row is not None:
            return row.status not in _ROWS_OPEN and not (
                finding.code == "resource-partial"
                and any(kind.status == KindStatus.UNDETERMINED for kind in row.expected)
            )
        link = self._link_of(finding)
        if link is not None:
            return link.status not in _LINKS_OPEN
        return share is None or _proves_fixed_in_share(share, finding)

    def compares(self, finding: FindingRecord) -> bool:
        """Return whether a finding is independent of this run's local copies."""
        share = self._share_of(finding)
        if share is not None and share.id in self._local:
            return False
        row = self._row_of(finding)
        if row is not None and any(place.share in self._local for place in row.places):
            return False
        link = self._link_of(finding)
        return link is None or not any(
            split_share_id(share_id).token in link.url for share_id in self._local
        )

    def _opened(self, finding: FindingRecord) -> bool:
        """Return whether the document of a finding was opened, or is proven to be no row's.

        The manifest does not list all files of a long row, nor those of a folder.
        """
        key = (finding.args.get("share"), finding.args.get("file"))
        if key in self._opens:
            return self._opens[key] is not None
        return not self._has_more_files

    def _saw_page(self, finding: FindingRecord) -> bool:
        """Return whether the page was read; for a run on some pages, whether it reports on it."""
        if finding.page is None:
            return True
        if finding.page in self._unread_pages:
            return finding.code.startswith("page-")
        if any(finding.page.startswith(f"{folder}/") for folder in self._unread_pages):
            return False
        return not self._scope.pages or finding.page in self._pages

    def _saw_all_mentions(self, finding: FindingRecord) -> bool:
        """Return whether the run would have met every mention of a finding's share or folder.

        A run on some pages, or without links, may have missed the one that the finding is about.
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
        """Return the row of a finding that is about a row and not about a link in it."""
        if finding.resource is None or finding.link is not None:
            return None
        return self._rows.get(finding.resource)

    def _link_of(self, finding: FindingRecord) -> LinkRecord | None:
        return None if finding.link is None else self._links.get(finding.link)

    def _share_of(self, finding: FindingRecord) -> ShareRecord | None:
        share_id = finding.args.get("share")
        return self._shares.get(share_id) if isinstance(share_id, str) else None


def _proves_fixed_in_share(share: ShareRecord, finding: FindingRecord) -> bool:
    """Return whether the state of a share proves that a finding about it or its files is fixed."""
    if finding.code.startswith(_IN_A_TREE):
        return share.status == ShareStatus.OK
    if finding.code in _END_BY_THEMSELVES:
        return False
    if finding.code == "share-writable" and share.status == ShareStatus.OK:
        return share.writable_by_link is not None
    return share.status not in _SHARES_OPEN
