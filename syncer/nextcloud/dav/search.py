"""A search for the path of a file id: the body of the request and of the answer (pure).

Sources: RFC 5323 (basicsearch), `docs/nextcloud.md`, section 5.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from lxml import etree

from syncer.errors import Protocol
from syncer.model.normal_forms import normalize
from syncer.nextcloud.dav.hrefs import decode_href
from syncer.nextcloud.dav.tags import TagBudget

_DAV = "{DAV:}"
# Only what a running Nextcloud was seen to answer: an unknown property fails the whole search.
_SEARCH = (
    '<?xml version="1.0"?>'
    '<d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:basicsearch>'
    "<d:select><d:prop><oc:fileid/><d:displayname/></d:prop></d:select>"
    "<d:from><d:scope><d:href>/files/{user}</d:href><d:depth>infinity</d:depth></d:scope></d:from>"
    "<d:where><d:eq><d:prop><oc:fileid/></d:prop><d:literal>{file_id}</d:literal></d:eq></d:where>"
    "</d:basicsearch></d:searchrequest>"
)


def write_search(user: str, file_id: int) -> bytes:
    """Return the body of a SEARCH for a file id among the files of a user."""
    return _SEARCH.format(user=escape(user), file_id=file_id).encode()


def read_search(body: bytes, root: str) -> str | None:
    """Return the first path, by name, that a search found below a decoded root; None for nothing.

    Raises:
        Protocol: the answer is no complete multistatus, or its paths are outside of the root.
    """
    if b"<!doctype" in body[:4096].lower():
        raise Protocol("doctype")
    TagBudget().check(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        document = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Protocol("not-xml") from error
    if document.tag != f"{_DAV}multistatus":
        raise Protocol("not-multistatus")
    paths: list[str] = []
    for response in document.iterfind(f"{_DAV}response"):
        path = decode_href(response.findtext(f"{_DAV}href") or "")
        if not path.startswith(f"{root}/"):
            raise Protocol("foreign-href")
        paths.append(normalize("NFC", path[len(root) :]).strip("/"))
    return min(paths, default=None)
