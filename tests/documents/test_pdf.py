"""What a reader sees of a PDF, and where it ends; each document is written by hand."""

from __future__ import annotations

import base64
import io
import random
import re
import zlib
from collections.abc import Sequence

import pytest
from pypdf._codecs._codecs import LzwCodec

from syncer.documents import pdf, pdf_bytes
from syncer.documents.faults import Broken, Locked, OverLimit
from syncer.documents.open_document import open_bytes
from syncer.documents.pdf import check_pdf
from syncer.model.documents import Document, Opens
from tests.documents import corpus

END = 4_096
PAINTED = b"0 0 9 9 re f"


def make_pdf(
    *parts: bytes,
    pages: int = 1,
    on_page: str = "",
    in_catalog: str = "",
    last: bytes = b"",
    packing: bytes = b"",
) -> bytes:
    """Return a document whose pages are alike, each of these parts; the last may be another.

    `packing` is what the parts say of how they are packed.
    """
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    kids = []
    for number in range(pages):
        streams: Sequence[bytes] = (last,) if last and number == pages - 1 else parts
        refs = [
            add(b"<<%s/Length %d>>stream\n%s\nendstream" % (packing, len(s), s)) for s in streams
        ]
        contents = " ".join(f"{ref} 0 R" for ref in refs)
        contents = f"/Contents [{contents}]" if len(refs) > 1 else f"/Contents {contents}"
        shown = contents if refs else ""
        kids.append(add(f"<</Type/Page/Parent 2 0 R {shown} {on_page}>>".encode()))
    objects[0] = f"<</Type/Catalog/Pages 2 0 R {in_catalog}>>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {pages}/Kids[{listed}]>>".encode()
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    size = b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return made + head + table + size + b"startxref\n%d\n%%%%EOF" % len(made)


FONT = "/Resources<</Font<</F1<</Subtype/Type1/Encoding/WinAnsiEncoding>>>>>>"
ARTIFACT = b"/Artifact<</Type/Pagination>>BDC BT/F1 12 Tf[( )-3.5( )]TJ T* ET EMC"


def judge(document: bytes) -> bool | str:
    """Return whether there is anything on the pages, or why nobody knows."""
    try:
        return check_pdf(io.BytesIO(document))
    except Broken as error:
        return str(error)
    except Locked:
        return "locked"
    except OverLimit:
        return "over"


@pytest.mark.parametrize(
    ("document", "shows"),
    [
        (make_pdf(), False),
        (make_pdf(b""), False),
        (make_pdf(b"( )Tj", on_page=FONT), False),
        (make_pdf(b"( \t\xa0\r\n)Tj", on_page=FONT), "over"),
        (make_pdf(b"( )Tj"), "over"),
        *(
            (make_pdf(b"( )Tj", on_page=FONT.replace(old, new)), "over")
            for old, new in (
                ("/Type1", "/Type3"),
                ("/Type1", "/Type0"),
                ("/Encoding/WinAnsiEncoding", ""),
                ("/Encoding/WinAnsiEncoding", "/Encoding<</Differences[32/A]>>"),
                ("/Encoding", "/FontDescriptor<</Flags 4>>/Encoding"),
                ("/Font<<", "/ExtGState<</G<</Font[9 0 R 1]>>>>/Font<<"),
                ("/Font<<", "/Font<</F2<</Subtype/Type3>>"),
            )
        ),
        (make_pdf(in_catalog="/OpenAction[3 0 R/Fit]/Outlines<</Count 0>>"), False),
        (make_pdf(in_catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "over"),
        (make_pdf(in_catalog="/Outlines<</First 9 0 R>>"), "over"),
        (make_pdf(in_catalog="/Names<</JavaScript<<>>>>"), "over"),
        (make_pdf(in_catalog="/AA<<>>"), "over"),
        (make_pdf(b"(x)Tj"), True),
        (make_pdf(b"(x\\\ny)Tj"), True),
        (make_pdf(b"( )Tj (x)Tj"), True),
        (make_pdf(b"<0041>Tj"), True),
        (make_pdf(b"<>Tj"), False),
        (make_pdf(b"\\(x Tj"), "over"),
        (make_pdf(PAINTED), True),
        (make_pdf(b"0 0 9 9 re n"), False),
        (make_pdf(ARTIFACT, on_page=FONT), False),
        (make_pdf(b"q 0 0 9 9 re W* n Q 1 0 0 RG /P BMC EMC/GS0 gs"), False),
        (make_pdf(b"x"), "over"),
        (make_pdf(b"0 0 9 9 ref"), "over"),
        (make_pdf(b"BT (x"), "over"),
        (make_pdf(b"BT {} ET"), "over"),
        (make_pdf(on_page="/Contentt 3 0 R"), "over"),
        (make_pdf(on_page="Contents 3 0 R"), "over"),
        (make_pdf(b"q", b"(x)Tj"), True),
        (make_pdf(b"q", b"Q"), False),
        (make_pdf(PAINTED, b"q"), True),
        (make_pdf(b"0 0 9 9 re", b"f"), True),
        (make_pdf(on_page="/Annots[<</Type/Annot>>]"), True),
        (make_pdf(on_page="/Annots[]"), False),
        (make_pdf(in_catalog="/AF[]"), True),
        (make_pdf(in_catalog="/AcroForm<<>>"), True),
        (make_pdf(in_catalog="/Collection<<>>"), True),
        (make_pdf(in_catalog="/Names<</EmbeddedFiles<<>>>>"), True),
        (make_pdf(in_catalog="/Names<</Dests<<>>>>"), False),
        (make_pdf(in_catalog="/Names[]"), False),
        (make_pdf(pages=20), False),
        (make_pdf(pages=20, last=PAINTED), True),
        (make_pdf(pages=21), True),
        (make_pdf(pages=0), "document-unreadable"),
        (corpus.write_pdf(password="x"), "locked"),
    ],
)
def test_what_a_reader_sees(document: bytes, shows: bool | str) -> None:
    """Text, drawings, notes, forms and files within; of more than 20 pages no more is asked."""
    assert judge(document) == shows


FLATE, ASCII85 = b"/Filter/FlateDecode", b"/Filter[/ASCII85Decode/FlateDecode]"
PACKED, EMPTY = zlib.compress(b"(x)Tj"), zlib.compress(b"q Q")
DAMAGED = PACKED[:2] + b"!" + PACKED[3:]


@pytest.mark.parametrize(
    ("content", "packing", "last", "shows"),
    [
        (PACKED, FLATE, b"", True),
        (DAMAGED, FLATE, b"", "over"),
        (DAMAGED, FLATE, PACKED, True),
        (EMPTY, FLATE, b"", False),
        (EMPTY[:-1], FLATE, b"", "over"),
        (EMPTY[:-1] + b"!", FLATE, b"", "over"),
        (base64.a85encode(EMPTY) + b"~>", ASCII85, b"", False),
        (base64.a85encode(EMPTY[:-5]) + b"~>", ASCII85, b"", "over"),
        (b"7120515120203e", b"/Filter/ASCIIHexDecode", b"", "over"),
    ],
)
def test_a_page_whose_content_is_damaged_is_not_blank(
    content: bytes, packing: bytes, last: bytes, shows: bool | str
) -> None:
    """It may have shown something; what another page shows counts."""
    assert judge(make_pdf(content, pages=2, last=last, packing=packing)) == shows


@pytest.mark.parametrize("document", [make_pdf(b"BT (x) Tj ET"), corpus.write_pdf()])
def test_damage_makes_no_page_blank(document: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """Whichever bytes of a document with text are others."""
    caplog.set_level("CRITICAL", "pypdf")
    chance = random.Random(7)  # noqa: S311 - the same damage each time
    for _ in range(150):
        damaged = bytearray(document)
        for place in chance.sample(range(len(document)), k=chance.randint(1, 4)):
            damaged[place] = chance.randrange(256)
        assert judge(bytes(damaged)) is not False, damaged


@pytest.mark.parametrize(
    ("document", "old", "new", "shows"),
    [
        (make_pdf(), b"/Kids[3 0 R]", b"/Kids(3 0 R]", "over"),
        (make_pdf(pages=2), b"/Kids[3 0 R 4 0 R]", b"/Kids[3 0 R 9 0 R]", "over"),
        (make_pdf(b"q"), b"/Contents 3 0 R", b"/Contents 9 0 R", "over"),
        (make_pdf(b"q", b"q"), b"/Contents [3 0 R 4", b"/Contents [3 0 R 9", "over"),
        (make_pdf(b"q"), b"/Contents 3 0 R", b"/Contents 3 0 9", "over"),
    ],
)
def test_a_document_of_which_not_all_is_found_is_not_blank(
    document: bytes, old: bytes, new: bytes, shows: str
) -> None:
    """What is on the lost pages, or parts, is unknown; so it is where no page is found."""
    assert old in document
    assert judge(document) is False
    assert judge(document.replace(old, new)) == shows


WHOLE = corpus.write_pdf().rstrip()
FIRST_PART = re.sub(
    rb"startxref\n[0-9]+", b"startxref\n0", make_pdf(PAINTED, in_catalog="/Linearized 1/L 9999")
)


@pytest.mark.parametrize(
    ("document", "shows"),
    [
        (WHOLE, True),
        (WHOLE[:-1], "over"),
        (WHOLE[:-5] + bytes(9), "over"),
        (WHOLE[:-7], "over"),
        (WHOLE[:-5] + b"eof", "over"),
        (WHOLE[: WHOLE.rindex(b"endobj") - 1], "document-cut-off"),
        (make_pdf(PAINTED + b" " * 9_000)[:-1], "over"),
        (make_pdf(PAINTED, in_catalog="/Linearized 1/L 9999"), True),
        (make_pdf(PAINTED, in_catalog="/Linearized 1/L 9999") + b" %" * END, "document-cut-off"),
        (FIRST_PART, "document-cut-off"),
        (FIRST_PART.replace(b"/L 9999", b"/L 99"), True),
        (WHOLE.replace(b"xref\n0", b"xxxx\n0")[:-1], "over"),
        (make_pdf(PAINTED) + b"\0\t\r\n " * 2_000, True),
        (make_pdf(PAINTED) + b"x" * (END - 5), True),
        (make_pdf(PAINTED) + b"x" * (END - 4), "over"),
        (make_pdf(PAINTED) + b"x" * (END - 4) + b"%%EOF", True),
        (b"", "document-cut-off"),
        (b"HTTP/1.1 200 OK\r\n" + b"x" * 500 + make_pdf(PAINTED), "over"),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [5, 6, 7, 8, 9, 1 << 20])
def test_where_it_ends(
    document: bytes, shows: bool | str, chunk_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its mark, after which readers accept 4 KiB; wherever in the reading that comes."""
    monkeypatch.setattr(pdf_bytes, "_CHUNK_BYTES", chunk_bytes)
    assert judge(document) == shows


@pytest.mark.parametrize(("room", "shows"), [(21, True), (20, "over")])
def test_all_that_a_page_shows_is_bounded(
    room: int, shows: bool | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parts together."""
    monkeypatch.setattr(pdf, "MAX_DECODED_BYTES", room)
    assert judge(make_pdf(b"q" * 9, PAINTED)) == shows


def test_a_stop_ends_the_search() -> None:
    """It is asked for with each string of a page; nothing is known then."""

    def count(content: bytes, stop_at: int = 10_000) -> int:
        questions = iter(range(10_000))
        check_pdf(io.BytesIO(make_pdf(content)), lambda: next(questions) >= stop_at)
        return next(questions)

    more = count(b"()Tj" * 100)
    assert more - count(b"    " * 100) >= 100
    with pytest.raises(OverLimit):
        count(b"()Tj" * 100, more - 50)


LONG = PAINTED.ljust(100)


@pytest.mark.parametrize(
    ("packed", "how", "limit", "size"),
    [
        (zlib.compress(LONG), FLATE, "MAX_DECODED_BYTES", 100),
        (zlib.compress(LONG), FLATE + b"/DecodeParms<</Predictor 1>>", "MAX_DECODED_BYTES", 100),
        (
            zlib.compress(b"\0" + LONG),
            FLATE + b"/DecodeParms<</Predictor 12/Columns 100>>",
            "MAX_SLOWLY_DECODED_BYTES",
            101,
        ),
        (b"\x0b" + PAINTED + b"\x80", b"/Filter/RunLengthDecode", "MAX_SLOWLY_DECODED_BYTES", 12),
        (LzwCodec().encode(PAINTED), b"/Filter/LZWDecode", "MAX_VERY_SLOWLY_DECODED_BYTES", 12),
    ],
    ids=["flate", "flate-1", "predicted", "run-length", "lzw"],
)
def test_what_is_packed_is_bounded(
    packed: bytes, how: bytes, limit: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way of packing by what it costs to unpack: beyond its bound nobody knows."""
    document = make_pdf(packed, packing=how)
    assert judge(document) is True
    monkeypatch.setattr(pdf, "MAX_SLOWLY_DECODED_BYTES", 1)
    for room, shows in ((size, True), (size - 1, "over")):
        monkeypatch.setattr(pdf, limit, room)
        assert judge(document) == shows


@pytest.mark.parametrize(("most", "shows"), [(5, True), (4, "over")])
def test_the_table_of_places_is_bounded(
    most: int, shows: bool | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a document's tables together; beyond that nobody knows."""
    monkeypatch.setattr(pdf, "MAX_PLACES", most)
    assert judge(make_pdf(PAINTED)) == shows


def test_a_page_packed_otherwise_is_not_known_to_be_blank() -> None:
    """Of these ways nothing says that all of the page was unpacked."""
    packed = ((b"\x02q Q\x80", b"RunLengthDecode"), (LzwCodec().encode(b"q Q"), b"LZWDecode"))
    for content, how in packed:
        assert judge(make_pdf(content, packing=b"/Filter/" + how)) == "over"
    assert judge(make_pdf(zlib.compress(b"q Q"), packing=FLATE)) is False


def make_packed_pdf(content: bytes = b"") -> bytes:
    """Return a document of one page whose objects are in a stream, and so is its table."""
    packed = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 6 0 R>>",
    ]
    places = [sum(len(one) + 1 for one in packed[:number]) for number in range(3)]
    index = b" ".join(b"%d %d" % (number + 1, at) for number, at in enumerate(places)) + b" "
    body = zlib.compress(index + b" ".join(packed))
    made = b"%PDF-1.7\n"
    begins = {}
    for number, head, stream in (
        (4, b"/Type/ObjStm/N 3/First %d/Filter/FlateDecode" % len(index), body),
        (6, b"", content),
    ):
        begins[number] = len(made)
        made += b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, head, len(stream))
        made += stream + b"\nendstream\nendobj\n"
    begins[5] = len(made)
    rows = [(0, 0, 255), *((2, 4, number) for number in range(3))]
    rows += [(1, begins[number], 0) for number in (4, 5, 6)]
    table = b"".join(
        bytes([kind]) + at.to_bytes(2, "big") + bytes([last]) for kind, at, last in rows
    )
    head = b"/Type/XRef/W[1 2 1]/Size 7/Root 1 0 R/Length %d" % len(table)
    made += b"5 0 obj\n<<%s>>stream\n%s\nendstream\nendobj\n" % (head, table)
    return made + b"startxref\n%d\n%%%%EOF" % begins[5]


@pytest.mark.parametrize(
    ("limit", "most"), [("MAX_PACKED_OBJECTS", 3), ("MAX_SLOWLY_DECODED_BYTES", 122)]
)
def test_packed_objects_are_bounded(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their number and their size: in their reading nothing asks for a stop."""
    document, blank = make_packed_pdf(PAINTED), make_packed_pdf()
    assert (judge(document), judge(blank)) == (True, False)
    monkeypatch.setattr(pdf, limit, most)
    assert judge(document) is True
    monkeypatch.setattr(pdf, limit, most - 1)
    assert (judge(document), judge(blank)) == ("over", "over")


@pytest.mark.parametrize(
    ("written", "said"),
    [(b"/Encrypt null", True), (b"/Encrypt 99 0 R", "over"), (b"/Encrypt 5", "over")],
)
def test_an_encryption_that_is_none_is_no_damage(written: bytes, said: bool | str) -> None:
    """Poppler opens all of them; what the contents are is known only where it says that."""
    document = make_pdf(PAINTED).replace(b"trailer<<", b"trailer<<" + written)
    assert judge(document) == said


@pytest.mark.parametrize("left", [b"", b"startxref\n"])
def test_a_document_without_the_place_of_its_table_is_no_damage(left: bytes) -> None:
    """Other readers find the table by themselves."""
    document = re.sub(rb"startxref\n[0-9]+\n", left, make_pdf(PAINTED))
    assert judge(document) == "over"


SHOWING = make_pdf(PAINTED)


@pytest.mark.parametrize(
    "document",
    [
        SHOWING.replace(b"startxref", b"\0startxref"),
        SHOWING.replace(b"/Pages 2", b"/Pages\0002"),
        SHOWING.replace(b"%%EOF", b"%%eof"),
        SHOWING.replace(b"\n%%EOF", b"\n/X %%EOF"),
        SHOWING.replace(b"startxref", b">nstartxref"),
        SHOWING.replace(b"startxref", b"end", 1),
        SHOWING.replace(b"/Type/Catalog", b"/Type/Cat"),
        SHOWING.replace(b"/Type/Pages", b"/Type"),
        SHOWING.replace(b"/Type/Page/", b"/Type/P#61#67e/").replace(b"/Kids[", b"/K#69ds("),
        SHOWING.replace(b"/Type/Page/", b"/Type/Side/").replace(b"/Root", b"/Rod"),
        make_packed_pdf(PAINTED).replace(b"endstream", b"", 1).replace(b"/Root", b"/Rod"),
        *(
            corpus.write_pdf(owner="ejer").replace(one, one + b"%x", 1)
            for one in (b"endobj", b"trailer", b"obj")
        ),
    ],
)
def test_what_other_readers_repair_is_no_damage(document: bytes) -> None:
    """Poppler finds the pages of all that have objects and pages: of these nobody knows."""
    assert judge(document) in (True, "over")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF", "document-unreadable"),
        (b"%PDF-1.7\n<</Type/Page>>\n%%EOF", "document-unreadable"),
        (b"%PDF-1.7\n1 0 obj<</Type/Page>>endobj\n%%EOF", "over"),
        (b"%PDF-1.7\n1 0 obj<</Type/PageX>>endobj\n%%EOF", "document-unreadable"),
        (b"%PDF-1.7\n1 0 obj<</Kids[ ]>>endobj\n%%EOF", "document-unreadable"),
        (b"%PDF-1.7\n1 0 obj<</Kids[2 0 R]>>endobj\n%%EOF", "over"),
        (b"%PDF-1.7\n1\0000 obj<</#6fbjStm 1/ObjStm>>endobj\n%%EOF", "over"),
    ],
)
def test_damage_is_a_document_without_pages(document: bytes, said: str) -> None:
    """No program can show any: there is no object, or none that is a page or may hold one."""
    assert judge(document) == said


@pytest.mark.parametrize("before", [b"x" * 2_000, bytes(2_000)])
def test_a_document_may_begin_late(before: bytes) -> None:
    """Some programs find its beginning wherever it is; what holds no page is no document."""
    assert open_bytes("a.pdf", before + SHOWING) == Document(None)
    assert open_bytes("a.pdf", before + b"1 0 obj").opens in (Opens.DAMAGED, Opens.OTHER_TYPE)
