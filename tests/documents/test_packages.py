"""What is in a package beside its text, and what a package is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from syncer.documents import file_kinds
from syncer.documents.file_kinds import FileKind
from syncer.documents.open_document import open_bytes, open_document
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

BLANK = Document(Opens.BLANK, Reason("document-blank"))
NOBODY_KNOWS = Document(None)
GOOD = {
    "docx": corpus.make_word(),
    "xlsx": corpus.make_excel(),
    "pptx": corpus.make_powerpoint(),
    "odt": corpus.make_odf("text", "<text:p>x</text:p>"),
    "ods": corpus.make_odf("spreadsheet", "<text:p>x</text:p>"),
    "odp": corpus.make_odf("presentation", "<text:p>x</text:p>"),
    "odg": corpus.make_odf("graphics", "<draw:rect/>"),
}


def add(data: bytes, parts: dict[str, str]) -> bytes:
    """Return an archive with more entries, stored as they are."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def damaged(code: str, part: str) -> Document:
    """Return the verdict on a document with a part at fault."""
    return Document(Opens.DAMAGED, Reason(code, {"part": part}))


def other(kind: str) -> Document:
    """Return the verdict on a document of another kind."""
    return Document(Opens.OTHER_TYPE, Reason("document-is-other", {"kind": kind}))


@pytest.mark.parametrize("suffix", GOOD)
def test_damage_in_a_part_that_nobody_reads_is_damage(suffix: str) -> None:
    """Each entry has a checksum."""
    data = add(GOOD[suffix], {"custom/a.bin": "0123456789"})
    assert open_bytes(f"a.{suffix}", data).opens is Opens.YES
    broken = data.replace(b"0123456789", b"0123x56789")
    assert open_bytes(f"a.{suffix}", broken) == damaged("document-part-broken", "custom/a.bin")


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
@pytest.mark.parametrize("text", ["<a>", '<!DOCTYPE a SYSTEM "a.dtd"><a/>', "<a>&b;</a>", ""])
def test_every_list_and_text_of_a_package_is_well_formed(part: str, text: str) -> None:
    """What is cut, declares a type or has no element is named with its part."""
    with zipfile.ZipFile(io.BytesIO(GOOD["docx"])) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    data = corpus.pack({**parts, part: text})
    assert open_bytes("a.docx", data) == damaged("document-part-broken", part)


PLAIN = {
    FileKind.WORD: "word",
    FileKind.EXCEL: "xl",
    FileKind.POWERPOINT: "ppt",
}
PLAIN_PARTS = (
    "[Content_Types].xml mimetype x/ x/_rels/a.xml.rels docProps/app.xml docMetadata/a.xml"
    " customXml/item1.xml"
)
PLAIN_IN_FOLDER = (
    "document workbook presentation styles stylesWithEffects settings webSettings fontTable"
    " numbering sharedStrings calcChain metadata presProps viewProps tableStyles commentAuthors"
    " authors people revisionInfo header footer1 footnotes endnotes12 theme/a worksheets/a"
    " chartsheets/a slides/a slideLayouts/a slideMasters/a notesMasters/a handoutMasters/a"
    " persons/a tags/a changesInfos/a"
)


@pytest.mark.parametrize("kind", PLAIN)
def test_every_part_that_shows_nothing_is_known(kind: FileKind) -> None:
    """A document with all of them is blank; of any other part nobody knows."""
    folder = PLAIN[kind]
    main = {"word": "document", "xl": "workbook", "ppt": "presentation"}[folder]
    content_type = {"word": corpus.WORD, "xl": corpus.EXCEL, "ppt": corpus.POWERPOINT}[folder]
    names = [f"{folder}/{name}.xml" for name in PLAIN_IN_FOLDER.split()]
    names += [f"{folder}/printerSettings/a.bin", *PLAIN_PARTS.split()[1:]]
    parts = dict.fromkeys(names, "<r/>")
    data = corpus.make_ooxml(f"{folder}/{main}.xml", content_type, parts)
    assert open_bytes(f"a.{kind}", data) == BLANK
    for name in ("a.xml", f"{folder}/ink.xml", f"{folder}/theme/a.bin", f"{folder}/styles.xmls"):
        assert open_bytes(f"a.{kind}", add(data, {name: "<a/>"})) == NOBODY_KNOWS


@pytest.mark.parametrize("content_type", [corpus.WORD, corpus.WORD.upper()])
@pytest.mark.parametrize("extension", ["xml", "XML"])
def test_a_main_part_may_be_of_the_usual_type_of_its_suffix(
    extension: str, content_type: str
) -> None:
    """In whatever case; one that the package tells no type of is of no known kind."""
    types = f'<Types><Default Extension="{extension}" ContentType="{content_type}"/></Types>'
    relations = '<r><Relationship Type="x/officeDocument" Target="/word/./a.XML"/></r>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/a.XML": "<document/>"}
    assert open_bytes("a.docx", corpus.pack(parts)) == BLANK
    assert open_bytes("a.xlsx", corpus.pack(parts)) == other("docx")
    parts["[Content_Types].xml"] = types.replace(extension, "bin")
    assert open_bytes("a.docx", corpus.pack(parts)) == other("zip")


@pytest.mark.parametrize(
    ("mimetype", "found"),
    [
        ("application/vnd.oasis.opendocument.text-master", "odt"),
        ("\ufeff application/vnd.oasis.opendocument.text \n", "odt"),
        ("application/vnd.oasis.opendocument.chart", "zip"),
        ("application/vnd.oasis.opendocument.textile", "zip"),
        ("application/epub+zip", "zip"),
        (b"\xff\xfe\x00", "zip"),
        ("", "zip"),
    ],
)
def test_the_kind_of_an_opendocument_is_its_mimetype(mimetype: str | bytes, found: str) -> None:
    """Whatever bytes stand there; what is no kind of ours is an archive."""
    parts = {"mimetype": mimetype, "content.xml": "<body/>", "META-INF/manifest.xml": "<a/>"}
    data = corpus.pack(parts)
    assert open_bytes("a.ods", data) == other(found)
    assert open_bytes("a.odt", data) == (BLANK if found == "odt" else other("zip"))


@pytest.mark.parametrize(
    ("entry", "is_said"),
    [
        ('m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"', True),
        ('m:full-path="/" m:media-type="text/plain"', False),
        ('m:full-path="/"', False),
        ('m:full-path="a" m:media-type="application/vnd.oasis.opendocument.text"', False),
        ("", False),
    ],
)
def test_the_kind_of_an_opendocument_without_a_mimetype(entry: str, is_said: bool) -> None:
    """Its list of parts says it of the whole; where it does not, it is what its name says."""
    manifest = f'<m:manifest xmlns:m="urn:m"><m:file-entry {entry}/></m:manifest>'
    data = corpus.pack({"content.xml": "<body/>", "META-INF/manifest.xml": manifest})
    assert open_bytes("a.odt", data) == BLANK
    assert open_bytes("a.ods", data) == (other("odt") if is_said else BLANK)


@pytest.mark.parametrize(
    "name", ["word/a", "xl/a", "ppt/a", "_rels/a", "META-INF/a", "Word/a", "content.xml"]
)
def test_an_archive_with_parts_of_a_document_has_lost_others(name: str) -> None:
    """Whatever else is in it; one without any is an archive."""
    for parts in ({name: "x"}, {name: "x", "a.txt": "x"}, {"a.txt": "x", name: "x"}):
        data = corpus.pack(parts)
        missing = "document-part-missing"
        assert open_bytes("a.pptx", data) == damaged(missing, "[Content_Types].xml")
        assert open_bytes("a.odp", data) == damaged(missing, "mimetype")
        assert open_bytes("a.pdf", data) == other("zip")
    for parts in ({"a.txt": "x", "b.txt": "x"}, {"a/content.xml": "x"}, {"a/word/a": "x"}):
        assert open_bytes("a.docx", corpus.pack(parts)) == other("zip")


def test_an_encrypted_container_does_not_show_its_kind() -> None:
    """It is locked where it can be what the name says, and another kind elsewhere."""
    data = corpus.encrypt(corpus.make_word())
    locked = Document(Opens.LOCKED, Reason("document-encrypted"))
    for suffix in ("docx", "xlsx", "pptx", "doc", "xls", "ppt"):
        assert open_bytes(f"a.{suffix}", data) == locked
    for suffix in ("odt", "ods", "pdf"):
        assert open_bytes(f"a.{suffix}", data) == other("ole")


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<!doctype\n HTML>", "<html>", "<HEAD>", "<body a>", "<title>",
              "<script>"],
)  # fmt: skip
def test_how_a_page_begins(start: str) -> None:
    """At once, or after blanks, comments and the mark of XML; not as another word."""
    for before in ("", "\n\t ", "<?xml version='1.0'?>\n", "<!-- <a> -->\n<!---->"):
        assert file_kinds.is_html(before + start)
        assert not file_kinds.is_html(f"{before}x{start}")
    assert not file_kinds.is_html(start[:-1].split(maxsplit=1)[0] + "x>")


class _Full(io.BytesIO):
    """A content that takes more memory than there is."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Give the first bytes alone."""
        if self.tell() or size is None or size < 0:
            raise MemoryError
        return super().read(size)


def test_without_memory_there_is_no_verdict() -> None:
    """It says nothing of the document."""
    assert open_document("a.docx", _Full(corpus.make_word())) == NOBODY_KNOWS
