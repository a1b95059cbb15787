"""A folder, a file or a git repository → `Handbook`."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

from syncer.errors import HandbookError
from syncer.handbook.source.checkout import (
    check_out,
    is_git_url,
    read_address,
    read_folder_revision,
)
from syncer.handbook.source.committed_links import explain_committed_link
from syncer.handbook.source.folder import (
    CONFIG_NAMES,
    PAGE_SUFFIXES,
    read_folder,
    read_page,
    spell_path,
)
from syncer.model.handbook import Handbook, UnreadablePage
from syncer.model.reason import Reason

__all__ = ["find_folder", "find_repository_prefix", "read_handbook"]


def read_handbook(
    source: str,
    *,
    branch: str | None = None,
    cache_folder: Path | None = None,
    timeout_s: float = 120,
    stop: threading.Event | None = None,
) -> Handbook:
    """Read a handbook from a folder, a page or a git repository.

    Args:
        source: a folder; a page in one (the handbook is then the nearest folder above it with a
            `_config.yml`, else its own folder); or a git URL.
        branch: of a git repository; None for the repository's own.
        cache_folder: keeps the checkouts of git repositories; None keeps none.
        timeout_s: for the git program.
        stop: ends the git program when it is set.

    Returns:
        The handbook, possibly without pages. Pages that are no text are in `unreadable`; `stale`
        is the reason for using an earlier checkout.

    Raises:
        HandbookError: the source does not exist, cannot be reached and has no earlier checkout,
            leads out of its repository by a link, or has no readable page.
    """
    if is_git_url(source):
        with check_out(source, branch, cache_folder, timeout_s, stop) as checkout:
            shown = read_address(source).shown
            return _read_tree(checkout.folder, shown, checkout.revision, checkout.stale)
    place = expand_home(source)
    try:
        if linked := explain_committed_link(place):
            raise HandbookError(
                f"The handbook {source!r} is not read: {linked}. Name the folder itself."
            )
        # Known by its place: "." is another handbook in another folder.
        shown = str(place.absolute())
        if source and place.is_dir():
            return _read_tree(place, shown, read_folder_revision(place), None)
        if place.is_file():
            return _read_single(place, shown)
    except (OSError, ValueError) as error:
        # An impossible file name, or a folder above it that may not be entered.
        raise HandbookError(f"The handbook {source!r} cannot be opened: {error}.") from error
    raise HandbookError(
        f"There is no handbook at {source!r}: no such folder or file. "
        "Name a folder, a page or a git URL with --handbook, or set [handbook] source."
    )


def _read_tree(
    root: Path,
    source: str,
    revision: str | None,
    stale: Reason | None,
) -> Handbook:
    content = read_folder(root)
    if content.unreadable and not content.pages:
        first = content.unreadable[0]
        raise HandbookError(
            f"No page of {source!r} can be read; the first, {first.path}, "
            f"{_say(first)}. Save the pages as UTF-8 text, in the handbook's own folders."
        )
    return Handbook(
        source=source,
        revision=revision,
        stale=stale,
        pages=tuple(content.pages),
        unreadable=tuple(content.unreadable),
        files=tuple(content.files),
        elsewhere=tuple(content.elsewhere),
        config=None if content.config_page is None else content.config_page.text,
        config_page=content.config_page,
        gemfile=content.gemfile,
        own_settings=content.own_settings,
        texts=tuple(content.texts),
    )


def _read_single(place: Path, source: str) -> Handbook:
    """Read the handbook around one page."""
    if not place.name.lower().endswith(PAGE_SUFFIXES):
        raise HandbookError(
            f"{source!r} is no page of a handbook: those end in {', '.join(PAGE_SUFFIXES)}."
        )
    place = place.absolute()
    root = _find_root(place)
    handbook = _read_tree(root, source, read_folder_revision(root), None)
    path = spell_path(place.relative_to(root).as_posix())
    page = next((page for page in handbook.pages if page.path == path), None)
    if page is None:
        # It cannot be read, or is in a folder that is skipped (`_site`).
        read = read_page(path, place)
        if isinstance(read, UnreadablePage):
            raise HandbookError(f"{source!r} cannot be read: it {_say(read)}.")
        handbook = replace(
            handbook,
            pages=tuple(sorted((*handbook.pages, read), key=lambda page: page.path)),
            files=tuple(sorted({*handbook.files, path})),
        )
    return replace(handbook, only_page=path)


def find_repository_prefix(source: str) -> str:
    """Return the path of a handbook's folder in its git checkout.

    Returns:
        "docs/handbook/"; "" at the checkout's top, outside of a checkout, and for a source that
        does not exist on this disk.
    """
    try:
        if is_git_url(source):
            return ""
        place = expand_home(source).resolve(strict=True)
        root = place if place.is_dir() else _find_root(place)
        top = next((one for one in (root, *root.parents) if (one / ".git").exists()), root)
    except (OSError, RuntimeError, ValueError):
        # It does not exist, may not be entered, or names an unknown home folder.
        return ""
    return "" if top == root else f"{spell_path(root.relative_to(top).as_posix())}/"


def expand_home(source: str) -> Path:
    """Return a place with the home folder for `~`; that of an unknown user stays as it is."""
    return Path(os.path.expanduser(source))  # noqa: PTH111 - a Path raises for an unknown user


def find_folder(source: str) -> Path:
    """Return the folder of a handbook on this disk: the source, or the one around a page."""
    place = expand_home(source)
    return place if place.is_dir() else _find_root(place.absolute())


def _find_root(page: Path) -> Path:
    """Return the handbook's folder around a page."""
    return next(filter(_has_config, page.parents), page.parent)


def _has_config(folder: Path) -> bool:
    return any((folder / name).is_file() for name in CONFIG_NAMES)


def _say(page: UnreadablePage) -> str:
    """Return why a page cannot be read, as part of an error text."""
    args = page.reason.args
    match page.reason.code:
        case "not-utf8":
            return f"is not UTF-8 (line {args['line']})"
        case "too-big":
            return f"is larger than {args['limit_bytes']} bytes"
        case "binary":
            return "is a binary file"
        case "page-link-leads-out":
            return "is a symbolic link that leads to no file of the handbook"
        case "folder-link-leads-out":
            return "is a symbolic link to a folder out of the handbook"
        case "folder-link-leads-up":
            return "is a symbolic link to a folder above it"
        case "folder-links-too-many":
            return f"is one of the symbolic links to more than {args['limit']} files and folders"
        case "handbook-folder-too-deep":
            return f"is more than {args['levels']} levels deep"
        case "names-collide":
            return "has the same name as another file, written otherwise"
        case code:
            return f"could not be opened ({args.get('detail', code)})"
