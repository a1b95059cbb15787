"""`defaults` of `_config.yml`: front matter values that files get by their place and type."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
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
    """A set of defaults with the beginnings of the paths that it applies to.

    `prefixes` are in order, and none begins with another one.
    """

    defaults: DefaultSet
    prefixes: tuple[str, ...]

    def applies_to(self, path: str, type_: str | None) -> bool:
        """Return whether the set gives a file of a type its values."""
        # Only the last one that is not after the path can begin it.
        at = bisect_right(self.prefixes, path)
        begins = at > 0 and path.startswith(self.prefixes[at - 1])
        return begins and self.defaults.type in (None, type_)


def resolve_scopes(
    sets: Sequence[DefaultSet], folders: frozenset[str], files: Sequence[str]
) -> tuple[ScopedSet, ...]:
    """Return the sets with the beginnings of paths that they apply to, in the same order.

    Jekyll globs a scope with `*` once, and the set applies to every path that begins with a hit.
    `folders` and `files` are all of the sources.
    """
    entries = sorted(folders.union(files))
    patterns = {entry.path for entry in sets if "*" in entry.path}
    found = {path: _drop_longer(find_paths(path, folders, entries)) for path in patterns}
    return tuple(ScopedSet(entry, found.get(entry.path, (entry.path,))) for entry in sets)


def _drop_longer(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths, which are in order, without those that begin with another one."""
    kept: list[str] = []
    for path in paths:
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return tuple(kept)


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
        if key not in candidate.values or not scoped.applies_to(path, type_):
            continue
        if best is None or _goes_before(candidate, best):
            best = candidate
    return None if best is None else best.values[key]


def _goes_before(new: DefaultSet, old: DefaultSet) -> bool:
    new_length, old_length = len(new.path.lstrip("/")), len(old.path.lstrip("/"))
    if new_length != old_length:
        return new_length > old_length
    return new.type is not None or old.type is None
