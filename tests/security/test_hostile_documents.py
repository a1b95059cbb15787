"""A hostile document costs less than 100 MB of the process, also outside of Python's own memory."""

from __future__ import annotations

import io
import struct
import sys
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from subprocess import run

import pytest

from syncer.documents.open_document import open_bytes, open_document
from syncer.model.documents import Opens
from tests.documents import corpus

MAX_GROWTH_KB = 100 << 10
_MEASURED = """
import resource, sys
from pathlib import Path
from syncer.documents.open_document import open_bytes, open_document
open_bytes("small.docx", Path(sys.argv[1]).read_bytes())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[2], "rb") as content:
    opens = open_document("a.docx", content).opens
print(opens, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def _write_long_attribute() -> Iterator[str]:
    yield '<x a="'
    yield from ("a" * 1_000_000 for _ in range(120))
    yield '"/>'


def _write_long_doctype() -> Iterator[str]:
    yield "<!DOCTYPE x [<!-- "
    yield from ("a" * 1_000_000 for _ in range(120))
    yield " -->]><x/>"


def _write_many_attributes() -> Iterator[str]:
    yield "<x"
    yield from ("".join(f' a{n}.{m}=""' for m in range(10_000)) for n in range(150))
    yield "/>"


def _write_names(shape: str) -> Iterator[str]:
    yield "<x>"
    yield from ("".join(shape.format(f"n{n}.{m}") for m in range(10_000)) for n in range(150))
    yield "</x>"


BOMBS: dict[str, Callable[[], Iterator[str]]] = {
    "attribute": _write_long_attribute,
    "doctype": _write_long_doctype,
    "attributes": _write_many_attributes,
    "elements": lambda: _write_names("<{}/>"),
    "names of attributes": lambda: _write_names("<y {}=''/>"),
    "namespaces": lambda: _write_names("<y xmlns:{0}='u{0}'/>"),
    "instructions": lambda: _write_names("<?{} ?>"),
}


def _pack(path: Path, parts: Mapping[str, Iterable[str]]) -> None:
    """Write a document of Word with these parts in place of its own."""
    with (
        zipfile.ZipFile(io.BytesIO(corpus.write_word())) as whole,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name in whole.namelist():
            with archive.open(name, "w") as entry:
                if name not in parts:
                    entry.write(whole.read(name))
                for piece in parts.get(name, ()):
                    entry.write(piece.encode())


def _measure(tmp_path: Path, parts: Mapping[str, Iterable[str]]) -> tuple[str, int]:
    """Open a document in a process of its own; return the verdict, and by how much that grew."""
    _pack(tmp_path / "small.docx", {})
    _pack(tmp_path / "bomb.docx", parts)
    documents = [str(tmp_path / "small.docx"), str(tmp_path / "bomb.docx")]
    command = [sys.executable, "-c", _MEASURED, *documents]
    opens, growth_kb = run(command, capture_output=True, check=True, text=True).stdout.split()
    return opens, int(growth_kb)


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_within_the_markup_costs_little(tmp_path: Path, kind: str) -> None:
    """One tag of 120 MB, or more than a million names: damaged at most."""
    opens, growth_kb = _measure(tmp_path, {"word/document.xml": BOMBS[kind]()})
    assert opens in ("damaged", "None")
    assert growth_kb < MAX_GROWTH_KB


@pytest.mark.parametrize("repeated", ["<a/>", "<a>" * 200 + "</a>" * 200])
def test_elements_without_end_take_bounded_time(repeated: str) -> None:
    """In 0.1 MB of a document there may be a hundred million, in one part or in many."""
    body = repeated * (40_000_000 // len(repeated))
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(corpus.write_word())) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            archive.writestr(name, f"<d>{body}</d>" if "document" in name else whole.read(name))
    start = time.process_time()
    assert open_bytes("a.docx", packed.getvalue()).opens is None
    assert time.process_time() - start < 15


def test_a_list_of_ever_more_parts_costs_little(tmp_path: Path) -> None:
    """It has more than an archive may have entries, and there is no verdict."""

    def write() -> Iterator[str]:
        yield "<Types>"
        yield from (
            "".join(f'<Override PartName="{n}.{m}" ContentType="x"/>' for m in range(10_000))
            for n in range(100)
        )
        yield "</Types>"

    opens, growth_kb = _measure(tmp_path, {"[Content_Types].xml": write()})
    assert opens == "None"
    assert growth_kb < MAX_GROWTH_KB


def _open_traced(data: bytes) -> tuple[Opens | None, int]:
    """Return the verdict on a PDF, and the most bytes that it took at once."""
    tracemalloc.start()
    try:
        opens = open_bytes("a.pdf", data).opens
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return opens, peak_bytes


def test_a_long_stream_in_ascii85_costs_little() -> None:
    """Ten megabytes of it took a gigabyte."""
    data = _write_stream(b"ASCII85Decode", b"z" * (10 << 20) + b"~>")
    opens, peak_bytes = _open_traced(data)
    assert opens is not Opens.YES
    assert peak_bytes < 100 << 20


def _write_packed_table() -> bytes:
    """Two million objects, in six kilobytes."""
    rows = zlib.compress(b"\x02\x09\x01" * 1_990_000)
    head = b"/Type/XRef/Size 1990000/W[1 1 1]/Root 1 0 R/Filter/FlateDecode"
    table = b"4 0 obj<<%b/Length %d>>stream\n%b\nendstream endobj\n" % (head, len(rows), rows)
    pages, _, _ = _write_page(b"").partition(b"trailer")
    return b"%b%bstartxref\n%d\n%%%%EOF\n" % (pages, table, len(pages))


def _write_no_table() -> bytes:
    pages, trailer, end = _write_page(b"").partition(b"trailer")
    return pages + b"".join(b"%d 0 obj\n" % n for n in range(5, 1_300_000)) + trailer + end


@pytest.mark.parametrize("write", [_write_packed_table, _write_no_table])
def test_a_pdf_of_many_objects_costs_little(write: Callable[[], bytes]) -> None:
    """Six kilobytes of it took a quarter of a gigabyte; beyond a bound there is no verdict."""
    data = write()
    opens, peak_bytes = _open_traced(data)
    assert opens is None
    assert peak_bytes < 100 << 20


def _write_page(content: bytes) -> bytes:
    """Return a PDF with one page."""
    return _write_stream(b"FlateDecode", zlib.compress(content))


def _write_stream(coding: bytes, packed: bytes) -> bytes:
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</Filter/%b/Length %d>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%%%EOF\n"
    ) % (coding, len(packed), packed)


@pytest.mark.parametrize("piece", [b"(\\", b"(a", b"<", b"<0", b"(\\(", b"\\", b"(\\)(", b"f*"])
def test_a_string_that_never_ends_takes_time_in_proportion(piece: bytes) -> None:
    """A page of three megabytes, for which the time once grew with the square of its size."""
    began = time.process_time()
    open_bytes("a.pdf", _write_page(piece * (3_000_000 // len(piece))))
    assert time.process_time() - began < 20


def _write_elements() -> bytes:
    """Return a Word document of a million elements, which takes seconds."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(corpus.write_word())) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            body = "<d>" + "<a/>" * 1_000_000 + "</d>"
            archive.writestr(name, body if "document" in name else whole.read(name))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.docx", _write_elements),
        ("a.pdf", lambda: _write_page(b"() " * 3_000_000)),
        ("a.doc", corpus.make_old_word),
        ("a.docx", lambda: corpus.encrypt(corpus.write_word())),
    ],
)
def test_a_stop_ends_the_opening_at_once(name: str, write: Callable[[], bytes]) -> None:
    """At the next piece of the document, and there is no verdict."""
    data, asked = write(), iter(range(1_000_000))
    began = time.process_time()
    document = open_document(name, io.BytesIO(data), stop=lambda: next(asked) >= 3)
    assert document.opens is None
    assert time.process_time() - began < 2
    assert next(asked) < 10


def _pack_objects(count: int) -> bytes:
    """Return a PDF whose one page is packed with other objects, in a table of its own kind."""
    page = b"<</Type/Page/Parent 2 0 R>> "
    places = b"".join(b" %d %d" % (99 + n, len(page) + 5 * n) for n in range(count - 1))
    head = b"3 0" + places + b" "
    packed = zlib.compress(head + page + b"<<>> " * (count - 1))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (count, len(head), len(packed), packed),
    )
    made, entries = b"%PDF-1.7\n", [struct.pack(">BIB", 0, 0, 0)]
    for number, content in zip((1, 2, 4), objects, strict=True):
        entries.append(struct.pack(">BIB", 1, len(made), 0))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries.insert(3, struct.pack(">BIB", 2, 4, 0))
    entries.append(struct.pack(">BIB", 1, len(made), 0))
    return made + (
        b"5 0 obj\n<</Type/XRef/W[1 4 1]/Size 6/Root 1 0 R/Length 36>>stream\n%s\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF" % (b"".join(entries), len(made))
    )


def test_a_table_of_more_places_than_a_bound_costs_little() -> None:
    """One of 28 MB took 333 MB; what a program writes has some thousands of places."""
    objects = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    count = 150_001
    data = objects + b"".join(
        (
            b"xref\n0 %d\n0000000000 65535 f \n" % count,
            b"0000000009 00000 n \n" * (count - 1),
            b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (count, len(objects)),
        )
    )
    opens, peak_bytes = _open_traced(data)
    assert opens is None
    assert peak_bytes < 10 << 20


@pytest.mark.parametrize(
    ("count", "opens"), [(100, Opens.BLANK), (10_000, Opens.BLANK), (10_001, None), (300_000, None)]
)
def test_objects_that_are_packed_together_are_bounded(count: int, opens: Opens | None) -> None:
    """They are read at once, and nothing asks about a stop within it: ten seconds, once."""
    began = time.process_time()
    assert open_bytes("a.pdf", _pack_objects(count)).opens is opens
    assert time.process_time() - began < 3


_PREDICTED = b"FlateDecode/DecodeParms<</Predictor 12/Columns 1>>"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (_PREDICTED, zlib.compress(b"\x04 " * 4_000_000)),
        (_PREDICTED.replace(b"12", b"2"), zlib.compress(b" " * 9_000_000)),
        (b"LZWDecode", b"\x80" + bytes(3_000_000)),
        (b"RunLengthDecode", b"\x00 " * 3_000_000),
        (b"FlateDecode", b"x\x9c" + bytes(3_000_000)),
    ],
)
def test_what_is_decoded_byte_by_byte_takes_little_time(
    coding: bytes, packed: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing asks about a stop within it; beyond the bound there is no verdict."""
    caplog.set_level("CRITICAL", "pypdf")
    data = _write_stream(coding, packed)
    began = time.process_time()
    assert open_bytes("a.pdf", data).opens is None
    assert time.process_time() - began < 3
