"""Links of `_config.yml` that just-the-docs prints on every page.

`aux_links` and `footer_content` are printed as written; `nav_external_links` go through the filter
`absolute_url` (just-the-docs 0.4 and later), so that a relative one starts at the site's root.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import yaml

from syncer.handbook.jekyll.config_yaml import compose_settings
from syncer.handbook.kramdown.positions import LineMap
from syncer.model.handbook import LinkSyntax, PageLink, SourceSpan

NAVIGATION = "nav_external_links"

_TAG = re.compile(r"<(?P<name>a|img)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_END_TAG = re.compile("</a", re.IGNORECASE)
_TARGET = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)


def find_config_links(text: str | None, file: str) -> tuple[PageLink, ...]:
    """Return the links of the settings that every page shows, in the order of the file.

    Args:
        text: of `_config.yml`; None when there is none.
        file: its name, for the spans.

    Returns:
        Links whose `section` is the key that contains them. Empty when the file is no YAML mapping:
        `read_config` reports that.
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
                    # The theme's manual writes a list with one address.
                    nodes = target.value if isinstance(target, yaml.SequenceNode) else [target]
                    if nodes and isinstance(nodes[0], yaml.ScalarNode):
                        yield _make_link(nodes[0], str(title.value), key.value, file)
            case "nav_external_links", yaml.SequenceNode():
                for entry in value.value:
                    if isinstance(entry, yaml.MappingNode):
                        yield from _find_in_navigation(entry, file)
            case "footer_content", yaml.ScalarNode():
                yield from _find_in_html(value, text, key.value, file)
            case _:
                pass


def _find_in_navigation(entry: yaml.MappingNode, file: str) -> Iterator[PageLink]:
    values = {key.value: value for key, value in entry.value if isinstance(value, yaml.ScalarNode)}
    if "url" in values:
        title = values["title"].value if "title" in values else ""
        yield _make_link(values["url"], title, NAVIGATION, file)


def _find_in_html(node: yaml.ScalarNode, text: str, section: str, file: str) -> Iterator[PageLink]:
    """Yield the links of a piece of HTML, each with the position of its target in the file."""
    written: str = node.value
    lines = LineMap(file, text)
    start, end = node.start_mark.index, node.end_mark.index
    for tag in _TAG.finditer(written):
        target = _TARGET.search(tag["attributes"])
        if target is None:
            continue
        raw = target["double"] or target["single"] or target["bare"] or ""
        at = text.find(raw, start, end) if raw else -1
        span = _span_of(node, file) if at < 0 else lines.span(at, at + len(raw))
        start = max(start, at + len(raw))
        image = tag["name"].lower() == "img"
        syntax = LinkSyntax.IMAGE if image else LinkSyntax.LINK
        inside = "" if image else _END_TAG.split(written[tag.end() :], maxsplit=1)[0]
        label = re.sub(r"<[^<>]*>", "", inside)
        yield PageLink(html.unescape(raw), html.unescape(label).strip(), syntax, span, section)


def _make_link(target: yaml.ScalarNode, text: str, section: str, file: str) -> PageLink:
    return PageLink(target.value, text, LinkSyntax.LINK, _span_of(target, file), section)


def _span_of(node: yaml.Node, file: str) -> SourceSpan:
    start, end = node.start_mark, node.end_mark
    return SourceSpan(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
