"""The prepared view: a manifest in words and links, before any format.

Every text is in the requested language and safe to display (see `visible`), but not yet escaped for
a format. Every address may be used as a link. Order is as shown; "" and () mean nothing to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.report.words import Topic


class Tone(StrEnum):
    """How a thing looks, so that it is never mistaken for something better."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    ALARM = "alarm"
    UNKNOWN = "unknown"


class SectionKey(StrEnum):
    """The sections that items are sorted into, in the order of the report."""

    SECRETARIAT = "secretariat"
    MAINTAINER = "maintainer"
    ADMINISTRATOR = "administrator"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class PlaceInHandbook:
    """A line of a page, or a whole page.

    Attributes:
        page: path of the page.
        title: what readers call the page; its path when it has no title.
        line: None for the whole page.
        section: heading above the line.
        page_url: the published page.
        source_url: the source of the line.
        place: what the row calls the place in Nextcloud.
        place_url: the folder in Nextcloud, or the link as written.
    """

    page: str
    title: str
    line: int | None
    section: str | None
    page_url: str | None
    source_url: str | None
    place: str = ""
    place_url: str | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    """A file or folder; `facts` are its size and date as far as they are known."""

    name: str
    folder: str
    folder_url: str | None
    facts: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A file that was considered, its likeness, and the reasons for and against it."""

    file: FileView
    likeness: str
    chosen: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The fold-out "Hvorfor?".

    `pin` and `waive` are lines to copy into the settings; None where they would not help.
    """

    sentences: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]
    pin: str | None
    waive: str | None


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """The address of a link, as people read it and as a link target (None when unsafe)."""

    shown: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to know: a resource, a link or a share.

    Attributes:
        id: of its first finding; stable, and usable as an address fragment.
        code: of its first finding.
        severity: the worst of its findings.
        badge: two or three words.
        term: the code that the legend explains the badge by.
        address: of a link; None for anything else.
        sentences: what is wrong; neither title nor badge is said again.
        lead: the words before the actions.
        actions: what to do, in order.
        open_link: the folder in which to do it.
        copy_link: the address to put into the handbook, or of a copy of a dead page.
        new: not there at the last complete run.
        since: since when, and for how many runs.
        since_day: the same without the runs, which change each night.
        mentions: where the handbook mentions it.
        more_files: how many files are not in `files`.
        consequences: items that this one explains; they are not counted.
        parts: the items that it stands for, which have one cause; () for an item of its own.
        known: what it was when it was last known; "" when it is known now.
        waived: until when it is set aside, and why; None when it is not.
    """

    id: str
    code: str
    topic: Topic
    severity: str
    tone: Tone
    badge: str
    term: str
    title: str
    address: LinkAddress | None
    sentences: tuple[str, ...]
    lead: str
    actions: tuple[str, ...]
    open_link: str | None
    copy_link: str | None
    new: bool
    since: str
    since_day: str
    mentions: tuple[PlaceInHandbook, ...]
    files: tuple[FileView, ...]
    more_files: int
    why: Why | None
    consequences: tuple[Item, ...]
    waived: str | None
    known: str = ""
    parts: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The items of one page; `page` is "" when they are not grouped by page."""

    page: str
    title: str
    page_url: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ItemBlock:
    """Items of one severity, those that are promised, or those that are only for information."""

    key: str
    heading: str
    groups: tuple[ItemGroup, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the block, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def count(self) -> int:
        """The number of its items."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one owner.

    Attributes:
        blocks: what there is to do, by severity.
        promised: what the handbook promises, None for nothing; it comes last of what is to do.
        notes: what is only for information, None for nothing.
    """

    key: SectionKey
    heading: str
    intro: str
    blocks: tuple[ItemBlock, ...]
    promised: ItemBlock | None
    notes: ItemBlock | None
    remarks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of items that ask for something."""
        return sum(block.count for block in self.blocks)

    @property
    def shown(self) -> tuple[ItemBlock, ...]:
        """The blocks, and what is promised."""
        return self.blocks if self.promised is None else (*self.blocks, self.promised)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.shown or self.notes or self.remarks)


@dataclass(frozen=True, slots=True)
class Term:
    """A badge of the report and its explanation, in which code is between backticks."""

    code: str
    badge: str
    tone: Tone
    explanation: str


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One run in a course: its coordinates, and whether the run was complete."""

    x: float
    y: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A number over several runs, the newest last; `description` is for those who see no chart."""

    label: str
    values: tuple[int, ...]
    points: tuple[CoursePoint, ...]
    now: str
    description: str


@dataclass(frozen=True, slots=True)
class History:
    """The chart: several courses over the same runs."""

    span: str
    courses: tuple[Course, ...]
    width: int
    height: int
    any_incomplete: bool


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource in the full list.

    Attributes:
        states: words and tone of the states of its rows.
        choice: the value of the filter that lists it.
        known: what an unknown state was when it was last known.
    """

    id: str
    name: str
    states: tuple[tuple[str, Tone], ...]
    choice: str
    expected: str
    known: str
    files: tuple[FileView, ...]
    more_files: int
    mentions: tuple[PlaceInHandbook, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link in the full list: one address on a page.

    Attributes:
        lines: with the address of each in the source.
        choice: the value of the filter that lists it.
    """

    lines: tuple[tuple[int, str | None], ...]
    text: str
    shown_url: str
    url: str | None
    kind: str
    kind_words: str
    choice: str
    state_words: str
    tone: Tone

    @property
    def calm(self) -> bool:
        """Whether it needs no attention."""
        return self.tone in (Tone.GOOD, Tone.NOTE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one page, by line."""

    page: str
    title: str
    page_url: str | None
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ShareView:
    """A share in the full list."""

    name: str
    url: str | None
    state: str
    tone: Tone
    content: str
    remark: str


@dataclass(frozen=True, slots=True)
class Filters:
    """The choices that the full list can be filtered by, each a value and its words.

    The states are in groups, each with a heading.
    """

    pages: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
