"""The elements that show nothing by themselves: only a document of these alone is called blank.

Of an element that is not named here nobody knows: it may be a bullet, a frame of a table, a line
around a page. Names are without namespace. Sources: ECMA-376 part 1, chapters 17 to 19 and 21;
OASIS ODF 1.3 part 3.
"""

from __future__ import annotations


def _split(*names: str) -> frozenset[str]:
    return frozenset(word for line in names for word in line.split())


FORMATTING = _split(
    "rPr endParaRPr defRPr lstStyle bodyPr nvGrpSpPr grpSpPr nvSpPr timing transition"
)
"""Those of slides that show nothing with everything inside: properties of text and boxes."""

IN_WORD = _split(
    "document body hdr ftr footnotes endnotes footnote endnote comments separator",
    "continuationSeparator p r t br cr tab lastRenderedPageBreak proofErr bookmarkStart",
    "bookmarkEnd smartTag smartTagPr pPr pStyle pBdr",
    "keepNext keepLines pageBreakBefore widowControl suppressLineNumbers suppressAutoHyphens",
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd",
    "snapToGrid spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment",
    "outlineLvl divId cnfStyle tabs sectPr headerReference footerReference footnotePr endnotePr",
    "type pgSz pgMar paperSrc pgNumType cols col formProt vAlign noEndnote titlePg rtlGutter",
    "docGrid printerSettings numFmt numStart numRestart pos",
    # Of runs: what lines and colours blanks is not here.
    "rPr rStyle rFonts b bCs i iCs caps smallCaps outline shadow emboss imprint noProof vanish",
    "webHidden color w kern position sz szCs fitText vertAlign rtl cs lang eastAsianLayout",
    "specVanish",
)
IN_STYLES = IN_WORD | _split(
    "docDefaults rPrDefault pPrDefault style name aliases basedOn next link autoRedefine hidden",
    "uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply",
    "rsid",
)
"""Of the styles of Word."""
IN_SHEETS = _split(
    "worksheet chartsheet dialogsheet macrosheet sheetPr tabColor outlinePr pageSetUpPr dimension",
    "sheetViews sheetView pane selection sheetFormatPr cols col sheetData row c v r t",
    "sheetCalcPr sheetProtection protectedRanges protectedRange mergeCells mergeCell phoneticPr",
    "printOptions pageMargins pageSetup headerFooter oddHeader oddFooter evenHeader evenFooter",
    "firstHeader firstFooter rowBreaks colBreaks brk ignoredErrors ignoredError",
)
IN_SLIDES = _split(
    "sld cSld spTree sp spPr txBody p pPr r t br clrMapOvr masterClrMapping xfrm off ext noFill",
    "extLst creationId modId",
)
IN_ODF = _split(
    "body text spreadsheet presentation drawing graphics sequence-decls sequence-decl forms",
    "variable-decls user-field-decls alphabetical-index-auto-mark-file calculation-settings",
    "iteration null-date content-validations label-ranges named-expressions database-ranges",
    "data-pilot-tables consolidation dde-links page p span s tab line-break soft-page-break",
    "bookmark bookmark-start bookmark-end frame text-box notes page-thumbnail settings",
    "header-decl footer-decl date-time-decl animation-page par seq",
    # Of the pages' masters.
    "master-styles master-page header header-left header-first footer footer-left footer-first",
    "style layer-set layer",
)
IN_ODF_SHEETS = IN_ODF | _split(
    "table table-column table-columns table-column-group table-header-columns table-row",
    "table-rows table-row-group table-header-rows table-cell covered-table-cell table-source",
)
IN_ODF_LABELS = IN_ODF | _split(
    "region-left region-center region-right sheet-name page-number page-count title date time",
    "file-name",
)
"""Of the headers and footers of a spreadsheet's pages."""
