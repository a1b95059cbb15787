"""What a view lists: its items, and its figures by label."""

from __future__ import annotations

from syncer.report.view import View
from syncer.report.view.records import Item, SectionKey


def items_of(view: View, key: SectionKey | None = None) -> tuple[Item, ...]:
    """Return the items of a section that ask for something or are promised; of all without one."""
    return tuple(
        item
        for section in view.sections
        if key in (None, section.key)
        for block in section.shown
        for item in block.items
    )


def notes_of(view: View) -> tuple[Item, ...]:
    """Return the items of all sections that are only for information."""
    return tuple(
        item
        for section in view.sections
        if section.notes is not None
        for item in section.notes.items
    )


def figures_of(view: View) -> list[tuple[str, str]]:
    """Return the numbers and labels of the first screen, resources first."""
    return [(part.number, part.label) for whole in view.figures for part in whole.parts]
