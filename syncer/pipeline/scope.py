"""Paths as people write them: the globs that choose pages, the folders of the settings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WILDCARDS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def match_glob(path: str, glob: str) -> bool:
    """Tell whether `path` matches: `*` and `?` stay inside one part, `**` spans several.

    A glob without a slash matches the last part anywhere, as in `.gitignore`.
    """
    return _compile(glob).fullmatch(path) is not None


def match_any(path: str, globs: Iterable[str]) -> bool:
    """Tell whether `path` matches one of `globs`."""
    return any(match_glob(path, glob) for glob in globs)


@lru_cache(maxsize=256)
def _compile(glob: str) -> re.Pattern[str]:
    pattern = glob.strip("/")
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    tokens = re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", pattern)
    return re.compile("".join(_WILDCARDS.get(part, re.escape(part)) for part in tokens), re.DOTALL)


def normalize_path(path: str) -> str:
    """Return a path of the settings as trees hold them: NFC, no slash in front or behind."""
    return unicodedata.normalize("NFC", path.strip("/"))
