"""Links that just-the-docs takes from `_config.yml` and prints on every page.

`aux_links` and `footer_content` are printed as written; `nav_external_links` go through the filter
`absolute_url` (just-the-docs 0.4 and later), so that a relative one counts from the site's top.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import yaml

from syncer.handbook.jekyll.config_yaml import compose_settings
from syncer.model.handbook import LinkSyntax, PageLink, SourceSpan

AUX = "aux_links"
NAVIGATION = "nav_external_links"
FOOTER = "footer_content"

_TAG = re.compile(r"<(?P<name>a|img)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_TARGET = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)


def find_config_links(text: str | None, file: str) -> tuple[PageLink, ...]:
    """Return the links of the settings that every page shows.

    Args:
        text: of `_config.yml`; None when there is none.
        file: its name, for the spans.

    Returns:
        In the order of the file. `section` is the key they stand under. Empty when the file is no
        YAML mapping: that is `read_config`'s to say.
    """
    if text is None:
        return ()
    try:
        root = compose_settings(text)
    except yaml.YAMLError:
        return ()
    return tuple(_find_in_root(root, text, file)) if isinstance(root, yaml.MappingNode) else ()


def _find_in_root(root: yaml.MappingNode, text: str, file: str) -> Iterator[PageLink]:
    for key, value in root.value:
        match key.value, value:
            case "aux_links", yaml.MappingNode():
                for title, target in value.value:
                    yield from _aux_link(str(title.value), target, file)
            case "nav_external_links", yaml.SequenceNode():
                for entry in value.value:
                    if isinstance(entry, yaml.MappingNode):
                        yield from _navigation_link(entry, file)
            case "footer_content", yaml.ScalarNode():
                yield from _footer_links(value, text, file)
            case _:
                pass


def _aux_link(title: str, target: yaml.Node, file: str) -> Iterator[PageLink]:
    """Give the one address of a title: a text, or a list of one as the theme's manual has it."""
    if isinstance(target, yaml.SequenceNode) and target.value:
        target = target.value[0]
    if isinstance(target, yaml.ScalarNode):
        yield _make_link(target.value, title, AUX, _span_of(target, file))


def _navigation_link(entry: yaml.MappingNode, file: str) -> Iterator[PageLink]:
    values = {key.value: value for key, value in entry.value if isinstance(value, yaml.ScalarNode)}
    if "url" in values:
        title = values["title"].value if "title" in values else ""
        yield _make_link(values["url"].value, title, NAVIGATION, _span_of(values["url"], file))


def _footer_links(node: yaml.ScalarNode, text: str, file: str) -> Iterator[PageLink]:
    """Give the links of a piece of HTML, each at the line where its target stands."""
    written: str = node.value
    start, end = node.start_mark.index, node.end_mark.index
    for tag in _TAG.finditer(written):
        target = _TARGET.search(tag["attributes"])
        if target is None:
            continue
        raw = target["double"] or target["single"] or target["bare"] or ""
        at = text.find(raw, start, end) if raw else -1
        span = _span_of(node, file) if at < 0 else _span_at(text, at, at + len(raw), file)
        start = max(start, at + len(raw))
        image = tag["name"].lower() == "img"
        syntax = LinkSyntax.IMAGE if image else LinkSyntax.LINK
        inside = "" if image else written[tag.end() :].partition("</a")[0]
        label = re.sub(r"<[^<>]*>", "", inside)
        yield PageLink(html.unescape(raw), html.unescape(label).strip(), syntax, span, FOOTER)


def _make_link(url: str, text: str, section: str, span: SourceSpan) -> PageLink:
    return PageLink(url, text, LinkSyntax.LINK, span, section)


def _span_of(node: yaml.Node, file: str) -> SourceSpan:
    start, end = node.start_mark, node.end_mark
    return SourceSpan(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _span_at(text: str, start: int, end: int, file: str) -> SourceSpan:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return SourceSpan(file, line, column, line, column + end - start)
