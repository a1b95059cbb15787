"""The YAML of `_config.yml`, read in bounds, and what its values count as.

Deep nesting, and aliases that expand to far more than the file, are refused first. Of some settings
it is unknown what site Jekyll makes by them: values that it takes for something else than they are
written as, or that it refuses, and what moves or drops pages in ways that are not read here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import yaml

from syncer.handbook.kramdown.front_matter import add_number_limit
from syncer.model.reason import Reason

# The C composer has no limit of its own and would crash the process.
_MAX_DEPTH = 50
# With merge keys (`<<`) each alias can double the size of the result.
_MAX_ALIASES_MERGED = 12
# Of the text with every alias written out, as `str` does. A file has a quarter of it at most.
_MAX_CHARACTERS = 1_048_576

_TEXTS = (
    *("collections_dir", "destination", "layouts_dir", "markdown", "markdown_ext", "permalink"),
    *("source", "timezone"),
)
_TEXTS_OR_OFF = ("baseurl", "encoding", "remote_theme", "theme", "url")
_LISTS = ("exclude", "include", "keep_files", "plugins")
# They add or drop documents.
_SWITCHES = ("show_drafts", "limit_posts")
# `null` leaves Jekyll's default.
_UNSET = type(None)
_KINDS = {
    **dict.fromkeys(_TEXTS, (str, _UNSET)),
    **dict.fromkeys(_LISTS, (list, _UNSET)),
    "kramdown": (Mapping, _UNSET),
    "collections": (Mapping, list, _UNSET),
}
_LONGEST = 80


class _BoundedLoader(yaml.CSafeLoader):
    """Reads as `CSafeLoader` does, and refuses a number that takes long."""


add_number_limit(_BoundedLoader)


def load_settings(text: str) -> object:
    """Return the content of a YAML document.

    Raises:
        yaml.YAMLError: it is no YAML, or out of bounds.
    """
    _refuse_unbounded(text)
    try:
        return yaml.load(text, Loader=_BoundedLoader)  # noqa: S506 - derived from the safe loader
    except (ValueError, TypeError, OverflowError) as error:  # as of a date like 2026-13-45
        raise yaml.YAMLError(str(error)) from error


def compose_settings(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML document, with their positions; None when it is empty.

    Raises:
        yaml.YAMLError: it is no YAML, or out of bounds.
    """
    _refuse_unbounded(text)
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def is_true(value: object) -> bool:
    """Return whether a value counts as true in Ruby, as 0 and an empty text do."""
    return value is not None and value is not False


def find_unknown(values: Mapping[str, object], files: Collection[str] = ()) -> Reason | None:
    """Return which setting makes the site unknown, the first of them; None without one.

    `files` are those of the sources.
    """
    for name in _list_unknown(values, files):
        return Reason("site-setting-unknown", {"setting": f"{name}: {values[name]}"[:_LONGEST]})
    return None


def _list_unknown(values: Mapping[str, object], files: Collection[str]) -> Iterator[str]:
    yield from (name for name, kinds in _KINDS.items() if not isinstance(values.get(name), kinds))
    texts = ((name, values.get(name) or "") for name in _TEXTS_OR_OFF)
    yield from (name for name, value in texts if not isinstance(value, str))
    if str(values.get("encoding") or "utf-8").lower() != "utf-8":
        yield "encoding"
    if str(values.get("layouts_dir") or "_layouts").strip("./") != "_layouts":
        yield "layouts_dir"
    yield from (name for name in _SWITCHES if values.get(name) not in (None, False, 0))
    if any(map(_is_unknown_scope, _list_scopes(values.get("defaults")))):
        yield "defaults"
    # Jekyll passes over the folder that it writes to.
    written = str(values.get("destination") or "_site").removeprefix("./").rstrip("/")
    if any(file.startswith(f"{written}/") for file in files):
        yield "destination"


def _list_scopes(defaults: object) -> Iterator[object]:
    for entry in defaults if isinstance(defaults, list) else ():
        scope = entry.get("scope") if isinstance(entry, Mapping) else None
        yield scope.get("path") if isinstance(scope, Mapping) else None


def _is_unknown_scope(path: object) -> bool:
    """Return whether a scope's pattern has alternatives, or leads out of the site's folder."""
    return (
        isinstance(path, str)
        and "*" in path
        and ("{" in path or path.startswith("/") or not {".", ".."}.isdisjoint(path.split("/")))
    )


def _refuse_unbounded(text: str) -> None:
    aliases = 0
    merges = False
    # Of the document and each open collection: its anchor, and its characters.
    opened: list[tuple[str | None, int]] = [(None, 0)]
    known: dict[str, int] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        anchor, size = None, 0
        match event:
            case yaml.CollectionStartEvent():
                opened.append((event.anchor, 2))
            case yaml.CollectionEndEvent():
                anchor, size = opened.pop()
            case yaml.AliasEvent():
                aliases += 1
                if event.anchor not in known:
                    raise yaml.YAMLError("an alias to what it is in, or to nothing")
                size = known[event.anchor]
            case yaml.ScalarEvent():
                merges = merges or event.value == "<<"
                anchor, size = event.anchor, len(event.value) + 2
            case _:
                pass
        if anchor is not None:
            known[anchor] = size
        opened[-1] = opened[-1][0], opened[-1][1] + size
        if len(opened) > _MAX_DEPTH + 1 or opened[-1][1] > _MAX_CHARACTERS:
            raise yaml.YAMLError("nested too deeply, or too large with its aliases")
    if merges and aliases > _MAX_ALIASES_MERGED:
        raise yaml.YAMLError("too many aliases beside a merge key")
