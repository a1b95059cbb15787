"""Candidates with reasons: for `explain` and for "Hvorfor?" in the report (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from syncer.matching.asks import Ask, Group
from syncer.matching.choose import worth_of
from syncer.matching.fit import Fit
from syncer.matching.index import Index, Item, lies_in
from syncer.matching.names import State
from syncer.matching.options import Option, find_near_misses
from syncer.model import Candidate, MatchedFile, Reason, RemoteFile

MOST_CANDIDATES: Final = 10


def build_candidates(
    index: Index,
    group: Group,
    ask: Ask,
    found: Sequence[Option],
    left: Sequence[Option],
    refused: Sequence[tuple[Item, Fit]],
    chosen: Collection[Item],
) -> tuple[Candidate, ...]:
    """Return what was considered for a row, the chosen first, then the best, at most ten."""
    kept = {option.item for option in left}
    ordered = sorted(
        found,
        key=lambda o: (o.item not in chosen, o.item not in kept, -worth_of(o), o.item),
    )
    candidates = [
        Candidate(
            _file(index, option.item),
            round(option.fit.score, 3),
            option.item in chosen,
            _reasons(index, ask, option, given_away=option.item not in kept),
        )
        for option in ordered[:MOST_CANDIDATES]
    ]
    if not chosen and len(candidates) < MOST_CANDIDATES:
        near = dict(refused[:MOST_CANDIDATES])
        near.update(find_near_misses(index, group, MOST_CANDIDATES))
        seen = {option.item for option in found}
        candidates += [
            Candidate(
                file=_file(index, item),
                score=0.0,
                chosen=False,
                reasons=(*fit.reasons, _where(index, ask, item)),
            )
            for item, fit in near.items()
            if item not in seen
        ]
    return tuple(candidates[:MOST_CANDIDATES])


def _file(index: Index, item: Item) -> MatchedFile:
    entry = index.entries[item]
    is_file = isinstance(entry, RemoteFile)
    return MatchedFile(
        index.share_of[item],
        entry.path,
        not is_file,
        entry.size_bytes if isinstance(entry, RemoteFile) else None,
        entry.modified_at,
        entry.file_id,
    )


def _reasons(index: Index, ask: Ask, option: Option, *, given_away: bool) -> tuple[Reason, ...]:
    reasons = [*option.fit.reasons, _where(index, ask, option.item)]
    if option.folder:
        reasons.append(Reason("folder-with-files", {"count": len(option.parts)}))
    match option.state:
        case State.DRAFT:
            reasons.append(Reason("is-draft"))
        case State.OUTDATED:
            reasons.append(Reason("is-outdated"))
        case State.FINAL:
            pass
    name = index.name_of(option.item)
    if name.marks.copy:
        reasons.append(Reason("is-copy"))
    if name.marks.version is not None:
        reasons.append(Reason("version", {"version": ".".join(map(str, name.marks.version))}))
    if given_away:
        reasons.append(Reason("other-row-has-it"))
    return tuple(reasons)


def _where(index: Index, ask: Ask, item: Item) -> Reason:
    share, path = index.share_of[item], index.entries[item].path
    if any(share == own and lies_in(path, place) for own, place in ask.places):
        return Reason("in-place")
    if share in ask.shares or not ask.shares:
        return Reason("elsewhere-in-share", {"folder": path.rpartition("/")[0]})
    return Reason("in-other-share", {"share": share})
