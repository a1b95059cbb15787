"""The YAML of `_config.yml`, read in bounds: deep nesting and many aliases are refused first."""

from __future__ import annotations

import yaml

# The C composer has no limit of its own and would crash the process.
_MAX_DEPTH = 50
# With merge keys (`<<`) each alias can double the size of the result.
_MAX_ALIASES_MERGED = 12
# YAML 1.1 reads "1:59:59" as a number to base 60, in time that grows with its square.
_MAX_DIGITS = 400


class _BoundedLoader(yaml.CSafeLoader):
    """Reads as `CSafeLoader` does, and refuses a number that takes long."""

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """Return the number of a scalar."""
        if len(node.value) > _MAX_DIGITS:
            raise yaml.YAMLError("a number of too many digits")
        is_integer = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if is_integer else self.construct_yaml_float(node)


_BoundedLoader.add_constructor("tag:yaml.org,2002:int", _BoundedLoader.construct_number)
_BoundedLoader.add_constructor("tag:yaml.org,2002:float", _BoundedLoader.construct_number)


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
