"""What is content, entry for entry, and what a verdict names."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from syncer.documents import faults, odf, old_office, ooxml, pdf
from syncer.documents.archive import Archive
from syncer.documents.faults import BoundedReader, OverLimit
from syncer.documents.file_kinds import FileKind, sniff
from syncer.documents.open_document import open_bytes
from syncer.documents.xml_parts import PartContent, has_content
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

SHAPES = (
    "circle connector control custom-shape ellipse image line measure object object-ole path"
    " placeholder plugin polygon polyline rect"
)
IN_WORD = "altChunk drawing ffData fldSimple instrText object oMath pict sdt sym"
IN_SHEETS = "control drawing hyperlink legacyDrawing oleObject picture tablePart"
IN_SLIDES = "custGeom cxnSp fld graphicFrame oleObj pic prstGeom"
MEDIA = "word/media/ xl/media/ ppt/media/ word/embeddings/ xl/charts/"
PARTS = {
    FileKind.WORD: "word/header word/footer word/footnotes word/comments",
    FileKind.EXCEL: "xl/worksheets/ xl/chartsheets/",
    FileKind.POWERPOINT: "ppt/slides/",
}
TYPES = {
    FileKind.WORD: (corpus.WORD, corpus.WORD_MACROS),
    FileKind.EXCEL: (corpus.EXCEL, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    FileKind.POWERPOINT: (
        corpus.POWERPOINT,
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    ),
}
BLANK = Document(Opens.BLANK, Reason("document-blank"))
YES = Document(Opens.YES)
NOBODY_KNOWS = Document(None)


def make(kind: FileKind, parts: dict[str, str], content_type: str = "") -> bytes:
    """Return an empty document of a kind with these parts besides."""
    main = {FileKind.WORD: "word/document.xml", FileKind.EXCEL: "xl/workbook.xml"}.get(
        kind, "ppt/presentation.xml"
    )
    usual = {
        FileKind.EXCEL: {"xl/worksheets/sheet9.xml": "<worksheet/>"},
        FileKind.POWERPOINT: {"ppt/slides/slide9.xml": "<sld/>"},
    }.get(kind, {})
    parts = {main: "<document/>", **usual, **parts}
    return corpus.make_ooxml(main, content_type or TYPES[kind][0], parts)


@pytest.mark.parametrize("shape", SHAPES.split())
def test_every_shape_is_content(shape: str) -> None:
    """On a page, and in the header of one."""
    assert frozenset(SHAPES.split()) == odf._SHAPES
    element = f"<draw:{shape}/>"
    assert open_bytes("a.odg", corpus.make_odf("graphics", element)) == YES
    assert open_bytes("a.odt", corpus.make_odf("text", "", master=element)) == YES


@pytest.mark.parametrize("shape", [*SHAPES.split(), "frame", "caption", "page"])
def test_every_shape_below_the_pages_may_show(shape: str) -> None:
    """Nobody knows of those of a master, but for placeholders and what is in a frame anyway."""
    place = f'xmlns:p="{corpus.ODF}:presentation:1.0" p:class="title"'
    within = shape in ("image", "object", "object-ole", "plugin", "page")
    for kind, name in (("presentation", "a.odp"), ("graphics", "a.odg")):
        placeholder = corpus.make_odf(kind, "", master=f"<draw:{shape} {place}/>")
        assert open_bytes(name, placeholder) == BLANK
        found = open_bytes(name, corpus.make_odf(kind, "", master=f"<draw:{shape}/>"))
        assert found == (BLANK if within else NOBODY_KNOWS)


def test_only_the_pages_of_an_opendocument_are_content() -> None:
    """Neither the words of its styles, nor folders, nor the page of a spreadsheet's footer."""
    words = "<a><automatic-styles>/</automatic-styles><master-styles/></a>"
    assert open_bytes("a.odt", corpus.make_odf("text", "", **{"styles.xml": words})) == BLANK
    assert open_bytes("a.odt", corpus.make_odf("text", "", **{"Pictures/": ""})) == BLANK
    for kind, name in (("spreadsheet", "a.ods"), ("presentation", "a.odp"), ("graphics", "a.odg")):
        # Of what is no header of a sheet nobody knows.
        blank = NOBODY_KNOWS if name == "a.ods" else BLANK
        assert open_bytes(name, corpus.make_odf(kind, "", master="<x>1</x>")) == blank


@pytest.mark.parametrize("element", IN_WORD.split())
def test_every_element_that_is_content_in_word(element: str) -> None:
    """In the text, and in each part beside it."""
    assert frozenset(IN_WORD.split()) == ooxml._WORD.elements
    assert open_bytes("a.docx", corpus.make_word(f"<w:{element}/>")) == YES


@pytest.mark.parametrize("element", IN_SHEETS.split())
def test_every_element_that_is_content_in_a_sheet(element: str) -> None:
    """Pictures, links and tables, in cells or not."""
    assert frozenset(IN_SHEETS.split()) == ooxml._SHEET.elements
    sheet = {"xl/worksheets/sheet1.xml": f"<a><{element}/></a>"}
    assert open_bytes("a.xlsx", make(FileKind.EXCEL, sheet)) == YES


@pytest.mark.parametrize("element", IN_SLIDES.split())
def test_every_element_that_is_content_on_a_slide(element: str) -> None:
    """Shapes, pictures and tables."""
    assert frozenset(IN_SLIDES.split()) == ooxml._SLIDE.elements
    assert open_bytes("a.pptx", corpus.make_powerpoint(f"<p:{element}/>")) == YES


@pytest.mark.parametrize("element", ["f", "t", "v", "x"])
def test_the_text_of_a_cell_is_content(element: str) -> None:
    """A formula, a word and a value; of other text, but for that of its footer, nobody knows."""
    assert ooxml._SHEET.text_in == frozenset({"f", "t", "v"})
    rows = f"<row><c><{element}>7</{element}></c></row>"
    assert open_bytes("a.xlsx", corpus.make_excel(rows)) == (
        NOBODY_KNOWS if element == "x" else YES
    )


@pytest.mark.parametrize("folder", MEDIA.split())
def test_every_folder_of_pictures_is_content(folder: str) -> None:
    """Whatever is in it."""
    assert tuple(MEDIA.split()) == ooxml._MEDIA
    kind = {"w": FileKind.WORD, "x": FileKind.EXCEL, "p": FileKind.POWERPOINT}[folder[0]]
    assert open_bytes(f"a.{kind}", make(kind, {f"{folder}1.bin": "x"})) == YES


@pytest.mark.parametrize(
    ("kind", "prefix"), [(kind, one) for kind, all_ in PARTS.items() for one in all_.split()]
)
def test_every_part_with_content_is_searched(kind: FileKind, prefix: str) -> None:
    """Each kind has its own; what a part shows that is no XML, nobody knows."""
    assert {kind: prefixes for kind, (_, prefixes) in ooxml._PARTS_WITH_CONTENT.items()} == {
        kind: tuple(all_.split()) for kind, all_ in PARTS.items()
    }
    word = "<a><t>Aftale</t></a>"
    assert open_bytes(f"a.{kind}", make(kind, {f"{prefix}1.xml": word})) == YES
    assert open_bytes(f"a.{kind}", make(kind, {f"{prefix}1.bin": word})) == NOBODY_KNOWS
    assert open_bytes(f"a.{kind}", make(kind, {"docProps/app.xml": word})) == BLANK


def rename(data: bytes, old: str, new: str) -> bytes:
    """Return an archive in which entries have other names."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return corpus.pack({n.replace(old, new): opened.read(n) for n in opened.namelist()})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[Content_Types]", "[content_types]"),
        ("_rels/.rels", "_rels/.RELS"),
        ("xl/workbook.xml", "xl/Workbook.xml"),
        ("xl/worksheets/", "xl/Worksheets/"),
        ("sheet1.xml", "Sheet1.XML"),
    ],
)
def test_the_case_of_part_names_does_not_matter(old: str, new: str) -> None:
    """Neither of what a package must have, nor of what is searched for content."""
    assert open_bytes("a.xlsx", rename(corpus.make_excel(), old, new)) == YES
    assert open_bytes("a.xlsx", rename(corpus.make_excel(""), old, new)) == BLANK


def relate(kind: str, target: str, mode: str = "Internal") -> str:
    """Return the relations of a main part, with one to `target`."""
    attributes = f'Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"'
    return f'<Relationships><Relationship Id="a" {attributes}/></Relationships>'


@pytest.mark.parametrize(
    "target", ["sheets/s1.xml", "/xl/sheets/s1.xml", "./Sheets/../sheets/S1.xml"]
)
def test_a_sheet_may_have_any_name(target: str) -> None:
    """The workbook's relation says where it is; beside a usual sheet that is blank, too."""
    relations = {"xl/_rels/workbook.xml.rels": relate("worksheet", target)}
    full = {**relations, "xl/sheets/s1.xml": "<a><v>7</v></a>"}
    assert open_bytes("a.xlsx", make(FileKind.EXCEL, full)) == YES
    empty = {**relations, "xl/sheets/s1.xml": "<worksheet/>"}
    assert open_bytes("a.xlsx", make(FileKind.EXCEL, empty)) == BLANK


@pytest.mark.parametrize(
    ("kind", "relation"),
    [
        (FileKind.EXCEL, "worksheet"),
        (FileKind.EXCEL, "chartsheet"),
        (FileKind.EXCEL, "dialogsheet"),
        (FileKind.EXCEL, "xlMacrosheet"),
        (FileKind.WORD, "header"),
        (FileKind.WORD, "footer"),
        (FileKind.WORD, "footnotes"),
        (FileKind.WORD, "comments"),
        (FileKind.POWERPOINT, "slide"),
    ],
)
def test_every_relation_to_content_is_followed(kind: FileKind, relation: str) -> None:
    """One to a part that is not there leaves no verdict; one to a website says nothing."""
    main = {"docx": "word/_rels/document", "xlsx": "xl/_rels/workbook"}.get(
        kind, "ppt/_rels/presentation"
    )
    folder, rels = main.partition("/")[0], f"{main}.xml.rels"
    full = {rels: relate(relation, "x/1.xml"), f"{folder}/x/1.xml": "<a><t>x</t></a>"}
    assert open_bytes(f"a.{kind}", make(kind, full)) == YES
    assert open_bytes(f"a.{kind}", make(kind, {rels: full[rels]})) == Document(None)
    outside = relate(relation, "https://os2.eu/1.xml", "External")
    assert open_bytes(f"a.{kind}", make(kind, {rels: outside})) == BLANK


def test_a_workbook_without_a_known_sheet_has_no_verdict() -> None:
    """Where its sheets are is not known, so nothing says that they are blank."""
    book = corpus.make_ooxml("xl/workbook.xml", corpus.EXCEL, {"xl/workbook.xml": "<a/>"})
    assert open_bytes("a.xlsx", book) == Document(None)


@pytest.mark.parametrize(
    ("kind", "content_type"), [(kind, one) for kind, both in TYPES.items() for one in both]
)
def test_every_content_type_says_its_kind(kind: FileKind, content_type: str) -> None:
    """With macros or without."""
    assert open_bytes(f"a.{kind}", make(kind, {}, content_type)) == BLANK
    for other in TYPES.keys() - {kind}:
        reason = Reason("document-is-other", {"kind": kind.value})
        assert open_bytes(f"a.{other}", make(kind, {}, content_type)) == Document(
            Opens.OTHER_TYPE, reason
        )


def test_a_package_of_another_program_is_no_office_document() -> None:
    """As one of a drawing program is."""
    other = make(FileKind.WORD, {}, "application/vnd.ms-visio.drawing.main+xml")
    reason = Reason("document-is-other", {"kind": "zip"})
    assert open_bytes("a.docx", other) == Document(Opens.OTHER_TYPE, reason)


FAMILIES = {
    "text": FileKind.ODF_TEXT,
    "spreadsheet": FileKind.ODF_SHEET,
    "presentation": FileKind.ODF_SLIDES,
    "graphics": FileKind.ODF_DRAWING,
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("ending", "known"), [("", True), ("-template", True), ("x", False)])
def test_every_family_of_opendocument_is_known(family: str, ending: str, known: bool) -> None:
    """Templates and masters too; another word is another kind."""
    assert {name: kind for kind, name in odf._FAMILIES} == FAMILIES
    mimetype = f" application/vnd.oasis.opendocument.{family}{ending}\n"
    archive = Archive(io.BytesIO(corpus.pack({"mimetype": mimetype})))
    assert odf.read_kind(archive) is (FAMILIES[family] if known else None)


WORD_START = b"\xec\xa5" + bytes(10)


def _cut_chain(document: bytes, stream: str) -> bytes:
    """Let a stream of a container end before it begins."""
    at = document.index(stream.encode("utf-16-le"))
    return document[: at + 116] + b"\xfe\xff\xff\xff" + document[at + 120 :]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "a.docx",
            corpus.make_word("<w:p>"),
            Reason("document-part-broken", {"part": "word/document.xml"}),
        ),
        (
            "a.docx",
            corpus.make_ooxml("word/document.xml", corpus.WORD, {}),
            Reason("document-part-broken", {"part": "word/document.xml"}),
        ),
        (
            "a.docx",
            corpus.pack({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<r/>"}),
            Reason("document-part-missing", {"part": "_rels/.rels"}),
        ),
        (
            "a.docx",
            corpus.pack({"word/document.xml": "<a/>"}),
            Reason("document-part-missing", {"part": "[Content_Types].xml"}),
        ),
        (
            "a.odt",
            corpus.pack({"content.xml": "<a/>"}),
            Reason("document-part-missing", {"part": "mimetype"}),
        ),
        ("a.docx", b"PK\x03\x04", Reason("document-cut-off")),
        ("a.docx", b"\0" * 600, Reason("document-unreadable")),
        ("a.pdf", corpus.write_pdf()[:600], Reason("document-cut-off")),
        ("a.pdf", b"%PDF-1.7\nnothing\n%%EOF\n", Reason("document-unreadable")),
        (
            "a.doc",
            corpus.make_old_word()[:-512],
            Reason("document-part-broken", {"part": "WordDocument"}),
        ),
        (
            "a.doc",
            corpus.make_container({"WordDocument": WORD_START, "1Table": b"x"})[:-512],
            Reason("document-part-broken", {"part": "1Table"}),
        ),
        ("a.doc", corpus.make_container({}), Reason("document-unreadable")),
        ("a.doc", corpus.make_container({})[:512] + bytes(9), Reason("document-unreadable")),
        (
            "a.doc",
            corpus.make_container({"WordDocument": b"\0" * 12}),
            Reason("document-part-broken", {"part": "WordDocument"}),
        ),
        (
            "a.xls",
            corpus.make_container({"Book": b"\0" * 12}),
            Reason("document-part-broken", {"part": "Book"}),
        ),
        (
            "a.xls",
            corpus.make_container({"Book": b"\x09\x08\xff\xff"}),
            Reason("document-part-broken", {"part": "Book"}),
        ),
        (
            "a.doc",
            _cut_chain(corpus.make_old_word(), "WordDocument"),
            Reason("document-part-broken", {"part": "WordDocument"}),
        ),
        (
            "a.ppt",
            _cut_chain(corpus.make_old_powerpoint(), "Current User"),
            Reason("document-part-broken", {"part": "Current User"}),
        ),
    ],
)
def test_damage_is_named(name: str, data: bytes, reason: Reason) -> None:
    """What is wrong, and in which part."""
    assert open_bytes(name, data) == Document(Opens.DAMAGED, reason)


@pytest.mark.parametrize("size", [3 * 4_096 + 1, 1 << 33, (1 << 64) - 1])
def test_a_stream_that_goes_in_circles_has_an_end(size: int) -> None:
    """Its size may be any number in a container of large sectors; the file has three."""
    broken = Document(Opens.DAMAGED, Reason("document-part-broken", {"part": "WordDocument"}))
    assert open_bytes("a.doc", _make_circle(("WordDocument",), size)) == broken
    assert open_bytes("a.doc", _make_circle(("WordDocument", "1Table"), 8_192)) == broken
    assert open_bytes("a.doc", _make_circle(("WordDocument",), 4_096)) == YES


def _make_circle(names: tuple[str, ...], size: int) -> bytes:
    """Return a container of 4,096 bytes to a sector, whose last one follows itself."""
    free, end, is_fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat = [is_fat, end, 2, *[free] * 1_021]
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 4, 0xFFFE, 12, 6, 1, 1, 1, 0,
        4_096, end, 0, end, 0,
    )  # fmt: skip
    difat = struct.pack("<109I", 0, *[free] * 108)
    entries = [corpus.make_entry("Root Entry", 5, 1, free, end, 0)]
    for number, name in enumerate(names, 1):
        following = number + 1 if number < len(names) else free
        entries.append(corpus.make_entry(name, 2, free, following, 2, size))
    sectors = (header + difat, struct.pack("<1024I", *fat), b"".join(entries), WORD_START)
    return b"".join(sector.ljust(4_096, b"\0") for sector in sectors)


@pytest.mark.parametrize(
    ("stream", "suffix"),
    [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")],
)
def test_every_main_stream_is_known(stream: str, suffix: str) -> None:
    """Each by its name, with the start that its program writes."""
    assert len(old_office._MAIN_STREAMS) == 4
    start = {
        "doc": WORD_START,
        "xls": b"\x09\x08\x10\0" + bytes(20),
        "ppt": b"\x0f\0",
    }[suffix]
    user = {"Current User": bytes(16)} if suffix == "ppt" else {}
    assert open_bytes(f"a.{suffix}", corpus.make_container({stream: start, **user})) == YES


@pytest.mark.parametrize("magic", [0xA5EC, 0xA5DC])
def test_every_word_of_old_begins_with_a_number(magic: int) -> None:
    """Word 97 and what came before it."""
    assert magic in old_office._WORD_MAGICS
    assert len(old_office._WORD_MAGICS) == 2
    start = magic.to_bytes(2, "little") + bytes(10)
    assert open_bytes("a.doc", corpus.make_container({"WordDocument": start})) == YES


def test_a_word_of_the_far_east_has_no_verdict() -> None:
    """Programs open it, and we do not know how."""
    start = b"\x97\xa6" + bytes(10)
    assert open_bytes("a.doc", corpus.make_container({"WordDocument": start})) == NOBODY_KNOWS


@pytest.mark.parametrize("operator", b"f f* F B B* b b* S s sh Do BI".split())
def test_every_operator_that_paints_is_content(operator: bytes) -> None:
    """In a word of its own, behind whatever may stand before it."""
    for before in (b"", b"0 0 m ", b"[]", b"(x)", b"<00>"):
        assert pdf._PAINTS.search(before + operator + b"\n") is not None
        assert pdf._PAINTS.search(before + operator) is not None
    assert pdf._PAINTS.search(b"x" + operator + b" ") is None
    assert pdf._PAINTS.search(operator + b"x") is None


def test_a_read_within_its_bounds_is_given() -> None:
    """To the byte; beyond them nothing is read any more."""
    reader = BoundedReader(io.BytesIO(b"0123456789"), max_read_bytes=10)
    assert (reader.size_bytes, reader.readable(), reader.seekable()) == (10, True, True)
    assert reader.read() == b"0123456789"
    assert reader.read() == b""
    reader.seek(4)
    buffer = bytearray(b"......")
    assert reader.readinto(memoryview(buffer)[:3]) == 3
    assert (bytes(buffer), reader.tell(), reader.is_over) == (b"456...", 7, False)
    reader.seek(8)
    assert reader.readinto(buffer) == 2
    assert bytes(buffer) == b"896..."
    reader.seek(8)
    assert reader.read(99) == b"89"
    reader.seek(4)
    assert (reader.read(0), reader.read(None), reader.read(1)) == (b"", b"456789", b"")
    reader.seek(8, io.SEEK_CUR)
    assert (reader.tell(), reader.read()) == (18, b"")
    small = BoundedReader(io.BytesIO(b"0123456789"), max_read_bytes=9)
    assert small.read(9) == b"012345678"
    small.seek(0)
    for _ in range(2):
        with pytest.raises(OverLimit):
            small.read(10 if not small.is_over else 1)
    assert small.is_over


@pytest.mark.parametrize("ask", [BoundedReader.check_stop, BoundedReader.read])
def test_a_stop_ends_the_reading(ask: Callable[[BoundedReader], object]) -> None:
    """It is noted, since a parser may swallow the exception."""
    answers = iter((False, True))
    reader = BoundedReader(io.BytesIO(b"01"), max_read_bytes=2, stop=lambda: next(answers))
    ask(reader)
    assert not reader.is_over
    with pytest.raises(OverLimit):
        ask(reader)
    assert reader.is_over


def test_so_many_reads_and_no_more_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that goes in circles is stopped."""
    monkeypatch.setattr(faults, "MAX_READS", 3)
    reader = BoundedReader(io.BytesIO(b"0123456789"), max_read_bytes=10)
    assert [reader.read(1) for _ in range(3)] == [b"0", b"1", b"2"]
    with pytest.raises(OverLimit):
        reader.read(1)


def test_content_is_looked_for_within_an_element_alone() -> None:
    """However often it is opened inside itself."""
    part = "<a>x<body><body/>{}</body>y</a>"
    within = PartContent(
        frozenset({"pic"}), frozenset({"body"}), within="body", formatting=frozenset({"rPr"})
    )
    for inside, expected in (
        ("", False), ("z", True), ("<pic/>", True), (" ", False), ("<line/>", None),
        ("<rPr><b/></rPr>", False), ("<rPr/><b/>", None),
    ):  # fmt: skip
        archive = Archive(io.BytesIO(corpus.pack({"p.xml": part.format(inside)})))
        assert has_content(archive, "p.xml", within) is expected


@pytest.mark.parametrize(("before", "kind"), [(1_019, FileKind.PDF), (1_020, FileKind.TEXT)])
def test_the_mark_of_a_pdf_is_in_its_first_kilobyte(before: int, kind: FileKind) -> None:
    """The whole of it."""
    assert sniff(b"x" * before + b"%PDF-1.7") is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (corpus.make_word(), "docx"),
        (corpus.make_excel(), "xlsx"),
        (corpus.make_powerpoint(), "pptx"),
        (corpus.make_odf("text", ""), "odt"),
        (corpus.make_odf("spreadsheet", ""), "ods"),
        (corpus.make_odf("presentation", ""), "odp"),
        (corpus.make_odf("graphics", ""), "odg"),
        (b"%PDF-1.7", "pdf"),
        (corpus.make_old_word(), "doc"),
        (corpus.make_old_excel(), "xls"),
        (corpus.make_old_powerpoint(), "ppt"),
        (corpus.pack({"a": "x"}), "zip"),
        (corpus.make_container({"Andet": b"x"}), "ole"),
        (b"{\\rtf1}", "rtf"),
        (b"GIF89a", "image"),
        (b"Hej", "text"),
    ],
)
def test_what_a_file_is_instead_has_its_name(data: bytes, kind: str) -> None:
    """As manifests of earlier releases have it."""
    name = "a.docx" if kind in ("xls", "ole") else "a.xls"
    reason = Reason("document-is-other", {"kind": kind})
    assert open_bytes(name, data) == Document(Opens.OTHER_TYPE, reason)
