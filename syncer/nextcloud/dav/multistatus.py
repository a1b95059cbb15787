"""The body of a 207 answer → entries, or a `Protocol` error (pure, streamed).

Only a complete, well-formed multistatus with the requested folder itself and nothing outside of
it is a listing (`docs/nextcloud.md`, section 3). Anything else proves nothing, least of all that
something is gone. Sources: RFC 4918 sections 9.1, 13 and 14; sabre/dav.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

from syncer.errors import Protocol
from syncer.model.normal_forms import normalize
from syncer.nextcloud.dav.hrefs import MAX_HREF_LENGTH, decode_href, decode_name
from syncer.nextcloud.dav.tags import TagBudget

# From the end of one response to the end of the next. Nextcloud's have less than 2 KB, and the
# parser keeps an unfinished one in memory.
MAX_RESPONSE_BYTES = 1 << 20
# A DOCTYPE comes before the root, which Nextcloud begins at byte 22. One after a longer comment is
# found with the first response.
MAX_PROLOG_BYTES = 1 << 12
# Nextcloud stores etags of 40 characters. They are kept with the tree, unlike the answer.
MAX_VALUE_LENGTH = 255
# The largest integer of the state database.
MAX_NUMBER = (1 << 63) - 1

_Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml gives the type no public name

_DAV = "{DAV:}"
_OC = "{http://owncloud.org/ns}"
_NC = "{http://nextcloud.org/ns}"
_MULTISTATUS = f"{_DAV}multistatus"
_RESPONSE = f"{_DAV}response"
_HREF = f"{_DAV}href"
_PROPSTAT = f"{_DAV}propstat"
_PROP = f"{_DAV}prop"
_STATUS = f"{_DAV}status"
_PERMISSIONS = f"{_OC}permissions"
_LENGTH = f"{_DAV}getcontentlength"
_SIZE = f"{_OC}size"
_MODIFIED = f"{_DAV}getlastmodified"
_FILE_ID = f"{_OC}fileid"
_ETAG = f"{_DAV}getetag"
_MOUNT_TYPE = f"{_NC}mount-type"
_TYPE = f"{_DAV}resourcetype"
_COLLECTION = f"{_DAV}collection"
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
# Files that were uploaded together share few dates.
_CACHED_DATES = 4_096
_HTTP_DATE_LENGTH = len("Mon, 23 Nov 2026 03:00:36 GMT")


class Depth(StrEnum):
    """How many levels a PROPFIND lists (RFC 4918, section 10.2)."""

    ZERO = "0"
    ONE = "1"
    INFINITY = "infinity"


class EntryKind(StrEnum):
    """The kind of an entry; UNKNOWN when the server does not say, or contradicts itself."""

    FILE = "file"
    FOLDER = "folder"
    UNKNOWN = "unknown"


class DavEntry(NamedTuple):
    """One response of a multistatus; None where the server sent no value.

    A tuple, since a large answer makes a million of them.

    Attributes:
        path: decoded, NFC, relative to the share's root; "" is the root.
        href: as received: the exact bytes to request, also where the name is not NFC.
        kind: file, folder or unknown.
        size_bytes: of a file; of a folder the sum of its content (`oc:size`).
        modified_at: None also for a malformed date.
        file_id: does not change when the entry is renamed or moved.
        etag: verbatim.
        permissions: the letters of `oc:permissions`.
        mount: the type of its mounted storage ("group", "external", "shared"; "M" where only the
            permissions show one), "" for the owner's own. Nextcloud sends it for the root of the
            mount and for everything in it.
        is_unscanned: whether the size of a folder is no count: Nextcloud sends -1 until it has
            looked at everything in it.
    """

    path: str
    href: str
    kind: EntryKind
    size_bytes: int | None = None
    modified_at: datetime | None = None
    file_id: int | None = None
    etag: str | None = None
    permissions: str | None = None
    mount: str = ""
    is_unscanned: bool = False


def parse_multistatus(
    chunks: Iterable[bytes], *, root: str, requested: str, depth: Depth
) -> Iterator[DavEntry]:
    """Yield the entries of a 207's body while it arrives, in bounded memory.

    The entries count only when the iteration ends without an error. The requested folder itself
    is among them, at the server's place for it. The caller must check for repeated paths.

    Args:
        chunks: the body, cut anywhere.
        root: decoded path of the share's root on the server ("/public.php/webdav").
        requested: the requested path, decoded, at or under `root`.
        depth: as requested; a deeper entry is an error.

    Raises:
        Protocol: "empty-answer", "not-xml", "doctype", "truncated", "not-multistatus",
            "entry-too-big", "bad-href", "foreign-href", "wrong-depth", "self-missing",
            "self-twice" or "self-unclear".
    """
    scope = _Scope(root.rstrip("/"), requested.rstrip("/"), depth)
    for response in _read_responses(chunks):
        yield _read_entry(response, scope)
    if scope.selves != 1:
        raise Protocol("self-twice" if scope.selves else "self-missing")


class _Scope:
    """The paths that the entries of an answer may have.

    The files of a folder come one after the other, so the path of the folder is decoded once.
    """

    def __init__(self, root: str, requested: str, depth: Depth) -> None:
        self._root = root
        self._requested = requested
        self._depth = depth
        self._above: str | None = None
        self._above_path = ""
        self.selves = 0

    def place(self, href: str) -> tuple[str, bool]:
        """Return the path of an href relative to the root, and whether it is the requested one."""
        above, _, name = href.rpartition("/")
        if above == self._above and name and len(href) <= MAX_HREF_LENGTH:
            name = decode_name(name)
            return self._above_path + (name if name.isascii() else _compose(name)), False
        decoded = decode_href(href).rstrip("/")
        path = _compose(decoded[len(self._root) + 1 :])
        if decoded == self._requested:
            return path, True
        if not decoded.startswith(self._requested + "/"):
            raise Protocol("foreign-href")
        below = decoded[len(self._requested) + 1 :]
        if self._depth is Depth.ZERO or (self._depth is Depth.ONE and "/" in below):
            raise Protocol("wrong-depth")
        if name:
            folder, slash, _ = path.rpartition("/")
            self._above, self._above_path = above, folder + slash
        return path, False


def _compose(path: str) -> str:
    # Nothing combines with a slash, so the parts of a path may be composed one by one.
    return normalize("NFC", path)


def _read_responses(chunks: Iterable[bytes]) -> Iterator[_Element]:
    """Yield each complete response element, and free it afterwards."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=(_RESPONSE, _MULTISTATUS),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    prolog = b""
    begun = False
    waiting_bytes = 0
    tags = TagBudget()
    try:
        for chunk in chunks:
            if not begun:
                prolog = _refuse_doctype(prolog + chunk)
            tags.check(chunk)
            parser.feed(chunk)
            waiting_bytes += len(chunk)
            # The stubs do not know that "end" events have elements only.
            events = cast("Iterator[tuple[str, _Element]]", parser.read_events())
            for _, element in events:
                _check_place(element, first=not begun)
                begun = True
                if element.tag == _RESPONSE:
                    yield element
                    _forget(element)
                    waiting_bytes = 0
            if waiting_bytes > MAX_RESPONSE_BYTES:
                raise Protocol("entry-too-big")
    except etree.XMLSyntaxError as error:
        raise Protocol("not-xml") from error
    _finish(parser, prolog, begun=begun)


def _refuse_doctype(prolog: bytes) -> bytes:
    """Refuse a document with a DOCTYPE (entity bombs, HTML) or not in UTF-8.

    Returns:
        The prolog so far, to be checked again together with the next chunk.
    """
    if b"\x00" in prolog:
        raise Protocol("not-xml")
    if b"<!doctype" in prolog[:MAX_PROLOG_BYTES].lower():
        raise Protocol("doctype")
    return prolog[:MAX_PROLOG_BYTES]


def _check_place(element: _Element, *, first: bool) -> None:
    """Refuse a response outside of a multistatus, and a multistatus that is not the root."""
    root = element.getparent() if element.tag == _RESPONSE else element
    if root is None or root.tag != _MULTISTATUS or root.getparent() is not None:
        raise Protocol("not-multistatus")
    if first and root.getroottree().docinfo.internalDTD is not None:
        raise Protocol("doctype")


def _finish(parser: etree.XMLPullParser, prolog: bytes, *, begun: bool) -> None:
    """Refuse a document that is not a multistatus, or was cut."""
    if not prolog.strip():
        raise Protocol("empty-answer")
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise Protocol("truncated" if b"multistatus" in prolog else "not-xml") from error
    if not begun or root.tag != _MULTISTATUS:
        raise Protocol("not-multistatus")


def _forget(element: _Element) -> None:
    """Free a response, and everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_entry(response: _Element, scope: _Scope) -> DavEntry:
    href: str | None = None
    found: dict[str, _Element] = {}
    refused = False
    for child in response:
        tag = child.tag
        if tag == _PROPSTAT:
            _collect_found(child, found)
        elif tag == _HREF:
            if href is not None:
                raise Protocol("bad-href")
            href = (child.text or "").strip()
        elif tag == _STATUS:
            refused = True
    if not href:
        raise Protocol("bad-href")
    path, is_self = scope.place(href)
    collection = None if refused else _read_collection(found)
    kind = _name_kind(href, collection=collection, is_self=is_self)
    if is_self:
        scope.selves += 1
        if kind is EntryKind.UNKNOWN:
            raise Protocol("self-unclear")
    length = _text(found, _LENGTH) if kind is EntryKind.FILE else None
    size = length or _text(found, _SIZE)
    size_bytes = _read_number(size)
    permissions = _text(found, _PERMISSIONS)
    is_mounted = permissions is not None and "M" in permissions
    return DavEntry(
        path,
        href,
        kind,
        size_bytes,
        _read_date(_text(found, _MODIFIED)),
        _read_number(_text(found, _FILE_ID)),
        _text(found, _ETAG),
        permissions,
        _text(found, _MOUNT_TYPE) or ("M" if is_mounted else ""),
        kind is EntryKind.FOLDER and size is not None and size_bytes is None,
    )


def _collect_found(propstat: _Element, found: dict[str, _Element]) -> None:
    """Add the properties of a propstat with status 200; others have no value."""
    prop: _Element | None = None
    status: list[str] = []
    for child in propstat:
        tag = child.tag
        if tag == _PROP:
            prop = child
        elif tag == _STATUS:
            status = (child.text or "").split()
    if prop is not None and status[1:2] == ["200"]:
        for value in prop:
            found[value.tag] = value


def _read_collection(found: dict[str, _Element]) -> bool | None:
    kind = found.get(_TYPE)
    return None if kind is None else any(child.tag == _COLLECTION for child in kind)


def _text(found: dict[str, _Element], tag: str) -> str | None:
    """Return the value of a property; None without one.

    Raises:
        Protocol: "entry-too-big" for one that no Nextcloud has.
    """
    element = found.get(tag)
    text = None if element is None else element.text or None
    if text is not None and len(text) > MAX_VALUE_LENGTH:
        raise Protocol("entry-too-big")
    return text


def _name_kind(href: str, *, collection: bool | None, is_self: bool) -> EntryKind:
    if collection is None:
        return EntryKind.UNKNOWN
    if collection:
        return EntryKind.FOLDER
    # Only the root of a single-file share is a file whose href ends with a slash.
    if href.endswith("/") and not is_self:
        return EntryKind.UNKNOWN
    return EntryKind.FILE


def _read_number(text: str | None) -> int | None:
    """Parse a count; None for anything else (Nextcloud sends -1 for an unscanned folder)."""
    if text is None or not text.isdigit() or len(text) > 19 or not text.isascii():
        return None
    number = int(text)
    return number if number <= MAX_NUMBER else None


@lru_cache(maxsize=_CACHED_DATES)
def _read_date(text: str | None) -> datetime | None:
    """Parse an HTTP date in its only modern form (RFC 9110, section 5.6.7); None for others."""
    if text is None or len(text) != _HTTP_DATE_LENGTH or not text.endswith(" GMT"):
        return None
    try:
        return datetime(
            int(text[12:16]),
            _MONTHS[text[8:11]],
            int(text[5:7]),
            int(text[17:19]),
            int(text[20:22]),
            int(text[23:25]),
            tzinfo=UTC,
        )
    except (ValueError, KeyError):
        return None
