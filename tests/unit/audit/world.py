"""A small world made by hand: shares, rows, links, and what a run has seen of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from syncer.audit.observed import Observed
from syncer.audit.rules import find
from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.findings import Finding
from syncer.model.handbook import (
    Handbook,
    LinkSyntax,
    PageLink,
    ParsedPage,
    PlaceKind,
    Placement,
    ResourceRow,
    ShareLink,
    SourceSpan,
)
from syncer.model.ids import make_id
from syncer.model.links import LinkCheck, LinkKind, LinkStatus, LinkVerdict
from syncer.model.matching import Match, MatchedFile, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)
from syncer.nextcloud.share_url import parse_share_link

HOST = "boks.example.dk"
BASE_URL = f"https://{HOST}"
SHARE = f"{HOST}/Ab12Cd34"
PAGE = "docs/partnere.md"
TODAY = date(2026, 11, 23)
NIGHT = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)


def _span(page: str, line: int, column: int = 1) -> SourceSpan:
    return SourceSpan(page, line, column, line, column + 10)


@dataclass
class World:
    """Collects what a run has seen; keywords overrule the defaults."""

    shares: dict[str, Share] = field(default_factory=dict)
    rows: list[ResourceRow] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    links: list[LinkCheck] = field(default_factory=list)
    handbook: Handbook = field(
        default_factory=lambda: Handbook(
            source="handbook",
            revision=None,
            stale=None,
            pages=(),
            unreadable=(),
            files=(),
            config=None,
        )
    )
    _lines: Counter[str] = field(default_factory=Counter)

    def file(self, path: str, *, share: str = SHARE, **more: Any) -> MatchedFile:
        """Make a file that answers a row."""
        return MatchedFile(share, path, **({"size_bytes": 100} | more))

    def share(
        self, *files: str, share_id: str = SHARE, folders: tuple[str, ...] = (), **more: Any
    ) -> Share:
        """Add a share that was read; the folders of its files are there."""
        unread = more.pop("unread", ())
        parents = {path.rpartition("/")[0] for path in files} | set(folders) | {""}
        tree = ShareTree(
            files=tuple(RemoteFile(path, size_bytes=100) for path in sorted(files)),
            folders=tuple(RemoteFolder(path) for path in sorted(parents)),
            unread=unread,
        )
        values: dict[str, Any] = {
            "id": share_id,
            "kind": ShareKind.PUBLIC,
            "name": "Boksen",
            "base_url": BASE_URL,
            "endpoint": "legacy",
            "server_version": "27.0.2",
            "status": ShareStatus.OK,
            "listing": ListingKind.INFINITY,
            "tree": tree,
        }
        share = Share(**values | more)
        self.shares[share.id] = share
        return share

    def locked(self, status: ShareStatus, *, share_id: str = SHARE, **more: Any) -> Share:
        """Add a share that was not read."""
        return self.share(
            share_id=share_id, status=status, tree=None, listing=ListingKind.NONE, **more
        )

    def page_link(
        self, url: str, *, page: str = PAGE, line: int | None = None, column: int = 1
    ) -> PageLink:
        """Make a link of a page, on a line of its own when none is given."""
        if line is None:
            line = self._next_line(page)
        return PageLink(url, "tekst", LinkSyntax.LINK, _span(page, line, column), None)

    def row(
        self,
        name: str,
        verdict: Verdict,
        *files: MatchedFile,
        place: str | None = "Aftaler",
        share: str = SHARE,
        page: str = PAGE,
        todo: bool = False,
        url: str | None = None,
        **match: Any,
    ) -> ResourceRow:
        """Add a row with its match; `place` None makes one whose place nobody knows."""
        line = self._next_line(page)
        places = match.pop(
            "places",
            (Placement(PlaceKind.UNRESOLVED, None, None, None),)
            if place is None
            else (Placement(PlaceKind.SHARE, url, share, place),),
        )
        links = () if url is None else (self.page_link(url, page=page, line=line, column=40),)
        row = ResourceRow(
            id=make_id("r", page, name, str(len(self.rows))),
            name=name,
            description="",
            todo=todo,
            label="Nextcloud / Aftaler",
            links=links,
            places=places,
            section="Ressourcer",
            span=_span(page, line),
        )
        values: dict[str, Any] = {
            "row": row.id,
            "group": make_id("g", name, share),
            "verdict": verdict,
            "files": files,
            "expected": (),
            "score": 1.0 if files else None,
            "reason": Reason("exact-name"),
        }
        self.rows.append(row)
        self.matches.append(Match(**values | match))
        return row

    def link(
        self,
        url: str,
        status: LinkStatus,
        *,
        kind: LinkKind = LinkKind.WEB,
        link: PageLink | None = None,
        **verdict: Any,
    ) -> LinkCheck:
        """Add a checked link; `link` is given when it is in a row."""
        link = link or self.page_link(url)
        check = LinkCheck(
            make_id("l", link.span.file, url, str(len(self.links))),
            link,
            LinkVerdict(kind, status, **verdict),
        )
        self.links.append(check)
        return check

    def observe(self, **more: Any) -> Observed:
        """Return what the run has seen."""
        values: dict[str, Any] = {
            "handbook": self.handbook,
            "pages": (self.page(),),
            "rows": tuple(self.rows),
            "table_problems": (),
            "matches": tuple(self.matches),
            "shares": self.shares,
            "links": tuple(self.links),
            "share_links": self._parse_share_links(),
            "today": TODAY,
            "scope": ScopeRecord(),
        }
        return Observed(**values | more)

    def _parse_share_links(self) -> dict[str, ShareLink]:
        urls = {check.link.url for check in self.links}
        urls |= {link.url for row in self.rows for link in row.links}
        hosts = {share.partition("/")[0] for share in self.shares}
        parsed = {url: parse_share_link(url, hosts) for url in urls}
        return {url: link for url, link in parsed.items() if link is not None}

    def find(self, **more: Any) -> tuple[Finding, ...]:
        """Return the findings, but for the one that there was nothing to look at."""
        found = find(self.observe(**more))
        return tuple(finding for finding in found if finding.code != "nothing-found")

    def codes(self, **more: Any) -> list[str]:
        """Return the codes of the findings, sorted."""
        return sorted(finding.code for finding in self.find(**more))

    def one(self, code: str, **more: Any) -> Finding:
        """Return the one finding of that code."""
        (finding,) = (finding for finding in self.find(**more) if finding.code == code)
        return finding

    def page(self, path: str = PAGE, **more: Any) -> ParsedPage:
        """Make a page with nothing in it that matters here."""
        values: dict[str, Any] = {
            "path": path,
            "front_matter": {},
            "headings": (),
            "anchors": frozenset(),
            "links": (),
            "tables": (),
            "problems": (),
            "empty": False,
        }
        return ParsedPage(**values | more)

    def manifest(self) -> StatusManifest:
        """Return the manifest of a complete run the night before that saw this world."""
        return build_manifest(
            RunFacts(
                version="1.0", id="n1", started_at=NIGHT, finished_at=NIGHT, scope=ScopeRecord()
            ),
            Results(
                handbook=self.handbook,
                pages=1,
                shares=self.shares,
                rows=self.rows,
                matches=self.matches,
                links=self.links,
                findings=self.find(),
            ),
            Past(),
        )

    def _next_line(self, page: str) -> int:
        self._lines[page] += 1
        return self._lines[page]
