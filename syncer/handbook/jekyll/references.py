"""Link targets as a browser resolves them, and relative targets to write.

RFC 3986, section 5.2, with the repairs of the URL standard that browsers agree on (blanks at the
ends, line breaks inside, backslashes, dot segments written as `%2e`).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROLS = "".join(chr(code) for code in range(0x21))
_DOTS = re.compile(r"%2e", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A link's target without scheme and host.

    Attributes:
        path: as written, still escaped; "" is the page itself.
        fragment: as written, without the `#`; None when there is none.
    """

    path: str
    fragment: str | None


def clean(url: str) -> str:
    """Return a target as a browser reads it: no blanks at the ends, no line breaks inside."""
    return re.sub(r"[\t\r\n]", "", url.strip(_CONTROLS))


def has_scheme(url: str) -> bool:
    """Return whether the target is a full address ("https:", "mailto:", "javascript:")."""
    return _SCHEME.match(url) is not None


def split_reference(url: str) -> Reference:
    """Split a target without scheme and host; its query is dropped, since files ignore it."""
    rest, hash_, fragment = url.partition("#")
    return Reference(rest.partition("?")[0].replace("\\", "/"), fragment if hash_ else None)


def split_site_url(url: str, origins: frozenset[str]) -> str | None:
    """Return the part after the host of an address of one of the site's hosts.

    Args:
        url: full ("https://host/x") or without scheme ("//host/x").
        origins: hosts, lower case, with the port when it is not the scheme's own.

    Returns:
        "/x#y", at least "/"; None for the address of another host, and for an invalid address.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https", "") or find_host(url) not in origins:
            return None
    except ValueError:
        return None
    rest = url.partition("//")[2]
    at = re.search(r"[/?#\\]", rest)
    tail = rest[at.start() :] if at else ""
    return tail if tail.startswith(("/", "\\")) else f"/{tail}"


def find_host(url: str) -> str | None:
    """Return the host of an address, with a port other than 80 and 443; None without one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    return host if port in (None, 80, 443) else f"{host}:{port}"


def resolve(base: str, path: str) -> str:
    """Return the absolute path of a relative one on a page.

    Args:
        base: escaped path of the page's address ("/docs/appendix.html").
        path: escaped path as written; "" is the page itself.

    Returns:
        Escaped, without dot segments; `..` above the root stays at the root.
    """
    if not path:
        return base
    if not path.startswith("/"):
        path = base[: base.rfind("/") + 1] + path
    resolved: list[str] = []
    parts = path.split("/")[1:]
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        match _DOTS.sub(".", part):
            case ".":
                resolved += [""] if last else []
            case "..":
                resolved = resolved[:-1] + ([""] if last else [])
            case _:
                resolved.append(part)
    return "/" + "/".join(resolved)


def decode(path: str) -> str | None:
    """Return a path without percent-encoding; None when its bytes are no UTF-8."""
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return None


def squeeze(path: str) -> str:
    """Return a path with single slashes, as web servers look it up."""
    return re.sub("/{2,}", "/", path)


def join_source(folder: str, path: str) -> str | None:
    """Return the source file that a target means where files are shown, as on GitHub.

    Args:
        folder: of the page, "" for the root.
        path: escaped path as written; one with a slash at its start is relative to the root.

    Returns:
        Decoded, relative to the root; None when it leads out of the sources or is no UTF-8.
    """
    decoded = decode(path)
    if decoded is None:
        return None
    start = "" if decoded.startswith("/") else folder
    joined = posixpath.normpath(posixpath.join(start, decoded.lstrip("/")))
    if joined.partition("/")[0] == "..":
        return None
    return "" if joined == "." else joined


def write_relative(base: str, target: str) -> str:
    """Return the shortest relative reference from the page at `base` to a target on its host.

    Both are escaped paths.
    """
    folder = base[: base.rfind("/") + 1]
    relative = posixpath.relpath(target, folder or "/")
    if target.endswith("/"):
        relative += "/"
    # A browser would read the start of "a:b" as a scheme.
    return f"./{relative}" if has_scheme(relative) else relative
