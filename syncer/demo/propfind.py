"""PROPFIND as sabre/dav, Nextcloud's DAV library, answers it.

Byte for byte as recorded from a Nextcloud 27.0.2: namespaces, spacing, order, the lower-case hex of
an href and the characters that it does not escape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape
from typing import Final, TypeAlias

from lxml import etree

from syncer.demo.answer import DAV_HEADER, XML_TYPE, DemoAnswer, Request, answer_error
from syncer.demo.file_tree import Node, split_path

ReadValue: TypeAlias = Callable[[Node], str | None]
Properties: TypeAlias = Mapping[str, ReadValue]

_PREFIXES: Final = {
    "DAV:": "d",
    "http://sabredav.org/ns": "s",
    "http://owncloud.org/ns": "oc",
    "http://nextcloud.org/ns": "nc",
}
_HEAD: Final = (
    '<?xml version="1.0"?>\n<d:multistatus '
    + " ".join(f'xmlns:{prefix}="{name}"' for name, prefix in _PREFIXES.items())
    + ">"
)
_TAIL: Final = "</d:multistatus>\n"

_UNRESERVED: Final = re.compile(r"[A-Za-z0-9_.~()@:-]*")
_HREF_BYTES: Final = [
    chr(byte) if _UNRESERVED.fullmatch(chr(byte)) else f"%{byte:02x}" for byte in range(256)
]

_CONTENT_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def content_type_of(name: str) -> str:
    """Return the media type of a file's extension."""
    return _CONTENT_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _http_date(node: Node) -> str | None:
    at = node.modified_at
    return format_datetime(at.astimezone(UTC), usegmt=True) if at else None


# Prefixed name → value as XML; None is answered with 404. The permissions are those of a link that
# cannot be written to.
PROPERTIES: Final[Properties] = {
    "d:resourcetype": lambda node: "<d:collection/>" if node.is_folder else "",
    "d:getetag": lambda node: f"&quot;{node.etag}&quot;",
    "d:getlastmodified": _http_date,
    "d:getcontentlength": lambda node: None if node.is_folder else str(node.size_bytes),
    "d:getcontenttype": lambda node: None if node.is_folder else content_type_of(node.name),
    "oc:fileid": lambda node: str(node.file_id),
    "oc:size": lambda node: str(node.size_bytes),
    "oc:permissions": lambda _node: "RG",
    "nc:mount-type": lambda _node: "",
}
_UNASKED: Final = (
    "d:getlastmodified",
    "d:getcontentlength",
    "d:resourcetype",
    "d:getetag",
    "d:getcontenttype",
)


def answer_propfind(
    request: Request, top: Node, path: str, root: str, properties: Properties = PROPERTIES
) -> DemoAnswer:
    """List a node of a share to the depth that the request asks for.

    Args:
        request: its body names the wanted properties; without a body the ordinary ones come.
        top: the shared file or folder.
        path: of the node, relative to `top`.
        root: encoded path of `top` on this server, without a slash at its end.
        properties: those that the server knows.
    """
    try:
        wanted = _read_wanted(request.body)
    except etree.XMLSyntaxError:
        return answer_error(400, "This request could not be read", DAV_HEADER)
    names = split_path(path)
    node = top.find(path)
    if node is None:
        return answer_error(
            404, f"File with name {'/'.join(names)} could not be located", DAV_HEADER
        )
    href = "/".join([root, *(quote_href(name) for name in names)])
    if node.is_folder or not names:
        href += "/"
    # Looked up once for all entries.
    columns = [(name, properties.get(name, _unknown)) for name in wanted or _UNASKED]
    entries = [
        _write_entry(below, member, columns, names_unknown=bool(wanted))
        for below, member in _list(href, node, request.environ.get("HTTP_DEPTH", "1"))
    ]
    body = f"{_HEAD}{''.join(entries)}{_TAIL}".encode()
    headers = (("Content-Type", XML_TYPE), DAV_HEADER)
    return DemoAnswer("207 Multi-Status", headers, body, len(entries))


def quote_href(name: str) -> str:
    """Percent-encode one name of a path as sabre does: lower-case hex, `( ) : @ ~` as they are."""
    if _UNRESERVED.fullmatch(name):
        return name
    return "".join(_HREF_BYTES[byte] for byte in name.encode())


def _list(href: str, node: Node, depth: str) -> Iterator[tuple[str, Node]]:
    yield href, node
    if depth == "0":
        return
    for member in node.members:
        below = f"{href}{quote_href(member.name)}{'/' if member.is_folder else ''}"
        yield from _list(below, member, depth if depth == "infinity" else "0")


def _unknown(_node: Node) -> None:
    return None


def _read_wanted(body: bytes) -> list[str]:
    """Return the prefixed names of the properties that a body asks for; none means all."""
    if not body.strip():
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    asked = etree.fromstring(body, parser).find("{DAV:}prop")
    return [] if asked is None else [_prefix_name(str(each.tag)) for each in asked]


def _prefix_name(clark: str) -> str:
    """Return "d:getetag" for "{DAV:}getetag"; a foreign name comes with its namespace."""
    namespace, _, local = clark[1:].rpartition("}") if clark.startswith("{") else ("", "", clark)
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else f'x1:{local} xmlns:x1="{escape(namespace)}"'


def _write_entry(
    href: str, node: Node, columns: Sequence[tuple[str, ReadValue]], *, names_unknown: bool
) -> str:
    known: list[str] = []
    unknown: list[str] = []
    for name, value_of in columns:
        value = value_of(node)
        if value is None:
            unknown.append(f"<{name}/>")
        elif value:
            known.append(f"<{name}>{value}</{name}>")
        else:
            known.append(f"<{name}/>")
    found = _propstat(known, "200 OK")
    missed = _propstat(unknown, "404 Not Found") if unknown and names_unknown else ""
    return f"<d:response><d:href>{href}</d:href>{found}{missed}</d:response>"


def _propstat(properties: Sequence[str], status: str) -> str:
    return (
        f"<d:propstat><d:prop>{''.join(properties)}</d:prop>"
        f"<d:status>HTTP/1.1 {status}</d:status></d:propstat>"
    )
