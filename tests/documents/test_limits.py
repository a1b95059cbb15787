"""No limit of our own makes a document look damaged."""

from __future__ import annotations

import io
import re

import pytest

from syncer.documents import archive, faults, pdf, xml_parts
from syncer.documents.open_document import open_bytes, open_document
from syncer.model.documents import Opens
from tests.documents import corpus

PDF = corpus.write_pdf()


def _write_contents(*parts: bytes) -> bytes:
    """Return a PDF of one page whose content is in several streams."""
    numbers = range(4, 4 + len(parts))
    kids = " ".join(f"{number} 0 R" for number in numbers).encode()
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/Contents[" + kids + b"]>>endobj\n"
    for number, part in zip(numbers, parts, strict=True):
        body += b"%d 0 obj<</Length %d>>stream\n%b\nendstream endobj\n" % (number, len(part), part)
    return body + b"trailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF\n"


SIMPLE = _write_contents(b"(Aftale) Tj ET")


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("Aftale.docx", corpus.make_word(), range(60)),
        ("Regnskab.xlsx", corpus.make_excel(), range(60)),
        ("Aftale.odt", corpus.make_odf("text", "<text:p>Aftale</text:p>"), range(60)),
        ("Aftale.pdf", PDF, range(60)),
        ("Flyttet.pdf", re.sub(rb"startxref\s+[0-9]+", b"startxref\n9", PDF), range(0, 2_000, 19)),
        ("Kort.pdf", re.sub(rb"(?<=/Length )[0-9]+", b"9", SIMPLE), range(0, 2_000, 19)),
        ("Gammel.doc", corpus.make_old_word(), range(60)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fewer_reads_give_the_same_verdict_or_none(
    name: str, data: bytes, limits: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the reads end: parsers swallow the exception here and there."""
    whole = open_bytes(name, data).opens
    verdicts = set()
    for reads in limits:
        monkeypatch.setattr(faults, "MAX_READS", reads)
        verdicts.add(open_bytes(name, data).opens)
    assert whole is not None
    assert verdicts <= {whole, None}
    assert None in verdicts


@pytest.mark.parametrize(
    ("limit", "elements", "over"),
    # Its list of types has three elements, and so has its text, which is read twice.
    [("MAX_LISTED", 3, None), ("MAX_ELEMENTS", 3, Opens.YES), ("MAX_READ_ELEMENTS", 11, None)],
)
def test_as_many_elements_as_a_bound_allows_are_read(
    limit: str, elements: int, over: Opens | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one more there is no verdict, or the document is not blank to a person."""
    blank = corpus.make_word("")
    for most, opens in ((elements, Opens.BLANK), (elements - 1, over)):
        monkeypatch.setattr(xml_parts, limit, most)
        assert open_bytes("a.docx", blank).opens is opens


@pytest.mark.parametrize(("room", "opens"), [(120, Opens.YES), (119, None)])
def test_the_streams_of_a_page_are_bounded_together(
    room: int, opens: Opens | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may be as long as all of them; beyond that there is no verdict."""
    monkeypatch.setattr(pdf, "MAX_DECODED_BYTES", room)
    document = _write_contents(b" " * 60, b"(Aftale) Tj".ljust(60))
    assert open_bytes("a.pdf", document).opens is opens


def test_a_stream_in_ascii85_is_decoded_up_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the content of a page mostly is; a longer one has no verdict."""
    (stream,) = re.findall(rb"stream\r?\n(.*?)endstream", PDF, re.DOTALL)
    assert b"ASCII85Decode" in PDF
    for most, opens in ((len(stream), Opens.YES), (1, None)):
        monkeypatch.setattr(pdf, "MAX_ASCII85_BYTES", most)
        assert open_bytes("a.pdf", PDF).opens is opens


def test_the_names_of_documents_are_counted_together() -> None:
    """Each once; a run bounds them, since lxml keeps every name that it ever read."""
    names: set[str] = set()
    for number in (1, 2, 2):
        data = corpus.make_word(f"<w:n{number}/>")
        assert open_document("a.docx", io.BytesIO(data), names).opens is None
    assert {one.rpartition("}")[2] for one in names} >= {"n1", "n2", "document", "body"}


def test_every_kind_of_name_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of elements, attributes, spaces of names and instructions; beyond a bound nobody knows."""
    names: set[str] = set()
    data = corpus.make_word('<?p1 x?><a1:e1 xmlns:a1="urn:n1" b1="" a1:c1=""/>')
    opens = open_document("a.docx", io.BytesIO(data), names).opens
    assert names >= {"p1", "a1", "urn:n1", "b1", "{urn:n1}c1", "{urn:n1}e1"}
    full = io.BytesIO(corpus.make_word())
    for most, expected in ((len(names), Opens.YES), (5, None)):
        monkeypatch.setattr(xml_parts, "MAX_NAMES", most)
        assert open_document("a.docx", full).opens is expected
    assert opens is None


def test_a_tag_that_does_not_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser keeps it until then."""
    part = f'<document><p x="{" " * 4 * archive.CHUNK_BYTES}"/></document>'
    data = corpus.make_ooxml("w.xml", corpus.WORD, {"w.xml": part})
    for most, opens in ((4, Opens.BLANK), (2, None)):
        monkeypatch.setattr(xml_parts, "MAX_TAG_BYTES", most * archive.CHUNK_BYTES)
        assert open_bytes("a.docx", data).opens is opens


class _Stop:
    """A wish to stop that comes at one of the questions for it."""

    def __init__(self, at: int) -> None:
        self.at, self.asked = at, 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self.at


CHUNKS = 20
STOPPED = {
    "Aftale.docx": corpus.make_ooxml(
        "word/document.xml", corpus.WORD,
        {"word/document.xml": "<a/>", "word/media/a.bin": bytes(CHUNKS * archive.CHUNK_BYTES)},
    ),
    "Aftale.odt": corpus.make_odf(
        "text", "", **{"Pictures/a.bin": "0" * CHUNKS * archive.CHUNK_BYTES}
    ),
    "Aftale.pdf": PDF,
    "Aftale.doc": corpus.make_old_word(),
    "Aftale.ppt": corpus.make_old_powerpoint(),
}  # fmt: skip


@pytest.mark.parametrize("name", STOPPED)
def test_a_stop_leaves_a_document_without_a_verdict(name: str) -> None:
    """It is asked for with each piece, whenever it comes; parsers swallow the exception."""
    never = _Stop(10_000)
    whole = open_document(name, io.BytesIO(STOPPED[name]), stop=never).opens
    assert whole is Opens.YES
    assert never.asked > (CHUNKS if name.endswith(("docx", "odt")) else 3)
    verdicts = []
    for at in range(0, never.asked, 3):
        stop = _Stop(at)
        verdicts.append(open_document(name, io.BytesIO(STOPPED[name]), stop=stop).opens)
        assert stop.asked <= at + 30  # and no damage is seen in what was not read
    assert set(verdicts) <= {None, whole}
    assert verdicts[0] is None
