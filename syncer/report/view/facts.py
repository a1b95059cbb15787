"""A manifest with the indexes that a view needs, and names for what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syncer.manifest.document import (
    FileRecord,
    FindingRecord,
    LinkRecord,
    PlaceRecord,
    PublishedPage,
    ReasonRecord,
    ResourceRecord,
    ShareRecord,
    StatusManifest,
)
from syncer.model.matching import KindStatus
from syncer.model.reason import ArgValue
from syncer.model.shares import split_share_id
from syncer.redact import make_visible
from syncer.report.view.addresses import (
    file_address,
    page_address,
    place_address,
    source_address,
)
from syncer.report.view.records import FileView, PlaceInHandbook
from syncer.report.visible import show_handbook_text
from syncer.report.words import Value, Words
from syncer.report.words.phrasing import in_copenhagen

# Arguments that may hold a path inside a share. The path of a web page starts with a slash.
_PATH_ARGUMENTS = frozenset({"earlier", "file", "folder", "other_file", "path", "place"})
_BAD_FILES = frozenset(
    {"file-empty", "file-damaged", "file-other-type", "file-locked", "file-blank"}
)
# What is said of a row by its own verdict, unless that is unknown or only likely.
_DENYING = frozenset(
    {
        "resource-missing",
        "resource-planned",
        "resource-arrived",
        "resource-elsewhere",
        "resource-draft",
        "resource-outdated",
        "resource-ambiguous",
    }
)


# A run that ends in the night begins the next one when it is about a day old.
_ONE_DAY = timedelta(hours=25)
_DAYTIME = range(6, 22)


@dataclass(frozen=True, slots=True)
class Facts:
    """The indexes of a manifest.

    Attributes:
        rows, links, shares: by id.
        groups: the rows of each group, by page and line.
        new: ids of the findings that are not in the baseline; without a baseline, of those that
            are new since the last complete run, and none when there was no such run.
        since: the time of that run; None with a baseline.
        has_baseline: whether `new` is beside a baseline.
        effects: the findings that each finding explains, by its id.
        causes: the finding that explains another one, by the other's id.
        pages: by path.
        share_labels: what the handbook calls the shares that have no name of their own, by id.
        tokens: the id of each share by its token.
        partial_groups: the groups that are partly ready: a finding says so, or a row has ToDo and
            only some of the promised kinds are known to be there.
        told_partial: the groups of which a finding says so.
        bad_files: the open findings about files that readers cannot use, by share and path.
        row_findings: the finding that denies something of a row, waived or not, by the row's id.
        link_findings: the findings about a link, by its id.
        again: when the next run is, in words ("i nat"); None when that is not known.
    """

    manifest: StatusManifest
    words: Words
    rows: Mapping[str, ResourceRecord]
    links: Mapping[str, LinkRecord]
    shares: Mapping[str, ShareRecord]
    groups: Mapping[str, tuple[ResourceRecord, ...]]
    new: frozenset[str]
    since: datetime | None
    has_baseline: bool
    effects: Mapping[str, tuple[FindingRecord, ...]]
    causes: Mapping[str, FindingRecord]
    pages: Mapping[str, PublishedPage]
    share_labels: Mapping[str, str]
    tokens: Mapping[str, str]
    partial_groups: frozenset[str]
    told_partial: frozenset[str]
    bad_files: Mapping[tuple[str, str], FindingRecord]
    row_findings: Mapping[str, FindingRecord]
    link_findings: Mapping[str, tuple[FindingRecord, ...]]
    again: str | None

    def phrase(self, reason: ReasonRecord) -> str:
        """Return a reason as a sentence."""
        return self.words.reason(reason.code, self.name_arguments(reason.args))

    def find_bad_file(self, row: ResourceRecord) -> FindingRecord | None:
        """Return the finding that a row's file cannot be used, None when there is none."""
        if not row.files:
            return None
        return self.bad_files.get((row.files[0].share, row.files[0].path))

    def name_arguments(self, args: Mapping[str, ArgValue]) -> dict[str, Value]:
        """Return the arguments of a reason or finding as people know them.

        Paths become "A / B", an empty path the share's top folder, the id of a share its name, and
        the path of a page its title with the path. `again` says when the next run is.
        """
        named = {name: self._name_argument(name, value) for name, value in args.items()}
        return {"again": self.again, **named}

    def _name_argument(self, name: str, value: ArgValue) -> Value:
        if name in ("files", "folders") and isinstance(value, tuple):
            return tuple(map(self._name_path, value))
        if name == "pages" and isinstance(value, tuple):
            return tuple(map(self.name_page, value))
        if not isinstance(value, str):
            return value
        if name in _PATH_ARGUMENTS:
            return self._name_path(value)
        if name == "share":
            return self.name_share(value)
        if name == "page" and value in self.pages:
            return self.name_page(value)
        return value

    def _name_path(self, path: str) -> str:
        if not path:
            return self.words.labels.root_folder
        if path in self.tokens:
            return self.name_share(self.tokens[path])
        if path.startswith("/") or "://" in path:
            return path
        return show_path(path)

    def mention_row(self, row: ResourceRecord) -> PlaceInHandbook:
        """Return where the handbook names a resource."""
        return PlaceInHandbook(
            page=make_visible(row.page),
            title=self.title_page(row.page),
            line=row.line,
            section=None if row.section is None else show_handbook_text(row.section),
            page_url=self.link_page(row.page, row.section),
            source_url=source_address(self.manifest.handbook, row.page, row.line),
            place=show_handbook_text(row.label),
            place_url=place_address(self.shares, row.places[0]) if row.places else None,
        )

    def mention_page(self, page: str, line: int | None) -> PlaceInHandbook:
        """Return a line of a page; the whole page when the line is None."""
        return PlaceInHandbook(
            page=make_visible(page),
            title=self.title_page(page),
            line=line,
            section=None,
            page_url=self.link_page(page),
            source_url=source_address(self.manifest.handbook, page, line),
        )

    def link_page(self, page: str, section: str | None = None) -> str | None:
        """Return where a page is published, None when it is not or when the site is unknown."""
        known = self.pages.get(page)
        return None if known is None else page_address(known, section)

    def title_page(self, page: str) -> str:
        """Return the title of a page; its path when it has none."""
        known = self.pages.get(page)
        return show_handbook_text((known.title if known is not None else None) or page)

    def name_page(self, page: str) -> str:
        """Return the title of a page with its path; the path alone when it has no title."""
        title, path = self.title_page(page), show_handbook_text(page)
        return path if title == path else f"{title} ({path})"

    def show_file(self, file: FileRecord) -> FileView:
        """Return the name and folder of a file, with its size and date when they are known."""
        folder, _, name = file.path.rpartition("/")
        known = []
        if file.size_bytes is not None and not file.folder:
            known.append(self.words.size(file.size_bytes))
        if file.modified_at is not None:
            known.append(self.words.day(file.modified_at))
        return FileView(
            name=make_visible(name) or self.name_share(file.share),
            folder=self.name_folder(file.share, folder),
            folder_url=file_address(self.shares, file),
            facts=", ".join(known),
            is_folder=file.folder,
        )

    def show_files(
        self, rows: Sequence[ResourceRecord], most: int
    ) -> tuple[tuple[FileView, ...], int]:
        """Return the first files of a group, and how many more there are."""
        row = next((row for row in rows if row.files), None)
        if row is None:
            return (), 0
        shown = tuple(self.show_file(file) for file in row.files[:most])
        return shown, max(0, row.files_count - len(shown))

    def name_share(self, share: str) -> str:
        """Return a share's own name, else what the handbook calls it, else its id."""
        known = self.shares.get(share)
        name = known.name if known is not None and known.name else share
        return self.share_labels.get(share) or make_visible(name)

    def name_folder(self, share: str, path: str) -> str:
        """Return a folder as "A / B"; the name of the share for its top folder."""
        return show_path(path) if path else self.name_share(share)

    def name_place(self, place: PlaceRecord) -> str | None:
        """Return the folder of a row's place, None when it is in no share."""
        if place.share is None or place.path is None:
            return None
        return self.name_folder(place.share, place.path)


def show_path(path: str) -> str:
    """Return a path inside a share as people read it: "A / B"."""
    return " / ".join(make_visible(part) for part in path.split("/"))


def gather_facts(
    manifest: StatusManifest, words: Words, new: Collection[str] | None = None
) -> Facts:
    """Index a manifest; `new` are the ids that are not in a baseline, None without one."""
    has_baseline = new is not None
    since = None if has_baseline else manifest.changes.since
    if new is None:
        new = () if since is None else manifest.changes.new
    groups: defaultdict[str, list[ResourceRecord]] = defaultdict(list)
    for row in sorted(manifest.resources, key=lambda row: (row.page, row.line, row.id)):
        groups[row.group].append(row)
    rows = {row.id: row for row in manifest.resources}
    open_findings = [f for f in manifest.findings if f.waived_until is None]
    partial = (rows.get(f.resource or "") for f in open_findings if f.code == "resource-partial")
    told_partial = frozenset(row.group for row in partial if row is not None)
    effects = _index_effects(manifest)
    return Facts(
        manifest=manifest,
        words=words,
        rows=rows,
        links={link.id: link for link in manifest.links},
        shares={share.id: share for share in manifest.shares},
        groups={group: tuple(members) for group, members in groups.items()},
        new=frozenset(new),
        since=since,
        has_baseline=has_baseline,
        effects=effects,
        causes={
            effect.id: cause for cause in manifest.findings for effect in effects.get(cause.id, ())
        },
        pages={page.path: page for page in manifest.handbook.published},
        share_labels=_label_shares(manifest),
        tokens={split_share_id(share.id).token: share.id for share in manifest.shares},
        partial_groups=told_partial.union(
            row.group for row in manifest.resources if row.todo and _is_partial(row)
        ),
        told_partial=told_partial,
        bad_files={
            (str(f.args.get("share")), f.subject): f for f in open_findings if f.code in _BAD_FILES
        },
        row_findings={
            f.resource: f
            for f in manifest.findings
            if f.resource is not None and f.link is None and f.code in _DENYING
        },
        link_findings=_index_links(manifest),
        again=_name_next_run(manifest, words),
    )


def _name_next_run(manifest: StatusManifest, words: Words) -> str | None:
    """Return when the next run is: tonight where it is in the night that follows."""
    at = manifest.run.next_expected_at
    if at is None:
        return None
    soon = at - manifest.run.finished_at < _ONE_DAY
    is_night = soon and in_copenhagen(at).hour not in _DAYTIME
    return words.labels.again_tonight if is_night else words.fill(words.labels.again_at, at=at)


def _is_partial(row: ResourceRecord) -> bool:
    """Return whether some of the promised kinds are there, and some are not or are not known."""
    there = {kind.status == KindStatus.PRESENT for kind in row.expected}
    return len(there) > 1


def _label_shares(manifest: StatusManifest) -> dict[str, str]:
    """Return the labels of the shares that have no name but their token.

    Manifests of 1.0 have none: what rows that point to a whole share call it is used there.
    """
    nameless = {
        share.id: share.label
        for share in manifest.shares
        if share.name in ("", split_share_id(share.id).token)
    }
    labels = {id_: show_handbook_text(label) for id_, label in nameless.items() if label}
    for row in manifest.resources:
        for place in row.places[:1]:
            if place.share in nameless and place.path == "" and row.label:
                labels.setdefault(place.share, show_handbook_text(row.label))
    all_labels = list(labels.values())
    return {
        share: label if all_labels.count(label) == 1 else f"{label} ({share.rpartition('/')[2]})"
        for share, label in labels.items()
    }


def _index_links(manifest: StatusManifest) -> dict[str, tuple[FindingRecord, ...]]:
    """Return the findings about each link."""
    found: defaultdict[str, list[FindingRecord]] = defaultdict(list)
    for finding in manifest.findings:
        if finding.link is not None:
            found[finding.link].append(finding)
    return {link: tuple(findings) for link, findings in found.items()}


def _index_effects(manifest: StatusManifest) -> dict[str, tuple[FindingRecord, ...]]:
    """Return the findings that each finding explains; an unknown cause explains nothing."""
    causes = {finding.id for finding in manifest.findings if finding.caused_by is None}
    effects: defaultdict[str, list[FindingRecord]] = defaultdict(list)
    for finding in manifest.findings:
        if finding.caused_by is not None and finding.caused_by in causes:
            effects[finding.caused_by].append(finding)
    return {cause: tuple(findings) for cause, findings in effects.items()}
