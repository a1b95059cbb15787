"""What a site's own plugins in Ruby may do, read from their text; Ruby is not run.

A filter or a tag makes no page: it prints where a page names it. A generator, a hook, a converter,
or a change of Jekyll itself may make any page and any id.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from syncer.handbook.jekyll.gemfile import KNOWN_PLUGINS
from syncer.handbook.jekyll.outputs import SiteSources

# No alternative scans a text twice: an unclosed block goes to the end.
_COMMENT = re.compile(r"^[^\S\n]*#[^\n]*|^=begin\b.*?(?:^=end\b|\Z)", re.MULTILINE | re.DOTALL)
_REGISTERS = re.compile(r"\bregister_(?:filter|tag)\b")
_MAKES = re.compile(
    r"\b(?:Generator|Hooks|Converter|Command|Page\w*|StaticFile|Document|Layout|Renderer|Site|Reader"
    r"|Convertible|Publisher|Regenerator|Cleaner|FileUtils|instance_variable_set|define_method"
    r"|class_eval|module_eval|instance_eval|eval|prepend|alias_method|alias|load|require_relative"
    r"|static_files|safe_yield|write|system|exec|spawn|pages|collections|docs)\b|`"
)
_REOPENS = re.compile(r"\bclass\s+(?!\w+\s*<\s*(?:::)?Liquid::)\w[\w:]*")
_METHOD = re.compile(r"\bdef\s+(?:self\.)?(\w+)")
_APPLIED = re.compile(r"\|\s*(\w+)")


def list_unknown_plugins(sources: SiteSources) -> tuple[str, ...]:
    """Return the plugins whose effects are unknown.

    The most likely makers of a page first: Ruby files of the sources that make pages, other Ruby
    files, gems; each by name. A gem with the name of the theme has files but no code.
    """
    files = [path for path in _list_plugins(sources) if not _is_harmless(_read(path, sources))]
    gems = sources.config.plugins - KNOWN_PLUGINS - {sources.config.theme or ""}
    return (
        *sorted(files, key=lambda path: not _MAKES.search(_read(path, sources))),
        *sorted(gem for gem in gems if not gem.startswith("jekyll-theme-")),
    )


def find_filters(sources: SiteSources) -> frozenset[str]:
    """Return the names of the filters and other methods that a site's own plugins define."""
    return frozenset(
        name for path in _list_plugins(sources) for name in _METHOD.findall(_read(path, sources))
    )


def uses_filter(text: str, filters: Collection[str]) -> bool:
    """Return whether a text applies one of the filters."""
    return bool(filters) and not set(_APPLIED.findall(text)).isdisjoint(filters)


def _list_plugins(sources: SiteSources) -> tuple[str, ...]:
    folders = sources.config.plugin_folders
    return tuple(
        file for file in sources.files if file.endswith(".rb") and file.startswith(folders)
    )


def _read(path: str, sources: SiteSources) -> str:
    return _COMMENT.sub("", sources.texts.get(path, ""))


@lru_cache(maxsize=256)
def _is_harmless(text: str) -> bool:
    return (
        _REGISTERS.search(text) is not None
        and _MAKES.search(text) is None
        and _REOPENS.search(text) is None
    )
