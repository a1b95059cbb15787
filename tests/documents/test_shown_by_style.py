"""What a document shows by attributes, styles and masters alone is not blank; most are forms."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Border, PatternFill, Side

from syncer.documents.open_document import open_bytes
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

BLANK = Document(Opens.BLANK, Reason("document-blank"))
NOBODY_KNOWS = Document(None)
STYLE = '<w:style w:type="{}" w:styleId="{}">{}</w:style>'
USUAL = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts/><w:sz w:val="22"/><w:lang w:val="da"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults><w:latentStyles><w:lsdException/>"
    '</w:latentStyles><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name/></w:style>'
    '<w:style w:type="table" w:styleId="T"><w:tblPr/><w:pPr><w:pBdr><w:top/></w:pBdr></w:pPr>'
    "</w:style>"
)
LINE = '<w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr>'


def add(data: bytes, parts: dict[str, str]) -> bytes:
    """Return an archive with more entries, or others."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return corpus.pack({**{name: opened.read(name) for name in opened.namelist()}, **parts})


def write_word(body: str, styles: str = "", **parts: str) -> bytes:
    """Return a document of Word with usual styles, and others."""
    all_styles = f'<w:styles xmlns:w="{corpus.W}">{USUAL}{styles}</w:styles>'
    return add(corpus.make_word(body, **parts), {"word/styles.xml": all_styles})


@pytest.mark.parametrize(
    ("properties", "known"),
    [
        ('<w:u w:val="single"/>', False),
        ('<w:u w:val="none"/>', True),
        ("<w:strike/>", False),
        ('<w:strike w:val="0"/>', True),
        ('<w:highlight w:val="yellow"/>', False),
        ('<w:shd w:fill="FF0000"/>', False),
        ('<w:bdr w:val="single"/>', False),
        ('<w:b/><w:color w:val="FF0000"/>', True),
    ],
)
def test_lines_and_colours_show_blanks_in_word(properties: str, known: bool) -> None:
    """The line to write on consists of blanks."""
    body = f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>   </w:t></w:r></w:p>"
    assert open_bytes("a.docx", write_word(body)) == (BLANK if known else NOBODY_KNOWS)


@pytest.mark.parametrize(
    ("element", "known"),
    [
        ('<w:pPr><w:tabs><w:tab w:val="left" w:leader="underscore"/></w:tabs></w:pPr>', False),
        ('<w:pPr><w:tabs><w:tab w:val="bar"/></w:tabs></w:pPr>', False),
        ('<w:pPr><w:tabs><w:tab w:val="left" w:leader="none"/></w:tabs></w:pPr>', True),
        ('<w:pPr><w:sectPr><w:cols w:num="2" w:sep="1"/></w:sectPr></w:pPr>', False),
        ('<w:pPr><w:sectPr><w:cols w:num="2" w:sep="0"/></w:sectPr></w:pPr>', True),
        ("<w:ins><w:r><w:t> </w:t></w:r></w:ins>", False),
        ("<w:permStart/>", False),
    ],
)
def test_other_lines_of_word(element: str, known: bool) -> None:
    """Leaders of tabs, between columns, beside a change; what may be written in has a colour."""
    assert open_bytes("a.docx", write_word(f"<w:p>{element}</w:p>")) == (
        BLANK if known else NOBODY_KNOWS
    )


@pytest.mark.parametrize(
    ("body", "styles", "known"),
    [
        ("<w:p/>", "", True),
        ("<w:p/>", STYLE.format("paragraph", "X", LINE), True),
        ('<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr></w:p>', "", True),
        ('<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr></w:p>', STYLE.format("paragraph", "X", LINE),
         False),
        ('<w:p><w:r><w:rPr><w:rStyle w:val="X"/></w:rPr></w:r></w:p>',
         STYLE.format("character", "X", "<w:rPr><w:u/></w:rPr>"), False),
        ("<w:p/>", f'<w:style w:type="paragraph" w:default="1">{LINE}</w:style>', False),
        ("<w:p/>", '<w:style w:default="1"><w:basedOn w:val="X"/></w:style>', False),
        ("<w:p/>", f"<w:docDefaults>{LINE}</w:docDefaults>", False),
    ],
)  # fmt: skip
def test_styles_of_word_show_where_they_are_used(body: str, styles: str, known: bool) -> None:
    """The default ones by each text; of others all, as soon as one is named, also in a header."""
    assert open_bytes("a.docx", write_word(body, styles)) == (BLANK if known else NOBODY_KNOWS)
    in_header = write_word("<w:p/>", styles, header1=body)
    assert open_bytes("a.docx", in_header) == (BLANK if known else NOBODY_KNOWS)


SIDE = Side(style="thin")


@pytest.mark.parametrize(
    ("how", "known"),
    [
        ({}, True),
        ({"fill": PatternFill("solid", fgColor="FF0000")}, False),
        ({"border": Border(bottom=SIDE)}, False),
        ({"border": Border(diagonal=SIDE, diagonalUp=True)}, False),
    ],
)
def test_formats_of_cells_show_in_excel(how: dict[str, object], known: bool) -> None:
    """Fills and borders, in a workbook as a program writes it."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for name, value in how.items():
        setattr(sheet["A1"], name, value)
    book.save(made)
    assert open_bytes("a.xlsx", made.getvalue()) == (BLANK if known else NOBODY_KNOWS)


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("&amp;C&amp;&quot;Times New Roman,Regular&quot;&amp;12&amp;A", True),
        ("&amp;CSide &amp;P af &amp;N", True),
        ("&amp;C&amp;KFF0000&amp;BSide &amp;P", True),
        ("Fortrolig kontrakt", False),
        ("Fortroligt", False),
        ("Fortroligt side &amp;P", False),
        ("&amp;G", False),
        ("2024", False),
    ],
)
@pytest.mark.parametrize("which", ["oddHeader", "evenFooter", "firstHeader"])
def test_words_in_the_header_of_a_sheet_show(label: str, which: str, known: bool) -> None:
    """Beyond what Excel and Calc put in: names, times, and the number of the page."""
    end = f"</sheetData><headerFooter><{which}>{label}</{which}></headerFooter><sheetData>"
    assert open_bytes("a.xlsx", corpus.make_excel(end)) == (BLANK if known else NOBODY_KNOWS)


@pytest.mark.parametrize(
    "rows", ["<row><c><f t='dataTable'/></c></row>", "<row><c><is/></c></row>"]
)
def test_a_formula_without_text_may_show(rows: str) -> None:
    """One of a table of data has none; text in a cell may be lined."""
    assert open_bytes("a.xlsx", corpus.make_excel(rows)) == NOBODY_KNOWS


BACKGROUND = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="{}"/></p:bgRef></p:bg>'
PLACE = "<p:sp><p:nvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr><p:spPr>{}</p:spPr>{}</p:sp>"


@pytest.mark.parametrize(
    ("master", "known"),
    [
        (BACKGROUND.format("bg1") + '<p:clrMap bg1="lt1"/>', True),
        (BACKGROUND.format("accent1"), False),
        (BACKGROUND.replace("1001", "1003").format("bg1"), False),
        ("<p:bg><p:bgPr><a:solidFill/></p:bgPr></p:bg>", False),
        ('<p:clrMap bg1="dk1"/>', False),
        (PLACE.format("<a:noFill/>", "<p:txBody><a:solidFill/></p:txBody>"), True),
        (PLACE.format("<a:ln><a:solidFill/></a:ln>", "<p:txBody/>"), False),
        (PLACE.format("<a:gradFill/>", "<p:txBody/>"), False),
        (PLACE.format("", '<p:style><a:lnRef idx="0"/><a:fillRef idx="1"/></p:style>'), False),
        (PLACE.format("", '<p:style><a:lnRef idx="0"/><a:fillRef idx="0"/></p:style>'), True),
    ],
)
def test_masters_of_powerpoint_show(master: str, known: bool) -> None:
    """By their background, and by placeholders that are filled or lined."""
    text = f'<p:x xmlns:p="{corpus.P}" xmlns:a="{corpus.A}">{master}</p:x>'
    data = add(corpus.make_powerpoint("<p:cSld/>"), {"ppt/slideMasters/slideMaster1.xml": text})
    assert open_bytes("a.pptx", data) == (BLANK if known else NOBODY_KNOWS)


@pytest.mark.parametrize(
    ("properties", "known"),
    [
        ('<a:rPr u="none" strike="noStrike"><a:solidFill/></a:rPr>', True),
        ('<a:rPr u="sng"/>', False),
        ('<a:rPr strike="sngStrike"/>', False),
        ("<a:rPr><a:highlight/></a:rPr>", False),
    ],
)
def test_lines_show_blanks_on_a_slide(properties: str, known: bool) -> None:
    """Above all on a slide to fill in."""
    data = corpus.make_powerpoint(f"<a:p><a:r>{properties}<a:t>  </a:t></a:r></a:p>")
    assert open_bytes("a.pptx", data) == (BLANK if known else NOBODY_KNOWS)


NAMES = " ".join(
    f'xmlns:{short}="{corpus.ODF}:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("table", "table"),
    )
)  # fmt: skip
CELL = "<table:table><table:table-row><table:table-cell {}/></table:table-row></table:table>"
WARNING = '<style:style style:name="{}"><style:x {}/></style:style>'


def write_odf(kind: str, automatic: str, body: str, styles: str = "") -> bytes:
    """Return an OpenDocument with styles."""
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
    content += f"<office:{kind}>{body}</office:{kind}></office:body>"
    return add(
        corpus.make_odf(kind, ""),
        {
            "content.xml": f"<office:document-content {NAMES}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {NAMES}>{styles}</office:document-styles>",
        },
    )


SHOWN = (
    'fo:background-color="#ff0000" fo:border="2pt solid" fo:border-top="2pt solid"'
    ' style:diagonal-tl-br="1pt solid" style:shadow="#000000" draw:fill="solid" draw:stroke="solid"'
    ' style:leader-style="dotted" style:leader-char="." style:list-style-name="L1"'
    ' style:text-underline-style="solid" style:text-line-through-type="single"'
)


@pytest.mark.parametrize("shown", SHOWN.split('" '))
def test_styles_of_opendocument_show_where_they_are_used(shown: str) -> None:
    """By name, as the parent of one, as a default, or by themselves."""
    shown = shown.rstrip('"') + '"'
    named, body = WARNING.format("X", shown), '<text:p text:style-name="{}"/>'
    child = '<style:style style:name="P" style:parent-style-name="X"/>'
    assert open_bytes("a.odt", write_odf("text", named, body.format("Y"))) == BLANK
    off = WARNING.format("X", f'{shown.partition("=")[0]}="none"')
    if "list-style" not in shown:
        assert open_bytes("a.odt", write_odf("text", off, body.format("X"))) == BLANK
    default = f"<style:default-style><style:x {shown}/></style:default-style>"
    standard = WARNING.format("Standard", shown)
    for automatic, used, styles in (
        (named, "X", ""), (child, "P", named), ("", "", default), ("", "", standard),
    ):  # fmt: skip
        data = write_odf("text", automatic, body.format(used), styles)
        assert open_bytes("a.odt", data) == NOBODY_KNOWS


LAYOUT = '<style:page-layout style:name="L"><style:x {}/></style:page-layout>'
MASTER = '<style:master-page style:name="{}" style:page-layout-name="L"/>'


@pytest.mark.parametrize(
    ("kind", "name", "body", "styles", "known"),
    [
        ("text", "a.odt", "<text:p/>", LAYOUT + MASTER.format("Standard"), False),
        ("text", "a.odt", "<text:p/>", LAYOUT + MASTER.format("Other"), True),
        ("text", "a.odt", "<text:p/>", LAYOUT.format("") + MASTER.format("Standard"), True),
        ("presentation", "a.odp", '<draw:page draw:master-page-name="M"/>',
         LAYOUT + MASTER.format("M"), False),
        ("presentation", "a.odp", '<draw:page draw:master-page-name="M"/>',
         MASTER.format("M") + WARNING.replace("{}", "M-background", 1), False),
        ("text", "a.odt", "<text:p/>", '<text:linenumbering-configuration/>', False),
        ("text", "a.odt", "<text:p/>",
         '<text:linenumbering-configuration text:number-lines="false"/>', True),
        ("text", "a.odt", '<text:p text:style-name="X"/>',
         '<style:style style:name="X"><style:column-sep/></style:style>', False),
    ],
)  # fmt: skip
def test_pages_of_opendocument_show(
    kind: str, name: str, body: str, styles: str, known: bool
) -> None:
    """By their layout and their background."""
    styles = styles.replace("{}", 'fo:border="3pt solid #ff0000" draw:fill="solid"')
    assert open_bytes(name, write_odf(kind, "", body, styles)) == (BLANK if known else NOBODY_KNOWS)


@pytest.mark.parametrize(
    ("attributes", "opens"),
    [
        ('office:value-type="float" office:value="5"', Opens.YES),
        ('office:boolean-value="true"', Opens.YES),
        ('office:date-value="2026-01-01"', Opens.YES),
        ('office:time-value="PT1H"', Opens.YES),
        ('office:string-value="Aftale"', Opens.YES),
        ('office:string-value=""', Opens.BLANK),
        ('table:formula="of:=1+1"', Opens.YES),
        ('table:number-columns-repeated="5"', Opens.BLANK),
    ],
)
def test_a_value_without_its_text_is_content(attributes: str, opens: Opens) -> None:
    """Calc shows it; the text is only what it looked like when it was written."""
    assert open_bytes("a.ods", write_odf("spreadsheet", "", CELL.format(attributes))).opens is opens


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("<text:p>Kontrakt om leje</text:p>", False),
        ("<text:p>Fortroligt</text:p>", False),
        (
            "<text:p>Side <text:span><text:page-number>1</text:page-number></text:span></text:p>",
            True,
        ),
        (
            "<text:p><text:sheet-name>?</text:sheet-name> (<text:title>?</text:title>)</text:p>",
            True,
        ),
        ("<draw:frame/><draw:image/>", False),
    ],
)
def test_words_in_the_header_of_a_table_show(header: str, known: bool) -> None:
    """Beyond what Calc puts in by itself."""
    master = f"<office:master-styles><style:master-page><style:header>{header}</style:header>"
    master += "</style:master-page></office:master-styles>"
    data = write_odf("spreadsheet", "", CELL.format(""), master)
    assert open_bytes("a.ods", data) == (BLANK if known else NOBODY_KNOWS)


def test_macros_and_objects_of_opendocument_may_show() -> None:
    """What else is in the package, beside pictures of it and settings."""
    usual = {"meta.xml": "<a/>", "settings.xml": "<a/>", "manifest.rdf": "<a/>", "layout-cache": ""}
    data = add(write_odf("text", "", "<text:p/>"), {**usual, "Configurations2/": ""})
    assert open_bytes("a.odt", data) == BLANK
    for name in ("Basic/Standard/Modul.xml", "Object 1/content.xml", "a.bin"):
        assert open_bytes("a.odt", add(data, {name: "<a/>"})) == NOBODY_KNOWS
