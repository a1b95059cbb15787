"""The candidates of a row with reasons, for `explain` and "Hvorfor?" in the report (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from syncer.matching.candidates import Option, find_near_misses
from syncer.matching.choose import Choice, worth_of
from syncer.matching.fit import Fit
from syncer.matching.index import Index, Item
from syncer.matching.names.records import State
from syncer.matching.row_requests import Group, RowRequest
from syncer.model.matching import Candidate, MatchedFile
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile

_MAX_CANDIDATES: Final = 10
_STATE_CODES: Final = {State.DRAFT: "is-draft", State.OUTDATED: "is-outdated"}


@dataclass(frozen=True, slots=True, eq=False)
class GroupMatch:
    """What was compared for a group, and what it got.

    Attributes:
        group: the group.
        options: all its options, including those assigned to another group.
        own: the options that no other group has.
        refused: the items that were compared and are another document.
        choice: what the group got.
    """

    group: Group
    options: tuple[Option, ...]
    own: tuple[Option, ...]
    refused: tuple[tuple[Item, Fit], ...]
    choice: Choice


def build_candidates(
    index: Index, request: RowRequest, match: GroupMatch, chosen: Collection[Item]
) -> tuple[Candidate, ...]:
    """Return what was considered for a row, the chosen first, then the best, at most ten."""
    own = {option.item for option in match.own}
    ordered = sorted(
        match.options,
        key=lambda o: (o.item not in chosen, o.item not in own, -worth_of(o), o.item),
    )
    candidates = [
        Candidate(
            file=build_file(index, option.item),
            score=round(option.fit.score, 3),
            chosen=option.item in chosen,
            reasons=_reasons(index, request, match, option),
        )
        for option in ordered[:_MAX_CANDIDATES]
    ]
    if not chosen and len(candidates) < _MAX_CANDIDATES:
        near = dict(match.refused[:_MAX_CANDIDATES])
        near.update(find_near_misses(index, match.group, _MAX_CANDIDATES))
        seen = {option.item for option in match.options}
        candidates += [
            Candidate(
                file=build_file(index, item),
                score=round(fit.score, 3),
                chosen=False,
                reasons=(*fit.reasons, _where(index, request, item)),
            )
            for item, fit in near.items()
            if item not in seen
        ]
    return tuple(candidates[:_MAX_CANDIDATES])


def build_file(index: Index, item: Item) -> MatchedFile:
    """Return an item as the manifest shows it."""
    entry = index.entries[item]
    return MatchedFile(
        share=index.share_of[item],
        path=entry.path,
        folder=index.is_folder(item),
        size_bytes=entry.size_bytes if isinstance(entry, RemoteFile) else None,
        modified_at=entry.modified_at,
        file_id=entry.file_id,
    )


def _reasons(
    index: Index, request: RowRequest, match: GroupMatch, option: Option
) -> tuple[Reason, ...]:
    reasons = [*option.fit.reasons, _where(index, request, option.item)]
    if option.folder:
        reasons.append(Reason("folder-with-files", {"count": len(option.parts)}))
    if match.choice.items[:1] == (option.item,):
        reasons += _reasons_of_choice(match)
    if option.state in _STATE_CODES:
        reasons.append(Reason(_STATE_CODES[option.state]))
    marks = index.name_of(option.item).marks
    if marks.copy:
        reasons.append(Reason("is-copy"))
    if marks.version is not None:
        reasons.append(Reason("version", {"version": ".".join(map(str, marks.version))}))
    if option not in match.own:
        reasons.append(Reason("other-row-has-it"))
    return tuple(reasons)


def _reasons_of_choice(match: GroupMatch) -> list[Reason]:
    reasons = []
    # A folder with the document's name is no version of it.
    versions = sum(not same.folder for same in match.choice.same)
    if versions > 1 and not match.group.collection:
        reasons.append(Reason("best-of-same", {"count": versions}))
    return reasons


def _where(index: Index, request: RowRequest, item: Item) -> Reason:
    if index.is_in_places(item, request.places):
        return Reason("in-place")
    share = index.share_of[item]
    if share in request.shares or not request.shares:
        folder = index.entries[item].path.rpartition("/")[0]
        return Reason("elsewhere-in-share", {"folder": folder})
    return Reason("in-other-share", {"share": share})
