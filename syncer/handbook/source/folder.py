"""A folder on disk → the files and text pages in it."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from syncer.errors import HandbookError
from syncer.handbook.own_settings import FILE_NAME
from syncer.handbook.source.committed_links import stays_inside
from syncer.handbook.source.git_program import find_worktree
from syncer.model.handbook import PageText, UnreadablePage
from syncer.model.normal_forms import normalize
from syncer.model.reason import Reason

# Jekyll's `markdown_ext`, and HTML.
PAGE_SUFFIXES = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm")
# Programs, and what GitHub alone shows as Markdown.
_TEXT_SUFFIXES = (".rb", ".mdown", ".mdwn")
CONFIG_NAMES = ("_config.yml", "_config.yaml")
_GEMFILE = "Gemfile"

MAX_PAGE_BYTES = 4 * 1024 * 1024
MAX_FILES = 50_000
# All pages together are held in memory.
MAX_CHARACTERS = 128 * 1024 * 1024
# Deeper than any handbook.
_MAX_DEPTH = 60
# Files and folders that are reached by links to folders, over all.
_MAX_LINKED_ENTRIES = 10_000

_FIRST_BYTES = 64
_FRONT_MATTER_START = re.compile(rb"---[ \t\f\v]*\r?\n")
# Liquid of a file, of whatever kind, that pages include.
_ASSIGNING = re.compile(rb"\{%-?\s*(?:assign|capture)\b")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Folders of tools. Jekyll skips these parts of `vendor`, not every folder of that name.
_TOOL_FOLDERS = frozenset({"_site", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"})


@dataclass(slots=True)
class FolderContent:
    """The content of a folder, each part sorted by path; see `Handbook` for the parts."""

    pages: list[PageText] = field(default_factory=list)
    unreadable: list[UnreadablePage] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    config_page: PageText | None = None
    gemfile: str | None = None
    own_settings: str | None = None
    texts: list[PageText] = field(default_factory=list)
    characters: int = 0


def read_folder(root: Path) -> FolderContent:
    """Read the files below a folder.

    Hidden folders (except `.well-known`), `_site`, `node_modules` and Bundler's folders in `vendor`
    are skipped. Symbolic links are followed where they stay below the root, outside of `.git`;
    others, and the empty folders of git submodules, are `elsewhere`. A folder that cannot be
    listed, is too deep, or is behind too many links is `unreadable`, because its pages are unknown;
    so is a page that is a link to nothing, into `.git` or out of the root's git worktree, and
    outside of git a link to a folder above itself or out of the root.

    Raises:
        HandbookError: it has more files than a handbook does.
    """
    content = FolderContent()
    seen: set[str] = set()
    empty: list[str] = []
    collided: set[str] = set()
    for path, place, is_linked in _walk(root, content, empty):
        if path in seen:
            # Which of the two a reader gets depends on the server: neither can be judged.
            content.unreadable.append(UnreadablePage(path, Reason("names-collide")))
            collided.add(path)
            continue
        if len(seen) >= MAX_FILES:
            raise HandbookError(
                f"{root} has more than {MAX_FILES} files, too many for a handbook: "
                "name the folder of the handbook itself."
            )
        seen.add(path)
        _add_text(content, path, place, None if is_linked else str(place.relative_to(root)))
    if ".gitmodules" in seen:
        # In a checkout only the folders of submodules are empty.
        content.elsewhere += empty
    content.elsewhere.sort()
    content.files = sorted(seen)
    content.pages = sorted(
        (page for page in content.pages if page.path not in collided), key=lambda page: page.path
    )
    content.unreadable.sort(key=lambda page: page.path)
    content.texts.sort(key=lambda page: page.path)
    return content


def _add_text(content: FolderContent, path: str, place: Path, spelled: str | None) -> None:
    """Read a file of which more than its name counts; `spelled` is its `PageText.place`."""
    is_config = path in CONFIG_NAMES
    is_page = path.lower().endswith(PAGE_SUFFIXES)
    if not (is_config or is_page or path in (_GEMFILE, FILE_NAME) or _is_text(path, place)):
        return
    read = read_page(path, place)
    if isinstance(read, PageText) and content.characters + len(read.text) > MAX_CHARACTERS:
        reason = Reason("too-big", {"limit_bytes": MAX_CHARACTERS})
        read = UnreadablePage(path, reason, read.text.startswith("---"))
    if isinstance(read, UnreadablePage):
        content.unreadable.append(read)
        return
    read = replace(read, place=spelled)
    content.characters += len(read.text)
    if path == _GEMFILE:
        content.gemfile = read.text
    elif path == FILE_NAME:
        content.own_settings = read.text
    elif is_config:
        # Of two, `.yml` comes last, which is the one that Jekyll reads.
        content.config_page = read
    elif is_page:
        content.pages.append(read)
    else:
        content.texts.append(read)


def _is_text(path: str, place: Path) -> bool:
    """Return whether a file's text decides what a site is: see `Handbook.texts`."""
    if path.lower().endswith(_TEXT_SUFFIXES):
        return True
    try:
        with place.open("rb") as file:
            is_included = path.startswith("_includes/")
            start = file.read(MAX_PAGE_BYTES if is_included else _FIRST_BYTES)
    except OSError:
        return False
    if is_included and _ASSIGNING.search(start):
        return True
    return _FRONT_MATTER_START.match(start) is not None


def read_page(path: str, place: Path) -> PageText | UnreadablePage:
    """Read one file as text: UTF-8, a byte order mark dropped, every line end made LF."""
    try:
        with place.open("rb") as file:
            data = file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return UnreadablePage(path, Reason("io-error", {"detail": error.strerror or str(error)}))
    return decode_page(path, data)


def decode_page(path: str, data: bytes) -> PageText | UnreadablePage:
    """Return the content of a file as text."""
    has_front_matter = data.startswith(b"---")
    if len(data) > MAX_PAGE_BYTES:
        why = Reason("too-big", {"limit_bytes": MAX_PAGE_BYTES})
        return UnreadablePage(path, why, has_front_matter)
    if b"\0" in data and not data.startswith(_BYTE_ORDER_MARKS):
        return UnreadablePage(path, Reason("binary", {}), has_front_matter)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return UnreadablePage(path, Reason("not-utf8", {"line": line}), has_front_matter)
    written = text if "\r" in text else None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return PageText(path, text, data.startswith(BOM_UTF8), written)


def spell_path(place: str) -> str:
    """Return a path as the model spells it: NFC; bytes that are no UTF-8 become U+FFFD."""
    text = place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to list.

    Attributes:
        prefix: of the paths in it: "", or its own path with a slash.
        place: where it is listed.
        around: its real place and those of the folders around it.
        link: the path of the first symbolic link on the way to it, None without one.
    """

    prefix: str
    place: Path
    around: tuple[Path, ...]
    link: str | None = None


def _walk(root: Path, content: FolderContent, empty: list[str]) -> Iterator[tuple[str, Path, bool]]:
    """Yield every file with its path, and whether a symbolic link leads to it.

    A link to a folder above itself is not entered. What is behind links comes last and within a
    budget: links from each folder to each other make more paths than anybody can read.

    Folders that are not listed are added to `content`, empty ones to `empty`.
    """
    real_root = root.resolve()
    worktree = find_worktree(real_root)
    own, linked = [_Folder("", root, (real_root,))], deque[_Folder]()
    left = _MAX_LINKED_ENTRIES
    while own or linked:
        folder = own.pop() if own else linked.popleft()
        if left <= 0:
            left_out = {str(one.link) for one in (folder, *linked)}
            reason = Reason("folder-links-too-many", {"limit": _MAX_LINKED_ENTRIES})
            content.unreadable += [UnreadablePage(path, reason) for path in sorted(left_out)]
            return
        found = _list_entries(folder, content)
        if found == []:
            empty.append(folder.prefix.rstrip("/"))
        left -= 0 if folder.link is None else 1 + len(found or ())
        for entry in found or ():
            path = folder.prefix + spell_path(entry.name)
            real = _follow(entry, folder.around[-1], real_root)
            if real is None or real in folder.around:
                content.elsewhere.append(path)
                if worktree is None and folder.link is None and (why := _name_link(entry, path)):
                    content.unreadable.append(UnreadablePage(path, Reason(why)))
                if path.lower().endswith(PAGE_SUFFIXES) and not _is_in_worktree(entry, worktree):
                    content.unreadable.append(UnreadablePage(path, Reason("page-link-leads-out")))
                continue
            link = folder.link or (path if entry.is_symlink() else None)
            if entry.is_file():
                yield path, Path(entry.path), link is not None
            elif entry.is_dir() and not _is_skipped(path):
                below = _Folder(f"{path}/", Path(entry.path), (*folder.around, real), link)
                (own if link is None else linked).append(below)


def _list_entries(folder: _Folder, content: FolderContent) -> list[os.DirEntry[str]] | None:
    """Return what is in a folder, sorted; None when it cannot be listed, which `content` gets."""
    path = folder.prefix.rstrip("/") or "."
    if len(folder.around) > _MAX_DEPTH:
        reason = Reason("handbook-folder-too-deep", {"levels": _MAX_DEPTH})
        content.unreadable.append(UnreadablePage(path, reason))
        return None
    try:
        with os.scandir(folder.place) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        reason = Reason("folder-io-error", {"detail": error.strerror or str(error)})
        content.unreadable.append(UnreadablePage(path, reason))
        return None


def _follow(entry: os.DirEntry[str], parent: Path, real_root: Path) -> Path | None:
    """Return the real place of an entry; None outside of the root, or for a broken link."""
    # From the real place of its folder: on a path of many links each would be followed again.
    place = parent / entry.name
    if not entry.is_symlink():
        return place
    try:
        real = place.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return real if stays_inside(real, real_root) else None


def _name_link(entry: os.DirEntry[str], path: str) -> str | None:
    """Return which link that may have pages, and is not entered, an entry is; None for no such."""
    try:
        real = Path(entry.path).resolve(strict=True)
        if _is_skipped(path) or not real.is_dir():
            return None
        is_above = Path(entry.path).parent.resolve().is_relative_to(real)
    except (OSError, RuntimeError):
        return None
    return "folder-link-leads-up" if is_above else "folder-link-leads-out"


def _is_in_worktree(entry: os.DirEntry[str], worktree: Path | None) -> bool:
    """Return whether a link leads to something in the worktree, or in none to anything."""
    try:
        real = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return worktree is None or stays_inside(real, worktree)


def _is_skipped(path: str) -> bool:
    name = path.rpartition("/")[2]
    hidden = name.startswith(".") and name != ".well-known"
    return hidden or name == "node_modules" or path in _TOOL_FOLDERS
