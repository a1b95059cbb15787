"""What the bytes of a PDF show without a parser: where it ends, and whether a page may be in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from syncer.documents.faults import BoundedReader, Broken, OverLimit, never

# pypdf reads the whole file to repair it, and a stream as a whole.
MAX_READ_BYTES = 30 << 20

_END_MARK = re.compile(rb"%%EOF", re.IGNORECASE)
# Readers look for it in the last kilobyte (ISO 32000-1, annex H.3.4.4); some programs add more.
_END_WITHIN = 4_096
# What a program writes after the last object, and what begins one.
_AFTER_OBJECTS = re.compile(rb"%%EOF|startxref|xref|trailer|/XRef", re.IGNORECASE)
_OBJECT = re.compile(rb"[0-9][\0\s]+obj")
# The end of the first page's part, which is the first one of a linearized document.
_FIRST_END = re.compile(rb"startxref[\0\s]+0[\0\s]+%%EOF[\0\s]*\Z", re.IGNORECASE)
_PADDING = b"\x00\t\r\n "
_CHUNK_BYTES = 1 << 20
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+([0-9]{1,12})", re.DOTALL)
_LINEARIZED_WITHIN = 1_024


def _spell(name: str) -> bytes:
    """Return a pattern of a name, any of whose letters may be written by its number."""
    letters = "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)
    return f"/{letters}".encode("ascii")


# A page, objects that are packed (pages, perhaps), a list of pages that is not empty.
_PAGES = re.compile(
    _spell("Page") + rb"(?![^\0\s()<>\[\]{}/%])|" + _spell("ObjStm") + b"|"
    + _spell("Kids") + rb"(?![\0\s]*\[[\0\s]*\])"
)  # fmt: skip
# The longest of what is looked for, blanks included, as far as they are usual.
_OVERLAP_BYTES = 64


def may_be_pdf(content: BinaryIO, stop: Callable[[], bool] = never) -> bool:
    """Return whether readers may find pages in what does not begin as a document.

    Raises:
        OverLimit: it is to stop.
    """
    return may_have_pages(BoundedReader(content, max_read_bytes=MAX_READ_BYTES, stop=stop))


def may_have_pages(reader: BoundedReader) -> bool:
    """Return whether there is what readers look for where tables are wrong or missing."""
    has_object = has_page = False
    for _, chunk in _read_chunks(reader):
        has_object = has_object or _OBJECT.search(chunk) is not None
        has_page = has_page or _PAGES.search(chunk) is not None
        if has_object and has_page:
            return True
    return False


def check_end(reader: BoundedReader) -> None:
    """Raise `Broken` for a file that ends too early; pypdf would repair it in silence.

    Raises:
        Broken: it ends among its objects, or has less than it says.
        OverLimit: its end is damaged, or it goes on after that. What follows may be the half of a
            newer version, or what a program added by mistake.
    """
    reader.seek(0)
    linearized = _LINEARIZED.search(reader.read(_LINEARIZED_WITHIN))
    end = last_object = after_objects = filled = -1
    for begin, chunk in _read_chunks(reader):
        end = max(end, begin + _find_last(_END_MARK, chunk))
        last_object = max(last_object, begin + _find_last(_OBJECT, chunk))
        after_objects = max(after_objects, begin + _find_last(_AFTER_OBJECTS, chunk))
        text = len(chunk.rstrip(_PADDING))
        filled = begin + text if text else filled
    ends_soon = end >= 0 and filled - end <= _END_WITHIN
    if linearized and int(linearized[1]) > reader.size_bytes:
        reader.seek(max(filled - _END_WITHIN, 0))
        is_cut = not ends_soon or _FIRST_END.search(reader.read(_END_WITHIN)) is not None
    else:
        is_cut = end < 0 and last_object >= after_objects
    reader.seek(0)
    if is_cut:
        raise Broken("document-cut-off")
    if not ends_soon:
        raise OverLimit


def _read_chunks(reader: BoundedReader) -> Iterator[tuple[int, bytes]]:
    """Yield all of a file with the place of each piece; the pieces overlap."""
    reader.seek(0)
    before = b""
    for start in range(0, reader.size_bytes, _CHUNK_BYTES):
        chunk = before + reader.read(_CHUNK_BYTES)
        yield start - len(before), chunk
        before = chunk[-_OVERLAP_BYTES:]


def _find_last(pattern: re.Pattern[bytes], chunk: bytes) -> int:
    """Return where a pattern is found last; so far before any place that it is none."""
    return max((found.start() for found in pattern.finditer(chunk)), default=-(1 << 62))
