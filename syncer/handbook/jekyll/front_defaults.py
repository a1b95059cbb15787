"""`defaults` of `_config.yml`: front matter values that files get by their place and type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syncer.handbook.ruby_globs import find_paths


@dataclass(frozen=True, slots=True)
class DefaultSet:
    """One entry of `defaults`. `path` "" applies everywhere; `type` None applies to every type."""

    path: str
    type: str | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ScopedSet:
    """A set of defaults with the beginnings of the paths that it applies to."""

    defaults: DefaultSet
    prefixes: tuple[str, ...]


def resolve_scopes(
    sets: Sequence[DefaultSet], folders: frozenset[str], files: Sequence[str]
) -> tuple[ScopedSet, ...]:
    """Return the sets with the beginnings of paths that they apply to, in the same order.

    Jekyll globs a scope with `*` once, and the set applies to every path that begins with a hit.
    `folders` and `files` are all of the sources.
    """
    return tuple(
        ScopedSet(
            entry,
            tuple(find_paths(entry.path, folders, sorted(folders.union(files))))
            if "*" in entry.path
            else (entry.path,),
        )
        for entry in sets
    )


def find_default(
    sets: Sequence[ScopedSet], path: str, type_: str | None, key: str
) -> object | None:
    """Return the value that `defaults` gives a file for a key of its front matter.

    Args:
        sets: of the settings.
        path: of the file, relative to the root.
        type_: "pages", or the label of a collection; None for a file that is copied.
        key: of the front matter.

    Returns:
        The value of the most precise set: the longest path wins, then a set with a type, then
        the later one (Jekyll 4.3, `FrontmatterDefaults#find`). None when no set has the key.
    """
    best: DefaultSet | None = None
    for scoped in sets:
        candidate = scoped.defaults
        applies = candidate.type in (None, type_) and path.startswith(scoped.prefixes)
        if key in candidate.values and applies and (best is None or _goes_before(candidate, best)):
            best = candidate
    return None if best is None else best.values[key]


def _goes_before(new: DefaultSet, old: DefaultSet) -> bool:
    new_length, old_length = len(new.path.lstrip("/")), len(old.path.lstrip("/"))
    if new_length != old_length:
        return new_length > old_length
    return new.type is not None or old.type is None
