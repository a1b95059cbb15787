"""Which entries of the sources Jekyll looks at: `EntryFilter`, and the names of posts."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache

from syncer.handbook.jekyll.config import SiteConfig

_SPECIAL = (".", "_", "#", "~")
_POST_NAME = re.compile(r"\d{2,4}-\d{1,2}-\d{1,2}-[^/]*\.[^.]+")


def is_post(path: str, config: SiteConfig) -> bool:
    """Return whether a file is a post: by its name, in a folder `_posts` that Jekyll reaches."""
    above, marker, below = f"/{path}".rpartition("/_posts/")
    if not marker or not path.startswith(config.collections_dir):
        return False
    folder = above.lstrip("/")
    return (
        _POST_NAME.fullmatch(below.rpartition("/")[2]) is not None
        and (not folder or walk_admits(folder, config))
        and not any(part.startswith(".") for part in below.split("/"))
        and admits(below, path, config)
    )


def walk_admits(path: str, config: SiteConfig) -> bool:
    """Return whether Jekyll's walk reaches a file: no folder on the way may be left out."""
    if path in config.include:
        return True
    parts = path.split("/")
    return all(
        admits(name, "/".join(parts[: depth + 1]), config) for depth, name in enumerate(parts)
    )


def admits(entry: str, path: str, config: SiteConfig) -> bool:
    """Return whether `EntryFilter#filter` keeps an entry, seen from its folder and from the root.

    What it is (file or folder) plays no part but for patterns that end in a slash, which name a
    folder and whatever begins like it.
    """
    if entry.endswith("."):
        return False
    if is_included(entry, config.include):
        return True
    excluding = tuple(pattern for pattern in config.exclude if pattern not in config.include)
    if matches_any(excluding, path):
        return False
    return not (
        entry.startswith(_SPECIAL)
        or entry.rpartition("/")[2].startswith(_SPECIAL)
        or entry.endswith("~")
    )


def is_included(entry: str, include: tuple[str, ...]) -> bool:
    """Return whether `include` names an entry, by its path or by its last name."""
    return matches_any(include, entry) or matches_any(include, entry.rpartition("/")[2])


def matches_any(patterns: tuple[str, ...], path: str) -> bool:
    """Return whether a path matches `include` or `exclude` patterns (`glob_include?`).

    A pattern matches as a whole, where `*` also crosses folders, or as the beginning of the path.
    """
    return any(
        path.startswith(pattern)
        or pattern == f"{path}/"
        or _compile_pattern(pattern).fullmatch(path) is not None
        for pattern in (pattern.lstrip("/") for pattern in patterns)
    )


@lru_cache(maxsize=256)
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern.replace("[^", "[!")))
