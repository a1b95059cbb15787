"""The YAML at the top of a page, as Jekyll separates it (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

import yaml

from syncer.model.reason import Reason

# Far beyond any front matter. PyYAML's time grows faster than its input, most of all in nested
# brackets, and each alias can double the result of a merge key (`<<`).
_MAX_LENGTH = 16_384
_MAX_ALIASES = 12
_MAX_DEPTH = 50
# YAML 1.1 reads "1:59:59" as a number to base 60, in time that grows with its square, and Python
# refuses to write an integer of more than 4,300 digits.
_MAX_DIGITS = 400

_START = re.compile(r"---[^\S\n]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$\n?", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s,\]}*]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]{}]")


class _Loader(yaml.SafeLoader):
    """Refuses half a character, as the library does that Jekyll reads YAML with."""

    def construct_text(self, node: yaml.ScalarNode) -> str:
        """Return the text of a scalar; raises `ConstructorError` when UTF-8 cannot hold it."""
        text = self.construct_yaml_str(node)
        if _SURROGATE.search(text):
            problem = "an escape that is no character"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return text


_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.construct_text)


class NumberTooLongError(yaml.YAMLError):
    """A number has more digits than are read."""


def add_number_limit(loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> None:
    """Make a loader raise `NumberTooLongError` at a number of too many digits."""

    def construct(self: yaml.SafeLoader | yaml.CSafeLoader, node: yaml.ScalarNode) -> object:
        if len(node.value) > _MAX_DIGITS:
            raise NumberTooLongError
        is_integer = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if is_integer else self.construct_yaml_float(node)

    for kind in ("int", "float"):
        loader.add_constructor(f"tag:yaml.org,2002:{kind}", construct)


add_number_limit(_Loader)


class FrontMatter(NamedTuple):
    """A page's front matter.

    Attributes:
        values: as a mapping; None when the page has none.
        end: offset at which the page's own text begins.
        problem: why it could not be read; `values` is empty then, as in Jekyll.
    """

    values: Mapping[str, object] | None
    end: int
    problem: Reason | None = None


def split_front_matter(text: str) -> FrontMatter:
    """Separate the front matter from a page.

    Source: Jekyll's `YAML_FRONT_MATTER_REGEXP`. When a file begins with `---` and never closes it,
    Jekyll renders it as a page without front matter values.
    """
    start = _START.match(text)
    if start is None:
        return FrontMatter(None, 0)
    end = _END.search(text, start.end())
    if end is None:
        return FrontMatter({}, 0)
    return FrontMatter(*_read_yaml(text[start.end() : end.start()], end.end()))


def _read_yaml(content: str, end: int) -> tuple[Mapping[str, object], int, Reason | None]:
    too_big = Reason("front-matter-too-big", {"characters": len(content)})
    if _is_too_big(content):
        return {}, end, too_big
    try:
        values = yaml.load(content, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except NumberTooLongError:
        return {}, end, too_big
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return {}, end, Reason("front-matter-not-yaml", {"line": line})
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        # To PyYAML a date like 2026-13-45 is a ValueError, a list as a key a TypeError.
        return {}, end, Reason("front-matter-not-yaml", {"line": 1})
    if values is None:
        return {}, end, None
    if not isinstance(values, dict):
        return {}, end, Reason("front-matter-not-mapping", {})
    return {str(key): value for key, value in values.items()}, end, None


def _is_too_big(content: str) -> bool:
    if len(content) > _MAX_LENGTH or len(_ALIAS.findall(content)) > _MAX_ALIASES:
        return True
    steps = (1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(content))
    return max(accumulate(steps), default=0) > _MAX_DEPTH
