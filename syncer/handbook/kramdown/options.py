"""Options of kramdown that decide which ids and links a page has (pure).

Source: kramdown's options page. They stand below `kramdown:` in `_config.yml`, and a page may set
them itself: `{::options auto_ids="false" /}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

DEFAULT_EXTENSIONS = frozenset({".markdown", ".mkdown", ".mkdn", ".mkd", ".md"})
"""Jekyll's `markdown_ext` where nobody says otherwise."""

ALL_LEVELS = frozenset(range(1, 7))


@dataclass(frozen=True, slots=True)
class KramdownOptions:
    """The options, as Jekyll sets them where nobody says otherwise.

    Attributes:
        auto_ids: whether headings without an id get one.
        auto_id_prefix: what such ids begin with.
        footnote_prefix: what the names of footnotes begin with in their ids.
        toc_levels: of the headings that a table of contents lists.
        parse_block_html: whether what stands in block elements of HTML is Markdown.
        parse_span_html: whether what stands in other elements is.
    """

    auto_ids: bool = True
    auto_id_prefix: str = ""
    footnote_prefix: str = ""
    toc_levels: frozenset[int] = ALL_LEVELS
    parse_block_html: bool = False
    parse_span_html: bool = True

    def change(self, values: Mapping[str, object]) -> KramdownOptions:
        """Return the options with what `values` says of them; what is no value is left out."""
        options = self
        for key, value in values.items():
            match key:
                case "auto_ids":
                    options = replace(options, auto_ids=_read_bool(value, options.auto_ids))
                case "parse_block_html":
                    said = _read_bool(value, options.parse_block_html)
                    options = replace(options, parse_block_html=said)
                case "parse_span_html":
                    said = _read_bool(value, options.parse_span_html)
                    options = replace(options, parse_span_html=said)
                case "auto_id_prefix":
                    options = replace(options, auto_id_prefix=_text(value))
                case "footnote_prefix":
                    options = replace(options, footnote_prefix=_text(value))
                case "toc_levels":
                    options = replace(options, toc_levels=_read_levels(value))
                case _:
                    pass
        return options


def _read_bool(value: object, otherwise: bool) -> bool:  # noqa: FBT001 - a value, no switch
    said = str(value).strip().lower()
    return said == "true" if said in ("true", "false") else otherwise


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _read_levels(value: object) -> frozenset[int]:
    """Read `1..3`, `1,2,3` or a list."""
    if isinstance(value, str) and (found := re.fullmatch(r"\s*([1-6])\.\.(\.?)([1-6])\s*", value)):
        return frozenset(range(int(found[1]), int(found[3]) + (0 if found[2] else 1)))
    items = value if isinstance(value, list) else str(value).split(",")
    levels = {int(item) for item in map(str, items) if re.fullmatch(r"\s*[1-6]\s*", item)}
    return frozenset(levels)
