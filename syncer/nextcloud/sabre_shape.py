"""A 207's responses in the one shape in which sabre/dav writes them, read at one stroke (pure).

Nextcloud answers our own question with the same elements in the same order, ten thousand times
over. What has exactly that shape is taken byte for byte; at the first response that has any other,
and for the end of the document, everything goes to the real XML parser (`multistatus`), which sees
the head of the document too. So nothing passes here that would not pass there, and with the same
meaning: the shape admits ASCII alone, no entity but `&quot;`, no comment, no unknown prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

# What may wait for the end of its response; more than that is the real parser's business.
MAX_WAITING_BYTES = 1 << 16

_NAMESPACES = {
    "d": "DAV:",
    "oc": "http://owncloud.org/ns",
    "nc": "http://nextcloud.org/ns",
}
_TEXT = "!#-%'-;=?-~"
"""The visible ASCII characters that XML does not write in another way, to stand in brackets."""
_HEAD = re.compile(
    r'<\?xml version="1\.0"(?: encoding="utf-8")?\?>\n?'
    rf'<d:multistatus((?: xmlns:[a-z][a-z0-9]*="[{_TEXT}]+")+)>'
)
_NAMESPACE = re.compile(r' xmlns:([a-z0-9]+)="([^"]*)"')
_END = "</d:response>"


def _optional(name: str, text: str) -> str:
    return f"(?:<{name}(?:/>|>({text})</{name}>))?+"


# Each property once at most and in the order in which it is asked for (`client`); what the server
# does not have stands in a second propstat, whose content says nothing. Nothing is tried twice
# ("++", "*+", "?+"): what follows a text never begins with a letter of it.
_RESPONSE = re.compile(
    rf"<d:response><d:href>([{_TEXT}]++)</d:href><d:propstat><d:prop>"
    r"(<d:resourcetype/>|<d:resourcetype><d:collection/></d:resourcetype>)?+"
    + _optional("d:getetag", rf"[ {_TEXT}]*+(?:&quot;[ {_TEXT}]*+)*+")
    + _optional("d:getlastmodified", r"[A-Za-z0-9 ,:]*+")
    + _optional("d:getcontentlength", r"[0-9]*+")
    + _optional("oc:fileid", r"[0-9]*+")
    + _optional("oc:size", r"-?[0-9]*+")
    + _optional("oc:permissions", r"[A-Za-z]*+")
    + _optional("nc:mount-type", r"[A-Za-z-]*+")
    + r"</d:prop><d:status>HTTP/1\.1 200 OK</d:status></d:propstat>"
    r"(?:<d:propstat><d:prop>(?:<(?:d|oc|nc):[a-z][a-z-]*+/>)*+</d:prop>"
    r"<d:status>HTTP/1\.1 404 Not Found</d:status></d:propstat>)?+</d:response>"
)


PlainResponse: TypeAlias = tuple[
    str, bool | None, str | None, str | None, str | None, str | None, str | None, str | None,
    str | None,
]  # fmt: skip
"""What a response says; None, or no text, where it says nothing.

href, whether it is a collection (None when the server does not say what it is), etag, date of
change, length, file id, size, permissions, type of mount. A plain tuple, ten thousand times over:
names for its fields cost as much as the rest of its making.
"""


class PlainResponses:
    """The responses at the beginning of a body that have the shape; then `rest` has the others."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Take the body, cut anywhere."""
        self._chunks = iter(chunks)
        self._head = ""
        self._left = ""

    def __iter__(self) -> Iterator[PlainResponse]:
        """Yield the responses for as long as they have the shape."""
        for chunk in self._chunks:
            # One letter for each byte: what is no ASCII matches nothing, and comes out as it was.
            piece = self._left + chunk.decode("latin-1")
            at = 0 if self._head else self._read_head(piece)
            while self._head and (found := _RESPONSE.match(piece, at)):
                at = found.end()
                yield _take(found)
            self._left = piece[at:]
            if not self._head or _END in self._left or len(self._left) > MAX_WAITING_BYTES:
                return

    def rest(self) -> Iterator[bytes]:
        """Yield the document without what was taken out of it: its head, and what is left."""
        for piece in (self._head, self._left):
            if piece:
                yield piece.encode("latin-1")
        yield from self._chunks

    def _read_head(self, piece: str) -> int:
        """Keep the head, if it is one that is known; returns where it ends, 0 without one."""
        head = _HEAD.match(piece)
        names = [] if head is None else _NAMESPACE.findall(head[1])
        told = dict(names)
        if head is None or len(told) != len(names) or not _NAMESPACES.items() <= told.items():
            return 0
        self._head = head[0]
        return head.end()


def _take(found: re.Match[str]) -> PlainResponse:
    href, kind, etag, modified, length, file_id, size, permissions, mount_type = found.groups()
    collection = None if kind is None else "collection" in kind
    etag = etag.replace("&quot;", '"') if etag else None
    return href, collection, etag, modified, length, file_id, size, permissions or None, mount_type
