"""Every verdict on every kind of document, as a table."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from shutil import which
from subprocess import run

import openpyxl
import pytest
import xlsxwriter

from syncer.documents import file_kinds
from syncer.documents.file_kinds import FileKind
from syncer.documents.open_document import open_bytes
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

HTML = b"<!DOCTYPE html>\n<html><head><title>Log ind</title></head></html>"
YES, DAMAGED, LOCKED = Opens.YES, Opens.DAMAGED, Opens.LOCKED
BLANK, OTHER = Opens.BLANK, Opens.OTHER_TYPE

XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
PARAGRAPH = "<text:p>Aftale</text:p>"
CELL = "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row>"
CELL += "</table:table>"
NUMBERED = (
    "<text:p><text:sheet-name>???</text:sheet-name></text:p><text:p>Side <text:page-number>1"
    "</text:page-number><text:span> af <text:page-count>9</text:page-count></text:span></text:p>"
)


def verdict(name: str, data: bytes) -> Opens | None:
    """Return the verdict on a file."""
    return open_bytes(name, data).opens


def _add(data: bytes, **parts: str | bytes) -> bytes:
    """Return an archive with more entries, whose names have `__` for a slash and `_` for a dot."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entries: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    names = {name: name.replace("__", "/").replace("_", ".") for name in parts}
    return corpus.pack({**entries, **{names[name]: part for name, part in parts.items()}})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Aftale.docx", corpus.write_word()),
        ("Aftale.DOCX", corpus.write_word()),
        ("Skabelon.dotx", corpus.make_word()),
        ("Makro.docm", corpus.make_word(content_type=corpus.WORD_MACROS)),
        ("Felter.docx", corpus.make_word("<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>")),
        ("Brevpapir.dotx", corpus.make_word("<w:p/>", header1="<w:t>OS2</w:t>")),
        ("Billede.docx", corpus.make_word("<w:p><w:r><w:drawing/></w:r></w:p>")),
        ("Regnskab.xlsx", corpus.make_excel()),
        ("Logo.xlsx", corpus.make_excel("", logo=b"\x89PNG")),
        ("Formel.xlsx", corpus.make_excel('<row><c r="A1"><f>1+1</f></c></row>')),
        (
            "Binær.xlsb",
            corpus.make_ooxml("xl/workbook.bin", XLSB, {"xl/workbook.bin": b"\x83\x01"}),
        ),
        ("Oplæg.pptx", corpus.make_powerpoint()),
        ("Design.potx", corpus.make_powerpoint(None)),
        ("Aftale.odt", corpus.make_odf("text", PARAGRAPH)),
        ("Brevpapir.ott", corpus.make_odf("text", "<text:p/>", master="<text:p>OS2</text:p>")),
        ("Billede.odt", corpus.make_odf("text", "<text:p/>", **{"Pictures/a.png": "x"})),
        ("Tegning.odt", corpus.make_odf("text", "<draw:frame><draw:image/></draw:frame>")),
        ("Tal.ods", corpus.make_odf("spreadsheet", CELL.format("<text:p>7</text:p>"))),
        ("Oplæg.odp", corpus.make_odf("presentation", PARAGRAPH)),
        ("Kort.odg", corpus.make_odf("graphics", "<draw:rect/>")),
        ("Aftale.pdf", corpus.write_pdf()),
        ("Lang.pdf", corpus.write_pdf(text="", pages=21)),
        ("Begrænset.pdf", corpus.write_pdf(owner="ejer")),
        ("Gammel.doc", corpus.make_old_word()),
        ("Gammel.xls", corpus.make_old_excel()),
        ("Gammel.ppt", corpus.make_old_powerpoint()),
    ],
)
def test_good_documents_open(name: str, data: bytes) -> None:
    """A whole document that has anything on it opens, whoever wrote it."""
    assert verdict(name, data) is YES


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Tom.docx", corpus.write_word(text="")),
        ("Tom.docx", corpus.make_word("<w:p><w:r><w:t> </w:t></w:r></w:p>", header1="<w:p/>")),
        ("Tom.xlsx", corpus.make_excel('<row><c r="A1" s="3"/></row>')),
        ("Tom.pptx", corpus.make_powerpoint("<p:sp/>")),
        (
            "Tom.pptx",
            _add(
                corpus.make_powerpoint("<p:cSld/>"),
                ppt__slideMasters__slideMaster1_xml="<m><sp><ph/></sp><pic><ph/></pic></m>",
            ),
        ),
        (
            "Tom.odp",
            corpus.make_odf(
                "presentation",
                "",
                master=f'<draw:frame xmlns:p="{corpus.ODF}:presentation:1.0" p:class="title"/>',
            ),
        ),
        ("Tom.odt", corpus.make_odf("text", "<text:p/>")),
        ("Tom.ods", corpus.make_odf("spreadsheet", CELL.format(""), master=NUMBERED)),
        ("Tom.pdf", corpus.write_pdf(text="")),
        ("Tom.docx", b""),
    ],
)
def test_blank_documents(name: str, data: bytes) -> None:
    """A whole document without a word, a picture or a filled cell is blank."""
    assert open_bytes(name, data) == Document(BLANK, Reason("document-blank"))


CHART = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="cx1">{}</mc:Choice>'
    "<mc:Fallback/></mc:AlternateContent></w:r></w:p>"
)
LABELS = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
STYLED = "<w:p><w:pPr><w:pStyle w:val='Liste'/></w:pPr></w:p>"
STYLES = f"<w:styles xmlns:w='{corpus.W}'><w:style>{{}}</w:style></w:styles>"
SHEET_CELL = "<row><c r='A1' s='3'/></row>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Diagram.docx", corpus.make_word(CHART.format(""))),
        ("Blæk.docx", corpus.make_word(CHART.format("<w:contentPart/>"))),
        ("Liste.docx", corpus.make_word(LABELS)),
        ("Ramme.docx", corpus.make_word("<w:p><w:pPr><w:pBdr><w:top/></w:pBdr></w:pPr></w:p>")),
        ("Skema.docx", corpus.make_word("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")),
        (
            "Typografi.docx",
            _add(corpus.make_word(STYLED), word__styles_xml=STYLES.format("<w:numPr/>")),
        ),
        ("Brevhoved.docx", corpus.make_word("<w:p/>", header1=LABELS)),
        ("Makroer.docm", _add(corpus.make_word("<w:p/>"), word__vbaProject_bin=b"x")),
        ("Byggeklods.dotx", _add(corpus.make_word("<w:p/>"), word__glossary__document_xml="<a/>")),
        ("Makroer.xlsm", _add(corpus.make_excel(""), xl__vbaProject_bin=b"x")),
        ("Data.xlsx", _add(corpus.make_excel(""), xl__connections_xml="<a/>")),
        ("Farver.xlsx", corpus.make_excel("</sheetData><conditionalFormatting/><sheetData>")),
        (
            "Blæk.pptx",
            corpus.make_powerpoint("<p:cSld><p:spTree><p:contentPart/></p:spTree></p:cSld>"),
        ),
        (
            "Master.pptx",
            _add(
                corpus.make_powerpoint("<p:cSld/>"),
                ppt__slideMasters__slideMaster1_xml="<m><sp><ph/></sp><sp><t>OS2</t></sp></m>",
            ),
        ),
        ("Master.odp", corpus.make_odf("presentation", "", master="<draw:frame/>")),
        ("Master.odg", corpus.make_odf("graphics", "", master="<draw:rect/>")),
        ("Baggrund.pptx", corpus.make_powerpoint("<p:cSld><p:bg/></p:cSld>")),
        (
            "Noter.pptx",
            _add(corpus.make_powerpoint("<p:cSld/>"), ppt__notesSlides__notesSlide1_xml="<a/>"),
        ),
        ("Liste.odt", corpus.make_odf("text", "<text:list><text:list-item/></text:list>")),
        ("Kapitel.odt", corpus.make_odf("text", "<text:h/>")),
        ("Skema.odt", corpus.make_odf("text", CELL.format(""))),
        ("Flere.pdf", corpus.write_pdf(text="") + b"<html>" * 1_000),
        (
            "Certifikat.pdf",
            re.sub(rb"/Filter /Standard", b"/Filter /Adobe.PubSec", corpus.write_pdf(password="x")),
        ),
    ],
)
def test_what_may_show_something_is_not_called_blank(name: str, data: bytes) -> None:
    """Bullets, frames, ink, macros and data: nobody knows, so there is no verdict."""
    assert open_bytes(name, data) == Document(None)


def _write_workbook() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def _write_workbook_too() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet()
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Tom.xlsx", _write_workbook()),
        ("Tom.xlsx", _write_workbook_too()),
        ("Tom.docx", _add(corpus.make_word(STYLED), word__styles_xml=STYLES.format("<w:rPr/>"))),
        ("Tom.docx", corpus.make_word("<w:p><w:pPr><w:rPr><w:lang/></w:rPr></w:pPr></w:p>")),
        ("OnlyOffice.docx", corpus.make_word("<w:p><w:pPr><w:pBdr/><w:ind/></w:pPr><w:r/></w:p>")),
        ("Word.docx", _add(corpus.make_word("<w:p/>"), docMetadata__LabelInfo_xml="<a/>")),
        (
            "Tom.pptx",
            corpus.make_powerpoint(
                "<p:cSld><p:spTree><p:nvGrpSpPr><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree></p:cSld>"
            ),
        ),
    ],
)
def test_what_programs_write_into_an_empty_document_is_blank(name: str, data: bytes) -> None:
    """Properties, styles and masters show nothing."""
    assert open_bytes(name, data) == Document(BLANK, Reason("document-blank"))


def _take_from(data: bytes, *names: str, **changed: str) -> bytes:
    """Return an archive without some of its entries, or with other ones (`_` is a dot)."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entries: dict[str, str | bytes] = {
            name: opened.read(name) for name in opened.namelist() if name not in names
        }
    return corpus.pack({**entries, **changed})


def _rename(data: bytes) -> bytes:
    """Return an archive with the separator of Windows."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return corpus.pack({n.replace("/", "\\"): opened.read(n) for n in opened.namelist()})


ROOT = (
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis'
    '.opendocument.{}"/>'
)
UNMARKED = _take_from(corpus.make_odf("text", PARAGRAPH, manifest=ROOT.format("text")), "mimetype")


@pytest.mark.parametrize(
    ("name", "data", "opens"),
    [
        ("Aftale.odt", UNMARKED, YES),
        ("Aftale.ods", UNMARKED, OTHER),
        ("Aftale.docx", UNMARKED, OTHER),
        ("Aftale.odt", _take_from(corpus.make_odf("text", PARAGRAPH), "mimetype"), YES),
        (
            "Aftale.odt",
            _take_from(
                corpus.make_odf("text", PARAGRAPH),
                mimetype="\ufeffapplication/vnd.oasis.opendocument.text",
            ),
            YES,
        ),
        ("Aftale.docx", _rename(corpus.make_word()), YES),
        ("Aftale.pdf", corpus.write_pdf() + bytes(70_000), YES),
        ("Aftale.pdf", corpus.write_pdf().rstrip()[:-7], None),
        (
            "Mappe.pdf",
            corpus.write_pdf(text="").replace(b"/Type /Catalog", b"/AF [] /Type /Catalog"),
            YES,
        ),
    ],
)
def test_what_offices_open_is_whole(name: str, data: bytes, opens: Opens | None) -> None:
    """An ODF without its mark, Windows' separator, zeroes after the end, a portfolio."""
    assert verdict(name, data) is opens


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Aftale.docx", corpus.encrypt(corpus.write_word())),
        ("Regnskab.xlsx", corpus.encrypt(corpus.make_excel())),
        ("Aftale.pdf", corpus.write_pdf(password="hemmelig")),
        ("Aftale.odt", corpus.make_odf("text", "", manifest="<manifest:encryption-data/>")),
        ("Aftale.odt", corpus.make_odf("text", "", **{"encrypted-package": "x"})),
        ("Gammel.doc", corpus.make_old_word(0x0100)),
        ("Gammel.xls", corpus.make_old_excel(0x2F)),
        ("Gammel.ppt", corpus.make_old_powerpoint(0xF3D1C4DF)),
    ],
)
def test_locked_documents(name: str, data: bytes) -> None:
    """A document that opens only with a password is locked."""
    assert open_bytes(name, data) == Document(LOCKED, Reason("document-encrypted"))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("Aftale.docx", HTML, "document-is-html"),
        ("Aftale.pdf", b"\xef\xbb\xbf \n<!-- x --><HTML lang='da'>", "document-is-html"),
        ("Aftale.odt", "<!doctype html>".encode("utf-16"), "document-is-html"),
        ("Logo.png", HTML, "document-is-html"),
        ("Arkiv.zip", b'<?xml version="1.0"?><html xmlns="x">', "document-is-html"),
        ("Aftale.docx", corpus.make_odf("text", PARAGRAPH), "document-is-other"),
        ("Aftale.odt", corpus.write_word(), "document-is-other"),
        ("Aftale.docx", corpus.make_excel(), "document-is-other"),
        ("Aftale.pdf", corpus.write_word(), "document-is-other"),
        ("Aftale.docx", corpus.write_pdf(), "document-is-other"),
        ("Aftale.docx", corpus.make_old_word(), "document-is-other"),
        ("Aftale.doc", corpus.write_word(), "document-is-other"),
        ("Aftale.doc", b"{\\rtf1\\ansi Aftale}", "document-is-other"),
        ("Aftale.docx", corpus.pack({"Aftale.docx": corpus.write_word()}), "document-is-other"),
        ("Aftale.pdf", b"\x89PNG\r\n\x1a\n....", "document-is-other"),
        ("Aftale.docx", b'{"error": "not found"}', "document-is-other"),
        ("Gammel.xls", corpus.make_old_word(), "document-is-other"),
    ],
)
def test_other_types(name: str, data: bytes, code: str) -> None:
    """Content of another kind than the name says is told apart, a page of HTML above all."""
    document = open_bytes(name, data)
    assert document.opens is OTHER
    assert document.reason is not None
    assert document.reason.code == code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Aftale.docx", b"\0" * 5_000),
        ("Aftale.pdf", b"\0" * 5_000),
        ("Aftale.docx", b" \n" * 100),
        ("Aftale.docx", corpus.make_word("<w:p>")),
        ("Aftale.docx", corpus.make_ooxml("word/document.xml", corpus.WORD, {})),
        ("Aftale.docx", corpus.pack({"word/document.xml": "<a/>"})),
        ("Aftale.docx", corpus.pack({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<r/>"})),
        ("Aftale.odt", corpus.pack({"mimetype": "application/vnd.oasis.opendocument.text"})),
        ("Aftale.pdf", b"%PDF-1.7\nnothing\n%%EOF\n"),
        ("Gammel.doc", corpus.make_container({"WordDocument": b"\0" * 12})),
        ("Gammel.doc", corpus.make_container({})),
    ],
)
def test_damaged_documents(name: str, data: bytes) -> None:
    """Zeroes, a part that is missing or not well-formed, a main part that is not there."""
    assert verdict(name, data) is DAMAGED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Notat.txt", b"Aftale"),
        ("side.html", HTML),
        ("Skabelon.php", HTML),
        ("Billede.png", b"\x89PNG\r\n\x1a\n"),
        ("Arkiv.zip", b"PK\x03\x04 cut"),
        ("Uden suffiks", b"\0\1\2"),
        (".docx", corpus.write_pdf()),
    ],
)
def test_unknown_kinds_have_no_verdict(name: str, data: bytes) -> None:
    """What we do not open has no verdict, and is no fault."""
    assert open_bytes(name, data).opens is None


def _list_good() -> list[tuple[str, bytes]]:
    return [
        ("a.docx", corpus.write_word(size_bytes=20_000)),
        ("a.xlsx", corpus.make_excel()),
        ("a.odt", corpus.make_odf("text", PARAGRAPH)),
        ("a.pdf", corpus.write_pdf(pages=5)),
        ("a.doc", corpus.make_old_word()),
        ("a.xls", corpus.make_old_excel()),
        ("b.docx", corpus.encrypt(corpus.write_word())),
    ]


@pytest.mark.parametrize(("name", "data"), _list_good())
@pytest.mark.parametrize("filler", ["nothing", "zeroes"])
def test_half_uploads_are_damaged(name: str, data: bytes, filler: str) -> None:
    """A document that ends at any kilobyte, or is zero from there on, is damaged.

    Readers find all of a PDF that lacks only the table after its objects.
    """
    for cut in range(512, len(data) - 1, 512):
        half = data[:cut] + (bytes(len(data) - cut) if filler == "zeroes" else b"")
        if filler == "zeroes" and name.endswith((".doc", ".xls")) and cut > 1_024:
            continue  # the end of such a stream is ours, and nothing says that it is no zero
        expected: set[Opens | None] = {DAMAGED}
        expected |= {LOCKED, None} if filler == "zeroes" and name == "b.docx" else set()
        expected |= {None} if name == "a.pdf" and cut > data.rindex(b"endobj") else set()
        assert verdict(name, half) in expected, cut


@pytest.mark.parametrize(
    ("name", "data"), [one for one in _list_good() if one[0].endswith(("docx", "xlsx", "odt"))][:3]
)
def test_a_hole_in_an_archive_is_damage(name: str, data: bytes) -> None:
    """A kilobyte of zeroes anywhere in an archive breaks a checksum."""
    for start in range(0, len(data) - 1_024, 1_024):
        holed = data[:start] + bytes(1_024) + data[start + 1_024 :]
        assert verdict(name, holed) is DAMAGED, start


def test_a_linearized_pdf_that_is_cut_is_damaged() -> None:
    """Its first page ends like a whole document, but its stated length is longer."""
    data = corpus.write_pdf()
    longer = data.replace(b"%\xe2\xe3", b"%<</Linearized 1 /L 999999>>\n%\xe2\xe3", 1)
    longer = longer if longer != data else data[:9] + b"%/Linearized 1/L 999999\n" + data[9:]
    longer = re.sub(rb"startxref\s+[0-9]+", b"startxref\n0", longer)
    assert verdict("a.pdf", longer) is DAMAGED


def _make_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(30):
            archive.writestr(f"word/{number}.xml", bytes(40 << 20))
    return made.getvalue()


def _make_false_bomb() -> bytes:
    """Return an archive whose entry inflates to far more than its directory says."""
    data = corpus.make_word("<w:p>" + " " * (30 << 20) + "</w:p>")
    inflated = (30 << 20) + 300
    at = data.rfind(b"PK\1\2", 0, data.rfind(b"word/document.xml"))
    assert int.from_bytes(data[at + 24 : at + 28], "little") > inflated - 300
    return data[: at + 24] + (1_000).to_bytes(4, "little") + data[at + 28 :]


def _make_pdf_bomb() -> bytes:
    packed = zlib.compress(b" " * (300 << 20), 1)
    body = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
    body += b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body = body.replace(b"%%PDF", b"%PDF") + packed + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_BILLION = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_LAUGHS}]><x>&a9;</x>'


def _make_xml_bomb(part: str) -> bytes:
    return corpus.make_ooxml("w.xml", corpus.WORD, {"w.xml": part})


# Made inside the test: together they take ten seconds, which each process of the tests would spend.
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", _make_bomb),
        ("a.docx", _make_false_bomb),
        ("a.docx", lambda: _make_xml_bomb(_BILLION)),
        ("a.docx", lambda: _make_xml_bomb("<a>" * 200_000)),
        ("a.docx", lambda: _make_xml_bomb("<a " + "x" * (30 << 20))),
        ("a.docx", lambda: corpus.pack({f"{number}": "" for number in range(12_000)})),
        ("a.pdf", _make_pdf_bomb),
        ("a.pdf", lambda: b"%PDF-1.4\n" + b"[" * 300_000 + b"\n%%EOF"),
        ("a.pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 500_000 + b"startxref\n9\n%%EOF"),
    ],
)
def test_bombs_cost_little(name: str, make: Callable[[], bytes]) -> None:
    """A bomb is damaged at most, and costs under 100 MB."""
    data = make()
    tracemalloc.start()
    try:
        assert verdict(name, data) in (DAMAGED, None)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 100 << 20


def test_twenty_megabytes_open() -> None:
    """Size alone is no fault."""
    assert verdict("a.docx", corpus.write_word(size_bytes=20 << 20)) is YES


@pytest.mark.thorough
def test_what_libreoffice_writes(tmp_path: Path) -> None:
    """Documents as LibreOffice writes them have the right verdict, written and blank."""
    if which("soffice") is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    for stem, text in (("skrevet", "Partneraftale\n"), ("tom", "")):
        for source, suffixes in (("txt", "odt docx doc pdf ott"), ("csv", "ods xlsx xls")):
            (tmp_path / f"{stem}.{source}").write_text(text)
            for suffix in suffixes.split():
                command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile"]
                command += ["--headless", "--convert-to", suffix, "--outdir", f"{tmp_path}/out"]
                run([*command, f"{tmp_path}/{stem}.{source}"], check=True, capture_output=True)
                made = tmp_path / "out" / f"{stem}.{suffix}"
                # Old formats are not searched for words.
                empty = not text and suffix not in ("doc", "xls")
                assert verdict(made.name, made.read_bytes()) is (BLANK if empty else YES), made


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Tal.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00"),
        ("Tal.xls", b"\x09\x02\x06\x00"),
        ("Tal.xls", b"\x09\x04\x06\x00"),
        ("Tal.xls", b"\x09\x08\x08\x00\x00\x05"),
        ("Tal.xls", b"\x09\x08\x10\x00\x00\x06"),
        ("Brev.doc", b"\x9b\xa5\x21\x00"),
        ("Brev.doc", b"\xdb\xa5\x2d\x00"),
        ("Brev.doc", b"\xdc\xa5\x65\x00"),
        ("Brev.doc", b"\xec\xa5\xc1\x00"),
        ("Brev.doc", b"\xfe\x37\x00\x23"),
        ("Brev.doc", b"\x31\xbe\x00\x00"),
        ("Brev.doc", b"\x32\xbe\x00\x00"),
        ("Brev.doc", b"\xffWPC\x10\x00"),
        ("Oplæg.ppt", b"\xed\xde\xad\x0b"),
        ("Oplæg.ppt", b"\x0b\xad\xde\xed"),
    ],
)
def test_documents_from_before_ole_have_no_verdict(name: str, head: bytes) -> None:
    """Excel, Word or WordPerfect of before 1995 is not damage; in a file of today it is."""
    data = head + bytes(500)
    assert open_bytes(name, data) == Document(None)
    assert verdict("Aftale.docx", data) is DAMAGED


@pytest.mark.parametrize("data", [b"\0" * 500, b"\x09\x00\x05\x00" + bytes(500)])
def test_garbage_in_an_old_document_is_damage(data: bytes) -> None:
    """What begins as no program's document is damaged, whatever the suffix."""
    assert verdict("Tal.xls", data) is DAMAGED


OFFICE_DTD = 'manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"'


@pytest.mark.parametrize(
    ("doctype", "expected"),
    [
        (OFFICE_DTD, YES),
        ('manifest:manifest SYSTEM "Manifest.dtd"', YES),
        ("manifest:manifest [<!ENTITY a 'b'>]", DAMAGED),
        (OFFICE_DTD + " [<!ENTITY a 'b'>]", DAMAGED),
        ('manifest:manifest SYSTEM "+AFsAPA-.dtd"', DAMAGED),
    ],
)
def test_a_list_of_parts_may_name_a_dtd(doctype: str, expected: Opens) -> None:
    """OpenOffice.org wrote one; a DOCTYPE that declares anything is still damage."""
    manifest = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n<manifest/>'
    data = corpus.make_odf("text", PARAGRAPH, **{"META-INF/manifest.xml": manifest})
    assert verdict("Aftale.odt", data) is expected


SUFFIXES = {
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
HEADS = (
    (b"PK\x03\x04x", FileKind.ZIP),
    (b"PK\x05\x06x", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", FileKind.OLE),
    (b"{\\rtf1", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\nx", FileKind.IMAGE),
    (b"\xff\xd8\xff\xe0", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"x%PDF-1.7", FileKind.PDF),
    (b"\xef\xbb\xbfHej", FileKind.TEXT),
    ("\ufeffHej".encode("utf-16-le"), FileKind.TEXT),
    ("\ufeffHej".encode("utf-16-be"), FileKind.TEXT),
    (b" <!-- x --><?xml version='1.0'?><HTML>", FileKind.HTML),
)
MAY_BE_HTML = (
    "asp aspx cfm cshtml css ejs eml erb hbs htm html j2 jinja js jsp liquid markdown md mht mhtml"
    " njk php phtml shtml svg text tmpl tpl txt url vue webloc xht xhtml xml xsl xslt"
)


def test_every_suffix_promises_its_kind() -> None:
    """In small letters and in capitals; nothing else is opened."""
    expected = {end: kind for kind, ends in SUFFIXES.items() for end in ends.split()}
    assert expected == file_kinds._KIND_OF
    assert {end: file_kinds.find_kind(f"Aftale.{end.upper()}") for end in expected} == expected
    assert {file_kinds.find_kind(f"Aftale.{end}") for end in MAY_BE_HTML.split()} == {None}


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_every_signature_shows_its_kind(head: bytes, kind: FileKind) -> None:
    """By the first bytes alone; each signature of the list has an example."""
    assert file_kinds.sniff(head) is kind
    signatures = {signature for signature, _ in file_kinds._SIGNATURES}
    marks = {mark for mark, _ in file_kinds._BYTE_ORDER_MARKS}
    heads = tuple(head for head, _ in HEADS)
    assert [one for one in signatures | marks if not any(h.startswith(one) for h in heads)] == []


def test_only_some_files_may_be_html() -> None:
    """In others a page of HTML is a login page that somebody stored."""
    assert frozenset(MAY_BE_HTML.split()) == file_kinds._MAY_BE_HTML
    assert all(file_kinds.may_be_html(f"x.{end.upper()}") for end in MAY_BE_HTML.split())
    assert not file_kinds.may_be_html("x.docx")
    assert not file_kinds.may_be_html("html")
