"""The prepared view: a manifest in words and links, not yet in any format.

Every text is in the asked language and harmless to look at (`visible`), and escaped for no format
yet. Every address may stand behind a link. Order is as shown; empty tuples mean nothing to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syncer.report.words import Lang, Topic


class Tone(StrEnum):
    """How a thing should look: what nobody may mistake for something better."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    ALARM = "alarm"
    UNKNOWN = "unknown"


class SectionKey(StrEnum):
    """The parts that items are sorted into, in the order in which they are shown."""

    SECRETARIAT = "secretariat"
    MAINTAINER = "maintainer"
    ADMINISTRATOR = "administrator"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class PlaceInHandbook:
    """A place in the handbook: page, line and what stands there.

    Attributes:
        page: path of the page.
        title: what readers call the page; its path when it has no title.
        line: None where the whole page is meant.
        section: heading above it.
        page_url: where it is published.
        source_url: where its source can be seen.
        place: what the row calls the place, "" for none.
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
    """A file or folder: its name, where it lies, and what is known of it ("" for nothing)."""

    name: str
    folder: str
    folder_url: str | None
    facts: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A file that was considered: how alike it is, and what spoke for and against it."""

    file: FileView
    likeness: str
    chosen: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What the fold-out "Hvorfor?" holds.

    `pin` and `waive` are lines for the settings, ready to copy; None where they would not help.
    """

    sentences: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]
    pin: str | None
    waive: str | None


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """Where a link leads: as people read it, and what may stand behind a link (None: nothing)."""

    shown: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to know: a resource, a link, a share.

    Attributes:
        id: of the finding that leads it; stable, fit for an address fragment.
        code: that finding's code.
        topic: what it is about.
        severity: the worst of its findings' ("error", "warning", "info", or a newer word).
        tone: how it looks.
        badge: two or three words.
        title: what it is about.
        address: where a link leads; None for what is no link.
        sentences: what is the case.
        actions: "Gør dette", in order; () when nothing can be done.
        open_link: the folder in which something is to be done.
        copy_link: the address that should stand in the handbook.
        new: not there at the last complete run.
        since: since when, and for how many runs; `since_day` is without the runs, which change
            each night.
        mentions: where the handbook says it.
        files: the files it speaks of.
        more_files: how many are not listed.
        why: the fold-out; None when there is nothing more to say.
        consequences: items that this one explains, not counted.
        waived: until when it is set aside, None when it is not.
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
    consequences: tuple[Item, ...] = ()
    waived: str | None = None


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items under one page; `page` is None where they are not sorted by page."""

    page: str | None
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
    """What one owner should do, and what is only for information (`notes`)."""

    key: SectionKey
    heading: str
    intro: str
    topics: tuple[TopicView, ...]
    notes: tuple[TopicView, ...]
    remarks: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it at all."""
        return not (self.topics or self.notes or self.remarks)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the first screen: what it counts and where that is listed (None: nowhere)."""

    number: str
    label: str
    tone: Tone
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One run in a course: where it lies in the drawing, and whether the run was complete."""

    x: float
    y: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How one number went from run to run; the newest point and value last.

    `said` is the drawing in words, for those who do not see it.
    """

    label: str
    values: tuple[int, ...]
    points: tuple[Point, ...]
    now: str
    said: str


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
    """A resource in the list of everything: one group, with its mentions."""

    id: str
    name: str
    states: tuple[tuple[str, str, Tone], ...]
    expected: str
    files: tuple[FileView, ...]
    more_files: int
    mentions: tuple[PlaceInHandbook, ...]
    pages: tuple[str, ...]

    @property
    def calm(self) -> bool:
        """Whether nobody needs to look at it."""
        return all(tone in (Tone.GOOD, Tone.NOTE) for _, _, tone in self.states)


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link in the list of everything; `state` and `kind` are the manifest's own words."""

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
        """Whether nobody needs to look at it."""
        return self.tone in (Tone.GOOD, Tone.NOTE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one page, by line; `title` is its path when it has none."""

    page: str
    title: str
    page_url: str | None
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class ShareView:
    """A share in the list of everything."""

    name: str
    url: str | None
    state: str
    tone: Tone
    content: str
    remark: str


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """One choice of a filter: the value rows bear, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of everything can be narrowed by."""

    pages: tuple[FilterChoice, ...]
    kinds: tuple[FilterChoice, ...]
    states: tuple[FilterChoice, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is fixed and moved since the last complete run."""

    heading: str
    fixed: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole report.

    Attributes:
        tone: GOOD only when the run was complete and nothing at all is wrong.
        headline: the one sentence with the state.
        remarks: what the headline must not be read without: scope, what could not be checked.
        complete: as the run says; an incomplete one must be told in every format.
        made_at, next_at: in words; `made_at_iso`, `next_at_iso` for the page's script.
    """

    lang: Lang
    title: str
    tone: Tone
    complete: bool
    headline: str
    new_line: str
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
