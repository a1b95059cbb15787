"""Make rows, links, findings and manifests for the tests of the reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from syncer.manifest.document import (
    CandidateRecord,
    ChangesRecord,
    CountsRecord,
    ExpectedRecord,
    FileRecord,
    FindingRecord,
    HandbookRecord,
    HistoryRecord,
    LinkRecord,
    PlaceRecord,
    PublishedPage,
    ReasonRecord,
    ResourceRecord,
    RunRecord,
    ScopeRecord,
    ShareRecord,
    SpanRecord,
    StatusManifest,
    ToolRecord,
)

SHARE = "boks.example.dk/Ab12Cd34"
NOW = datetime(2026, 11, 23, 2, 15, 9, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
PAGE = "docs/partnere.md"


@dataclass
class Make:
    """Makes records with sensible defaults, which keywords override."""

    share_id: str = SHARE
    now: datetime = NOW
    page: str = PAGE
    _numbers: Counter[str] = field(default_factory=Counter)

    def _next(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]:012x}"

    def reason(self, code: str, /, **args: Any) -> ReasonRecord:
        """Make a reason."""
        return ReasonRecord(code=code, args=args)

    def share(self, **more: Any) -> ShareRecord:
        """Make a share that was read."""
        values: dict[str, Any] = {
            "id": SHARE,
            "kind": "public",
            "name": "OS2 Boks",
            "endpoint": "legacy",
            "server_version": "27.0.2",
            "status": "ok",
            "listing": "unchanged",
            "files": 214,
            "folders": 31,
            "bytes": 48_120_000,
            "requests": 1,
            "last_full_walk_at": YESTERDAY,
            "writable_by_link": False,
            "base_url": "https://boks.example.dk",
        }
        return ShareRecord(**values | more)

    def file(self, path: str, **more: Any) -> FileRecord:
        """Make a file of 48 kB from January."""
        values: dict[str, Any] = {
            "share": SHARE,
            "path": path,
            "folder": False,
            "size_bytes": 48_213,
            "modified_at": datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
            "file_id": 64656,
        }
        return FileRecord(**values | more)

    def candidate(self, path: str, score: float, **more: Any) -> CandidateRecord:
        """Make a near miss."""
        values: dict[str, Any] = {
            "share": SHARE,
            "path": path,
            "folder": False,
            "score": score,
            "chosen": False,
            "reasons": (),
        }
        return CandidateRecord(**values | more)

    def row(self, name: str, status: str = "present", **more: Any) -> ResourceRecord:
        """Make a row of the resource table."""
        identity = more.pop("id", None) or self._next("r")
        line = more.pop("line", 80 + self._numbers["r"])
        folder = more.pop("folder", "Foreningen/Aftaler")
        place = PlaceRecord(
            url=f"https://boks.example.dk/s/Ab12Cd34?path=/{folder}", share=SHARE, path=folder
        )
        files = more.pop("files", ())
        values: dict[str, Any] = {
            "id": identity,
            "group": f"g{identity[1:]}",
            "name": name,
            "span": SpanRecord(line=line, column=1, end_line=line, end_column=90),
            "page": self.page,
            "line": line,
            "section": "Ressourcer",
            "todo": status in ("planned", "arrived"),
            "label": "Nextcloud / Foreningen",
            "places": (place,),
            "status": status,
            "files": files,
            "files_count": len(files),
            "expected": (),
            "score": 1.0 if files else None,
            "reason": ReasonRecord(code="nothing-found"),
        }
        return ResourceRecord(**values | more)

    def expected(self, name: str, status: str) -> ExpectedRecord:
        """Make a promised kind."""
        return ExpectedRecord(name=name, status=status)

    def link(self, url: str, status: str = "ok", **more: Any) -> LinkRecord:
        """Make a link of the handbook."""
        values: dict[str, Any] = {
            "id": self._next("l"),
            "page": self.page,
            "line": 10 + self._numbers["l"],
            "column": 3,
            "text": "Læs mere",
            "url": url,
            "kind": "web",
            "status": status,
            "http_status": None,
            "final_url": None,
            "reason": None,
            "checked_at": NOW,
        }
        return LinkRecord(**values | more)

    def finding(
        self,
        code: str,
        about: ResourceRecord | LinkRecord | None = None,
        *,
        severity: str = "error",
        owner: str = "secretariat",
        **more: Any,
    ) -> FindingRecord:
        """Make a finding, about a row or a link when one is given."""
        values: dict[str, Any] = {
            "id": self._next("f"),
            "code": code,
            "severity": severity,
            "owner": owner,
            "page": None if about is None else about.page,
            "line": None if about is None else about.line,
            "subject": "",
            "args": {},
            "hint": None,
            "caused_by": None,
            "first_seen_at": datetime(2026, 11, 12, 2, 15, tzinfo=UTC),
            "runs": 12,
            "waived_until": None,
        }
        if isinstance(about, ResourceRecord):
            values |= {"subject": about.name, "resource": about.id}
        elif about is not None:
            values |= {"subject": about.url, "link": about.id}
        return FindingRecord(**values | more)

    def run(self, **more: Any) -> RunRecord:
        """Make a complete run of this night."""
        values: dict[str, Any] = {
            "id": "2026-11-23T02:15:00Z-1",
            "started_at": NOW - timedelta(seconds=9),
            "finished_at": NOW,
            "complete": True,
            "incomplete_because": (),
            "scope": ScopeRecord(),
            "next_expected_at": NOW + timedelta(days=1),
        }
        return RunRecord(**values | more)

    def counts(
        self,
        resources: tuple[ResourceRecord, ...] = (),
        links: tuple[LinkRecord, ...] = (),
        findings: tuple[FindingRecord, ...] = (),
    ) -> CountsRecord:
        """Return the counts of a manifest."""
        return CountsRecord(
            groups=dict(Counter({row.group: row.status for row in resources}.values())),
            rows=dict(Counter(row.status for row in resources)),
            links=dict(Counter(link.status for link in links)),
            severities=dict(Counter(one.severity for one in findings)),
            owners=dict(Counter(one.owner for one in findings)),
        )

    def history(
        self, days_ago: int, *, complete: bool = True, figures: dict[str, int] | None = None
    ) -> HistoryRecord:
        """Make an earlier run with the figures of its report."""
        return HistoryRecord(
            finished_at=NOW - timedelta(days=days_ago),
            complete=complete,
            counts=self.counts(),
            figures=figures,
        )

    def manifest(
        self,
        resources: tuple[ResourceRecord, ...] = (),
        links: tuple[LinkRecord, ...] = (),
        findings: tuple[FindingRecord, ...] = (),
        **more: Any,
    ) -> StatusManifest:
        """Make a manifest with its counts."""
        values: dict[str, Any] = {
            "schema_version": "1.0",
            "tool": ToolRecord(name="syncer", version="1.0.0"),
            "run": self.run(),
            "handbook": HandbookRecord(
                source="https://git.example.dk/os2/handbook.git",
                revision="3f0c2b9a41de77a0c5b1",
                pages=6,
                site_url="https://handbook.example.dk",
                source_url="https://git.example.dk/os2/handbook/blob/main/{page}#L{line}",
                published=(
                    PublishedPage(
                        path=PAGE,
                        title="Partnere",
                        url="https://handbook.example.dk/docs/partnere.html",
                    ),
                ),
            ),
            "shares": (self.share(),),
            "resources": resources,
            "links": links,
            "findings": findings,
            "changes": ChangesRecord(),
            "history": (),
            "counts": self.counts(resources, links, findings),
        }
        return StatusManifest(**values | more)
