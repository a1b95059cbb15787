"""The handbook: pages, links, tables, rows, and the places that rows name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from syncer.model.reason import Reason
from syncer.model.shares import join_share_id


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """A range in a handbook file; lines and columns count from 1, the end is exclusive.

    `file` is relative to the handbook's root, `/` between its parts.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A text file of the handbook: decoded from UTF-8, line ends converted to LF.

    Attributes:
        marked: whether the file has a byte order mark, which is not part of `text`.
        written: the text with its own line ends; None when they are those of `text`.
        place: the path as the disk spells it; None for a file that a symbolic link leads to.
    """

    path: str
    text: str
    marked: bool = False
    written: str | None = field(default=None, compare=False)
    place: str | None = field(default=None, compare=False)


FOLDER_REASONS = frozenset(
    {
        "folder-io-error",
        "folder-link-leads-out",
        "folder-link-leads-up",
        "folder-links-too-many",
        "handbook-folder-too-deep",
    }
)
"""Why a folder of the handbook was not listed, or only in part."""


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that could not be read as text: "not-utf8", "binary", "too-big", "io-error".

    Or a folder that was not listed (`FOLDER_REASONS`), so that its pages are unknown.
    `has_front_matter` is None when the start of the file is unknown too.
    """

    path: str
    reason: Reason
    has_front_matter: bool | None = None


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything that was read of a handbook, before parsing.

    Attributes:
        source: the requested path or git URL, without credentials.
        revision: commit id of a git checkout (also of a folder inside one), else None.
        stale: why an earlier checkout was used; None when it is up to date.
        pages: all text pages (`.md`, `.markdown`, `.html`) by path, also those that the globs
            exclude from the audit: links may point to them.
        unreadable: pages that are not text, by path.
        files: every file of the tree by path, pages and assets, without `.git`.
        config: text of `_config.yml` (or `.yaml`), None without one.
        config_page: the same file with all that is known of it.
        only_page: the audited page when a single file was requested; the others are then read
            from its folder as link targets. None for a whole handbook.
        gemfile: text of the `Gemfile` in the root, None without one.
        own_settings: text of `.syncer.toml` at the root, None when there is none.
        texts: other files whose text decides what a site is, by path: those that begin with front
            matter, which Jekyll renders, `.mdown` and `.mdwn`, programs in Ruby, and files below
            `_includes` that assign a name of Liquid.
        elsewhere: paths whose content is not in the tree, sorted: symbolic links that lead out of
            it and folders of git submodules, which are not fetched.
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
    own_settings: str | None = None
    config_page: PageText | None = None
    texts: tuple[PageText, ...] = ()


class SiteKind(StrEnum):
    """As what a handbook is read."""

    JEKYLL = "jekyll"
    """As the site that Jekyll makes of it."""
    GITHUB = "github"
    """As GitHub shows the files."""
    FILES = "files"
    """As files: another program makes a site of them, by rules that are unknown."""


class LinkSyntax(StrEnum):
    """Whether a link is followed or shown as an image."""

    LINK = "link"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link or image as kramdown finds it: the target as written, entities decoded.

    Attributes:
        text: without Markdown marks.
        section: the text of the nearest heading above, None before the first.
        bare: an address that is written without link syntax, which GitHub makes a link of and
            kramdown shows as text.
    """

    url: str
    text: str
    syntax: LinkSyntax
    span: SourceSpan
    section: str | None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with kramdown's id for it (repeats numbered), None when it gets none."""

    text: str
    level: int
    anchor: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row; `text` is without marks, `links` in order, `raw` as written."""

    text: str
    links: tuple[PageLink, ...]
    raw: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body line of a table with the cells as written, which may be too few or too many."""

    cells: tuple[Cell, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: header words without marks, body rows in order, the heading above it.

    `rendered` is False when the site shows its lines as text: kramdown requires blank lines
    around a table.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    section: str | None
    span: SourceSpan
    rendered: bool = True


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A parsed page; its headings, links (also those in tables) and tables in order.

    Attributes:
        path: relative to the handbook's root.
        front_matter: its YAML as a mapping; None when the page has none (Jekyll then copies it).
        anchors: every id that a fragment can reach, those of headings included.
        problems: what could not be parsed (front matter that is not YAML).
        empty: whether there is only front matter and blank lines.
        doubtful: the anchors that may not be there, as in parts that the build may leave out.
        conditional: the places of the links in such parts.
        incomplete: whether a heading has an id that only the build knows.
    """

    path: str
    front_matter: Mapping[str, object] | None
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[PageLink, ...]
    tables: tuple[Table, ...]
    problems: tuple[Reason, ...]
    empty: bool
    doubtful: frozenset[str] = frozenset()
    conditional: frozenset[SourceSpan] = frozenset()
    incomplete: bool = False


class PlaceKind(StrEnum):
    """What kind of place a row names."""

    SHARE = "share"
    """In a public share, or among the files of an account: can be searched."""
    LOGIN = "login"
    """Inside a Nextcloud (`/f/ID`, `/apps/files/…`), with no account that sees its path."""
    OUTSIDE = "outside"
    """Not in a Nextcloud: GitHub, another page of the handbook, the web."""
    UNRESOLVED = "unresolved"
    """A plain-text place that no alias and no other row explains, or one that Liquid makes."""


class ShareLinkForm(StrEnum):
    """The form of a Nextcloud link (`docs/nextcloud.md`, section 5)."""

    ROOT = "root"
    PATH = "path"
    DIR = "dir"
    BOTH = "both"
    DOWNLOAD = "download"
    """`/s/TOKEN/download…`: a folder by `path`, or a file by its name in the address."""
    FILE = "file"
    """A file, in a form that brings it on every version: a list in the root, or a preview."""
    FILES = "files"
    """A download that names its file by `files=`: from 31 on it downloads nothing."""
    DIRECT = "direct"
    """`/public.php/dav/files/TOKEN/…`: from 29 on the file itself, or a folder as an archive."""
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A parsed link to a Nextcloud.

    Attributes:
        url: as written.
        host: lower case, with the port when it is not the scheme's default.
        base_url: scheme, host and webroot, without a trailing slash ("https://boks.os2.eu").
        token: of the public share; None for the forms inside.
        folder: the intended folder; "" is the share's root (for INSIDE: the `dir` of the link).
        file_name: of a `/download/…`, `files=` or direct form, else None. That of a direct form
            may be a folder.
        file_id: of `openfile`, `fileid`, `/f/ID`, else None.
        form: which of the forms it has.
        index_php: whether the URL contains `/index.php`, as on servers without URL rewriting.
        webroot: "" for the host's own Nextcloud, else the path of another one on that host.
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
    webroot: str = ""

    @property
    def cloud(self) -> str:
        """The Nextcloud, as in share ids."""
        return self.host + self.webroot

    @property
    def share_id(self) -> str | None:
        """Id of the share, "host[/webroot]/TOKEN"; None for the forms inside."""
        return None if self.token is None else join_share_id(self.cloud, self.token)

    @property
    def file_path(self) -> str | None:
        """Path in the share of the file that the link names; None when it names a folder."""
        if self.file_name is None:
            return None
        return f"{self.folder}/{self.file_name}" if self.folder else self.file_name


@dataclass(frozen=True, slots=True)
class Placement:
    """A place where a row says its resource is.

    Attributes:
        url: the link as written; for a resolved plain-text place the link that explained it. For
            an unresolved place the Liquid that makes it, None without any.
        share: id of the share, None without one.
        path: the folder inside the share, "" for its root; None outside shares.
        file_id: when the link names a file by id.
        file_path: when the link names the file itself by name (`/download/…`, `files=`, direct).
        cloud: the Nextcloud of a place that needs a login, as in share ids.
    """

    kind: PlaceKind
    url: str | None
    share: str | None
    path: str | None
    file_id: int | None = None
    file_path: str | None = None
    cloud: str | None = None

    @property
    def is_liquid(self) -> bool:
        """Whether only a build of the site knows the place."""
        return self.kind is PlaceKind.UNRESOLVED and self.url is not None


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A line of a handbook's resource table.

    Attributes:
        id: stable; derived from page and name, not from ToDo. Repeats on a page get an ordinal.
        name: without Markdown marks and without the ToDo marker.
        description: text of the column between name and place, "" without one.
        todo: promised, not made yet.
        label: text of the place cell without marks ("Nextcloud / Skabeloner").
        links: every link of the place cell, in order.
        places: the parsed `links`, or the resolved plain text, in order; never empty.
        section: text of the heading above the table.
        span: of the whole line in its page.
        has_liquid_name: whether only a build of the site knows the name.
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
    has_liquid_name: bool = False

    @property
    def page(self) -> str:
        """Path of the page that contains the row."""
        return self.span.file


@dataclass(frozen=True, slots=True)
class AddressClash:
    """An address of the site that several sources have, as escaped path; `sources` are sorted."""

    url: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A malformed line of a resource table: a missing cell, an unclosed `**`."""

    span: SourceSpan
    subject: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A mistake in the handbook's own settings; `line` is None where it is unknown."""

    file: str
    line: int | None
    reason: Reason
