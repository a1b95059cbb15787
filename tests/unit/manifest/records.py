"""Records made by hand, and whole manifests of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from syncer.manifest.counts import count
from syncer.manifest.document import (
    SCHEMA_VERSION,
    ChangesRecord,
    ExpectedRecord,
    FileRecord,
    FindingRecord,
    HandbookRecord,
    LinkRecord,
    PlaceRecord,
    ReasonRecord,
    ResourceRecord,
    RunRecord,
    ScopeRecord,
    ShareRecord,
    SpanRecord,
    StatusManifest,
    ToolRecord,
)
from syncer.model.rules import RULES_VERSION

SHARE = "boks.example.dk/Ab12Cd34"
PAGE = "docs/partnere.md"
NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


@dataclass
class Make:
    """Makes records; keywords overrule the defaults."""

    night: datetime = NIGHT

    def share(self, **more: Any) -> ShareRecord:
        """Make a share that was read."""
        values: dict[str, Any] = {
            "id": SHARE,
            "kind": "public",
            "name": "Boksen",
            "endpoint": "legacy",
            "server_version": "27.0.2",
            "status": "ok",
            "listing": "infinity",
            "files": 3,
            "folders": 1,
            "bytes": 300,
            "requests": 2,
            "last_full_walk_at": NIGHT,
            "writable_by_link": False,
        }
        return ShareRecord(**values | more)

    def file(self, path: str, **more: Any) -> FileRecord:
        """Make a file with an id."""
        values: dict[str, Any] = {
            "share": SHARE,
            "path": path,
            "folder": False,
            "size_bytes": 100,
            "modified_at": None,
            "file_id": 7,
        }
        return FileRecord(**values | more)

    def row(self, name: str, status: str = "missing", *files: FileRecord, **more: Any) -> Any:
        """Make a row; its id is "r" and its name."""
        values: dict[str, Any] = {
            "id": f"r{name}",
            "group": f"g{name}",
            "name": name,
            "span": SpanRecord(line=1, column=1, end_line=1, end_column=9),
            "page": PAGE,
            "line": 1,
            "section": None,
            "todo": False,
            "label": "Nextcloud",
            "places": (PlaceRecord(url=None, share=SHARE, path="Aftaler"),),
            "status": status,
            "files": files,
            "files_count": len(files),
            "expected": (),
            "score": None,
            "reason": ReasonRecord(code="nothing-like-it"),
        }
        return ResourceRecord(**values | more)

    def kind(self, name: str, status: str) -> ExpectedRecord:
        """Make one promised kind."""
        return ExpectedRecord(name=name, status=status)

    def link(self, url: str, status: str = "broken", **more: Any) -> LinkRecord:
        """Make a link; its id is "l" and its address."""
        values: dict[str, Any] = {
            "id": f"l{url}",
            "page": PAGE,
            "line": 2,
            "column": 1,
            "text": "tekst",
            "url": url,
            "kind": "web",
            "status": status,
            "http_status": None,
            "final_url": None,
            "reason": None,
            "checked_at": None,
        }
        return LinkRecord(**values | more)

    def finding(self, code: str, about: str = "", **more: Any) -> FindingRecord:
        """Make a finding; its id is "f", its code and what it is about."""
        values: dict[str, Any] = {
            "id": f"f{code}{about}",
            "code": code,
            "severity": "error",
            "owner": "secretariat",
            "page": PAGE,
            "line": 1,
            "subject": about,
            "args": {},
            "hint": None,
            "caused_by": None,
            "first_seen_at": NIGHT,
            "runs": 1,
            "waived_until": None,
        }
        return FindingRecord(**values | more)

    def of_row(self, code: str, name: str, **more: Any) -> FindingRecord:
        """Make a finding about a row."""
        return self.finding(code, name, resource=f"r{name}", **more)

    def of_link(self, code: str, url: str, **more: Any) -> FindingRecord:
        """Make a finding about a link."""
        return self.finding(code, url, link=f"l{url}", **more)

    def of_share(self, code: str, **more: Any) -> FindingRecord:
        """Make a finding about the share, or about something in it."""
        return self.finding(code, args={"share": SHARE}, **more)

    def manifest(
        self,
        *parts: ShareRecord | ResourceRecord | LinkRecord | FindingRecord,
        nights_ago: int = 0,
        complete: bool = True,
        rules: int | None = RULES_VERSION,
        **scope: Any,
    ) -> StatusManifest:
        """Make the manifest of a run that saw these records."""
        finished_at = NIGHT - timedelta(days=nights_ago)
        resources = tuple(part for part in parts if isinstance(part, ResourceRecord))
        links = tuple(part for part in parts if isinstance(part, LinkRecord))
        findings = tuple(part for part in parts if isinstance(part, FindingRecord))
        return StatusManifest(
            schema_version=SCHEMA_VERSION,
            tool=ToolRecord(name="syncer", version="1.0.0", rules=rules),
            run=RunRecord(
                id=f"n{nights_ago}",
                started_at=finished_at,
                finished_at=finished_at,
                complete=complete,
                incomplete_because=() if complete else (ReasonRecord(code="timeout"),),
                scope=ScopeRecord(**scope),
            ),
            handbook=HandbookRecord(source="handbook", revision=None, pages=1, site_url=None),
            shares=tuple(part for part in parts if isinstance(part, ShareRecord)),
            resources=resources,
            links=links,
            findings=findings,
            changes=ChangesRecord(),
            history=(),
            counts=count(resources, links, findings),
        )
