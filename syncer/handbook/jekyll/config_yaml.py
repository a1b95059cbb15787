"""The YAML of `_config.yml`, read in bounds, and what its values count as.

Deep nesting and many aliases are refused first.
"""

from __future__ import annotations

import yaml

from syncer.handbook.kramdown.front_matter import add_number_limit

# The C composer has no limit of its own and would crash the process.
_MAX_DEPTH = 50
# With merge keys (`<<`) each alias can double the size of the result.
_MAX_ALIASES_MERGED = 12


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
    depth = aliases = 0
    merges = False
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        match event:
            case yaml.CollectionStartEvent():
                depth += 1
                if depth > _MAX_DEPTH:
                    raise yaml.YAMLError("nested too deeply")
            case yaml.CollectionEndEvent():
                depth -= 1
            case yaml.AliasEvent():
                aliases += 1
            case yaml.ScalarEvent(value="<<"):
                merges = True
            case _:
                pass
    if merges and aliases > _MAX_ALIASES_MERGED:
        raise yaml.YAMLError("too many aliases beside a merge key")
