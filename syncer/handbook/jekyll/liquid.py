"""Simple Liquid in links, resolved as Jekyll 4.3 does.

Simple is: text in quotes, `site.…` and `page.url`, through the filters `relative_url`,
`absolute_url`, `append` and `prepend`; and `{% link path %}`. Liquid with a loop, a condition, a
variable or another filter is not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from syncer.handbook.jekyll.config import SiteConfig
from syncer.handbook.jekyll.references import has_scheme

_TOKEN = re.compile(r"\{\{-?(?P<value>[^{}]*?)-?\}\}|\{%-?(?P<tag>[^{}%]*?)-?%\}")
_LITERAL = re.compile(r"""(['"])(?P<text>[^'"]*)\1""")
_LINK_TAG = re.compile(r"link\s+(?P<path>\S.*)", re.DOTALL)
_FILTER = re.compile(r"(?P<name>[a-z_]+)\s*(?::\s*(?P<argument>.+))?", re.DOTALL)


class UnresolvedLiquid(Exception):  # noqa: N818 - a result, caught by whoever checks the link
    """Liquid that cannot be resolved.

    Attributes:
        missing: the file that a `{% link %}` names and that does not exist, which stops Jekyll;
            None when the Liquid is not simple.
    """

    def __init__(self, missing: str | None = None) -> None:
        """Store the missing file."""
        super().__init__(missing or "")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class LiquidScope:
    """What names mean on one page.

    Attributes:
        config: for `site.…`.
        page_url: address of the page, without the base path.
        find_link: source file → its address without the base path, None when it has none.
    """

    config: SiteConfig
    page_url: str
    find_link: Callable[[str], str | None]


def has_liquid(url: str) -> bool:
    """Return whether a target contains Liquid."""
    return "{{" in url or "{%" in url


def render_liquid(url: str, scope: LiquidScope) -> str:
    """Return a target with its Liquid resolved.

    Raises:
        UnresolvedLiquid: it is not simple, or it names a file that does not exist.
    """
    parts = []
    end = 0
    for match in _TOKEN.finditer(url):
        parts.append(url[end : match.start()])
        end = match.end()
        value, tag = match["value"], match["tag"]
        parts.append(_run_tag(tag, scope) if value is None else _run_output(value, scope))
    parts.append(url[end:])
    text = "".join(parts)
    if has_liquid(text):
        raise UnresolvedLiquid
    return text


def _run_tag(tag: str, scope: LiquidScope) -> str:
    match = _LINK_TAG.fullmatch(tag.strip())
    if match is None:
        raise UnresolvedLiquid
    path = match["path"].strip()
    url = scope.find_link(path)
    if url is None:
        raise UnresolvedLiquid(missing=path)
    return relative_url(url, scope.config)


def _run_output(expression: str, scope: LiquidScope) -> str:
    value, *filters = [part.strip() for part in expression.split("|")]
    text = _read_value(value, scope)
    for written in filters:
        match = _FILTER.fullmatch(written)
        if match is None:
            raise UnresolvedLiquid
        text = _run_filter(match["name"], match["argument"], text, scope)
    return text


def _run_filter(name: str, argument: str | None, text: str, scope: LiquidScope) -> str:
    match name, argument:
        case "relative_url", None:
            return relative_url(text, scope.config)
        case "absolute_url", None:
            return absolute_url(text, scope.config)
        case "append", str():
            return text + _read_value(argument, scope)
        case "prepend", str():
            return _read_value(argument, scope) + text
        case _:
            raise UnresolvedLiquid


def _read_value(written: str, scope: LiquidScope) -> str:
    literal = _LITERAL.fullmatch(written)
    if literal is not None:
        return literal["text"]
    if written == "page.url":
        return scope.page_url
    if written == "site.baseurl" and "baseurl" not in scope.config.values:
        return ""
    value: object = scope.config.values
    head, *keys = written.split(".")
    for key in keys if head == "site" and keys else [""]:
        value = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise UnresolvedLiquid
    return str(value)


def relative_url(path: str, config: SiteConfig) -> str:
    """Return a path below the base path, as the filter `relative_url` does."""
    if has_scheme(path):
        return path
    return config.base_path + (path if path.startswith("/") or not path else f"/{path}")


def absolute_url(path: str, config: SiteConfig) -> str:
    """Return a full address, as the filter `absolute_url` does; relative without a `url`."""
    return path if has_scheme(path) else config.url + relative_url(path, config)
