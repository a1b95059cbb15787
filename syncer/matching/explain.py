"""The candidates of a row with reasons, for `explain` and "Hvorfor?" in the report (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import Indel

from syncer.matching.candidates import Option, find_fit
from syncer.matching.choose import Choice
from syncer.matching.claims import worth_of
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit
from syncer.matching.listings import Judgement
from syncer.matching.names.danish import fold
from syncer.matching.names.records import State
from syncer.matching.row_requests import Group, RowRequest
from syncer.model.matching import Candidate, MatchedFile, Verdict
from syncer.model.normal_forms import normalize
from syncer.model.reason import ArgValue, Reason
from syncer.model.shares import RemoteFile

_MAX_CANDIDATES: Final = 10
_MAX_NEAR: Final = 3
_LEAST_LIKENESS: Final = 0.4
_WRITTEN: Final = re.compile(r"[^\W\d_]+")
_SPELLED: Final = frozenset(("word", "row", "file"))
"""The arguments of reasons that are single words of a name."""
_STATE_CODES: Final = {State.DRAFT: "is-draft", State.OUTDATED: "is-outdated"}


@dataclass(frozen=True, slots=True, eq=False)
class GroupMatch:
    """What was compared for a group, and what it got.

    Attributes:
        group: the group.
        options: all its options, including those assigned to another group.
        own: the options that it may choose among.
        others: the items of its options that another group may choose, too.
        refused: the items that are another document, with their fit if they were compared.
        choice: what the group got.
        uncompared: why it was not compared, or may be another's; None for a group that was.
    """

    group: Group
    options: tuple[Option, ...] = ()
    own: tuple[Option, ...] = ()
    others: frozenset[Item] = frozenset()
    refused: Mapping[Item, Fit | None] = field(default_factory=dict)
    choice: Choice = field(default_factory=Choice)
    uncompared: Reason | None = None


def build_candidates(
    index: Index, request: RowRequest, match: GroupMatch, found: Judgement
) -> tuple[Candidate, ...]:
    """Return what was considered for a row, the chosen first, then the best, at most ten.

    Of several equally good ones none is chosen. Nothing that resembles the row less than 40 % is
    a near miss.
    """
    index.spend(1 + 3 * len(match.options) + 4 * len(match.refused))
    own = {option.item for option in match.own}
    ordered = sorted(
        match.options,
        key=lambda o: (o.item not in found.items, o.item not in own, -worth_of(o), o.item),
    )
    decided = found.verdict is not Verdict.AMBIGUOUS
    considered = [
        (option.item, option.fit.score, _reasons(index, request, match, option))
        for option in ordered[:_MAX_CANDIDATES]
    ]
    if not found.items:
        considered += _list_near_misses(index, request, match)
        # The best are first, and of equal ones the first by path.
        considered.sort(key=lambda one: (-one[1], one[0]))
    return tuple(
        Candidate(
            file=build_file(index, item),
            score=round(score, 3),
            chosen=decided and item in found.items,
            reasons=tuple(_respell(index, request, item, reason) for reason in reasons),
        )
        for item, score, reasons in considered[:_MAX_CANDIDATES]
        if score >= _LEAST_LIKENESS
    )


def _list_near_misses(
    index: Index, request: RowRequest, match: GroupMatch
) -> list[tuple[Item, float, tuple[Reason, ...]]]:
    """Return the items that resemble a row most, with why they are another document."""
    near = {item for item in index.search_near(match.group.name.words) if not index.is_folder(item)}
    alike: dict[Item, float] = {}
    asked = fold(request.row.name)
    for item in (near | match.refused.keys()) - {option.item for option in match.options}:
        fit = match.refused.get(item)
        alike[item] = max(fit.score if fit else 0.0, _measure_likeness(index, asked, item))
    listed: list[tuple[Item, float, tuple[Reason, ...]]] = []
    for item in sorted(alike, key=lambda item: (-alike[item], item))[:_MAX_NEAR]:
        if alike[item] >= _LEAST_LIKENESS:
            fit = match.refused.get(item) or find_fit(index, match.group, item)
            if not fit.sure:
                listed.append((item, alike[item], (*fit.reasons, _where(index, request, item))))
    return listed


def _measure_likeness(index: Index, asked: str, item: Item) -> float:
    """Return how alike a row's folded name and a file's are, letter by letter: 0 to 1."""
    name = index.entries[item].name.rpartition(".")[0] or index.entries[item].name
    return Indel.normalized_similarity(asked, fold(name))


def _respell(index: Index, request: RowRequest, item: Item, reason: Reason) -> Reason:
    """Return a reason with its words as the file or the row spells them: "årshjul"."""
    names = f"{request.row.name} {index.entries[item].name}"
    written = _WRITTEN.findall(normalize("NFC", names))
    args: dict[str, ArgValue] = {}
    for key, value in reason.args.items():
        args[key] = value
        if isinstance(value, tuple):
            args[key] = tuple(_spell(word, written) for word in value)
        elif isinstance(value, str) and key in _SPELLED:
            args[key] = _spell(value, written)
    return Reason(reason.code, args)


def _spell(word: str, written: Sequence[str]) -> str:
    """Return the written word, or the part of a compound, that folds to a word."""
    for whole in written:
        at = fold(whole).find(word)
        if at >= 0:
            ends = {len(fold(whole[:end])): end for end in range(len(whole) + 1)}
            start, end = ends.get(at), ends.get(at + len(word))
            if start is not None and end is not None:
                return whole[start:end].lower()
    return word


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
    if option not in match.own and option.item in match.others:
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
