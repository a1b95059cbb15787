"""The bodies that Nextcloud's DAV library, sabre/dav, writes: errors and multistatus answers.

Byte for byte as recorded from a Nextcloud 27.0.2: namespaces, spacing, order, the lower-case hex of
an href and what it leaves unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Final

from syncer.demo.file_tree import Node

XML_TYPE: Final = "application/xml; charset=utf-8"
DAV_HEADER: Final = ("DAV", "1, 3, extended-mkcol, nextcloud-checksum-update")

_PREFIXES: Final = {
    "DAV:": "d",
    "http://sabredav.org/ns": "s",
    "http://owncloud.org/ns": "oc",
    "http://nextcloud.org/ns": "nc",
}
_HEAD = (
    '<?xml version="1.0"?>\n<d:multistatus '
    + " ".join(f'xmlns:{prefix}="{name}"' for name, prefix in _PREFIXES.items())
    + ">"
)
_TAIL = "</d:multistatus>\n"

_UNRESERVED = re.compile(r"[A-Za-z0-9_.~()@:-]*")
_HREF_BYTES = [
    chr(byte) if _UNRESERVED.fullmatch(chr(byte)) else f"%{byte:02x}" for byte in range(256)
]

_CONTENT_TYPES: Final = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "jpg": "image/jpeg",
    "json": "application/json",
    "md": "text/markdown",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}

_EXCEPTIONS: Final = {
    400: r"Sabre\DAV\Exception\BadRequest",
    401: r"Sabre\DAV\Exception\NotAuthenticated",
    403: r"Sabre\DAV\Exception\Forbidden",
    404: r"Sabre\DAV\Exception\NotFound",
    405: r"Sabre\DAV\Exception\MethodNotAllowed",
    409: r"Sabre\DAV\Exception\Conflict",
    412: r"Sabre\DAV\Exception\PreconditionFailed",
    415: r"Sabre\DAV\Exception\UnsupportedMediaType",
    416: r"Sabre\DAV\Exception\RequestedRangeNotSatisfiable",
    423: r"OCA\DAV\Connector\Sabre\Exception\FileLocked",
    500: "Exception",
    501: r"Sabre\DAV\Exception\NotImplemented",
    502: r"Sabre\DAV\Exception\BadGateway",
    503: r"Sabre\DAV\Exception\ServiceUnavailable",
    507: r"Sabre\DAV\Exception\InsufficientStorage",
}


def write_error(status: int, message: str, exception: str | None = None) -> bytes:
    """Return an error body; the exception's name follows from the status if none is given."""
    name = exception or _EXCEPTIONS.get(status, "Exception")
    said = f"<s:message>{escape(message, quote=False)}</s:message>" if message else "<s:message/>"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">\n'
        f"  <s:exception>{name}</s:exception>\n  {said}\n</d:error>\n"
    ).encode()


def quote_href(name: str) -> str:
    """Percent-encode one name of a path as sabre does: lower-case hex, `( ) : @ ~` as they are."""
    if _UNRESERVED.fullmatch(name):
        return name
    return "".join(_HREF_BYTES[byte] for byte in name.encode())


def content_type_of(name: str) -> str:
    """Return the media type that a file's extension stands for."""
    return _CONTENT_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def permissions_of(node: Node, *, writable: bool) -> str:
    """Return `oc:permissions` of a node behind a public link."""
    storage = node.storage_type
    letters = "SRG" if storage == "shared" else "RMG" if storage else "RG"
    return letters + (f"DNV{'CK' if node.is_folder else 'W'}" if writable else "")


@lru_cache(maxsize=4096)
def _http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


_VALUES: Final[Mapping[str, Callable[[Node], str | None]]] = {
    "d:resourcetype": lambda node: "<d:collection/>" if node.is_folder else "",
    "d:getetag": lambda node: f"&quot;{node.etag}&quot;",
    "d:getlastmodified": lambda node: _http_date(node.modified_at) if node.modified_at else None,
    "d:getcontentlength": lambda node: None if node.is_folder else str(node.size_bytes),
    "d:getcontenttype": lambda node: None if node.is_folder else content_type_of(node.name),
    "d:displayname": lambda node: escape(node.name),
    "d:quota-available-bytes": lambda node: "-3" if node.is_folder else None,
    "oc:id": lambda node: f"{node.file_id:08d}ocdemo",
    "oc:fileid": lambda node: str(node.file_id),
    "oc:size": lambda node: str(node.size_bytes),
    "nc:mount-type": lambda node: node.storage_type,
}
_ALL_PROPERTIES: Final = (
    "d:getlastmodified",
    "d:getcontentlength",
    "d:resourcetype",
    "d:getetag",
    "d:getcontenttype",
)


class MultistatusWriter:
    """Writes the entries of one listing.

    Args:
        wanted: Clark names of the properties asked for, in their order; empty: all of them.
        hidden: prefixed names ("oc:fileid") that this server pretends not to know.
        writable: whether the link may change what it shows.
    """

    def __init__(self, wanted: Sequence[str], *, hidden: Iterable[str], writable: bool) -> None:
        """Look the properties up once for all entries."""
        values = dict(_VALUES) | {
            "oc:permissions": lambda node: permissions_of(node, writable=writable)
        }
        for name in hidden:
            values.pop(name, None)
        names = [_prefix_name(name) for name in wanted] or list(_ALL_PROPERTIES)
        self._columns = [(name, values.get(name, _know_nothing)) for name in names]
        self._say_unknown = bool(wanted)
        self._entries: list[str] = []

    def add(self, href: str, node: Node) -> None:
        """Write one entry; its href is encoded already."""
        known: list[str] = []
        unknown: list[str] = []
        for name, value_of in self._columns:
            value = value_of(node)
            if value is None:
                unknown.append(f"<{name}/>")
            elif value:
                known.append(f"<{name}>{value}</{name.partition(' ')[0]}>")
            else:
                known.append(f"<{name}/>")
        found = _propstat(known, "200 OK")
        missed = _propstat(unknown, "404 Not Found") if unknown and self._say_unknown else ""
        self._entries.append(f"<d:response><d:href>{href}</d:href>{found}{missed}</d:response>")

    @property
    def count(self) -> int:
        """How many entries were written."""
        return len(self._entries)

    def finish(self, *, cut_off: bool = False) -> bytes:
        """Return the body; cut off in the middle of its last entry if so asked."""
        body = f"{_HEAD}{''.join(self._entries)}{_TAIL}".encode()
        if cut_off:
            return body[: len(body) - len(_TAIL) - len(self._entries[-1].encode()) // 2]
        return body


def _propstat(properties: Sequence[str], status: str) -> str:
    return (
        f"<d:propstat><d:prop>{''.join(properties)}</d:prop>"
        f"<d:status>HTTP/1.1 {status}</d:status></d:propstat>"
    )


def _know_nothing(_node: Node) -> None:
    return None


def _prefix_name(clark: str) -> str:
    """Return "d:getetag" for "{DAV:}getetag"; a foreign name brings its namespace with it."""
    namespace, _, local = clark[1:].rpartition("}") if clark.startswith("{") else ("", "", clark)
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else f'x1:{local} xmlns:x1="{escape(namespace)}"'
