"""Documents of every kind, made when they are asked for: good ones, and what ruins them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import docx
import msoffcrypto
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
ODF = "urn:oasis:names:tc:opendocument:xmlns"

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD = MAIN.format("wordprocessingml.document")
WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
EXCEL = MAIN.format("spreadsheetml.sheet")
POWERPOINT = MAIN.format("presentationml.presentation")


def pack(entries: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive; the entry `mimetype` is stored, as ODF wants it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(name, content, how)
    return made.getvalue()


def make_ooxml(main: str, content_type: str, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package whose main part is `main`."""
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}" Target="{main}"/></Relationships>'
    )
    return pack({"[Content_Types].xml": types, "_rels/.rels": relations, **parts})


def make_word(
    body: str = "<w:p><w:r><w:t>Aftale</w:t></w:r></w:p>", content_type: str = WORD, **more: str
) -> bytes:
    """Return a minimal Word document with that body."""
    text = f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    parts = {
        f"word/{name}.xml": f'<w:hdr xmlns:w="{W}">{part}</w:hdr>' for name, part in more.items()
    }
    return make_ooxml("word/document.xml", content_type, {"word/document.xml": text, **parts})


def make_excel(rows: str = '<row><c r="A1"><v>7</v></c></row>', **more: bytes) -> bytes:
    """Return a minimal workbook of one sheet."""
    footer = "<headerFooter><oddHeader>&amp;A</oddHeader></headerFooter>"
    sheet = f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{footer}</worksheet>'
    book = f'<workbook xmlns="{S}"><sheets><sheet name="Ark1" sheetId="1"/></sheets></workbook>'
    parts = {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}
    media = {f"xl/media/{name}.png": content for name, content in more.items()}
    return make_ooxml("xl/workbook.xml", EXCEL, {**parts, **media})


def make_powerpoint(shapes: str | None = "<a:t>Velkommen</a:t>") -> bytes:
    """Return a minimal presentation; None has no slides at all."""
    names = f'xmlns:p="{P}" xmlns:a="{A}"'
    parts = {
        "ppt/presentation.xml": f"<p:presentation {names}/>",
        "ppt/slideLayouts/slideLayout1.xml": f"<p:x {names}><a:t>Klik for at</a:t></p:x>",
    }
    if shapes is not None:
        parts["ppt/slides/slide1.xml"] = f"<p:sld {names}>{shapes}</p:sld>"
    return make_ooxml("ppt/presentation.xml", POWERPOINT, parts)


def make_odf(kind: str, body: str, *, master: str = "", **more: str) -> bytes:
    """Return a minimal OpenDocument of a kind ("text", "spreadsheet", "presentation")."""
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    names += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:table="{ODF}:table:1.0"'
    names += f' xmlns:number="{ODF}:datastyle:1.0" xmlns:manifest="{ODF}:manifest:1.0"'
    styles = "<office:automatic-styles><number:text>/</number:text></office:automatic-styles>"
    content = f"{styles}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    master = f"<office:master-styles>{master}</office:master-styles>"
    manifest = f"<manifest:manifest {names}>{more.pop('manifest', '')}</manifest:manifest>"
    return pack(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {names}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {names}>{master}</office:document-styles>",
            "META-INF/manifest.xml": manifest,
            "Thumbnails/thumbnail.png": b"\x89PNG",
            **more,
        }
    )


def write_word(text: str = "Partneraftale mellem parterne", size_bytes: int = 0) -> bytes:
    """Return a document as python-docx writes it, with a part of `size_bytes` that is not text."""
    document = docx.Document()
    if text:
        document.add_heading("Aftale", 1)
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    if size_bytes:
        with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as archive:
            noise = bytes((value * 7919 >> 5) & 0xFF for value in range(4_096))
            archive.writestr("word/media/image1.bin", noise * (size_bytes // 4_096 + 1))
    return made.getvalue()


def write_pdf(
    text: str = "Partneraftale", pages: int = 1, password: str | None = None, owner: str = ""
) -> bytes:
    """Return a document as reportlab writes it; `owner` restricts without locking."""
    made = io.BytesIO()
    locked = None
    if password is not None or owner:
        locked = StandardEncryption(password or "", ownerPassword=owner or None, strength=128)
    page = canvas.Canvas(made, encrypt=locked)
    for number in range(pages):
        if text:
            page.drawString(72, 700, f"{text} {number + 1}")
        page.showPage()
    page.save()
    return made.getvalue()


def encrypt(document: bytes, password: str = "hemmelig") -> bytes:  # noqa: S107 - no secret
    """Return an OOXML document behind a password, as Office stores it."""
    made = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(document)).encrypt(password, made)
    return made.getvalue()


def make_container(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE container (MS-CFB 2.2 to 2.6) of streams of 4,096 bytes and more."""
    sector, free, end, is_fat = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    padded = {name: data.ljust(max(4_096, -(-len(data) // sector) * sector), b"\1")
              for name, data in streams.items()}  # fmt: skip
    directory_sectors = -(-(len(padded) + 1) // 4)
    data_sectors = sum(len(data) // sector for data in padded.values())
    fat_sectors = 1
    while fat_sectors * 128 < fat_sectors + directory_sectors + data_sectors:
        fat_sectors += 1
    fat = [is_fat] * fat_sectors
    fat += [*range(fat_sectors + 1, fat_sectors + directory_sectors), end]
    entries = [make_entry("Root Entry", 5, 1 if padded else free, free, end, 0)]
    for number, (name, data) in enumerate(padded.items(), 1):
        start, count = len(fat), len(data) // sector
        following = number + 1 if number < len(padded) else free
        entries.append(make_entry(name, 2, free, following, start, len(data)))
        fat += [*range(start + 1, start + count), end]
    fat += [free] * (fat_sectors * 128 - len(fat))
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors,
        fat_sectors, 0, 4_096, end, 0, end, 0,
    )  # fmt: skip
    difat = [*range(fat_sectors), *[free] * (109 - fat_sectors)]
    made = header + struct.pack("<109I", *difat) + struct.pack(f"<{len(fat)}I", *fat)
    directory = b"".join(entries).ljust(directory_sectors * sector, b"\0")
    return made + directory + b"".join(padded.values())


def make_entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    """Return an entry of a container's directory: its first child, and its sister."""
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<3I", 0xFFFFFFFF, right, child)
    start_and_size = struct.pack("<IQ", start, size)
    named = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return named + links + bytes(36) + start_and_size


def make_old_word(flags: int = 0) -> bytes:
    """Return a container with the start of a Word document; 0x0100 is encrypted."""
    return make_container({"WordDocument": struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, flags)})


def make_old_excel(record: int = 0x0042) -> bytes:
    """Return a container with the start of a workbook; 0x2F is a password."""
    start = struct.pack("<2H16x2H", 0x0809, 16, record, 4)
    return make_container({"Workbook": start})


def make_old_powerpoint(token: int = 0xE391C05F) -> bytes:
    """Return a container with the start of a presentation; 0xF3D1C4DF is encrypted."""
    user = struct.pack("<2HI2I", 0, 0x0FF6, 20, 20, token)
    return make_container({"PowerPoint Document": b"\x0f\0\xe8\x03", "Current User": user})
