"""Links in running text that name a resource: do they lead to its file? (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from syncer.matching.asks import key_of
from syncer.matching.index import lies_in
from syncer.matching.match import match_rows
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.model.handbook import PageLink, PlaceKind, Placement, ResourceRow, ShareLink
from syncer.model.matching import Match, MatchedFile, NamedLink, Verdict
from syncer.model.shares import Share, ShareTree

_FOUND = (Verdict.PRESENT, Verdict.ARRIVED)


def find_mentions(
    links: Sequence[tuple[PageLink, ShareLink]],
    rows: Sequence[ResourceRow],
    matches: Sequence[Match],
    shares: Mapping[str, Share],
    vocabulary: Vocabulary = DEFAULT_VOCABULARY,
) -> tuple[NamedLink, ...]:
    """Find the links whose text is a row's name and whose target lies in a share.

    Args:
        links: links of the pages with what they point to; those of the rows' own cells are not
            mentions and are left out.
        rows: the handbook's rows.
        matches: theirs, in any order.
        shares: by id.
        vocabulary: the words to go by.

    Returns:
        Mentions in the order of the links. A mention agrees when it leads to the row's file
        (`oc:fileid` decides where both have one).
    """
    reader = open_reader(vocabulary)
    match_of = {match.row: match for match in matches}
    first: dict[str, ResourceRow] = {}
    own: set[PageLink] = set()
    for row in sorted(rows, key=lambda row: row.id):
        first.setdefault(key_of(reader.read_name(row.name)), row)
        own.update(row.links)
    mentions: list[NamedLink] = []
    for link, target in links:
        named = first.get(key_of(reader.read_name(link.text))) if link not in own else None
        share = shares.get(target.share_id or "")
        if named is None or share is None or named.id not in match_of:
            continue
        match = match_of[named.id]
        file = _find_behind(target, link, share, vocabulary)
        agrees = _agree(match, file)
        mentions.append(NamedLink(link, named.id, match.group, file, agrees))
    return tuple(mentions)


def _find_behind(
    target: ShareLink, link: PageLink, share: Share, vocabulary: Vocabulary
) -> MatchedFile | None:
    """Find what a reader of a link finds under its words: a row of that name in that place."""
    place = Placement(
        PlaceKind.SHARE, link.url, share.id, target.folder, target.file_id, target.file_name
    )
    row = ResourceRow(
        id="mention",
        name=link.text,
        description="",
        todo=False,
        label="",
        links=(),
        places=(place,),
        section=None,
        span=link.span,
    )
    known = share if target.file_id is not None else _cut_to(share, target.folder)
    (match,) = match_rows([row], {share.id: known}, vocabulary)
    return match.files[0] if match.verdict in _FOUND else None


def _cut_to(share: Share, folder: str) -> Share:
    """Return the share with nothing but a folder and what lies below: enough, and quick."""
    if share.tree is None:
        return share
    tree = ShareTree(
        tuple(file for file in share.tree.files if lies_in(file.path, folder)),
        tuple(below for below in share.tree.folders if lies_in(below.path, folder)),
        share.tree.unread,
        share.tree.single_file,
    )
    return replace(share, tree=tree)


def _agree(match: Match, file: MatchedFile | None) -> bool | None:
    if file is None or match.verdict not in (*_FOUND, Verdict.ELSEWHERE):
        return None
    chosen = match.files[0]
    if chosen.file_id is not None and file.file_id is not None:
        hosts = chosen.share.partition("/")[0], file.share.partition("/")[0]
        if hosts[0] == hosts[1]:
            return chosen.file_id == file.file_id
    return (chosen.share, chosen.path) == (file.share, file.path)
