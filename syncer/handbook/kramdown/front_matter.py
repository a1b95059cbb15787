"""The YAML at the top of a page, as Jekyll splits it off (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from syncer.model.reason import Reason

# Longer than any front matter; YAML is the one thing here whose reading costs more than its size.
_MAX_LENGTH = 16_384
# Each alias can double what a merge key (`<<`) makes of it.
_MAX_ALIASES = 12

_START = re.compile(r"---[^\S\n]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$\n?", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s,\]}*]")


class FrontMatter(NamedTuple):
    """A page's front matter.

    Attributes:
        values: as a mapping; None when the page has none.
        end: offset at which the page's own text begins.
        problem: why it could not be read; `values` is empty then, as it is for Jekyll.
    """

    values: Mapping[str, object] | None
    end: int
    problem: Reason | None = None


def split_front_matter(text: str) -> FrontMatter:
    """Split the front matter off a page.

    Source: Jekyll's `YAML_FRONT_MATTER_REGEXP`. A page that begins with `---` and never closes it
    is a page to Jekyll, all of whose text is content.
    """
    start = _START.match(text)
    if start is None:
        return FrontMatter(None, 0)
    end = _END.search(text, start.end())
    if end is None:
        return FrontMatter({}, 0)
    return FrontMatter(*_read_yaml(text[start.end() : end.start()], end.end()))


def _read_yaml(content: str, end: int) -> tuple[Mapping[str, object], int, Reason | None]:
    if len(content) > _MAX_LENGTH or len(_ALIAS.findall(content)) > _MAX_ALIASES:
        return {}, end, Reason("front-matter-too-big", {"characters": len(content)})
    try:
        values = yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return {}, end, Reason("front-matter-not-yaml", {"line": line})
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        # A date like 2026-13-45 is a ValueError to PyYAML, a list as a key a TypeError.
        return {}, end, Reason("front-matter-not-yaml", {"line": 1})
    if values is None:
        return {}, end, None
    if not isinstance(values, dict):
        return {}, end, Reason("front-matter-not-mapping", {})
    return {str(key): value for key, value in values.items()}, end, None
