"""What the first screen shows: how it is, what is new, what was solved, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.report.view.records import (
    Filters,
    History,
    Item,
    PageLinks,
    ResourceView,
    Section,
    SectionKey,
    ShareView,
    Term,
    Tone,
)
from syncer.report.words import Lang


@dataclass(frozen=True, slots=True)
class Door:
    """The way to the section of one owner: how much there is to do, how much is new or promised.

    `open` is False when there is nothing behind it.
    """

    key: SectionKey
    label: str
    number: str
    details: str
    tone: Tone
    open: bool


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is new, as the first screen names it; the id is that of its item."""

    id: str
    title: str
    badge: str
    term: str
    place: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class NewsView:
    """What is new and what was solved since the last complete run, or new beside a baseline.

    Attributes:
        new_heading, solved_heading: with the numbers; "" when it is not known.
        solved: in sentences.
    """

    new_heading: str
    new: tuple[NewItem, ...]
    solved_heading: str
    solved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a whole; `choice` is the value of the filter that lists it."""

    number: str
    label: str
    tone: Tone
    choice: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole ("20 ressourcer") and its parts, which add up to it; the anchor is its list."""

    heading: str
    anchor: str
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was solved, moved and updated since the last complete run."""

    heading: str
    solved: tuple[str, ...]
    moved: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The three, in the order in which they are shown."""
        return self.solved, self.moved, self.changed


@dataclass(frozen=True, slots=True)
class View:
    """A whole report.

    Attributes:
        tone: GOOD only when the run was complete, looked at everything, and found nothing to do.
        complete: as the run says; every format must show when it is not.
        verdict: how it is, in at most a line and without a full stop.
        details: the numbers behind it, in sentences for formats without doors.
        fine: how many resources are in place and links work; "" when the details say so.
        remarks: what limits the verdict: the scope, and what could not be checked.
        made_at, next_at: in words; `made_at_iso` and `next_at_iso` are for the page's script.
    """

    lang: Lang
    title: str
    tone: Tone
    complete: bool
    verdict: str
    details: str
    news: NewsView
    doors: tuple[Door, ...]
    figures: tuple[Figures, ...]
    fine: str
    remarks: tuple[str, ...]
    incomplete_because: tuple[str, ...]
    made_at: str
    made_at_iso: str
    next_at: str | None
    next_at_iso: str | None
    sections: tuple[Section, ...]
    changes: Changes | None
    history: History | None
    waived: tuple[Item, ...]
    resources: tuple[ResourceView, ...]
    links: tuple[PageLinks, ...]
    shares: tuple[ShareView, ...]
    filters: Filters
    mail_remark: str | None
    legend: tuple[Term, ...]
    colophon: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The verdict and its details."""
        return f"{self.verdict}. {self.details}".rstrip()

    @property
    def times(self) -> str:
        """When the run was, and when the next is expected."""
        return f"{self.made_at}." if self.next_at is None else f"{self.made_at}. {self.next_at}."
