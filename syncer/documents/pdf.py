"""PDF (ISO 32000-1), read by pypdf within bounds."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, NoReturn, cast

import pypdf.filters
from pypdf import PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, ParseError, PdfReadError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    StreamObject,
)

from syncer.documents.faults import BoundedReader, Broken, Locked, OverLimit, never
from syncer.documents.pdf_bytes import MAX_READ_BYTES, check_end, may_have_pages

MAX_DECODED_BYTES = 10 << 20
# What pypdf decodes byte by byte: a second or two of work, in which nothing asks about a stop.
MAX_SLOWLY_DECODED_BYTES = 1 << 20
MAX_VERY_SLOWLY_DECODED_BYTES = 1 << 18
# Objects that are packed together are read all at once. Programs pack some hundreds.
MAX_PACKED_OBJECTS = 10_000
# Of all objects: pypdf takes some hundred bytes for each. With more the checks of those in plain
# tables exceed `MAX_READS`.
MAX_PLACES = 150_000
# A document with more pages is not blank.
MAX_PAGES_SEARCHED = 20

# Python's decoder takes ninety bytes for each of these; pypdf has no bound for it.
MAX_ASCII85_BYTES = 1 << 19

# Operators that paint: paths, shadings, images and forms; text that is more than blanks.
_PAINTS = re.compile(rb"(?:^|[\s\]\)>])(?:f\*?|F|B\*?|b\*?|S|s|sh|Do|BI)(?=\s|$)")
# An escape outside of a string is skipped: a string that never ends would be tried from each.
_STRINGS = re.compile(rb"\\.|\(((?:[^()\\]|\\.)*+)\)|<([0-9A-Fa-f\s]++)>", re.DOTALL)
# Contents that show nothing: of an operator that is not named here nobody knows.
_PLAIN_OPERATORS = (
    r"BDC BMC BT BX CS c cm cs DP d EMC ET EX G g gs h i J j K k l M MP m n Q q RG re rg ri"
    r" SCN? scn? T[*DJLcdfjmrswz] v W\*? w y ' true false null"
)
_PLAIN_CONTENTS = re.compile(
    rb"(?:[\s\[\]]|<<|>>|<\s*>|\( *\)|/[^\s()<>\[\]{}/%%]*"
    rb"|(?:[-+]?[0-9.]+|%s)(?=[\s()<>\[\]/]|\Z))*+"
    % "|".join(_PLAIN_OPERATORS.split()).encode("ascii")
)
_KEYS_OF_A_PAGE = (
    "/Type /Parent /Resources /Contents /Annots /MediaBox /CropBox /BleedBox /TrimBox /ArtBox"
    " /BoxColorInfo /Rotate /UserUnit /Group /Tabs /StructParents /LastModified /Metadata"
    " /PieceInfo /Thumb /Trans /Dur /ID /B /SeparationInfo /AA"
)
_PAGE_KEYS = frozenset(_KEYS_OF_A_PAGE.split())
# Others may show something in a window of the reader, or do something when it opens.
_KEYS_OF_A_CATALOG = (
    "/Type /Pages /Version /Extensions /PageLabels /Names /Dests /ViewerPreferences /PageLayout"
    " /PageMode /Metadata /StructTreeRoot /MarkInfo /Lang /OutputIntents /PieceInfo /OCProperties"
    " /Outlines /OpenAction"
)
_CATALOG_KEYS = frozenset(_KEYS_OF_A_CATALOG.split())
# Only these say that a blank is none of the glyphs that a font draws.
_FONTS = frozenset({"/Type1", "/MMType1", "/TrueType"})
_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
_SYMBOLIC = 4


def _decode_ascii85(data: bytes, **options: Any) -> bytes:
    if len(data) > MAX_ASCII85_BYTES:
        raise LimitReachedError("the stream is too long")
    return base64.a85decode(data, **options)


_inflate = pypdf.filters.FlateDecode.decode


def _decode_flate(data: bytes, decode_parms: Any = None, **more: Any) -> bytes:
    if not isinstance(decode_parms, DictionaryObject) or decode_parms.get("/Predictor", 1) == 1:
        return _inflate(data, decode_parms, **more)
    with apply_configuration(zlib_maximum_output_length=MAX_SLOWLY_DECODED_BYTES):
        return _inflate(data, decode_parms, **more)


setattr(pypdf.filters, "a85decode", _decode_ascii85)  # noqa: B010 - the library exports no such name
setattr(pypdf.filters.FlateDecode, "decode", staticmethod(_decode_flate))  # noqa: B010 - likewise


class _Reader(PdfReader):
    """Reads bounded tables of places, and no more packed objects at once than take a second.

    pypdf itself bounds only those that packed tables name, at two million, and reports more of
    them as a damage; those of plain tables, and those that it finds where no table is, it does not.
    """

    def __init__(self, reader: BoundedReader, *, strict: bool) -> None:
        self._bounds = reader
        self._places = 0
        super().__init__(cast("BinaryIO", reader), strict=strict)

    @property
    def is_encrypted(self) -> bool:
        """Whether it says how it is encrypted; nobody knows where that is no dictionary."""
        if "/Encrypt" not in self.trailer:
            return False
        if isinstance(self.trailer["/Encrypt"], DictionaryObject):
            return True
        if not isinstance(self.trailer.raw_get("/Encrypt"), NullObject):
            raise OverLimit
        return False

    def _read_standard_xref_table__handle_size(self, stream: Any) -> int | None:
        size = super()._read_standard_xref_table__handle_size(stream)
        self._count_places(size or 0)
        return size

    def _sanitize_pdf15_xref_stream_index_pairs(self, *args: Any, **more: Any) -> list[int]:
        pairs = super()._sanitize_pdf15_xref_stream_index_pairs(*args, **more)
        self._count_places(sum(pairs[1::2]))
        return pairs

    def _find_pdf_objects(self, data: bytes) -> Iterable[tuple[int, int, int]]:  # type: ignore[override]
        for found in super()._find_pdf_objects(data):
            self._count_places(1)
            yield found

    def _count_places(self, count: int) -> None:
        self._places += count
        if self._places > MAX_PLACES:
            self._give_up()

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> Any:
        number, _ = self.xref_objStm[indirect_reference.idnum]
        packed = self.get_object(IndirectObject(number, 0, self))
        if isinstance(packed, StreamObject) and (
            packed.get("/N", 0) > MAX_PACKED_OBJECTS
            or len(packed.get_data()) > MAX_SLOWLY_DECODED_BYTES
        ):
            self._give_up()
        return super()._get_object_from_stream(indirect_reference)

    def _give_up(self) -> NoReturn:
        """Raise `OverLimit`, and say so to the stream, as pypdf may take no notice of it."""
        self._bounds.is_over = True
        raise OverLimit


def check_pdf(content: BinaryIO, stop: Callable[[], bool] = never) -> bool:
    """Check a document, and return whether there is anything on its pages.

    Raises:
        Broken: it is cut, or no program can find a page in it.
        Locked: it opens only with a password.
        OverLimit: finding out would take too much, or is to stop, or not all pages are found.
    """
    reader = BoundedReader(content, max_read_bytes=MAX_READ_BYTES, stop=stop)
    check_end(reader)
    try:
        with apply_configuration(
            maximum_declared_stream_length=MAX_READ_BYTES,
            array_based_stream_maximum_output_length=MAX_DECODED_BYTES,
            lzw_maximum_output_length=MAX_VERY_SLOWLY_DECODED_BYTES,
            run_length_maximum_output_length=MAX_SLOWLY_DECODED_BYTES,
            zlib_maximum_output_length=MAX_DECODED_BYTES,
            zlib_maximum_recovery_input_length=MAX_VERY_SLOWLY_DECODED_BYTES,
            stream_decoding_work_maximum_length=2 * MAX_DECODED_BYTES,
            disable_legacy_handling=True,
        ):
            shows = _open(reader)
            if not shows:
                _prove_blank(reader)
    except (Broken, Locked, OverLimit):
        raise
    except (LimitReachedError, DependencyError) as error:
        raise OverLimit from error
    except Exception as error:
        # What pypdf raises is not listed anywhere, and other readers repair more than it does.
        if reader.is_over or may_have_pages(reader):
            raise OverLimit from error
        raise Broken("document-unreadable") from error
    if reader.is_over:
        raise OverLimit
    return shows


def _open(reader: BoundedReader, *, strict: bool = False) -> bool:
    pdf = _Reader(reader, strict=strict)
    if pdf.is_encrypted and pdf.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Locked
    count = len(pdf.pages)
    pages = [pdf.pages[number] for number in range(min(count, MAX_PAGES_SEARCHED))]
    if reader.is_over:
        raise OverLimit
    if count == 0:
        raise PdfReadError("there is no page")
    if _has_more_than_pages(pdf):
        return True
    if count > MAX_PAGES_SEARCHED or any(_has_content(page, reader) for page in pages):
        return True
    listed = cast("DictionaryObject", pdf.root_object["/Pages"]).get("/Count")
    # pypdf leaves out what it cannot find or decode.
    if listed != count or not all(_is_plain(page, reader) for page in pages):
        raise OverLimit
    if not _is_plain_catalog(pdf.root_object):
        raise OverLimit
    return False


def _prove_blank(reader: BoundedReader) -> None:
    """Raise `OverLimit` unless a reading that repairs nothing finds nothing on the pages too."""
    try:
        shows = _open(reader, strict=True)
    except (Broken, PdfReadError, ParseError) as error:
        raise OverLimit from error
    if shows:
        raise OverLimit


def _is_plain(page: PageObject, reader: BoundedReader) -> bool:
    """Return whether a page is known to show nothing: all of it is there, whole and understood."""
    if not page.keys() <= _PAGE_KEYS or not all(_is_whole(one) for one in _list_contents(page)):
        return False
    text = _read_contents(page, reader)
    return _PLAIN_CONTENTS.fullmatch(text) is not None and (
        b"( " not in text or _has_plain_fonts(page)
    )


def _has_plain_fonts(page: PageObject) -> bool:
    """Return whether a blank is one in all fonts that a page may use."""
    resources = _get_dictionary(page, "/Resources")
    fonts = _get_dictionary(resources, "/Font")
    states = _get_dictionary(resources, "/ExtGState")
    return (
        bool(fonts)
        and all(_is_plain_font(_get_dictionary(fonts, name)) for name in fonts)
        and not any("/Font" in _get_dictionary(states, name) for name in states)
    )


def _is_plain_font(font: DictionaryObject) -> bool:
    flags = _get_dictionary(font, "/FontDescriptor").get("/Flags", 0)
    return (
        font.get("/Subtype") in _FONTS
        and font.get("/Encoding") in _ENCODINGS
        and isinstance(flags, int)
        and not flags & _SYMBOLIC
    )


def _is_plain_catalog(root: DictionaryObject) -> bool:
    """Return whether a document without contents shows nothing beside its pages."""
    return (
        root.keys() <= _CATALOG_KEYS
        and "/First" not in _get_dictionary(root, "/Outlines")
        and _get_dictionary(root, "/Names").keys() <= {"/Dests"}
        # A place; what is no list may be a script.
        and isinstance(root.get("/OpenAction", ArrayObject()), ArrayObject)
    )


def _get_dictionary(holder: DictionaryObject, key: str) -> DictionaryObject:
    """Return an entry; an empty one for what is none."""
    found = holder.get(key)
    found = None if found is None else found.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _is_whole(stream: Any) -> bool:
    """Return whether a stream is there, and as it was packed: pypdf takes any start of it."""
    if not isinstance(stream, StreamObject):
        return False
    filters = stream.get("/Filter", ArrayObject())
    data: bytes = stream._data  # noqa: SLF001
    for name in filters if isinstance(filters, ArrayObject) else [filters]:
        if name == "/ASCII85Decode":
            data = pypdf.filters.ASCII85Decode.decode(data)
        elif name == "/FlateDecode":
            unpacked = zlib.decompressobj()
            try:
                data = unpacked.decompress(data, MAX_DECODED_BYTES)
            except zlib.error:
                return False
            if not unpacked.eof:
                return False
        else:
            return False
    return True


def _has_more_than_pages(pdf: PdfReader) -> bool:
    """Return whether there are files within the document, or a form that readers draw."""
    root = pdf.root_object
    has_files = "/EmbeddedFiles" in _get_dictionary(root, "/Names")
    return has_files or any(key in root for key in ("/AF", "/AcroForm", "/Collection"))


def _has_content(page: PageObject, reader: BoundedReader) -> bool:
    if page.get("/Annots"):
        return True
    text = _read_contents(page, reader)
    if _PAINTS.search(text):
        return True
    for string in _STRINGS.finditer(text):
        reader.check_stop()
        if _is_text(string):
            return True
    return False


def _read_contents(page: PageObject, reader: BoundedReader) -> bytes:
    parts: list[bytes] = []
    left_bytes = MAX_DECODED_BYTES
    for stream in _list_contents(page):
        reader.check_stop()
        if isinstance(stream, StreamObject):
            parts.append(stream.get_data())
            left_bytes -= len(parts[-1])
            if left_bytes < 0:
                raise OverLimit
    return b"\n".join(parts)


def _list_contents(page: PageObject) -> list[Any]:
    """Return the streams of a page, and what is in the place of one."""
    if "/Contents" not in page:
        return []
    contents = page.raw_get("/Contents").get_object()
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    return [None if part is None else part.get_object() for part in parts]


def _is_text(string: re.Match[bytes]) -> bool:
    """Return whether a string shows more than blanks; glyph numbers may be any letter."""
    literal, glyphs = string.groups()
    return glyphs is not None or (literal is not None and literal.strip(b" \xa0\t\r\n") != b"")
