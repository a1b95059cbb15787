"""Words of the handbook: pages, links, tables, rows, and where a row says its file lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from syncer.model.reason import Reason


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """A stretch of a handbook file; lines and columns count from 1, the end is exclusive.

    `file` is relative to the handbook's root, `/` between its parts.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A text file of the handbook as it was read: UTF-8 decoded, line ends made LF.

    `marked` says that it begins with a byte order mark, which is not part of `text`.
    """

    path: str
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that could not be read as text: "not-utf8", "binary", "too-big", "io-error".

    Or a folder that could not be listed, "folder-io-error": which pages it holds is not known.
    `has_front_matter` tells whether it begins as pages with settings of their own do; None when
    not even that is known.
    """

    path: str
    reason: Reason
    has_front_matter: bool | None = None


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything that was read of a handbook, before any of it was understood.

    Attributes:
        source: what was asked for, without credentials: a path or a git URL.
        revision: commit id of a git checkout (also of a folder inside one), else None.
        stale: why the last good checkout was used instead of today's; None when it is today's.
        pages: the text pages (`.md`, `.markdown`, `.html`) by path, whatever the globs say: those
            that are not audited are still what links point to.
        unreadable: pages that are no text, by path.
        files: every file of the tree by path, pages and assets, without `.git`.
        config: text of `_config.yml` (or `.yaml`), None when there is none.
        elsewhere: places in the tree whose content is not in it, by path: links that lead out of
            it, folders of git submodules, which are not fetched.
        gemfile: text of the `Gemfile` beside it, None when there is none.
        only_page: the one page that is audited when a single file was asked for: the others are
            read from the folder around it, as what it links to; None for a whole handbook.
    """

    source: str
    revision: str | None
    stale: Reason | None
    pages: tuple[PageText, ...]
    unreadable: tuple[UnreadablePage, ...]
    files: tuple[str, ...]
    config: str | None
    only_page: str | None = None
    gemfile: str | None = None
    elsewhere: tuple[str, ...] = ()


class LinkSyntax(StrEnum):
    """What a page's link does on the page."""

    LINK = "link"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link or image as kramdown finds it: the target as written, entities decoded.

    `text` has no Markdown marks. `section` is the text of the nearest heading above, None before
    the first.
    """

    url: str
    text: str
    syntax: LinkSyntax
    span: SourceSpan
    section: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the id that kramdown gives it, repeats numbered; None when it gets none."""

    text: str
    level: int
    anchor: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: its text without marks, its links in order, and as written."""

    text: str
    links: tuple[PageLink, ...]
    raw: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body line of a table, with exactly the cells that are written (too few, too many)."""

    cells: tuple[Cell, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: header words without marks, body rows in order, the heading above it.

    `rendered` is False when the site shows its lines as text: kramdown wants a blank line before
    and behind a table.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    section: str | None
    span: SourceSpan
    rendered: bool = True


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page understood.

    Attributes:
        path: of the page, relative to the handbook's root.
        front_matter: its YAML as a mapping; None when the page has none (Jekyll then copies it).
        headings: in order.
        anchors: every id that a fragment can reach, headings' among them.
        links: in order of appearance, those inside tables among them.
        tables: in order.
        problems: what could not be understood (front matter that is no YAML), as reasons.
        empty: whether nothing but front matter and blank lines is there.
    """

    path: str
    front_matter: Mapping[str, object] | None
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[PageLink, ...]
    tables: tuple[Table, ...]
    problems: tuple[Reason, ...]
    empty: bool


class PlaceKind(StrEnum):
    """What a row's place is."""

    SHARE = "share"
    """A place in a public share, or among the files of an account: can be looked at."""
    LOGIN = "login"
    """Inside a Nextcloud (`/f/ID`, `/apps/files/…`), and no account leads to it by its path."""
    OUTSIDE = "outside"
    """Not in a Nextcloud: GitHub, another page of the handbook, the web."""
    UNRESOLVED = "unresolved"
    """A plain-text place that no alias and no other row explains."""


class ShareLinkForm(StrEnum):
    """Which form a Nextcloud link has (`nextcloud.md`, section 5)."""

    ROOT = "root"
    PATH = "path"
    DIR = "dir"
    BOTH = "both"
    DOWNLOAD = "download"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link to a Nextcloud, taken apart.

    Attributes:
        url: as written.
        host: lower case, with the port when it is not the scheme's own.
        base_url: scheme, host and webroot, no slash behind ("https://boks.os2.eu").
        token: of the public share; None for the forms inside.
        folder: the intended folder; "" is the share's root (for INSIDE: the `dir` of the link).
        file_name: of a `/download/…` or `files=` form, else None.
        file_id: of `openfile`, `fileid`, `/f/ID`, else None.
        form: which of the forms it is.
        index_php: whether `/index.php` stands in it, as where a server rewrites no addresses.
    """

    url: str
    host: str
    base_url: str
    token: str | None
    folder: str
    file_name: str | None
    file_id: int | None
    form: ShareLinkForm
    index_php: bool = False

    @property
    def share_id(self) -> str | None:
        """Id of the share, "host/TOKEN"; None for the forms inside."""
        return None if self.token is None else f"{self.host}/{self.token}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a row says its resource lies.

    Attributes:
        kind: what it is.
        url: the link as written; for a resolved plain-text place the link that explained it.
        share: id of the share, None where there is none.
        path: the folder inside the share, "" for its root; None outside shares.
        file_id: when the link names a file by id.
        file_path: when the link names the file itself by name (`/download/…`, `files=`).
        host: of a place behind a login: ids count per host.
    """

    kind: PlaceKind
    url: str | None
    share: str | None
    path: str | None
    file_id: int | None = None
    file_path: str | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A line of a handbook's resource table.

    Attributes:
        id: stable: the page and the name decide it, ToDo does not; repeats on a page get an
            ordinal.
        name: without Markdown marks and without the ToDo marker.
        description: text of the column between name and place, "" when there is none.
        todo: promised, not made yet.
        label: text of the place cell without marks ("Nextcloud / Skabeloner").
        links: every link of the place cell, in order.
        places: `links` understood, or the plain text resolved, in order; never empty.
        section: text of the heading above the table.
        span: of the whole line in its page.
    """

    id: str
    name: str
    description: str
    todo: bool
    label: str
    links: tuple[PageLink, ...]
    places: tuple[Placement, ...]
    section: str | None
    span: SourceSpan

    @property
    def page(self) -> str:
        """The page it stands on."""
        return self.span.file


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A resource table's line that is at fault itself: a missing cell, an unclosed `**`."""

    span: SourceSpan
    subject: str
    reason: Reason
