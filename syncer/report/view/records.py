"""The prepared view: a manifest in words and links, before any format.

Every text is in the requested language and safe to display (see `visible`), but not yet escaped for
a format. Every address may be used as a link. Order is as shown; "" and () mean nothing to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.report.words import Lang, Topic


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
        waived: until when it is set aside, and why; None when it is not.
    """

    id: str
    code: str
    topic: Topic
    severity: str
    tone: Tone
    badge: str
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
    parts: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The items of one page; `page` is "" when they are not grouped by page."""

    page: str
    title: str
    page_url: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with its items."""

    topic: Topic
    heading: str
    intro: str
    count: int
    groups: tuple[ItemGroup, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the topic, in order."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one owner; those in `notes` are only for information."""

    key: SectionKey
    heading: str
    intro: str
    topics: tuple[TopicView, ...]
    notes: tuple[TopicView, ...]
    remarks: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.topics or self.notes or self.remarks)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the first screen; `anchor` is where its items are listed, None for nowhere."""

    number: str
    label: str
    tone: Tone
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One run in a course: its coordinates, and whether the run was complete."""

    x: float
    y: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A number over several runs, the newest last; `description` is for those who see no chart."""

    label: str
    values: tuple[int, ...]
    points: tuple[Point, ...]
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

    `states` are code, words and tone; `known` is what an open state was when it was last proven.
    """

    id: str
    name: str
    states: tuple[tuple[str, str, Tone], ...]
    expected: str
    known: str
    files: tuple[FileView, ...]
    more_files: int
    mentions: tuple[PlaceInHandbook, ...]
    pages: tuple[str, ...]

    @property
    def calm(self) -> bool:
        """Whether it needs no attention."""
        return all(tone in (Tone.GOOD, Tone.NOTE) for _, _, tone in self.states)


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link in the full list; `state` and `kind` are the codes of the manifest."""

    line: int
    text: str
    shown_url: str
    url: str | None
    kind: str
    kind_words: str
    state: str
    state_words: str
    tone: Tone
    source_url: str | None

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
    """The choices that the full list can be filtered by, each a value and its words."""

    pages: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was fixed, moved and updated since the last complete run."""

    heading: str
    fixed: tuple[str, ...]
    moved: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The three, in the order in which they are shown."""
        return self.fixed, self.moved, self.changed


@dataclass(frozen=True, slots=True)
class View:
    """A whole report.

    Attributes:
        tone: GOOD only when the run was complete and found nothing at all.
        complete: as the run says; every format must show when it is not.
        headline: the state in one sentence.
        fine: how many resources are in place and links work; "" when the headline says so.
        remarks: what limits the headline: the scope, and what could not be checked.
        made_at, next_at: in words; `made_at_iso` and `next_at_iso` are for the page's script.
    """

    lang: Lang
    title: str
    tone: Tone
    complete: bool
    headline: str
    new_line: str
    fine: str
    remarks: tuple[str, ...]
    incomplete_because: tuple[str, ...]
    made_at: str
    made_at_iso: str
    next_at: str | None
    next_at_iso: str | None
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    changes: Changes | None
    history: History | None
    waived: tuple[Item, ...]
    resources: tuple[ResourceView, ...]
    links: tuple[PageLinks, ...]
    shares: tuple[ShareView, ...]
    filters: Filters
    mail_remark: str | None
    colophon: tuple[str, ...]

    @property
    def times(self) -> str:
        """When the run was, and when the next is expected."""
        return f"{self.made_at}." if self.next_at is None else f"{self.made_at}. {self.next_at}."
