"""The body of a 207 answer → entries, or a `Protocol` error (pure, streamed).

Only a complete, well-formed multistatus that holds the requested folder itself, and nothing but
what lies under it, is a listing (`nextcloud.md`, section 3). Everything else says nothing, above
all not that something is gone. Sources: RFC 4918 sections 9.1, 13 and 14; sabre/dav.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

from syncer.errors import Protocol
from syncer.nextcloud.dav.hrefs import MAX_HREF_LENGTH, decode_href, decode_name

# What lies between two responses, or makes one up, is at most this: a response of Nextcloud has
# less than 2 KB, and a parser that waits for the end of one keeps all of it in memory.
MAX_RESPONSE_BYTES = 1 << 20
# A DOCTYPE stands in front of the root, which Nextcloud begins at byte 22. One that hides behind a
# longer comment is found when the first response is.
MAX_PROLOG_BYTES = 1 << 12
# What a database, and a disk, can count.
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
# What was put there together bears few dates: read once, they are also kept once.
_KEPT_DATES = 4_096
_HTTP_DATE_LENGTH = len("Mon, 23 Nov 2026 03:00:36 GMT")


class Depth(StrEnum):
    """How far a PROPFIND looks (RFC 4918, section 10.2)."""

    ZERO = "0"
    ONE = "1"
    INFINITY = "infinity"


class EntryKind(StrEnum):
    """What an entry is."""

    FILE = "file"
    FOLDER = "folder"
    UNKNOWN = "unknown"
    """It is there, but the server does not say what it is, or contradicts itself."""


class DavEntry(NamedTuple):
    """One response of a multistatus; what the server did not say is None.

    A tuple, since a great answer makes a million of them.

    Attributes:
        path: decoded, NFC, relative to the share's root; "" is the root.
        href: as received: the exact bytes to ask for, also where the name is not NFC.
        kind: file, folder, or unknown.
        size_bytes: of a file; of a folder the sum of all below it, as `oc:size` says.
        modified_at: None also when the date is no date.
        file_id: of a file or folder; stays through rename and move.
        etag: verbatim.
        permissions: the letters of `oc:permissions`.
        mount: the type of the mounted storage that it lies on ("group", "external", "shared"; "M"
            where only the permissions tell), "" for the owner's own. Nextcloud says it of the
            mount's root and of all below.
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


def parse_multistatus(
    chunks: Iterable[bytes], *, root: str, requested: str, depth: Depth
) -> Iterator[DavEntry]:
    """Yield the entries of a 207's body while it arrives; memory does not grow with it.

    Only when the iteration ends without an error is it a listing; until then every entry is
    hearsay. The requested folder itself is among the entries, in the place where the server put
    it. That no path comes twice is for the caller to see to, who keeps them anyway.

    Args:
        chunks: the body, cut anywhere.
        root: decoded path of the share's root on the server ("/public.php/webdav").
        requested: decoded path that was asked for, at or under `root`.
        depth: what was asked for; what lies deeper is an error.

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
    """Where the entries of an answer may lie.

    The files of a folder come one after the other: what stands before their names is read once.
    """

    def __init__(self, root: str, requested: str, depth: Depth) -> None:
        """Take decoded paths without a slash behind."""
        self._root = root
        self._requested = requested
        self._depth = depth
        self._above: str | None = None
        self._above_path = ""
        self.selves = 0

    def count_self(self, kind: EntryKind) -> None:
        """Note that the asked one was found, and refuse one of which nothing is clear."""
        self.selves += 1
        if kind is EntryKind.UNKNOWN:
            raise Protocol("self-unclear")

    def place(self, href: str) -> tuple[str, bool]:
        """Return the path of an href relative to the root, and whether it is the asked one."""
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
    # No sign combines with a slash: the parts of a path may be composed one by one.
    return unicodedata.normalize("NFC", path)


def _read_responses(chunks: Iterable[bytes]) -> Iterator[_Element]:
    """Yield each response element, whole, and forget it afterwards."""
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
    try:
        for chunk in chunks:
            if not begun:
                prolog = _refuse_doctype(prolog + chunk)
            parser.feed(chunk)
            waiting_bytes += len(chunk)
            # Nothing but elements comes of "end": the stubs cannot know.
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
    """Let only the beginning of a UTF-8 document without a DOCTYPE pass (entity bombs, HTML).

    Returns:
        What must be seen again together with the next piece: nothing once the root has come.
    """
    if b"\x00" in prolog:
        raise Protocol("not-xml")
    if b"<!doctype" in prolog[:MAX_PROLOG_BYTES].lower():
        raise Protocol("doctype")
    return prolog[:MAX_PROLOG_BYTES]


def _check_place(element: _Element, *, first: bool) -> None:
    """Refuse a response that stands anywhere but in a multistatus, which is the document."""
    root = element.getparent() if element.tag == _RESPONSE else element
    if root is None or root.tag != _MULTISTATUS or root.getparent() is not None:
        raise Protocol("not-multistatus")
    if first and root.getroottree().docinfo.internalDTD is not None:
        raise Protocol("doctype")


def _finish(parser: etree.XMLPullParser, prolog: bytes, *, begun: bool) -> None:
    """Refuse a document that was not a multistatus, or did not come to its end."""
    if not prolog.strip():
        raise Protocol("empty-answer")
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise Protocol("truncated" if b"multistatus" in prolog else "not-xml") from error
    if not begun or root.tag != _MULTISTATUS:
        raise Protocol("not-multistatus")


def _forget(element: _Element) -> None:
    """Free a response that was read, and what stood between it and the one before."""
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
        scope.count_self(kind)
    length = _text(found, _LENGTH) if kind is EntryKind.FILE else None
    permissions = _text(found, _PERMISSIONS)
    is_mounted = permissions is not None and "M" in permissions
    return DavEntry(
        path,
        href,
        kind,
        _read_number(length or _text(found, _SIZE)),
        _read_date(_text(found, _MODIFIED)),
        _read_number(_text(found, _FILE_ID)),
        _text(found, _ETAG),
        permissions,
        _text(found, _MOUNT_TYPE) or ("M" if is_mounted else ""),
    )


def _collect_found(propstat: _Element, found: dict[str, _Element]) -> None:
    """Take the properties that the server has: those of the propstat with status 200."""
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
    element = found.get(tag)
    return None if element is None else element.text or None


def _name_kind(href: str, *, collection: bool | None, is_self: bool) -> EntryKind:
    if collection is None:
        return EntryKind.UNKNOWN
    if collection:
        return EntryKind.FOLDER
    # A share of a single file answers for its root, with a slash behind; nothing else may.
    if href.endswith("/") and not is_self:
        return EntryKind.UNKNOWN
    return EntryKind.FILE


def _read_number(text: str | None) -> int | None:
    """Read a count; None for what is none (-1 is what Nextcloud says of a folder not scanned)."""
    if text is None or not text.isdigit() or len(text) > 19 or not text.isascii():
        return None
    number = int(text)
    return number if number <= MAX_NUMBER else None


@lru_cache(maxsize=_KEPT_DATES)
def _read_date(text: str | None) -> datetime | None:
    """Read an HTTP date in its one modern form (RFC 9110, section 5.6.7); None for any other."""
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
