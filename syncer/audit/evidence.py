"""What one run saw, indexed for the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syncer.audit.observed import Observed
from syncer.manifest.document import ResourceRecord
from syncer.model.handbook import PageLink, PlaceKind, ResourceRow, ShareLink, SourceSpan
from syncer.model.links import LinkCheck
from syncer.model.matching import Match
from syncer.model.reason import ArgValue
from syncer.model.shares import Share, ShareKind, split_share_id
from syncer.nextcloud.share_url import build_share_link


@dataclass(frozen=True, slots=True)
class ShareMention:
    """A Nextcloud link of a page, with the ids of its row and of its check (None without)."""

    link: PageLink
    parsed: ShareLink
    row: str | None
    check: str | None

    @property
    def at(self) -> tuple[str, int]:
        """Page and line."""
        return self.link.span.file, self.link.span.line


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one run saw, with indexes.

    Attributes:
        matches: by id of their row.
        mentions: every Nextcloud link once, by page, line and column.
        row_of_link: id of the row whose place cell contains the link with that span.
        first_place: page and line that name each share first, by id of the share.
        base_urls: address of each share's Nextcloud, by id of the share.
        distrusted: ids of the shares whose emptiness is not believed.
        local_paths: every file and folder of each local copy, by id of the share.
        before: the rows of the last complete run, by id.
    """

    observed: Observed
    matches: Mapping[str, Match]
    mentions: tuple[ShareMention, ...]
    row_of_link: Mapping[SourceSpan, str]
    first_place: Mapping[str, tuple[str, int]]
    base_urls: Mapping[str, str]
    distrusted: frozenset[str]
    local_paths: Mapping[str, frozenset[str]]
    before: Mapping[str, ResourceRecord]

    def judged_rows(self) -> Iterator[tuple[ResourceRow, Match]]:
        """Yield every row within the scope with its match, in order."""
        if self.observed.with_resources:
            for row in self.observed.rows:
                yield row, self.matches[row.id]

    def checked_links(self) -> Iterator[LinkCheck]:
        """Yield every link within the scope, in order."""
        if self.observed.with_links:
            yield from self.observed.links

    def proves_absence(self, share_id: str) -> bool:
        """Return whether absence from a share's tree is proof (`docs/design.md` rules 1 and 3)."""
        share = self.observed.shares.get(share_id)
        return share is not None and share.listed and share_id not in self.distrusted

    def is_gone(self, share_id: str, path: str) -> bool:
        """Return whether a folder is proven gone from a live share.

        A remote one needs two looks that did not find it or a folder above it (`gone_places`); a
        local copy must be read completely. Never for an account, which may not see all folders.
        """
        share = self.observed.shares.get(share_id)
        if share is None or not path or share_id in self.distrusted:
            return False
        if share.kind is ShareKind.ACCOUNT:
            return False
        if share.kind is ShareKind.LOCAL:
            return share.listed and path not in self.local_paths[share_id]
        return any(place in share.gone_places for place in list_parents(path))

    def list_pages(self, share_id: str) -> tuple[str, ...]:
        """Return the pages that lead to a share, sorted."""
        pages = {m.at[0] for m in self.mentions if m.parsed.share_id == share_id}
        pages |= {
            row.page
            for row in self.observed.rows
            if any(place.share == share_id for place in row.places)
        }
        return tuple(sorted(pages))

    def build_link(self, share_id: str, folder: str) -> str | None:
        """Return the link that opens a folder of a share; None when its address is unknown."""
        base_url = self.base_urls.get(share_id)
        if base_url is None:
            return None
        return build_share_link(base_url, split_share_id(share_id).token, folder)

    def name_folder(self, share_id: str, path: str) -> str:
        """Return a folder's name for people: its path, or the share's name for the root."""
        share = self.observed.shares.get(share_id)
        return path or (share.name if share is not None else share_id)

    def point_to(self, share_id: str, path: str) -> dict[str, ArgValue]:
        """Return the arguments of a hint that names a folder: its name and its link."""
        return {
            "folder": self.name_folder(share_id, path),
            "url": self.build_link(share_id, path),
        }


def gather(observed: Observed) -> Evidence:
    """Index what a run saw."""
    row_of_link = {link.span: row.id for row in observed.rows for link in row.links}
    mentions = _find_mentions(observed, row_of_link)
    previous = observed.previous
    return Evidence(
        observed=observed,
        matches={match.row: match for match in observed.matches},
        mentions=mentions,
        row_of_link=row_of_link,
        first_place=_find_first_places(observed, mentions),
        base_urls=_find_base_urls(observed, mentions),
        distrusted=frozenset(emptied.share for emptied in observed.emptied),
        local_paths={
            share.id: _list_paths(share)
            for share in observed.shares.values()
            if share.kind is ShareKind.LOCAL
        },
        before={} if previous is None else {row.id: row for row in previous.resources},
    )


def list_parents(path: str) -> list[str]:
    """Return a path and every folder above it except the root, the nearest first."""
    parents = []
    while path:
        parents.append(path)
        path = path.rpartition("/")[0]
    return parents


def _find_mentions(
    observed: Observed, row_of_link: Mapping[SourceSpan, str]
) -> tuple[ShareMention, ...]:
    checks = {check.link.span: check.id for check in observed.links}
    links = {check.link.span: check.link for check in observed.links}
    links |= {link.span: link for row in observed.rows for link in row.links}
    mentions: list[ShareMention] = []
    for span, link in sorted(links.items()):
        parsed = observed.share_links.get(link.url)
        if parsed is not None:
            mentions.append(ShareMention(link, parsed, row_of_link.get(span), checks.get(span)))
    return tuple(mentions)


def _find_first_places(
    observed: Observed, mentions: tuple[ShareMention, ...]
) -> dict[str, tuple[str, int]]:
    named = [(mention.at, mention.parsed.share_id) for mention in mentions]
    named += [
        ((row.page, row.span.line), place.share)
        for row in observed.rows
        for place in row.places
        if place.kind is PlaceKind.SHARE
    ]
    first: dict[str, tuple[str, int]] = {}
    for at, share_id in sorted(named, key=lambda pair: pair[0]):
        if share_id is not None:
            first.setdefault(share_id, at)
    return first


def _find_base_urls(observed: Observed, mentions: tuple[ShareMention, ...]) -> dict[str, str]:
    """Return the addresses; those of shares read from a local copy come from the links."""
    found: dict[str, str] = {}
    for mention in mentions:
        if mention.parsed.share_id is not None:
            found.setdefault(mention.parsed.share_id, mention.parsed.base_url)
    known = {share.id: share.base_url for share in observed.shares.values() if share.base_url}
    return found | known


def _list_paths(share: Share) -> frozenset[str]:
    if share.tree is None:
        return frozenset()
    folders = (folder.path for folder in share.tree.folders)
    return frozenset(folders).union(file.path for file in share.tree.files)
