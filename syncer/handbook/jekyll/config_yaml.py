"""The YAML of `_config.yml`, read in bounds, and what its values count as.

Deep nesting, and aliases that expand to far more than the file, are refused first.
"""

from __future__ import annotations

import yaml

from syncer.handbook.kramdown.front_matter import add_number_limit

# The C composer has no limit of its own and would crash the process.
_MAX_DEPTH = 50
# With merge keys (`<<`) each alias can double the size of the result.
_MAX_ALIASES_MERGED = 12
# Of the text with every alias written out, as `str` does. A file has a quarter of it at most.
_MAX_CHARACTERS = 1_048_576


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
