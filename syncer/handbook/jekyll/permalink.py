"""Addresses as Jekyll 4.3 makes them: templates, placeholders, escapes.

Every rule comes from Jekyll's `Page#url`, `Document#url`, `StaticFile#url` and `URL`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from syncer.handbook.jekyll.document_dates import DATED_NAME, date_placeholders

HTML_EXTENSIONS = frozenset({".html", ".xhtml", ".htm"})

_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
_PATH_SAFE = "!$&'()*+,;=:@/-._~"
# Placeholders for values that only the build knows, and the characters of such a value.
_NUMBER, _NAME, _ANYTHING = "\ue000", "\ue001", "\ue002"
_POSSIBLE = {_NUMBER: r"\d+", _NAME: "[A-Za-z]+", _ANYTHING: "[^/]*"}
_UNKNOWN = re.compile(f"[{_NUMBER}-{_ANYTHING}]")
_SEVERAL_UNKNOWN = re.compile(f"[{_NUMBER}-{_ANYTHING}][^/]*[{_NUMBER}-{_ANYTHING}]")
_NAMES = frozenset({"short_month", "long_month", "short_day", "long_day"})


def split_name(name: str) -> tuple[str, str]:
    """Split a file name into stem and extension (with its dot), as Ruby's `File.extname` does.

    The stem has no full stops at its end, as in Jekyll.
    """
    extension = PurePosixPath(name).suffix
    stem = name[: len(name) - len(extension)] if extension else name
    return stem.rstrip("."), extension


def extension_of(path: str) -> str:
    """Return the extension of a path's last name in lower case, with its dot; "" without one."""
    return split_name(path.rpartition("/")[2])[1].lower()


def _output_extension(extension: str, markdown: frozenset[str], permalink: str | None) -> str:
    """Return the extension of the written file: its permalink's, else its converter's."""
    if permalink and not permalink.endswith("/") and (own := PurePosixPath(permalink).suffix):
        return own
    if extension.lower() in markdown:
        return ".html"
    return ".css" if extension.lower() in (".scss", ".sass") else extension


def page_url(
    path: str, *, permalink: str | None, style: str, markdown: frozenset[str]
) -> tuple[str, str]:
    """Return the address of a page and the file of the built site that it is written to.

    Args:
        path: of the page in the sources.
        permalink: its own or its default one; None when it has none.
        style: `permalink` of the site.
        markdown: extensions that are rendered to HTML.

    Returns:
        The address, escaped, with a slash in front ("/docs/appendix.html", "/docs/"), and the
        file, relative to the built site ("docs/appendix.html", "docs/index.html").
    """
    folder, _, name = path.rpartition("/")
    stem, extension = split_name(name)
    output = _output_extension(extension, markdown, permalink)
    placeholders = {"path": f"/{folder}" if folder else "", "basename": stem, "output_ext": output}
    url = _sanitize(_fill_in_order(permalink or _page_template(stem, output, style), placeholders))
    return url, _written_file(url, output)


def _page_template(stem: str, output: str, style: str) -> str:
    if output not in HTML_EXTENSIONS:
        return "/:path/:basename:output_ext"
    return "/:path/" if stem == "index" else f"/:path/:basename{_style_suffix(style)}"


def _style_suffix(style: str) -> str:
    """Return how the address of a page ends under a style (`Utils.add_permalink_suffix`)."""
    match style:
        case "pretty":
            return "/"
        case "date" | "ordinal" | "none":
            return ":output_ext"
        case _ if style.endswith("/"):
            return "/"
        case _:
            return ":output_ext" if style.endswith(":output_ext") else ""


def document_url(
    path: str,
    *,
    collection: str,
    template: str | None,
    style: str,
    front_matter: Mapping[str, object],
    markdown: frozenset[str],
    reads_name: bool = True,
    zone: tzinfo | None = None,
) -> tuple[str, str] | re.Pattern[str]:
    """Return the address and the written file of a document of a collection or of a post.

    Args:
        path: of the document, relative to the folder that holds the collections.
        collection: its label.
        template: the collection's own permalink, None when it has none.
        style: `permalink` of the site.
        front_matter: its own, with the defaults merged in.
        markdown: extensions that are rendered to HTML.
        reads_name: whether Jekyll finds date and slug in its name, which needs YAML front matter.
        zone: time zone of the build; None when it is unknown.

    Returns:
        As `page_url`. When only the build knows the address, a pattern of the decoded addresses
        that it may have: its date is neither in name nor front matter (Jekyll uses the time of the
        build), the build's time zone decides the date, or a placeholder is unknown.
    """
    permalink = front_matter.get("permalink")
    own = permalink if isinstance(permalink, str) else None
    if template is None:
        posts = _STYLES.get(style, style)
        template = posts if collection == "posts" else f"/:collection/:path{_style_suffix(style)}"
    output = _output_extension(split_name(path)[1], markdown, own)
    placeholders = _placeholders(
        path, collection, front_matter, output, reads_name=reads_name, zone=zone
    )
    url = _sanitize(_fill(own or template, placeholders))
    if _UNKNOWN.search(url):
        return _possible_addresses(url)
    # A document whose address is a folder is the index of that folder.
    return url, _written_file(url, ".html" if url.endswith("/") else output)


def _possible_addresses(url: str) -> re.Pattern[str]:
    """Return the pattern of an address with unknown values, in every form a server answers."""
    # One unknown in each folder's name: matching stays linear.
    stem = _SEVERAL_UNKNOWN.sub(_ANYTHING, unquote(url)).removesuffix("/").removesuffix(".html")
    pattern = _UNKNOWN.sub(lambda mark: _POSSIBLE[mark[0]], re.escape(stem))
    return re.compile(rf"{pattern}(?:\.html|/|/index\.html)?")


def static_url(path: str) -> str:
    """Return the address of a copied file: its path without full stops before the extension."""
    folder, slash, name = path.rpartition("/")
    stem, extension = split_name(name)
    return f"/{folder}{slash}{stem}{extension}"


def collection_file_url(path: str, *, collection: str, template: str | None, style: str) -> str:
    """Return the address of a file without front matter in a collection."""
    stem, extension = split_name(path)
    placeholders = {
        "collection": collection,
        "path": stem.replace(f"_{collection}", "", 1),
        "output_ext": "",
        "name": split_name(path.rpartition("/")[2])[0],
        "title": "",
    }
    chosen = template or f"/:collection/:path{_style_suffix(style)}"
    return _sanitize(_fill_in_order(chosen, placeholders)).rstrip("/") + extension


def redirect_url(address: str) -> tuple[str, str]:
    """Return the address and the written file of a page that jekyll-redirect-from makes."""
    address = address if address.startswith("/") else f"/{address}"
    return page_url("redirect.html", permalink=address, style="none", markdown=frozenset())


def _written_file(url: str, output: str) -> str:
    """Return the file of the built site that serves a page's address, relative to the site."""
    path = unquote(url).strip("/")
    if url.endswith("/"):
        path = f"{path}/index" if path else "index"
    return path if path.endswith(output) else path + output


def escape_path(path: str) -> str:
    """Escape a path for an address as Jekyll does: `#` but not `?`."""
    return quote(path, safe=_PATH_SAFE + "?")


def _fill_in_order(template: str, placeholders: Mapping[str, str]) -> str:
    for key, value in placeholders.items():
        template = template.replace(f":{key}", escape_path(value))
    return template


def _fill(template: str, placeholders: Mapping[str, str | None]) -> str:
    """Replace every `:key`, by a mark when the key or its value is unknown."""

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if name not in placeholders and name.endswith("_"):
            name = name[:-1]
        if (value := placeholders.get(name)) is not None:
            return escape_path(value) + match[1][len(name) :]
        mark = _NAME if name in _NAMES else _NUMBER if name in placeholders else _ANYTHING
        return mark + match[1][len(name) :]

    return re.sub(r":([a-z_]+)", replace, template)


def _placeholders(
    path: str,
    collection: str,
    front_matter: Mapping[str, object],
    output: str,
    *,
    reads_name: bool,
    zone: tzinfo | None,
) -> dict[str, str | None]:
    stem, _ = split_name(path)
    name = split_name(path.rpartition("/")[2])[0]
    dated = DATED_NAME.fullmatch(path.rpartition("/")[2]) if reads_name else None
    own = front_matter.get("slug")
    slug = (dated[4] if dated else name) if own is None else str(own)
    categories = _categories(path, collection, front_matter)
    return {
        "collection": collection,
        "path": stem.replace(f"_{collection}", "", 1),
        "output_ext": output,
        "name": slugify(name),
        "title": slugify(slug, keep="._~!$&'()+,;=@", cased=True),
        "slug": slugify(slug),
        "categories": "/".join(dict.fromkeys(word.lower() for word in categories)),
        "slugified_categories": "/".join(dict.fromkeys(slugify(word) for word in categories)),
        **date_placeholders(front_matter.get("date"), dated, zone),
    }


def _categories(path: str, collection: str, front_matter: Mapping[str, object]) -> list[str]:
    """Return the categories of a document: the folders above `_posts`, then its own."""
    above = path.partition(f"_{collection}")[0] if not path.startswith(f"_{collection}") else ""
    names = [part for part in above.split("/") if part]
    if (own := front_matter.get("category")) is not None:
        names.append(str(own))
    else:
        listed = front_matter.get("categories")
        words = listed.split() if isinstance(listed, str) else listed
        names.extend(str(word) for word in (words if isinstance(words, list) else ()) if word)
    return names


def slugify(text: str, *, keep: str = "", cased: bool = False) -> str:
    """Return `text` with single hyphens for everything but letters, marks, digits and `keep`.

    Source: Jekyll's `Utils.slugify`, modes `default` and (with `keep`) `pretty`.
    """
    # The combining diacritical marks are no letters to Python.
    hyphened = "".join(
        one if one.isalnum() or one in keep or "\u0300" <= one <= "\u036f" else "\0" for one in text
    )
    slug = re.sub("\0+", "-", hyphened).removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()


def _sanitize(url: str) -> str:
    """Remove steps out of the site and double slashes (`URL#sanitize_url`)."""
    return re.sub("/+", "/", f"/{url}".replace("..", "/").replace("./", ""))
