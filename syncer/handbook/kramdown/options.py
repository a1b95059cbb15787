"""Options that decide which ids and links a page has: kramdown's, or GitHub's rules (pure).

Source: kramdown's options page. The site sets them below `kramdown:` in `_config.yml`, a page with
`{::options auto_ids="false" /}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

DEFAULT_EXTENSIONS = frozenset({".markdown", ".mkdown", ".mkdn", ".mkd", ".md"})
"""Jekyll's default for `markdown_ext`."""

GITHUB_EXTENSIONS = DEFAULT_EXTENSIONS | {".mdown", ".mdwn"}
"""Of the files that GitHub shows as Markdown (github/markup)."""

ALL_LEVELS = frozenset(range(1, 7))


@dataclass(frozen=True, slots=True)
class KramdownOptions:
    """The options, with Jekyll's defaults.

    Attributes:
        auto_ids: whether headings without an id get one.
        auto_id_stripping: whether such ids are made of the text without its marks. The GFM parser
            turns it on, and a page may turn it off.
        auto_id_prefix: prefix of such ids.
        footnote_prefix: prefix of a footnote's name in its ids.
        transliterated_header_ids: whether headings inside of HTML have ids of ASCII letters.
        toc_levels: levels of the headings in a table of contents.
        parse_block_html: whether the content of block elements of HTML is Markdown.
        parse_span_html: whether that of other elements is.
        link_defs: names and targets for reference links, which a page's own definitions replace.
        github: whether the page is read as GitHub shows it: no Liquid, no attribute lists, HTML
            blocks that end at a blank line, GitHub's ids.
        admonitions: whether the indented text below `!!! note`, `??? note` and `=== "Tab"` is text,
            as other generators read it, and not code.
    """

    auto_ids: bool = True
    auto_id_stripping: bool = True
    auto_id_prefix: str = ""
    footnote_prefix: str = ""
    transliterated_header_ids: bool = False
    toc_levels: frozenset[int] = ALL_LEVELS
    parse_block_html: bool = False
    parse_span_html: bool = True
    link_defs: tuple[tuple[str, str], ...] = ()
    github: bool = False
    admonitions: bool = False

    def change(self, values: Mapping[str, object]) -> KramdownOptions:
        """Return the options with the `values` in place; invalid booleans change nothing."""
        changes: dict[str, object] = {}
        for key, value in values.items():
            match key:
                case (
                    "auto_ids"
                    | "auto_id_stripping"
                    | "parse_block_html"
                    | "parse_span_html"
                    | "transliterated_header_ids"
                ):
                    text = str(value).strip().lower()
                    if text in ("true", "false"):
                        changes[key] = text == "true"
                case "auto_id_prefix" | "footnote_prefix":
                    changes[key] = write_as_ruby(value) or ""
                case "toc_levels":
                    changes[key] = _read_levels(value)
                case _:
                    pass
        return replace(self, **changes)  # type: ignore[arg-type] # each key has its type above


def write_as_ruby(value: object) -> str | None:
    """Return the text that Ruby makes of a value of YAML, as kramdown does where it wants one.

    None for a value that Python may write in another way: a fraction, a time, a list.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int():
            return str(value)
        case _:
            return None


def _read_levels(value: object) -> frozenset[int]:
    """Read `1..3`, `1,2,3` or a list."""
    if isinstance(value, str) and (found := re.fullmatch(r"\s*([1-6])\.\.(\.?)([1-6])\s*", value)):
        return frozenset(range(int(found[1]), int(found[3]) + (0 if found[2] else 1)))
    items = value if isinstance(value, list) else str(value).split(",")
    return frozenset(int(item) for item in map(str, items) if re.fullmatch(r"\s*[1-6]\s*", item))
