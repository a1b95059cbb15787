"""A manifest with the indexes that a view needs, and the smallest things said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syncer.manifest.document import (
    FileRecord,
    FindingRecord,
    LinkRecord,
    PlaceRecord,
    ReasonRecord,
    ResourceRecord,
    ShareRecord,
    StatusManifest,
)
from syncer.report.view.addresses import (
    file_address,
    page_address,
    place_address,
    source_address,
)
from syncer.report.view.records import FileView, Mention
from syncer.report.visible import make_visible, show_handbook_text
from syncer.report.words import Value, Words

_PATH_ARGUMENTS = ("folder", "path", "place")


@dataclass(frozen=True, slots=True)
class Facts:
    """What every part of a view looks things up in.

    Attributes:
        rows, links, shares: by id.
        groups: the rows of each group, by page and line.
        new: ids of the findings that are new since the last complete run; empty when there was
            none, for then everything would be.
        caused: the findings that each finding explains, by its id.
        unpublished: pages that the site does not show, so that nothing links to them there.
    """

    manifest: StatusManifest
    words: Words
    rows: Mapping[str, ResourceRecord]
    links: Mapping[str, LinkRecord]
    shares: Mapping[str, ShareRecord]
    groups: Mapping[str, tuple[ResourceRecord, ...]]
    new: frozenset[str]
    caused: Mapping[str, tuple[FindingRecord, ...]]
    unpublished: frozenset[str]

    def say(self, reason: ReasonRecord) -> str:
        """Return a reason as a sentence, its arguments as people know them.

        An empty path is the share's top folder, and a share's id its name.
        """
        values: dict[str, Value] = dict(reason.args)
        for name in _PATH_ARGUMENTS:
            if values.get(name) == "":
                values[name] = self.words.labels.root_folder
        if isinstance(share := values.get("share"), str):
            values["share"] = self.name_share(share)
        return self.words.reason(reason.code, values)

    def mention_row(self, row: ResourceRecord) -> Mention:
        """Return where the handbook names a resource."""
        place = row.places[0] if row.places else None
        return Mention(
            page=make_visible(row.page),
            line=row.line,
            section=_show_section(row.section),
            page_url=self.link_page(row.page, row.section),
            source_url=source_address(self.manifest.handbook, row.page, row.line),
            place=show_handbook_text(row.label),
            place_url=None if place is None else place_address(self.shares, place),
            state=self.words.verdict(row.status),
        )

    def mention_link(self, link: LinkRecord) -> Mention:
        """Return where the handbook has a link."""
        return self.mention_page(link.page, link.line)

    def mention_page(self, page: str, line: int | None) -> Mention:
        """Return a place in the handbook; the whole page without a line."""
        return Mention(
            page=make_visible(page),
            line=line,
            section=None,
            page_url=self.link_page(page),
            source_url=source_address(self.manifest.handbook, page, line),
        )

    def link_page(self, page: str, section: str | None = None) -> str | None:
        """Return where a page is published, None when it is not or the site is unknown."""
        if page in self.unpublished:
            return None
        return page_address(self.manifest.handbook, page, section)

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
        """Return a share's name for people, its id when it is not among the shares."""
        known = self.shares.get(share)
        return make_visible(known.name if known is not None and known.name else share)

    def name_folder(self, share: str, path: str) -> str:
        """Return a folder as people read it, "A / B"; the share's name for its root."""
        if not path:
            return self.name_share(share)
        return " / ".join(make_visible(part) for part in path.split("/"))

    def name_place(self, place: PlaceRecord) -> str | None:
        """Return a row's place as people read it, None when it is in no share."""
        if place.share is None or place.path is None:
            return None
        return self.name_folder(place.share, place.path)


def gather_facts(manifest: StatusManifest, words: Words) -> Facts:
    """Index a manifest."""
    groups: defaultdict[str, list[ResourceRecord]] = defaultdict(list)
    for row in manifest.resources:
        groups[row.group].append(row)
    return Facts(
        manifest=manifest,
        words=words,
        rows={row.id: row for row in manifest.resources},
        links={link.id: link for link in manifest.links},
        shares={share.id: share for share in manifest.shares},
        groups={
            group: tuple(sorted(rows, key=lambda row: (row.page, row.line, row.id)))
            for group, rows in groups.items()
        },
        new=frozenset(manifest.changes.new if manifest.changes.since is not None else ()),
        caused=_index_causes(manifest.findings),
        unpublished=frozenset(
            finding.page or finding.subject
            for finding in manifest.findings
            if finding.code == "page-not-published"
        ),
    )


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
