"""The status manifest: flat records, their keys in the order of `docs/contract.md`.

msgspec encodes and decodes these records and derives the JSON Schema from them. They have codes
and arguments, no sentences. Lists are sorted by page, line, then id. Fields that 1.1 added come
last and are null in a manifest of 1.0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, TypeAlias

import msgspec

from syncer.model.reason import ArgValue

SCHEMA_VERSION = "1.1"

Arguments = dict[str, ArgValue]

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""An aware time, so that times of different manifests can be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRecord:
    """A stable code and its arguments."""

    code: str
    args: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRecord:
    """The program that wrote the manifest, with the version of its rules (None in 1.0)."""

    name: str
    version: str
    rules: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRecord:
    """What the run was asked to look at: "resources", "links" or None for both; page globs."""

    only: str | None = None
    offline: bool = False
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """The run. `complete`: everything within the scope could be looked at."""

    id: str
    started_at: Moment
    finished_at: Moment
    complete: bool
    incomplete_because: tuple[ReasonRecord, ...]
    scope: ScopeRecord
    next_expected_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """An audited page with its name and address for readers.

    `title` is None without a title and a heading, `url` when the page is not published or the
    site's address is unknown.
    """

    path: str
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookRecord:
    """The handbook.

    `pages` counts the audited pages, `published` lists them by path. `prefix` is the handbook's
    path in its git checkout ("docs/handbook/"), "" at the top or when unknown. `site` is "jekyll",
    "github" or "files".
    """

    source: str
    revision: str | None
    pages: int
    site_url: str | None
    source_url: str | None = None
    published: tuple[PublishedPage, ...] = ()
    prefix: str = ""
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRecord:
    """A share of the run; `files`, `folders`, `bytes` are None when the tree is unknown."""

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
    label: str | None = None
    expires_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRecord:
    """A range in the page's source; counts from 1, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A place where a row says its resource is."""

    url: str | None
    share: str | None
    path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file or folder that answers a row; `path` is relative to the share's root.

    `opens` is "yes", "damaged", "locked", "blank" or "other-type".
    """

    share: str
    path: str
    folder: bool
    size_bytes: int | None
    modified_at: Moment | None
    file_id: int | None
    opens: str | None = None
    copied_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRecord:
    """One kind that a row promises."""

    name: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRecord:
    """A file that was considered for a row, for "Hvorfor?"."""

    share: str
    path: str
    folder: bool
    score: float
    chosen: bool
    reasons: tuple[ReasonRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastKnownRecord:
    """The last proven status of a row, with its ISO date."""

    status: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRecord:
    """A row with its verdict. `files` has at most 20 entries, `files_count` is their number."""

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
    last_known: LastKnownRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """A link with its verdict. `bare`: written without link syntax."""

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
    bare: bool | None = None


class WaiverRecord(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Why a finding is accepted until an ISO date; `from` is "settings" or "handbook".

    A msgspec struct, because `from` is a keyword of Python.
    """

    reason: str
    until: str
    from_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """A finding with its history. `resource` and `link` are the ids of the row and link concerned.

    `fixable`: the program knows a correction.
    """

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
    column: int | None = None
    fixable: bool | None = None
    waiver: WaiverRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRecord:
    """A finding of the last complete run that is proven gone; the fields of `FindingRecord`."""

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
    column: int | None = None
    fixable: bool | None = None
    waiver: WaiverRecord | None = None


class MovedRecord(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A file with another path than before, identified by its file id."""

    share: str
    file_id: int
    from_: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStateRecord:
    """A file's path, size and time of change in one run."""

    path: str
    size_bytes: int | None
    modified_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRecord:
    """A file with other content than before, identified by its file id."""

    share: str
    file_id: int
    before: FileStateRecord
    after: FileStateRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRecord:
    """What changed since the last complete run, which finished at `since` (None without one).

    `rules_changed`: that run had other rules. `judged_differently` then counts the findings that
    came or went on what both runs looked at; they are neither new nor fixed.
    """

    since: Moment | None = None
    new: tuple[str, ...] = ()
    fixed: tuple[FixedRecord, ...] = ()
    moved: tuple[MovedRecord, ...] = ()
    unchanged: int = 0
    rules_changed: bool | None = None
    changed: tuple[ChangedRecord, ...] | None = None
    judged_differently: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRecord:
    """Groups and rows per status, links per status, findings per severity and owner.

    Keys whose count is zero are omitted.
    """

    groups: dict[str, int]
    rows: dict[str, int]
    links: dict[str, int]
    severities: dict[str, int]
    owners: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """One earlier run; `figures` are the numbers of its report that are followed, by name."""

    finished_at: Moment
    complete: bool
    counts: CountsRecord
    figures: dict[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusManifest:
    """The whole result of one run; the newest entry of `history` comes last."""

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
