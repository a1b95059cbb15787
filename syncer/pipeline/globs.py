"""Paths as people write them: globs that select pages, folders in the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from syncer.model.normal_forms import normalize

_WILDCARDS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "": ""}
# A wildcard, the text up to the next one, and that.
_PIECE = re.compile(r"(\*\*/|\*\*|\*|^)([^*]*)(?=(\*\*/|\*\*|\*|$))")
# Where a wildcard follows one that takes no more than it, the first place of the text between
# them is as good as any other. Trying all of them would take time without end.
_FIRST_IS_ENOUGH = frozenset({("*", "*"), ("*", "**"), ("**", "**")})


def match_glob(path: str, glob: str) -> bool:
    """Return whether `path` matches: `*` and `?` stay inside one part, `**` spans several.

    A glob without a slash matches the last part anywhere, as in `.gitignore`.
    """
    return _compile(glob).fullmatch(path) is not None


def match_any(path: str, globs: Iterable[str]) -> bool:
    """Return whether `path` matches one of `globs`."""
    return any(match_glob(path, glob) for glob in globs)


def may_hold(folder: str, globs: Iterable[str]) -> bool:
    """Return whether a path below `folder`, at any depth, could match one of `globs`."""
    parts = folder.split("/")
    return any(_may_hold(parts, _complete(glob).split("/")) for glob in globs)


def _may_hold(folder: list[str], glob: list[str]) -> bool:
    for name, pattern in zip(folder, glob, strict=False):
        if "**" in pattern:
            return True
        if not match_glob(name, pattern):
            return False
    return len(glob) > len(folder)


def holds_all(folder: str, globs: Iterable[str]) -> bool:
    """Return whether one of `globs` matches every path in `folder`, as `private/**` does."""
    return any(glob.endswith("**") and match_glob(f"{folder}/x", glob) for glob in globs)


# More globs than any settings have; beyond, each would be compiled for each page.
@lru_cache(maxsize=16_384)
def _compile(glob: str) -> re.Pattern[str]:
    parts = []
    for wildcard, text, following in _PIECE.findall(_complete(glob)):
        between = re.escape(text).replace(r"\?", "[^/]")
        if (wildcard, following) in _FIRST_IS_ENOUGH:
            parts.append(f"(?>{_WILDCARDS[wildcard]}?{between})")
        else:
            parts.append(_WILDCARDS[wildcard] + between)
    return re.compile("".join(parts), re.DOTALL)


def _complete(glob: str) -> str:
    # More stars mean no more than two, and folders of any depth twice no more than once.
    pattern = re.sub(r"(?:\*\*/)+", "**/", re.sub(r"\*{3,}", "**", glob.strip("/")))
    return pattern if "/" in pattern else f"**/{pattern}"


def normalize_path(path: str) -> str:
    """Return a path of the settings as trees have it: NFC, no slash at either end."""
    return normalize("NFC", path.strip("/"))
