"""Documents of the demo: whole ones that open, of a given size, with their name as their text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from html import escape
from typing import Final

_OFFICE: Final = "http://schemas.openxmlformats.org"
_RELATION: Final = f"{_OFFICE}/officeDocument/2006/relationships/officeDocument"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
# Folder, main part, content type and text of each kind.
_KINDS: Final = {
    "docx": (
        "word/document.xml",
        "wordprocessingml.document",
        (
            '<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
        ),
    ),
    "xlsx": (
        "xl/workbook.xml",
        "spreadsheetml.sheet",
        '<workbook xmlns="{office}/spreadsheetml/2006/main"><sheets/></workbook>',
    ),
    "pptx": (
        "ppt/presentation.xml",
        "presentationml.presentation",
        '<p:presentation xmlns:p="{office}/presentationml/2006/main"/>',
    ),
}


def make_document(name: str, size_bytes: int) -> bytes:
    """Return a document of the kind that a name says, always the same one.

    One that would be too small for its kind, and one of another kind, is zeroes.
    """
    text, _, suffix = name.rpartition(".")
    if suffix == "pdf":
        return _pad(_make_pdf(text, 0), size_bytes, lambda padding: _make_pdf(text, padding))
    if suffix in _KINDS:
        smallest = _make_office(suffix, text, 0)
        return _pad(smallest, size_bytes, lambda padding: _make_office(suffix, text, padding))
    return bytes(size_bytes)


def _pad(smallest: bytes, size_bytes: int, make: Callable[[int], bytes]) -> bytes:
    missing = size_bytes - len(smallest)
    return bytes(size_bytes) if missing < 0 else make(missing)


def _make_office(suffix: str, text: str, padding: int) -> bytes:
    """Return a package whose last entry, a picture to every program, is padding."""
    main, kind, content = _KINDS[suffix]
    types = (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.'
        f'{kind}.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}" Target="{main}"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in (
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations),
            (main, content.format(office=_OFFICE, text=escape(text))),
            (f"{main.partition('/')[0]}/media/image1.bin", "0" * padding),
        ):
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), part)
    return made.getvalue()


def _make_pdf(text: str, padding: int) -> bytes:
    """Return a page with a text; a comment before it is padding."""
    shown = text.encode("ascii", "replace").replace(b"(", b" ").replace(b")", b" ")
    stream = b"BT /F1 12 Tf 72 720 Td (" + shown.replace(b"\\", b" ") + b") Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        font,
    )
    made = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        if number == len(objects):
            made += b"%" + b"0" * padding + b"\n"
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    # Ten digits each, so that padding moves nothing.
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return made + head + table + trailer + b"startxref\n%010d\n%%%%EOF\n" % len(made)
