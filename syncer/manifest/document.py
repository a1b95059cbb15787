"""The status manifest: flat records, in the contract's order of keys.

The records are the one definition: msgspec encodes them, decodes them and yields the JSON Schema.
They hold codes and arguments, no sentences. Lists are sorted by page, line, then id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, TypeAlias

import msgspec

from syncer.model.reason import ArgValue

SCHEMA_VERSION = "1.0"

Arguments = dict[str, ArgValue]

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time that knows its zone: times of different manifests are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRecord:
    """A stable code and what it speaks of."""

    code: str
    args: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRecord:
    """The program that wrote the manifest."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRecord:
    """What the run was asked to look at: "resources", "links" or None for both; page globs."""

    only: str | None = None
    offline: bool = False
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """When and how far. `complete`: everything within the scope could be looked at."""

    id: str
    started_at: Moment
    finished_at: Moment
    complete: bool
    incomplete_because: tuple[ReasonRecord, ...]
    scope: ScopeRecord
    next_expected_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """What readers call an audited page, and where they find it.

    `title` is None where the page has neither a title nor a heading, `url` where it is not
    published or the site's address is not known.
    """

    path: str
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookRecord:
    """The handbook that was read.

    `pages` counts the audited pages, `published` tells of each of them, by path. `prefix` is where
    the handbook lies in its git checkout ("docs/handbook/"), "" at the top or where none is known.
    """

    source: str
    revision: str | None
    pages: int
    site_url: str | None
    source_url: str | None = None
    published: tuple[PublishedPage, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRecord:
    """A share of the run; `files`, `folders`, `bytes` are None where the tree is not known."""

    id: str
    kind: str
    name: str
    endpoint: str | None
    server_version: str | None
    status: str
    listing: str
    files: int | None
    folders: int | None
    bytes: int | None
    requests: int
    last_full_walk_at: Moment | None
    writable_by_link: bool | None
    base_url: str = ""
    reason: ReasonRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRecord:
    """Where in the page's source; from 1, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """Where a row says its resource lies."""

    url: str | None
    share: str | None
    path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file or folder that answers a row; paths relative to the share's root."""

    share: str
    path: str
    folder: bool
    size_bytes: int | None
    modified_at: Moment | None
    file_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRecord:
    """One kind that a row promises."""

    name: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRecord:
    """A near miss or the chosen one, for "Hvorfor?"."""

    share: str
    path: str
    folder: bool
    score: float
    chosen: bool
    reasons: tuple[ReasonRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRecord:
    """A row with its verdict. `files`: at most 20, `files_count` tells how many there are."""

    id: str
    group: str
    name: str
    span: SpanRecord
    page: str
    line: int
    section: str | None
    todo: bool
    label: str
    places: tuple[PlaceRecord, ...]
    status: str
    files: tuple[FileRecord, ...]
    files_count: int
    expected: tuple[ExpectedRecord, ...]
    score: float | None
    reason: ReasonRecord
    candidates: tuple[CandidateRecord, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """A link with what a reader would meet."""

    id: str
    page: str
    line: int
    column: int
    text: str
    url: str
    kind: str
    status: str
    http_status: int | None
    final_url: str | None
    reason: ReasonRecord | None
    checked_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """A finding with its memory. `resource` and `link` are the ids of what it speaks of."""

    id: str
    code: str
    severity: str
    owner: str
    page: str | None
    line: int | None
    subject: str
    args: Arguments
    hint: ReasonRecord | None
    caused_by: str | None
    first_seen_at: Moment
    runs: int
    waived_until: str | None
    resource: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRecord:
    """A finding that was there last time and is proved gone."""

    id: str
    code: str
    severity: str
    owner: str
    page: str | None
    line: int | None
    subject: str
    args: Arguments
    hint: ReasonRecord | None = None
    caused_by: str | None = None
    first_seen_at: Moment
    runs: int
    waived_until: str | None = None
    fixed_at: Moment
    resource: str | None = None
    link: str | None = None


class MovedRecord(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A file that bears another path than last time, known by its file id.

    A msgspec struct, unlike its neighbours: `from` is a keyword of Python and a key of the
    contract.
    """

    share: str
    file_id: int
    from_: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRecord:
    """What is new, fixed and moved since the last complete run (`since`; None: there is none)."""

    since: Moment | None = None
    new: tuple[str, ...] = ()
    fixed: tuple[FixedRecord, ...] = ()
    moved: tuple[MovedRecord, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRecord:
    """Groups and rows per status, links per status, findings per severity and owner.

    Keys that count nothing are left out.
    """

    groups: dict[str, int]
    rows: dict[str, int]
    links: dict[str, int]
    severities: dict[str, int]
    owners: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """One earlier run; the newest stands last."""

    finished_at: Moment
    complete: bool
    counts: CountsRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusManifest:
    """All that one run says."""

    schema_version: str
    tool: ToolRecord
    run: RunRecord
    handbook: HandbookRecord
    shares: tuple[ShareRecord, ...]
    resources: tuple[ResourceRecord, ...]
    links: tuple[LinkRecord, ...]
    findings: tuple[FindingRecord, ...]
    changes: ChangesRecord
    history: tuple[HistoryRecord, ...]
    counts: CountsRecord
