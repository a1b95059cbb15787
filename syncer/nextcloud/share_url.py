"""Every form of a Nextcloud link that people paste → a `ShareLink` (pure).

Source: `nextcloud.md`, section 5. What is no link to files (`/call/…`, `/apps/forms/…`,
`/remote.php/…`, the bare host) is no concern of this module: it is an ordinary page.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urlsplit

from syncer.model.handbook import ShareLink, ShareLinkForm
from syncer.model.shares import ACCOUNT_NAME

# Longer than any link that a browser makes or a server takes: not worth taking apart.
MAX_URL_LENGTH = 8_192

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Nextcloud's own tokens are letters and digits; the custom ones of 31 allow "-" and "_" too.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WEBROOT_PART = re.compile(r"[A-Za-z0-9._~-]{1,64}")
# Parts of Nextcloud's own addresses: what follows them is inside an app, so `/apps/forms/s/X` is
# a form and not a share of a Nextcloud that lives under `/apps/forms`.
_NO_WEBROOT = frozenset(
    {"apps", "call", "f", "index.php", "ocs", "public.php", "remote.php", "s", ".", ".."}
)
# A file id has at most 19 digits (64 bits); more is nobody's id.
_FILE_ID = re.compile(r"[0-9]{1,19}")
# The views of the files app in which `dir` is a path among the files; elsewhere it is a tag, or a
# path in the bin.
_VIEWS_BY_PATH = frozenset({"files", "favorites", "personal", "recent"})


class _Address(NamedTuple):
    """A URL cut where Nextcloud's own part of the path begins."""

    host: str
    base_url: str
    parts: tuple[str, ...]
    query: Mapping[str, str]


def find_hosts(urls: Iterable[str], configured: Collection[str]) -> frozenset[str]:
    """Return the hosts whose links are looked at as Nextcloud's.

    Args:
        urls: every link of the handbook.
        configured: the hosts of the settings; where there are any, they alone count.

    Returns:
        Hosts in lower case, with their port where it is not the scheme's own. Without settings,
        every host that a `/s/TOKEN` link points to (contract, "Commands").
    """
    if configured:
        return frozenset(host.lower() for host in configured)
    links = (_take_apart(url) for url in urls)
    return frozenset(link.host for link in links if link is not None and link.token is not None)


def parse_share_link(url: str, hosts: Collection[str]) -> ShareLink | None:
    """Take a link to one of the Nextcloud `hosts` apart; any string may be given.

    The intended folder is `path`, else `dir` unless it is empty or "undefined", else the root;
    `..` never leads out of the share. A `+` in the query is a space.

    Returns:
        The link, or None: another host, another service, or nothing that can be understood. An
        ordinary page then, to be checked as one.
    """
    link = _take_apart(url)
    return link if link is not None and link.host in hosts else None


def build_share_link(base_url: str, token: str, folder: str) -> str:
    """Return the address that opens `folder` before and after Nextcloud 31.

    Up to 30 the page reads `path`, from 31 `dir`, so both stand in it; plain `/s/TOKEN` for "".
    In an account's place it is the address behind the login.
    """
    quoted = "".join("/" + quote(part, safe="") for part in folder.split("/"))
    if token == ACCOUNT_NAME:
        return f"{base_url}/apps/files/?dir={quoted}"
    address = f"{base_url}/s/{quote(token, safe='')}"
    return f"{address}?dir={quoted}&path={quoted}" if folder else address


def _take_apart(url: str) -> ShareLink | None:
    if len(url) > MAX_URL_LENGTH:
        return None
    try:
        address = _read_address(urlsplit(url.strip()))
        if address is None:
            return None
        match address.parts:
            case ("s", token, *rest) if _TOKEN.fullmatch(token):
                return _read_share(url, address, token, rest)
            case ("f", file_id) if _FILE_ID.fullmatch(file_id):
                return _read_inside(url, address, file_id)
            case ("apps", "files"):
                return _read_inside(url, address, None)
            case ("apps", "files", view, *rest):
                return _read_inside(url, address, rest[0] if rest else None, view)
            case _:
                return None
    except ValueError:
        # Not a URL (a broken port or IPv6 address), not UTF-8, or a name that no server can have.
        return None


def _read_address(split: SplitResult) -> _Address | None:
    host = _read_host(split)
    if host is None:
        return None
    parts = [part for part in split.path.split("/") if part]
    start = next((i for i, part in enumerate(parts) if part in _NO_WEBROOT), None)
    if start is None or not all(map(_WEBROOT_PART.fullmatch, parts[:start])):
        return None
    webroot = "".join(f"/{part}" for part in parts[:start])
    if parts[start] == "index.php":
        start += 1
    return _Address(
        host=host,
        base_url=f"{split.scheme}://{host}{webroot}",
        parts=tuple(parts[start:]),
        query=_read_query(split.query),
    )


def _read_host(split: SplitResult) -> str | None:
    if split.scheme not in _DEFAULT_PORTS or not split.hostname:
        return None
    name = split.hostname.rstrip(".")
    if not name:
        return None
    host = f"[{name}]" if ":" in name else name
    port = split.port
    return host if port in (None, _DEFAULT_PORTS[split.scheme]) else f"{host}:{port}"


def _read_query(query: str) -> dict[str, str]:
    """Decode a query as PHP does: `+` is a space, the last of equal names wins."""
    pairs = (pair.partition("=") for pair in query.split("&"))
    return {
        unquote_plus(name, errors="strict"): unquote_plus(value, errors="strict")
        for name, _, value in pairs
    }


def _read_share(url: str, address: _Address, token: str, rest: list[str]) -> ShareLink | None:
    path, folder_of_31 = _folder(address.query, "path"), _folder(address.query, "dir")
    folder = folder_of_31 if path is None else path
    form = _name_form(path, folder_of_31)
    file_name: str | None = None
    match rest:
        case [] | ["authenticate", *_]:
            pass
        case ["download", *names]:
            form = ShareLinkForm.DOWNLOAD
            named = "/".join(unquote(name, errors="strict") for name in names)
            folder, file_name = _read_file_name(
                folder or "", named or _one_of_files(address.query.get("files", ""))
            )
        case _:
            return None
    return ShareLink(
        url=url,
        host=address.host,
        base_url=address.base_url,
        token=token,
        folder=folder or "",
        file_name=file_name,
        file_id=_file_id(address.query.get("openfile")),
        form=form,
    )


def _read_inside(
    url: str, address: _Address, file_id: str | None, view: str | None = None
) -> ShareLink:
    """Read a link that needs a login; `openfile` names the file, `fileid` perhaps its folder."""
    query = address.query
    ids = (_file_id(text) for text in (query.get("openfile"), file_id, query.get("fileid")))
    by_path = (view or query.get("view") or "files") in _VIEWS_BY_PATH
    return ShareLink(
        url=url,
        host=address.host,
        base_url=address.base_url,
        token=None,
        folder=(_folder(query, "dir") or "") if by_path else "",
        file_name=None,
        file_id=next((number for number in ids if number is not None), None),
        form=ShareLinkForm.INSIDE,
    )


def _name_form(path: str | None, folder_of_31: str | None) -> ShareLinkForm:
    """Name the form by what it opens: a `path=/` opens the root, as a plain link does."""
    if path and folder_of_31:
        return ShareLinkForm.BOTH
    if path:
        return ShareLinkForm.PATH
    if folder_of_31 and path is None:
        return ShareLinkForm.DIR
    return ShareLinkForm.ROOT


def _folder(query: Mapping[str, str], name: str) -> str | None:
    """Return the folder a parameter names; None when it names nothing ("", "undefined")."""
    value = query.get(name, "")
    return None if value in ("", "undefined") else _normalise(value)


def _normalise(path: str) -> str:
    """Return a path as the model spells it: NFC, no `.` nor `..`, which stops at the root.

    Raises:
        ValueError: it holds a control character or half of a surrogate pair: no file's name.
    """
    path.encode()
    if any(ord(character) < 0x20 or character == "\x7f" for character in path):
        raise ValueError("control character in a path")
    parts: list[str] = []
    for part in unicodedata.normalize("NFC", path).split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _read_file_name(folder: str, name: str) -> tuple[str, str | None]:
    """Return folder and file name of a download; `files=` may itself hold a path."""
    inside = _normalise(name)
    if not inside:
        return folder, None
    folder, _, file_name = f"{folder}/{inside}".rpartition("/")
    return folder.strip("/"), file_name


def _one_of_files(files: str) -> str:
    """Return the one file that `files=` names, "" when it names none or several.

    It is a plain name, or a JSON list when several files were ticked.
    """
    if not files.startswith("["):
        return files
    try:
        names = json.loads(files)
    except (ValueError, RecursionError):
        return files
    match names:
        case [str() as name]:
            return name
        case _:
            return ""


def _file_id(text: str | None) -> int | None:
    return int(text) if text is not None and _FILE_ID.fullmatch(text) else None
