"""Which files and folders of the sources Jekyll reads: its `EntryFilter`, and post names."""

from __future__ import annotations

import re
from functools import lru_cache

from syncer.handbook.jekyll.config import SiteConfig
from syncer.handbook.ruby_globs import translate

_SPECIAL = (".", "_", "#", "~")
_POST_NAME = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-[^/]*\.[^.]+")


def is_post(path: str, config: SiteConfig) -> bool:
    """Return whether a file is a post: by its name, in a folder `_posts` that Jekyll reads."""
    above, marker, below = f"/{path}".rpartition("/_posts/")
    if not marker or not path.startswith(config.collections_dir):
        return False
    folder = above.lstrip("/")
    return (
        _POST_NAME.fullmatch(below.rpartition("/")[2]) is not None
        and (not folder or walk_admits(folder, config, is_folder=True))
        and not any(part.startswith(".") for part in below.split("/"))
        and admits(below, path, config)
    )


def walk_admits(path: str, config: SiteConfig, *, is_folder: bool = False) -> bool:
    """Return whether Jekyll's walk reaches a path: it must not skip any folder on the way."""
    if path in config.include:
        return True
    parts = path.split("/")
    last = len(parts) - 1
    return all(
        admits(name, "/".join(parts[: at + 1]), config, is_folder=is_folder or at < last)
        for at, name in enumerate(parts)
    )


def admits(entry: str, path: str, config: SiteConfig, *, is_folder: bool = False) -> bool:
    """Return whether `EntryFilter#filter` keeps a file or folder.

    Args:
        entry: its path relative to the folder that Jekyll walks.
        path: its path relative to the root.
        config: for `include` and `exclude`. A pattern that ends in a slash matches a folder and
            every path that begins with it.
        is_folder: whether it is a folder.
    """
    if entry.endswith("."):
        return False
    if is_included(entry, config.include, is_folder=is_folder):
        return True
    if matches_any(_list_excluding(config.exclude, config.include), path, is_folder=is_folder):
        return False
    return not (
        entry.startswith(_SPECIAL)
        or entry.rpartition("/")[2].startswith(_SPECIAL)
        or entry.endswith("~")
    )


@lru_cache(maxsize=8)
def _list_excluding(exclude: tuple[str, ...], include: tuple[str, ...]) -> tuple[str, ...]:
    included = frozenset(include)
    return tuple(pattern for pattern in exclude if pattern not in included)


def is_included(entry: str, include: tuple[str, ...], *, is_folder: bool = False) -> bool:
    """Return whether `include` matches an entry, by its path or by its last name."""
    names = (entry, entry.rpartition("/")[2])
    return any(matches_any(include, name, is_folder=is_folder) for name in names)


def matches_any(patterns: tuple[str, ...], path: str, *, is_folder: bool = False) -> bool:
    """Return whether a path matches `include` or `exclude` patterns (`glob_include?`).

    A pattern matches as a whole, where `*` also crosses folders, or as the beginning of the path.
    """
    return any(
        path.startswith(pattern)
        or (is_folder and pattern == f"{path}/")
        or _compile_pattern(pattern).fullmatch(path) is not None
        for pattern in (pattern.lstrip("/") for pattern in patterns)
    )


@lru_cache(maxsize=4_096)
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))
