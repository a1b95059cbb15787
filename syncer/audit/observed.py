"""Everything that the findings are derived from: what one run saw and what it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Literal

from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.documents import Document, LeftOut
from syncer.model.findings import Finding
from syncer.model.handbook import (
    AddressClash,
    FileProblem,
    Handbook,
    ParsedPage,
    ResourceRow,
    ShareLink,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkCheck
from syncer.model.matching import Match, NamedLink
from syncer.model.shares import Share, ShareTraits


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person has accepted until a day (`[[waive]]`).

    Attributes:
        code: of the findings.
        subject: glob over their subjects; `*`, `?` and `[…]` as in a shell, case matters. In the
            handbook's own waivers it is the subject itself. None for any subject.
        reason: why, in that person's words.
        until: the last day on which it holds.
        origin: "settings" or "handbook".
        page: the page of the findings, None for any.
        lines: the first and last line of the findings on the page, None for any.
        names_target: whether it says exactly what it accepts; patterns of the settings do.
    """

    code: str
    subject: str | None
    reason: str
    until: date
    origin: Literal["settings", "handbook"] = "settings"
    page: str | None = None
    lines: tuple[int, int] | None = None
    names_target: bool = True

    def covers(self, finding: Finding) -> bool:
        """Return whether it is for a finding, on whichever day."""
        reached = self.reaches(finding.page, finding.line)
        return reached and self.names(finding.code, finding.subject)

    def reaches(self, page: str | None, line: int | None) -> bool:
        """Return whether it is for findings at that place."""
        return self.page in (None, page) and (
            self.lines is None or self.lines[0] <= (line or 0) <= self.lines[1]
        )

    def names(self, code: str, subject: str) -> bool:
        """Return whether it is for findings of that code and subject, wherever they are."""
        if self.code != code or self.subject is None:
            return self.code == code
        if self.origin == "handbook":
            return subject == self.subject
        return fnmatchcase(subject, self.subject)


@dataclass(frozen=True, slots=True)
class Emptied:
    """A share whose sudden emptiness is not believed yet (`docs/design.md` rule 3).

    Attributes:
        share: its id.
        files_before: its number of files at the last complete run; None when unknown.
        rows_before: how many of today's rows had a file in it then.
        rows_lost: how many of those have none now.
        days: on how many days, today included, a full walk has given this same answer.
    """

    share: str
    files_before: int | None
    rows_before: int
    rows_lost: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What one run saw.

    Attributes:
        pages: the audited ones, by path.
        unreadable: the audited ones that are not text, by path.
        rows: of the audited pages, by page and line.
        table_problems: of the audited pages, in order.
        matches: one per row, after `distrust`.
        shares: by id, every one that a row or link names.
        links: of the audited pages, by page, line and column.
        share_links: the addresses in links and rows that lead to a Nextcloud, parsed.
        named_links: those of them whose words name a row's resource, in their order.
        today: the day of the run in the time zone of its schedule.
        scope: what the run was asked to look at.
        unpublished: audited pages that Jekyll does not render, by path.
        empty_pages: audited pages without content, by path.
        clashes: addresses of the site that several sources have, an audited page among them.
        bare_is_text: whether the site shows addresses without link syntax as text.
        emptied: from `distrust`, by share.
        old_after_years: from the settings: documents that did not change for so long are told.
        traits: of the public shares, with their last changes, by id.
        waivers: in the order of the settings.
        own_problems: mistakes in the handbook's own settings, in order.
        documents: the verdicts on the rows' documents, by share and path.
        copied_at: when the local copy of each was fetched, likewise.
        left_out: what of the local copy is not up to date.
        previous: the last complete run, None without one.
    """

    handbook: Handbook
    pages: tuple[ParsedPage, ...]
    rows: tuple[ResourceRow, ...]
    table_problems: tuple[TableProblem, ...]
    matches: tuple[Match, ...]
    shares: Mapping[str, Share]
    links: tuple[LinkCheck, ...]
    today: date
    scope: ScopeRecord
    share_links: Mapping[str, ShareLink] = field(default_factory=dict)
    named_links: tuple[NamedLink, ...] = ()
    unreadable: tuple[UnreadablePage, ...] = ()
    unpublished: tuple[str, ...] = ()
    empty_pages: tuple[str, ...] = ()
    clashes: tuple[AddressClash, ...] = ()
    bare_is_text: bool = False
    emptied: tuple[Emptied, ...] = ()
    old_after_years: int | None = None
    traits: Mapping[str, ShareTraits] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    own_problems: tuple[FileProblem, ...] = ()
    documents: Mapping[tuple[str, str], Document] = field(default_factory=dict)
    copied_at: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    previous: StatusManifest | None = None

    @property
    def with_resources(self) -> bool:
        """Whether the rows are within the scope."""
        return self.scope.only != "links"

    @property
    def with_links(self) -> bool:
        """Whether the links are within the scope."""
        return self.scope.only != "resources"

    @property
    def whole_handbook(self) -> bool:
        """Whether every page was read, so that absence from the handbook can be claimed."""
        return not (self.scope.pages or self.unreadable or self.handbook.only_page)
