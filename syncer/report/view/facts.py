"""A manifest with the indexes that a view needs, and the smallest things said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
from syncer.model.reason import ArgValue
from syncer.report.view.addresses import (
    file_address,
    page_address,
    place_address,
    source_address,
)
from syncer.report.view.records import FileView, PlaceInHandbook
from syncer.report.visible import make_visible, show_handbook_text
from syncer.report.words import Value, Words

# Arguments that may hold a path inside a share. One of a web page begins with a slash.
_PATH_ARGUMENTS = frozenset({"earlier", "file", "folder", "other_file", "path", "place"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What every part of a view looks things up in.

    Attributes:
        rows, links, shares: by id.
        groups: the rows of each group, by page and line.
        new: ids of the findings that are not in the baseline; without one, those that are new
            since the last complete run, and none when there was none, for then everything would be.
        since: when the last complete run was, where what is new counts from it; else None.
        caused: the findings that each finding explains, by its id.
        pages: what is known of the audited pages, by path.
        called: what the handbook calls the shares that have no name of their own, by id.
        tokens: the id of each share by its token.
        partial: the groups that are ready in part.
        empty: the findings that say that a file holds nothing, by its share and path.
    """

    manifest: StatusManifest
    words: Words
    rows: Mapping[str, ResourceRecord]
    links: Mapping[str, LinkRecord]
    shares: Mapping[str, ShareRecord]
    groups: Mapping[str, tuple[ResourceRecord, ...]]
    new: frozenset[str]
    since: datetime | None
    caused: Mapping[str, tuple[FindingRecord, ...]]
    pages: Mapping[str, PublishedPage]
    called: Mapping[str, str]
    tokens: Mapping[str, str]
    partial: frozenset[str]
    empty: Mapping[tuple[str, str], FindingRecord]

    def say(self, reason: ReasonRecord) -> str:
        """Return a reason as a sentence, its arguments as people know them."""
        return self.words.reason(reason.code, self.name_arguments(reason.args))

    def find_empty(self, row: ResourceRecord) -> FindingRecord | None:
        """Return the finding that the file which is a row's resource holds nothing."""
        return self.empty.get((row.files[0].share, row.files[0].path)) if row.files else None

    def name_arguments(self, args: Mapping[str, ArgValue]) -> dict[str, Value]:
        """Return arguments as people know them.

        A path's folders stand apart ("A / B"), an empty one is the share's top folder, a share's
        id its name, a page's path its title with the path beside it.
        """
        return {name: self._name_argument(name, value) for name, value in args.items()}

    def _name_argument(self, name: str, value: ArgValue) -> Value:
        if name == "files" and isinstance(value, tuple):
            return tuple(map(self._name_path, value))
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
        place = row.places[0] if row.places else None
        return PlaceInHandbook(
            page=make_visible(row.page),
            title=self.title_page(row.page),
            line=row.line,
            section=_show_section(row.section),
            page_url=self.link_page(row.page, row.section),
            source_url=source_address(self.manifest.handbook, row.page, row.line),
            place=show_handbook_text(row.label),
            place_url=None if place is None else place_address(self.shares, place),
        )

    def mention_link(self, link: LinkRecord) -> PlaceInHandbook:
        """Return where the handbook has a link."""
        return self.mention_page(link.page, link.line)

    def mention_page(self, page: str, line: int | None) -> PlaceInHandbook:
        """Return a place in the handbook; the whole page without a line."""
        return PlaceInHandbook(
            page=make_visible(page),
            title=self.title_page(page),
            line=line,
            section=None,
            page_url=self.link_page(page),
            source_url=source_address(self.manifest.handbook, page, line),
        )

    def link_page(self, page: str, section: str | None = None) -> str | None:
        """Return where a page is published, None when it is not or the site is unknown."""
        known = self.pages.get(page)
        return None if known is None else page_address(known, section)

    def title_page(self, page: str) -> str:
        """Return what readers call a page; its path when it has no title."""
        known = self.pages.get(page)
        return show_handbook_text((known.title if known is not None else None) or page)

    def name_page(self, page: str) -> str:
        """Return a page's title with its path beside it; the path alone when it has no title."""
        title, path = self.title_page(page), show_handbook_text(page)
        return path if title == path else f"{title} ({path})"

    def show_file(self, file: FileRecord) -> FileView:
        """Return a file's name and place, with its size and date as far as they are known."""
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

    def name_share(self, share: str) -> str:
        """Return a share's name for people: its own, else what the handbook calls it.

        Its id when it is not among the shares.
        """
        known = self.shares.get(share)
        name = known.name if known is not None and known.name else share
        return self.called.get(share) or make_visible(name)

    def name_folder(self, share: str, path: str) -> str:
        """Return a folder as people read it, "A / B"; the share's name for its root."""
        if not path:
            return self.name_share(share)
        return show_path(path)

    def name_place(self, place: PlaceRecord) -> str | None:
        """Return a row's place as people read it, None when it is in no share."""
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
    since = manifest.changes.since if new is None else None
    if new is None:
        new = () if since is None else manifest.changes.new
    groups: defaultdict[str, list[ResourceRecord]] = defaultdict(list)
    for row in manifest.resources:
        groups[row.group].append(row)
    rows = {row.id: row for row in manifest.resources}
    partial = (
        f.resource
        for f in manifest.findings
        if f.code == "resource-partial" and f.waived_until is None
    )
    return Facts(
        manifest=manifest,
        words=words,
        rows=rows,
        links={link.id: link for link in manifest.links},
        shares={share.id: share for share in manifest.shares},
        groups={
            group: tuple(sorted(members, key=lambda row: (row.page, row.line, row.id)))
            for group, members in groups.items()
        },
        new=frozenset(new),
        since=since,
        caused=_index_causes(manifest.findings),
        pages={page.path: page for page in manifest.handbook.published},
        called=_call_shares(manifest),
        tokens={share.id.rpartition("/")[2]: share.id for share in manifest.shares},
        partial=frozenset(rows[row].group for row in partial if row in rows),
        empty={
            (str(f.args.get("share")), f.subject): f
            for f in manifest.findings
            if f.code == "file-empty" and f.waived_until is None
        },
    )


def _call_shares(manifest: StatusManifest) -> dict[str, str]:
    """Return what rows that point to the whole of a share call it, where its name is its token.

    Two shares that are called alike bear their tokens beside it.
    """
    nameless = {
        share.id for share in manifest.shares if share.name in ("", share.id.rpartition("/")[2])
    }
    called: dict[str, str] = {}
    for row in manifest.resources:
        for place in row.places[:1]:
            if place.share in nameless and place.path == "" and row.label:
                called.setdefault(place.share, show_handbook_text(row.label))
    names = list(called.values())
    return {
        share: name if names.count(name) == 1 else f"{name} ({share.rpartition('/')[2]})"
        for share, name in called.items()
    }


def _index_causes(findings: Iterable[FindingRecord]) -> dict[str, tuple[FindingRecord, ...]]:
    """Return what each finding explains; a cause that is not there explains nothing."""
    findings = tuple(findings)
    known = {finding.id for finding in findings if finding.caused_by is None}
    caused: defaultdict[str, list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        if finding.caused_by in known and finding.caused_by is not None:
            caused[finding.caused_by].append(finding)
    return {cause: tuple(effects) for cause, effects in caused.items()}


def _show_section(section: str | None) -> str | None:
    return None if section is None else show_handbook_text(section)
