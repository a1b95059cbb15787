"""Candidates with reasons: for `explain` and for "Hvorfor?" in the report (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, assert_never

from syncer.matching.asks import Ask, Group
from syncer.matching.candidates import Option, find_near_misses
from syncer.matching.choose import Choice, worth_of
from syncer.matching.fit import Fit
from syncer.matching.index import Index, Item, lies_in
from syncer.matching.names.records import State
from syncer.model.matching import Candidate, MatchedFile
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile

MOST_CANDIDATES: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Considered:
    """What was looked at for a group.

    Attributes:
        group: the group.
        found: its options, another group's among them.
        left: those that no other group has.
        refused: what was compared and is something else.
        choice: what it got.
    """

    group: Group
    found: tuple[Option, ...]
    left: tuple[Option, ...]
    refused: tuple[tuple[Item, Fit], ...]
    choice: Choice


def build_candidates(
    index: Index, ask: Ask, considered: Considered, chosen: Collection[Item]
) -> tuple[Candidate, ...]:
    """Return what was considered for a row, the chosen first, then the best, at most ten."""
    kept = {option.item for option in considered.left}
    ordered = sorted(
        considered.found,
        key=lambda o: (o.item not in chosen, o.item not in kept, -worth_of(o), o.item),
    )
    candidates = [
        Candidate(
            file=build_file(index, option.item),
            score=round(option.fit.score, 3),
            chosen=option.item in chosen,
            reasons=_reasons(index, ask, considered, option),
        )
        for option in ordered[:MOST_CANDIDATES]
    ]
    if not chosen and len(candidates) < MOST_CANDIDATES:
        near = dict(considered.refused[:MOST_CANDIDATES])
        near.update(find_near_misses(index, considered.group, MOST_CANDIDATES))
        seen = {option.item for option in considered.found}
        candidates += [
            Candidate(
                file=build_file(index, item),
                score=0.0,
                chosen=False,
                reasons=(*fit.reasons, _where(index, ask, item)),
            )
            for item, fit in near.items()
            if item not in seen
        ]
    return tuple(candidates[:MOST_CANDIDATES])


def build_file(index: Index, item: Item) -> MatchedFile:
    """Return an item as the manifest shows it."""
    entry = index.entries[item]
    folder = not isinstance(entry, RemoteFile)
    return MatchedFile(
        share=index.share_of[item],
        path=entry.path,
        folder=folder,
        size_bytes=None if not isinstance(entry, RemoteFile) else entry.size_bytes,
        modified_at=entry.modified_at,
        file_id=entry.file_id,
    )


def _reasons(index: Index, ask: Ask, considered: Considered, option: Option) -> tuple[Reason, ...]:
    choice = considered.choice
    reasons = [*option.fit.reasons, _where(index, ask, option.item)]
    if option.folder:
        reasons.append(Reason("folder-with-files", {"count": len(option.parts)}))
    if choice.items[:1] == (option.item,):
        # A folder of the document's name is no version of it.
        versions = sum(not same.folder for same in choice.same)
        if versions > 1 and not considered.group.collection:
            reasons.append(Reason("best-of-same", {"count": versions}))
        if choice.described:
            reasons.append(Reason("description-agrees"))
    match option.state:
        case State.DRAFT:
            reasons.append(Reason("is-draft"))
        case State.OUTDATED:
            reasons.append(Reason("is-outdated"))
        case State.FINAL:
            pass
        case _:
            assert_never(option.state)
    name = index.name_of(option.item)
    if name.marks.copy:
        reasons.append(Reason("is-copy"))
    if name.marks.version is not None:
        reasons.append(Reason("version", {"version": ".".join(map(str, name.marks.version))}))
    if option not in considered.left:
        reasons.append(Reason("other-row-has-it"))
    return tuple(reasons)


def _where(index: Index, ask: Ask, item: Item) -> Reason:
    share, path = index.share_of[item], index.entries[item].path
    if any(share == own and lies_in(path, place) for own, place in ask.places):
        return Reason("in-place")
    if share in ask.shares or not ask.shares:
        return Reason("elsewhere-in-share", {"folder": path.rpartition("/")[0]})
    return Reason("in-other-share", {"share": share})
