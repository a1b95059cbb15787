"""Every form of a Nextcloud link that people paste → a `ShareLink` (pure).

Source: `docs/nextcloud.md`, section 5. Links to other things than files (`/call/…`,
`/apps/forms/…`, `/remote.php/…`, the bare host) are ordinary web links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urlsplit

from syncer.model.handbook import ShareLink, ShareLinkForm
from syncer.model.normal_forms import normalize
from syncer.model.shares import ACCOUNT_NAME

# Longer than any link that a browser makes or a server accepts.
MAX_URL_LENGTH = 8_192

# Those that the URL standard forbids in a host after its decoding, and quotes.
_NO_HOST = re.compile(r"[\s\x00-\x1f\x7f#%/:?@\[\]\"<>\\^`{|}]")
_START = re.compile(r"(https?:)?[/\\]{2,}", re.IGNORECASE)
_PATH = re.compile(r"[^?#]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Nextcloud's own tokens have letters and digits; custom ones, since 31, also "-" and "_".
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WEBROOT_PART = re.compile(r"[A-Za-z0-9._~-]{1,64}")
# The first part of Nextcloud's own paths; the parts before it are the webroot. `/apps/forms/s/X`
# is a form, not a share of a Nextcloud at `/apps/forms`.
_NO_WEBROOT = frozenset({"apps", "call", "f", "index.php", "ocs", "public.php", "remote.php", "s"})
# An id has 64 bits.
_FILE_ID = re.compile(r"[0-9]{1,19}")
# The views of the files app in which `dir` is a path of files; elsewhere it is a tag, or a path
# in the bin.
_VIEWS_BY_PATH = frozenset({"files", "favorites", "personal", "recent"})


class _Address(NamedTuple):
    """A URL: a link that names nothing yet, Nextcloud's own part of the path, and the query.

    Path and query are decoded.
    """

    link: ShareLink
    parts: tuple[str, ...]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A host that no settings name and whose links look like those to a Nextcloud.

    `base_urls` are the addresses that it would have, `shares` is true when a link has a token.
    """

    base_urls: frozenset[str]
    shares: bool


def find_suspects(urls: Iterable[str], named: Collection[str]) -> dict[str, Suspect]:
    """Return the hosts of links that look like those to a Nextcloud, without the `named` ones."""
    found: dict[str, Suspect] = {}
    for link in map(_parse, urls):
        if link is None or link.host in named:
            continue
        before = found.get(link.host, Suspect(frozenset(), shares=False))
        shares = before.shares or link.token is not None
        found[link.host] = Suspect(before.base_urls | {link.base_url}, shares)
    return found


def choose_hosts(
    named: Collection[str], suspects: Mapping[str, Suspect], known: Mapping[str, bool]
) -> frozenset[str]:
    """Return the hosts whose links are treated as links to a Nextcloud.

    Args:
        named: those of the settings, in lower case, with their port unless it is the default.
        suspects: those of `find_suspects`.
        known: whether a host is a Nextcloud, as it answered. Without an answer a host of a share
            link counts as one while the settings name none (`docs/contract.md`, "Commands").
    """
    guessed = not named
    return frozenset(named).union(
        host for host, suspect in suspects.items() if known.get(host, guessed and suspect.shares)
    )


def parse_share_link(
    url: str, hosts: Collection[str] | None, webroots: Mapping[str, str] | None = None
) -> ShareLink | None:
    """Parse any string as a link to one of the Nextcloud `hosts`.

    The intended folder is `path`, else `dir` unless it is empty or "undefined", else the root;
    `..` never leads out of the share. A `+` in the query is a space.

    Args:
        url: as written.
        hosts: those of `choose_hosts`; None for any.
        webroots: host → path of its own Nextcloud, whose share ids have no webroot.

    Returns:
        The link; None for an ordinary web link: another host or service, or not understood.
    """
    link = _parse(url)
    if link is None or (hosts is not None and link.host not in hosts):
        return None
    is_own = webroots is not None and link.webroot == webroots.get(link.host)
    return replace(link, webroot="") if is_own else link


def build_share_link(base_url: str, token: str, folder: str, file_id: int | None = None) -> str:
    """Return the URL that opens `folder` of a share, or of an account's files, in all versions.

    The page reads `path` up to Nextcloud 30 and `dir` from 31 on, so the URL has both; it has
    neither for "". With a `file_id` that file is opened in its folder.
    """
    quoted = _quote_path(folder)
    if token == ACCOUNT_NAME:
        return f"{base_url}/apps/files/?dir={quoted}"
    query = f"dir={quoted}&path={quoted}" if folder else ""
    if file_id is not None:
        query += f"{'&' if query else ''}openfile={file_id}"
    address = f"{base_url}/s/{quote(token, safe='')}"
    return f"{address}?{query}" if query else address


def build_direct_link(base_url: str, token: str, path: str, *, folder: bool) -> str:
    """Return the URL that downloads a file of a share, or a folder as an archive, from 31 on."""
    root = f"{base_url}/public.php/dav/files/{quote(token, safe='')}"
    address = f"{root}{_quote_path(path) if path else ''}"
    return f"{address}?accept=zip" if folder else address


def _quote_path(path: str) -> str:
    return "".join("/" + quote(part, safe="") for part in path.split("/"))


def _parse(url: str) -> ShareLink | None:
    if len(url) > MAX_URL_LENGTH:
        return None
    try:
        address = _read_address(url, urlsplit(_straighten(url.strip())))
        if address is None:
            return None
        return _read_public(address) or _read_login(address)
    except ValueError:
        # A malformed port or IPv6 address, not UTF-8, or a name that no file can have.
        return None


def _straighten(url: str) -> str:
    """Return an absolute address with its slashes as browsers read it; `//` is https.

    Source: the URL standard, whose repairs make a link to a share of what looks like none.
    """
    start = _START.match(url)
    if start is None:
        return url
    path = _PATH.sub(lambda found: found[0].replace("\\", "/"), url[start.end() :], count=1)
    return f"{start[1] or 'https:'}//{path}"


def _read_public(address: _Address) -> ShareLink | None:
    """Parse a link with a token; None for any other."""
    match address.parts:
        case ("s", token, *rest) if _TOKEN.fullmatch(token):
            return _read_share(address, token, rest)
        case ("public.php", "dav", "files", token, *rest) if _TOKEN.fullmatch(token):
            return _read_direct(address, token, rest)
        case ("apps", "files_sharing", "public", token, *_) if _TOKEN.fullmatch(token):
            return _read_share(address, token, [])
        case ("apps", "files_sharing", "publicpreview", token) if _TOKEN.fullmatch(token):
            return _read_preview(address, token)
    return None


def _read_login(address: _Address) -> ShareLink | None:
    """Parse a link to files that needs a login; None for any other."""
    match address.parts:
        case ("f", file_id) if _FILE_ID.fullmatch(file_id):
            return _read_inside(address, file_id)
        case ("apps", "files"):
            return _read_inside(address, None)
        case ("apps", "files", view, *rest):
            return _read_inside(address, rest[0] if rest else None, view)
    return None


def _read_address(url: str, split: SplitResult) -> _Address | None:
    host = _read_host(split)
    if host is None:
        return None
    written = _list_parts(split.path)
    parts = [unquote(part, errors="strict") for part in written]
    start = next((i for i, part in enumerate(parts) if part in _NO_WEBROOT), None)
    if start is None or not all(map(_WEBROOT_PART.fullmatch, written[:start])):
        return None
    # Nextcloud looks for the names of its programs in the address as it was sent.
    if parts[start].endswith(".php") and written[start] != parts[start]:
        return None
    webroot = "".join(f"/{part}" for part in parts[:start])
    index_php = parts[start] == "index.php"
    link = ShareLink(
        url=url,
        host=host,
        base_url=f"{split.scheme}://{host}{webroot}",
        token=None,
        folder="",
        file_name=None,
        file_id=None,
        form=ShareLinkForm.INSIDE,
        index_php=index_php,
        webroot=webroot,
    )
    return _Address(link, tuple(parts[start + index_php :]), _read_query(split.query))


def _list_parts(path: str) -> list[str]:
    """Return the parts of a path without `.`, `..` and what `..` leaves, as browsers ask for it.

    Source: the URL standard, where `%2e` is a dot as well.
    """
    parts: list[str] = []
    for part in path.split("/")[1:]:
        match part.lower().replace("%2e", "."):
            case "..":
                del parts[-1:]
            case ".":
                pass
            case _:
                parts.append(part)
    return [part for part in parts if part]


def _read_host(split: SplitResult) -> str | None:
    if split.scheme not in _DEFAULT_PORTS or not split.hostname:
        return None
    if "[" in split.netloc:
        host = f"[{split.hostname}]"
    else:
        host = unquote(split.hostname, errors="strict").lower().rstrip(".")
        if not host or _NO_HOST.search(host):
            return None
    port = split.port
    return host if port in (None, _DEFAULT_PORTS[split.scheme]) else f"{host}:{port}"


def _read_query(query: str) -> dict[str, str]:
    """Decode a query as PHP does: `+` is a space, the last of equal names wins."""
    pairs = (pair.partition("=") for pair in query.split("&"))
    return {
        unquote_plus(name, errors="strict"): unquote_plus(value, errors="strict")
        for name, _, value in pairs
    }


def _read_share(address: _Address, token: str, rest: list[str]) -> ShareLink | None:
    path, folder_of_31 = _folder(address.query, "path"), _folder(address.query, "dir")
    folder = folder_of_31 if path is None else path
    form = _name_form(path, folder_of_31)
    file_name: str | None = None
    match rest:
        case [] | ["authenticate", *_] | ["preview"]:
            pass
        case ["download", *names]:
            named = "/".join(names)
            files = address.query.get("files", "")
            form = ShareLinkForm.DOWNLOAD if named else _name_download(files, folder or "")
            folder, file_name = _read_file_name(folder or "", named or _one_of_files(files))
        case _:
            return None
    return replace(
        address.link,
        token=token,
        folder=folder or "",
        file_name=file_name,
        file_id=_file_id(address.query.get("openfile")),
        form=form,
    )


def _read_direct(address: _Address, token: str, names: list[str]) -> ShareLink:
    """Parse `/public.php/dav/files/TOKEN[/path]`; only `accept=zip` says that it is a folder."""
    path = _normalise("/".join(names))
    query, file_name, form = address.query, None, ShareLinkForm.DIRECT
    if query.get("accept") != "zip":
        path, file_name = _read_file_name("", path)
    elif query.get("files"):
        # In a folder that is not forgotten on the way, a list works.
        listed = _list_files(query["files"]) is not None
        form = ShareLinkForm.DIRECT if listed else ShareLinkForm.FILES
        path, file_name = _read_file_name(path, _one_of_files(query["files"]))
    return replace(address.link, token=token, folder=path, file_name=file_name, form=form)


def _read_preview(address: _Address, token: str) -> ShareLink:
    """Parse the picture of a file, which `file` names by its path."""
    folder, file_name = _read_file_name("", address.query.get("file", ""))
    return replace(
        address.link,
        token=token,
        folder=folder,
        file_name=file_name,
        form=ShareLinkForm.FILE if file_name else ShareLinkForm.ROOT,
    )


def _name_download(files: str, folder: str) -> ShareLinkForm:
    """Return the form of a download with the parameter `files`.

    From 31 on the server understands only a JSON list, and looks for its names in the root.
    """
    if not files:
        return ShareLinkForm.DOWNLOAD
    in_root = _list_files(files) is not None and not folder
    return ShareLinkForm.FILE if in_root else ShareLinkForm.FILES


def _read_inside(address: _Address, file_id: str | None, view: str | None = None) -> ShareLink:
    """Parse a link that needs a login; `openfile` is the file, `fileid` perhaps its folder."""
    query = address.query
    ids = (_file_id(text) for text in (query.get("openfile"), file_id, query.get("fileid")))
    by_path = (view or query.get("view") or "files") in _VIEWS_BY_PATH
    return replace(
        address.link,
        folder=(_folder(query, "dir") or "") if by_path else "",
        file_id=next((number for number in ids if number is not None), None),
    )


def _name_form(path: str | None, folder_of_31: str | None) -> ShareLinkForm:
    """Return the form by what the link opens: a `path=/` opens the root, as a plain link does."""
    if path and folder_of_31:
        return ShareLinkForm.BOTH
    if path:
        return ShareLinkForm.PATH
    if folder_of_31 and path is None:
        return ShareLinkForm.DIR
    return ShareLinkForm.ROOT


def _folder(query: Mapping[str, str], name: str) -> str | None:
    """Return the folder of a parameter; None when it is missing, empty or "undefined"."""
    value = query.get(name, "")
    return None if value in ("", "undefined") else _normalise(value)


def _normalise(path: str) -> str:
    """Return a path as in the model: NFC, with `.` and `..` resolved inside the root.

    Raises:
        ValueError: it has a control character or half of a surrogate pair, which no name has.
    """
    path.encode()
    if any(ord(character) < 0x20 or character == "\x7f" for character in path):
        raise ValueError("control character in a path")
    parts: list[str] = []
    for part in normalize("NFC", path).split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _read_file_name(folder: str, name: str) -> tuple[str, str | None]:
    """Return folder and file name of a download; `files=` may be a path itself."""
    inside = _normalise(name)
    if not inside:
        return folder, None
    folder, _, file_name = f"{folder}/{inside}".rpartition("/")
    return folder.strip("/"), file_name


def _one_of_files(files: str) -> str:
    """Return the only file that `files=` names, else "".

    It is a name, or a JSON list when several files were selected.
    """
    match _list_files(files):
        case None:
            return files
        case [name]:
            return name
        case _:
            return ""


def _list_files(files: str) -> list[str] | None:
    """Return the names of a `files=` that is a JSON list; None when it is a plain name."""
    if not files.startswith("["):
        return None
    try:
        names = json.loads(files)
    except (ValueError, RecursionError):
        return None
    return names if isinstance(names, list) and all(isinstance(n, str) for n in names) else None


def _file_id(text: str | None) -> int | None:
    return int(text) if text is not None and _FILE_ID.fullmatch(text) else None
