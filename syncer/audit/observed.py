"""Everything that findings are drawn from: what one run has seen, and what it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.handbook import (
    Handbook,
    ParsedPage,
    ResourceRow,
    ShareLink,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkCheck
from syncer.model.matching import Match, NamedLink
from syncer.model.shares import Share


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody has accepted until a day (`[[waive]]`).

    Attributes:
        code: of the findings.
        subject: glob over their subjects; `*`, `?` and `[…]` as in a shell, case matters.
        reason: why, in the words of who accepted it.
        until: the last day on which it holds.
    """

    code: str
    subject: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Emptied:
    """A share whose sudden emptiness is not believed yet (design rule 2).

    Attributes:
        share: its id.
        files_before: how many files it had at the last complete run; None when unknown.
        rows_before: how many of today's rows had a file in it then.
        rows_lost: how many of those have none now.
        days: on how many days a full walk has given this same answer, today's among them.
    """

    share: str
    files_before: int | None
    rows_before: int
    rows_lost: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What one run has seen.

    Attributes:
        handbook: as it was read.
        pages: those that are audited, by path.
        unreadable: the audited ones that are no text, by path.
        rows: of the audited pages, by page and line.
        table_problems: of the audited pages, in order.
        matches: one per row, after `distrust`.
        shares: by id, every one that a row or link names.
        links: of the audited pages, by page, line and column.
        share_links: the addresses in links and rows that lead to a Nextcloud, parsed.
        named_links: those among them whose words name a row's resource, in their order.
        today: the day of the run, where its schedule counts days.
        scope: what the run was asked to look at.
        unpublished: audited pages that Jekyll does not render, by path.
        empty_pages: audited pages with nothing in them, by path.
        emptied: from `distrust`, by share.
        waivers: in the order of the settings.
        previous: the last complete run, None when there is none.
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
    emptied: tuple[Emptied, ...] = ()
    waivers: tuple[Waiver, ...] = ()
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
        """Whether every page was read, so that "nothing in the handbook …" may be said."""
        return not (self.scope.pages or self.unreadable or self.handbook.only_page)
