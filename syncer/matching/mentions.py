"""Links in running text that name a resource, and whether they lead to its file (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from syncer.matching.files.entries import is_within
from syncer.matching.files.step_budget import OutOfSteps, StepBudget, allow_steps
from syncer.matching.match import match_rows
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.matching.row_requests import key_of
from syncer.model.handbook import PageLink, PlaceKind, Placement, ResourceRow, ShareLink
from syncer.model.matching import Match, MatchedFile, NamedLink, Verdict
from syncer.model.shares import Share, split_share_id

_FOUND = (Verdict.PRESENT, Verdict.ARRIVED)
_STEPS_PER_FILE = 5


def find_mentions(
    links: Sequence[tuple[PageLink, ShareLink]],
    rows: Sequence[ResourceRow],
    matches: Sequence[Match],
    shares: Mapping[str, Share],
    vocabulary: Vocabulary = DEFAULT_VOCABULARY,
    budget: StepBudget | None = None,
) -> tuple[NamedLink, ...]:
    """Return the links whose text is a row's name and whose target is in a share.

    Args:
        links: the links of the pages with their targets; links in the rows' own cells are skipped.
        rows: the handbook's rows.
        matches: theirs, in any order.
        shares: by id.
        vocabulary: the words to use.
        budget: the steps that the comparison may take; None for what links and files are worth.

    Returns:
        Mentions in the order of the links. A mention agrees when it leads to the row's file
        (`oc:fileid` decides where both have one). The file of one that was not compared is unknown.
    """
    budget = budget or allow_steps(len(links), shares)
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
        place = Placement(
            PlaceKind.SHARE, link.url, share.id, target.folder, target.file_id, target.file_name
        )
        asked = replace(named, name=link.text, description="", todo=False, places=(place,))
        file = _find_file(asked, share, vocabulary, budget)
        mentions.append(NamedLink(link, named.id, match.group, file, _agree(match, file)))
    return tuple(mentions)


def _find_file(
    row: ResourceRow, share: Share, vocabulary: Vocabulary, budget: StepBudget
) -> MatchedFile | None:
    """Return what a row finds in its place; None also when that takes too many steps."""
    (place,) = row.places
    try:
        budget.begin()
        if share.tree is not None:
            budget.spend(_STEPS_PER_FILE * (len(share.tree.files) + len(share.tree.folders)))
    except OutOfSteps:
        return None
    if share.tree is not None and place.file_id is None:
        # Only the place's files may answer.
        files = tuple(f for f in share.tree.files if is_within(f.path, place.path or ""))
        folders = tuple(f for f in share.tree.folders if is_within(f.path, place.path or ""))
        share = replace(share, tree=replace(share.tree, files=files, folders=folders))
    (match,) = match_rows([row], {share.id: share}, vocabulary, budget=budget)
    return match.files[0] if match.verdict in _FOUND else None


def _agree(match: Match, file: MatchedFile | None) -> bool | None:
    if file is None or match.verdict not in (*_FOUND, Verdict.ELSEWHERE):
        return None
    chosen = match.files[0]
    same_cloud = split_share_id(chosen.share).cloud == split_share_id(file.share).cloud
    if same_cloud and chosen.file_id is not None and file.file_id is not None:
        return chosen.file_id == file.file_id
    return (chosen.share, chosen.path) == (file.share, file.path)
