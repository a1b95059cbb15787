"""Folders that answer like a file, opened: the documents in them (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from syncer.matching.candidates import Option, counts_as_document, find_state
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Tier
from syncer.matching.names.kinds import holds_kind
from syncer.matching.names.records import State
from syncer.matching.row_requests import Group


def open_folder(
    index: Index, group: Group, option: Option, named: Mapping[Item, Collection[str]]
) -> Option | None:
    """Return a folder with the documents in it; None when it contains none.

    Pictures (unless the row asks for one), signed and filled-in copies, and files with another
    row's name (`named`: keys of groups by file) are no documents. The best state counts.
    """
    folder = (index.share_of[option.item], index.entries[option.item].path)
    parts: list[tuple[State, Item]] = []
    for item in index.below(option.item):
        index.spend(10)
        has_other_name = any(key != group.key for key in named.get(item, ()))
        if not has_other_name and counts_as_document(index, group, item):
            parts.append((find_state(index, group, item, (*group.places, folder)), item))
    if not parts:
        return None
    fit = option.fit
    if group.name.template and not _holds_templates(index, group, option.item, parts):
        fit = replace(fit, tier=Tier.UNKNOWN)
    best = min(max(state for state, _ in parts), option.state)
    items = tuple(item for state, item in parts if state >= best)
    return replace(option, fit=fit, state=best, parts=items)


def prefer_titled(index: Index, options: Sequence[Option]) -> tuple[Option, ...]:
    """Return options without the folders that contain a file with the row's words.

    "Husorden/Husorden afd. 14.pdf" is the document, whatever else is in its folder; so is a draft
    beside the answers to it. Where the folder has the row's name and one such finished document,
    nobody need be asked about it.
    """
    files = {option.item: option for option in options if not option.folder}
    left = {option.item: option for option in options}
    for folder in (option for option in options if option.folder):
        index.spend(1 + len(index.below(folder.item)) // 10)
        below = [files[item] for item in index.below(folder.item) if item in files]
        titled = [file for file in below if file.state is State.FINAL]
        if below:
            del left[folder.item]
        if folder.same_name and len({frozenset(file.fit.more) for file in titled}) == 1:
            for file in titled:
                tier = max(file.fit.tier or Tier.NAMED, Tier.NAMED)
                left[file.item] = replace(file, fit=replace(file.fit, tier=tier))
    return tuple(left.values())


def _holds_templates(
    index: Index, group: Group, folder: Item, parts: Sequence[tuple[State, Item]]
) -> bool:
    """Return whether a folder, one above it or a file in it says template or a promised kind."""
    if index.name_of(folder).template or index.context_of(folder).template:
        return True
    kinds = [kind for request in group.requests for kind in request.kinds]
    names = [index.name_of(item) for _, item in parts]
    return any(
        name.template or any(holds_kind(index.book, kind, name.words) for kind in kinds)
        for name in names
    )
