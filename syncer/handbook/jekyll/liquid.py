"""Simple Liquid in links, resolved as Jekyll 4.3 does.

Simple is: text in quotes, `site.…` and `page.…` of which the value is text, a number or absent,
through the filters `relative_url`, `absolute_url`, `append`, `prepend` and `default`; and
`{% link path %}` and `{% post_url name %}`. Liquid with a loop, a condition, a variable or another
filter is not resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from syncer.handbook.jekyll.config import SiteConfig
from syncer.handbook.jekyll.config_yaml import is_true
from syncer.handbook.jekyll.references import has_scheme

_TOKEN = re.compile(r"\{\{-?(?P<value>[^{}]*?)-?\}\}|\{%-?(?P<tag>[^{}%]*?)-?%\}")
_LITERAL = re.compile(r"""(['"])(?P<text>[^'"]*)\1""")
_TAG = re.compile(r"(?P<name>link|post_url)\s+(?P<path>\S.*)", re.DOTALL)
# What Jekyll itself, or the plugin jekyll-github-metadata, says of a site and of a page.
_OF_JEKYLL = frozenset(
    {
        *("categories", "collections", "config", "data", "documents", "github", "html_files"),
        *("html_pages", "pages", "posts", "related_posts", "static_files", "tags", "time"),
        *(
            "collections_dir",
            "data_dir",
            "destination",
            "encoding",
            "env",
            "environment",
            "exclude",
        ),
        *("excerpt_separator", "future", "highlighter", "host", "include", "includes_dir"),
        *("incremental", "kramdown", "layouts_dir", "limit_posts", "liquid", "lsi", "markdown"),
        *("markdown_ext", "paginate", "paginate_path", "permalink", "plugins_dir", "port"),
        *(
            "profile",
            "quiet",
            "safe",
            "serving",
            "show_drafts",
            "source",
            "timezone",
            "unpublished",
        ),
        *("verbose", "watch", "strict_front_matter", "keep_files", "baseurl_root", "theme"),
    }
)
_OF_GITHUB = frozenset({"baseurl", "description", "repository", "title", "url"})
_OF_PAGE = frozenset(
    {
        *("categories", "category", "collection", "content", "date", "dir", "draft", "excerpt"),
        *("ext", "id", "layout", "name", "next", "output", "path", "permalink", "previous"),
        *("relative_path", "slug", "tags", "title"),
    }
)
_COMPARISON = re.compile(
    r"""(?P<left>'[^']*'|"[^"]*"|[\w.-]+)(?:\s*(?P<sign>==|!=)\s*(?P<right>'[^']*'|"[^"]*"|[\w.-]+))?"""
)
# No page compares with a longer one, and Python refuses to read more than 4,300 digits.
_INTEGER = re.compile(r"[0-9]{1,400}")
# The tag `liquid` has several such statements, one a line.
_RENAMING = re.compile(r"""\{%[^{}%]*?\b(?:for|assign|capture|tablerow)\s+['"]?(page|site)\b""")
_INCLUDING = re.compile(r"\{%[^{}%]*?\binclude")
_NOTHING = ("nil", "null", "empty", "blank")
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
        find_post: name of a post → the same.
        find_value: key of the page's front matter → its value, None when it has none.
        text: of the page, in which a tag may give a name another meaning.
        is_certain: whether what is in no file is absent; False where a plugin may add values.
    """

    config: SiteConfig
    page_url: str
    find_link: Callable[[str], str | None]
    find_post: Callable[[str], str | None]
    find_value: Callable[[str], object]
    text: str = ""
    is_certain: bool = True

    def is_renamed(self, name: str) -> bool:
        """Return whether the page gives a name (`site`, `page`) another meaning."""
        return name in _find_renamed(self.text, self.config.renamed)


@lru_cache(maxsize=4)  # A page has many links and conditions.
def _find_renamed(text: str, by_includes: frozenset[str]) -> frozenset[str]:
    """Return which of `site` and `page` a tag or an include gives another meaning."""
    own = frozenset(_RENAMING.findall(text))
    return own | by_includes if by_includes and _INCLUDING.search(text) else own


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
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        raise UnresolvedLiquid
    path = match["path"].strip()
    url = scope.find_link(path) if match["name"] == "link" else scope.find_post(path)
    if url is None:
        raise UnresolvedLiquid(missing=path)
    # Jekyll 3, which GitHub Pages runs, leaves the base path to the author.
    return url if scope.config.github_pages else relative_url(url, scope.config)


def _run_output(expression: str, scope: LiquidScope) -> str:
    value, *filters = [part.strip() for part in expression.split("|")]
    text = _read_value(value, scope)
    for written in filters:
        match = _FILTER.fullmatch(written)
        if match is None:
            raise UnresolvedLiquid
        text = _run_filter(match["name"], match["argument"], text, scope)
    return text or ""


def _run_filter(
    name: str, argument: str | None, text: str | None, scope: LiquidScope
) -> str | None:
    match name, argument:
        case "relative_url", None:
            return None if text is None else relative_url(text, scope.config)
        case "absolute_url", None:
            return None if text is None else absolute_url(text, scope.config)
        case "append", str():
            return (text or "") + (_read_value(argument, scope) or "")
        case "prepend", str():
            return (_read_value(argument, scope) or "") + (text or "")
        case "default", str() if text != "false":  # The text stays, the value is replaced.
            return text or _read_value(argument, scope)
        case _:
            raise UnresolvedLiquid


def _read_value(written: str, scope: LiquidScope) -> str | None:
    """Return the text of a value; None when it is absent.

    Raises:
        UnresolvedLiquid: only the build knows it, or it is no text.
    """
    literal = _LITERAL.fullmatch(written)
    if literal is not None:
        return literal["text"]
    if written in _NOTHING:
        return None
    head, *keys = written.split(".")
    value = _find_value(head, keys, scope)
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, int):
        raise UnresolvedLiquid
    return str(value).lower() if isinstance(value, bool) else str(value)


def _find_value(head: str, keys: Sequence[str], scope: LiquidScope) -> object:
    if head not in ("site", "page") or not keys or scope.is_renamed(head):
        raise UnresolvedLiquid
    value = _find_of_site(keys[0], scope) if head == "site" else _find_of_page(keys[0], scope)
    for key in keys[1:]:
        if value is not None and not isinstance(value, Mapping):
            raise UnresolvedLiquid
        value = None if value is None else value.get(key)
    return value


def _find_of_site(key: str, scope: LiquidScope) -> object:
    config = scope.config
    if key in config.values:
        return config.values[key]
    unknown = _OF_JEKYLL.union(collection.label for collection in config.collections)
    if "jekyll-github-metadata" in config.plugins:
        unknown |= _OF_GITHUB - ({"baseurl"} if config.base_path else set())
    if key in unknown or not scope.is_certain:
        raise UnresolvedLiquid
    return None


def _find_of_page(key: str, scope: LiquidScope) -> object:
    if key == "url":
        return scope.page_url
    value = scope.find_value(key)
    if key in _OF_PAGE and not (key in ("slug", "title") and isinstance(value, str)):
        raise UnresolvedLiquid
    if value is None and not scope.is_certain:
        raise UnresolvedLiquid
    return value


def decide_condition(
    condition: str, front: Mapping[str, object], text: str, config: SiteConfig
) -> bool | None:
    """Return whether a condition of Liquid holds on a page; None when only the build knows.

    Args:
        condition: the text after `if`: one value, or two with `==` or `!=` between them.
        front: the page's own front matter.
        text: of the page.
        config: for `site.…`.
    """

    def find_value(key: str) -> object:
        if key not in front and config.defaults:
            raise UnresolvedLiquid
        return front.get(key)

    scope = LiquidScope(config, "", lambda _: None, lambda _: None, find_value, text)
    compared = _COMPARISON.fullmatch(condition.strip())
    if compared is None:
        return None
    try:
        left = _read_operand(compared["left"], scope)
        if compared["sign"] is None:
            return is_true(left)
        is_equal = _are_equal(left, _read_operand(compared["right"], scope))
        return is_equal == (compared["sign"] == "==")
    except UnresolvedLiquid:
        return None


def _are_equal(left: object, right: object) -> bool:
    """Compare as Ruby does, to which 0 is not `false` and 1 not `true`."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _read_operand(written: str, scope: LiquidScope) -> object:
    if written in ("true", "false"):
        return written == "true"
    if written in ("nil", "null"):
        return None
    if _INTEGER.fullmatch(written):
        return int(written)
    literal = _LITERAL.fullmatch(written)
    if literal is not None:
        return literal["text"]
    head, *keys = written.split(".")
    if head == "page" and keys == ["url"]:
        raise UnresolvedLiquid
    value = _find_value(head, keys, scope)
    if not isinstance(value, str | int | None):
        raise UnresolvedLiquid
    return value


def relative_url(path: str, config: SiteConfig) -> str:
    """Return a path below the base path, as the filter `relative_url` does."""
    if has_scheme(path):
        return path
    return config.base_path + (path if path.startswith("/") or not path else f"/{path}")


def absolute_url(path: str, config: SiteConfig) -> str:
    """Return a full address, as the filter `absolute_url` does; relative without a `url`."""
    return path if has_scheme(path) else config.url + relative_url(path, config)
