"""Symbolic links that a git repository holds: in a pull request they are a stranger's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from syncer.handbook.source.git_program import find_worktree, holds_file

# More than the kernel follows (path_resolution(7)); ends loops.
_MAX_LINKS = 100


def explain_committed_link(place: Path) -> str | None:
    """Return why a place must not be used: a committed link on its way leads out of its repository.

    Every link on the way is looked at, also one that another link leads to. A link that no
    repository holds is the administrator's own, and one that stays in its worktree does no harm;
    git's own folder counts as outside.

    Returns:
        A sentence that names the link; None without such a link, and for a place that cannot be
        looked at, which then cannot be opened either.
    """
    try:
        for link in _list_links(place):
            worktree = find_worktree(link.parent)
            if worktree is None or stays_inside(Path(os.path.realpath(link)), worktree):
                continue
            if holds_file(worktree, link.relative_to(worktree)):
                return (
                    f"{link} is a symbolic link in the git repository {worktree} and leads out "
                    "of it"
                )
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def explain_refused_output(place: Path) -> str | None:
    """Return why nothing is written to a place: a committed link, or git's own folder.

    What is written there could be a hook, or the settings, of the repository.

    Returns:
        A sentence; None for a place that may be written.
    """
    linked = explain_committed_link(place)
    if linked is None and _is_of_git(Path(os.path.realpath(place))):
        return "it is in a folder .git, where git keeps what is its own"
    return linked


def _list_links(place: Path) -> Iterator[Path]:
    """Yield the links that are followed on the way to a place, each in its real folder."""
    folder, waiting, found = Path("/"), list(reversed(place.absolute().parts[1:])), 0
    while waiting and found < _MAX_LINKS:
        name = waiting.pop()
        entry = folder.parent if name == ".." else folder / name
        if not entry.is_symlink():
            folder = entry
            continue
        yield entry
        found += 1
        target = entry.readlink()
        folder = Path("/") if target.is_absolute() else folder
        waiting += reversed(target.parts[target.is_absolute() :])


def stays_inside(target: Path, worktree: Path) -> bool:
    """Return whether a real place is in a worktree, and not in a folder of git's own."""
    if not target.is_relative_to(worktree):
        return False
    return not _is_of_git(target.relative_to(worktree))


def _is_of_git(place: Path) -> bool:
    return any(part.casefold() == ".git" for part in place.parts)
