"""The elements that show nothing, in alphabetical order: the lists are of ECMA-376 and of ODF."""

from __future__ import annotations

import pytest

from syncer.documents import plain_elements
from syncer.documents.open_document import open_bytes
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

BLANK = Document(Opens.BLANK, Reason("document-blank"))
FORMATTING = "bodyPr defRPr endParaRPr grpSpPr lstStyle nvGrpSpPr nvSpPr rPr timing transition"
IN_WORD = (
    "adjustRightInd autoSpaceDE autoSpaceDN b bCs bidi body bookmarkEnd bookmarkStart br"
    " caps cnfStyle col color cols comments contextualSpacing continuationSeparator cr cs"
    " divId docGrid document eastAsianLayout emboss endnote endnotePr endnotes fitText"
    " footerReference footnote footnotePr footnotes formProt ftr hdr headerReference i iCs"
    " imprint ind jc keepLines keepNext kern kinsoku lang lastRenderedPageBreak"
    " mirrorIndents noEndnote noProof numFmt numRestart numStart outline outlineLvl"
    " overflowPunct p pBdr pPr pStyle pageBreakBefore paperSrc pgMar pgNumType pgSz pos"
    " position printerSettings proofErr r rFonts rPr rStyle rtl rtlGutter sectPr separator"
    " shadow smallCaps smartTag smartTagPr snapToGrid spacing specVanish suppressAutoHyphens"
    " suppressLineNumbers sz szCs t tab tabs textAlignment textDirection titlePg"
    " topLinePunct type vAlign vanish vertAlign w webHidden widowControl wordWrap"
)
OF_STYLES = (
    "aliases autoRedefine basedOn docDefaults hidden link locked name next pPrDefault"
    " personal personalCompose personalReply qFormat rPrDefault rsid semiHidden style"
    " uiPriority unhideWhenUsed"
)
OF_LABELS = (
    "date file-name page-count page-number region-center region-left region-right"
    " sheet-name time title"
)
IN_SHEETS = (
    "brk c chartsheet col colBreaks cols dialogsheet dimension evenFooter evenHeader"
    " firstFooter firstHeader headerFooter ignoredError ignoredErrors macrosheet mergeCell"
    " mergeCells oddFooter oddHeader outlinePr pageMargins pageSetUpPr pageSetup pane"
    " phoneticPr printOptions protectedRange protectedRanges r row rowBreaks selection"
    " sheetCalcPr sheetData sheetFormatPr sheetPr sheetProtection sheetView sheetViews t"
    " tabColor v worksheet"
)
IN_SLIDES = (
    "br cSld clrMapOvr creationId ext extLst masterClrMapping modId noFill off p pPr r sld"
    " sp spPr spTree t txBody xfrm"
)
IN_ODF = (
    "alphabetical-index-auto-mark-file animation-page body bookmark bookmark-end"
    " bookmark-start calculation-settings consolidation content-validations"
    " data-pilot-tables database-ranges date-time-decl dde-links drawing footer"
    " footer-decl footer-first footer-left forms frame graphics header header-decl"
    " header-first header-left iteration label-ranges layer layer-set line-break"
    " master-page master-styles named-expressions notes null-date p page page-thumbnail"
    " par presentation s seq sequence-decl sequence-decls settings soft-page-break span"
    " spreadsheet style tab text text-box user-field-decls variable-decls"
)
IN_TABLES = (
    "covered-table-cell table table-cell table-column table-column-group table-columns"
    " table-header-columns table-header-rows table-row table-row-group table-rows"
    " table-source"
)


def nest(names: str) -> str:
    """Return all these elements, one in the other."""
    words = names.split()
    return "".join(f"<{word}>" for word in words) + "".join(f"</{word}>" for word in words[::-1])


def write(kind: str, content: str) -> bytes:
    """Return a document with this in its text."""
    match kind:
        case "docx":
            return corpus.make_word(content)
        case "xlsx":
            return corpus.make_excel(content)
        case "pptx":
            return corpus.make_powerpoint(content)
        case "ods":
            return corpus.make_odf("spreadsheet", content)
        case _:
            return corpus.make_odf("text", content)


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        ("docx", IN_WORD),
        ("xlsx", IN_SHEETS),
        ("pptx", IN_SLIDES),
        ("odt", IN_ODF),
        ("ods", f"{IN_ODF} {IN_TABLES}"),
    ],
)
def test_a_document_of_elements_that_show_nothing_is_blank(kind: str, plain: str) -> None:
    """All that are known, one in the other; with any element that is not known nobody knows."""
    assert open_bytes(f"a.{kind}", write(kind, nest(plain))) == BLANK
    hidden = "".join(f"<{word}><shown/></{word}>" for word in FORMATTING.split())
    assert open_bytes(f"a.{kind}", write(kind, hidden)) == (
        BLANK if kind == "pptx" else Document(None)
    )
    for word in ("shown", "table", "rect"):
        known = word in plain.split() or (word == "rect" and kind.startswith("od"))
        assert known or open_bytes(f"a.{kind}", write(kind, f"<{word}/>")) == Document(None)
        inside = write(kind, f"<shown>{nest(plain)}</shown>")
        assert open_bytes(f"a.{kind}", inside) == Document(None)


def test_no_other_element_is_known_to_show_nothing() -> None:
    """A new one needs a place in the standard, and here."""
    odf = frozenset(IN_ODF.split())
    assert frozenset(FORMATTING.split()) == plain_elements.FORMATTING
    assert frozenset(f"{IN_WORD} {OF_STYLES}".split()) == plain_elements.IN_STYLES
    assert odf | frozenset(OF_LABELS.split()) == plain_elements.IN_ODF_LABELS
    assert frozenset(IN_WORD.split()) == plain_elements.IN_WORD
    assert frozenset(IN_SHEETS.split()) == plain_elements.IN_SHEETS
    assert frozenset(IN_SLIDES.split()) == plain_elements.IN_SLIDES
    assert odf == plain_elements.IN_ODF
    assert odf | frozenset(IN_TABLES.split()) == plain_elements.IN_ODF_SHEETS
