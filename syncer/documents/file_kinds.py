"""The kind of a document: by its name, and by the first bytes of its content."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from enum import StrEnum


class FileKind(StrEnum):
    """A kind of file; those with several suffixes, templates and macros are one."""

    WORD = "docx"
    EXCEL = "xlsx"
    POWERPOINT = "pptx"
    ODF_TEXT = "odt"
    ODF_SHEET = "ods"
    ODF_SLIDES = "odp"
    ODF_DRAWING = "odg"
    PDF = "pdf"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    OLD_POWERPOINT = "ppt"
    ZIP = "zip"
    OLE = "ole"
    RTF = "rtf"
    IMAGE = "image"
    HTML = "html"
    TEXT = "text"


OOXML = frozenset({FileKind.WORD, FileKind.EXCEL, FileKind.POWERPOINT})
ODF = frozenset({FileKind.ODF_TEXT, FileKind.ODF_SHEET, FileKind.ODF_SLIDES, FileKind.ODF_DRAWING})
OLD_OFFICE = frozenset({FileKind.OLD_WORD, FileKind.OLD_EXCEL, FileKind.OLD_POWERPOINT})

HEAD_BYTES = 4_096
"""How many of the first bytes show what a file is."""

_SUFFIXES: Mapping[FileKind, str] = {
    FileKind.WORD: "docx docm dotx dotm",
    FileKind.EXCEL: "xlsx xlsm xltx xltm xlsb",
    FileKind.POWERPOINT: "pptx pptm potx potm ppsx ppsm",
    FileKind.ODF_TEXT: "odt ott odm oth",
    FileKind.ODF_SHEET: "ods ots",
    FileKind.ODF_SLIDES: "odp otp",
    FileKind.ODF_DRAWING: "odg otg",
    FileKind.PDF: "pdf",
    FileKind.OLD_WORD: "doc dot",
    FileKind.OLD_EXCEL: "xls xlt",
    FileKind.OLD_POWERPOINT: "ppt pps pot",
}
_KIND_OF = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
# In these a page of HTML, or the source of one, may be what people mean.
_HTML_SUFFIXES = (
    "asp aspx cfm cshtml css ejs eml erb hbs htm html j2 jinja js jsp liquid markdown md mht mhtml"
    " njk php phtml shtml svg text tmpl tpl txt url vue webloc xht xhtml xml xsl xslt"
)
_MAY_BE_HTML = frozenset(_HTML_SUFFIXES.split())

_SIGNATURES = (
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
)
# Documents of before OLE: Excel 2 to 5 (and later streams without container), Word 1 to 6, Write,
# WordPerfect, PowerPoint.
_BEFORE_OLE_HEX = (
    "09000400 09020600 09040600 09080800 09081000 9ba52100 dba52d00 dca5 eca5c100 fe3700 31be0000"
    " 32be0000 ff575043 eddead0b 0baddeed"
)
_BEFORE_OLE = tuple(map(bytes.fromhex, _BEFORE_OLE_HEX.split()))
_PDF_MARK = b"%PDF-"
# Readers look for it in the first kilobyte (ISO 32000-1, annex H.3.4.1).
_PDF_MARK_WITHIN = 1_024
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML_START = re.compile(
    r"(?:\s+|<!--.*?-->|<\?xml\b[^>]*\?>)*+<(?:!doctype\s+html|html|head|body|title|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_suffix(name: str) -> str:
    """Return the suffix of a file name, lower case, without the dot; "" without one."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def find_kind(name: str) -> FileKind | None:
    """Return the kind that a name promises; None for one that is not opened."""
    return _KIND_OF.get(read_suffix(name))


def may_be_html(name: str) -> bool:
    """Return whether HTML is a proper content of a file of that name."""
    return read_suffix(name) in _MAY_BE_HTML


def sniff(head: bytes) -> FileKind | None:
    """Return the kind that the first `HEAD_BYTES` of a content show; None for none of ours."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if _PDF_MARK in head[:_PDF_MARK_WITHIN]:
        return FileKind.PDF
    text = _decode(head)
    if text is None:
        return None
    return FileKind.HTML if is_html(text) else FileKind.TEXT


def is_before_ole(head: bytes) -> bool:
    """Return whether a content begins as an office document from before the containers."""
    return head.startswith(_BEFORE_OLE)


def is_html(text: str) -> bool:
    """Return whether a text begins as a page of HTML does."""
    return _HTML_START.match(text) is not None


def _decode(head: bytes) -> str | None:
    """Return the start of a text; None for what is none: control characters, only blanks."""
    encoding = "utf-8"
    for mark, marked in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            head, encoding = head[len(mark) :], marked
    # A page in an old encoding is still a page: its marks are ASCII.
    text = head.decode(encoding, "replace")
    return None if _CONTROL.search(text) or not text.strip() else text
