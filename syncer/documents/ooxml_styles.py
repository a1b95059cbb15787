"""What a Word, Excel or PowerPoint document may show by attributes, styles and masters alone.

Lines below blanks, leaders of tabs, borders and colours of cells and boxes: forms to fill in by
hand consist of these. In doubt they show. Source: ECMA-376 part 1, chapters 17 to 21.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from syncer.documents.archive import Archive
from syncer.documents.plain_elements import IN_STYLES
from syncer.documents.xml_parts import says_more, strip_names, visit_part

LABELS = frozenset(
    f"{which}{place}" for which in ("odd", "even", "first") for place in ("Header", "Footer")
)
"""The headers and footers of a sheet."""
_OFF = frozenset({"none", "nil", "0", "false", "off"})
_SHAPES = frozenset({"sp", "pic", "cxnSp", "graphicFrame", "contentPart"})
_FILLS = frozenset({"solidFill", "gradFill", "blipFill", "pattFill", "grpFill"})
# No colour, and the usual one of the background.
_PLAIN_BACKGROUNDS = frozenset({"0", "1000", "1001"})
# What every workbook begins with: no fill, and a reserved one.
_RESERVED_FILLS = 2
_SECTIONS = frozenset(
    {"borders", "cellStyleXfs", "cellStyles", "cellXfs", "colors", "dxfs", "fills", "fonts"}
    | {"numFmts", "tableStyles"}
)


# Font, size and place of a header, and the names and times that Excel puts in (18.3.1.46).
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&[0-9]+|&[LCRBIUESXYOHADTFZ]')


def says_more_than_codes(label: str) -> bool:
    """Return whether a header says more than Excel puts in by itself."""
    return says_more(_CODES.sub("", re.sub("&[PN]", "\0", label)))


def judge_word(name: str, values: Mapping[str, str]) -> bool | None:
    """Judge tabs and columns by their lines; what is switched off shows nothing."""
    if name == "tab":
        return values.get("leader", "none") == "none" and values.get("val") != "bar"
    if name == "cols":
        return values.get("sep", "0") in _OFF
    return True if values.get("val") in _OFF else None


def judge_slide(name: str, values: Mapping[str, str]) -> bool | None:
    """Judge text by what is seen of its blanks."""
    is_lined = values.get("u", "none") != "none" or values.get("strike", "noStrike") != "noStrike"
    return False if name == "highlight" or (name == "rPr" and is_lined) else None


def has_showing_styles(archive: Archive, part: str, *, named: bool) -> bool:
    """Return whether styles of Word may show something: all of text, or the default ones only."""
    found: list[str] = []
    counts = is_default = False

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal counts, is_default
        values = strip_names(attributes)
        if name in ("docDefaults", "latentStyles"):
            counts = name == "docDefaults"
        elif name == "style":
            is_default = values.get("default", "0") not in _OFF
            is_of_text = values.get("type") not in ("table", "numbering")
            counts = is_of_text and (named or is_default)
        judged = judge_word(name, values)
        is_plain = name in IN_STYLES if judged is None else judged
        if counts and (not is_plain or (name == "basedOn" and not named)):
            found.append(name)

    visit_part(archive, part, visit)
    return bool(found)


def has_showing_formats(archive: Archive, part: str) -> bool:
    """Return whether a workbook has a fill or a border that a cell may have."""
    found: list[str] = []
    section, fills = "", 0

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal section, fills
        if name in _SECTIONS:
            section = name
        fills += name == "fill" and section == "fills"
        is_fill = section == "fills" and fills > _RESERVED_FILLS
        if (
            name == "gradientFill"
            or (is_fill and attributes.get("patternType", "none") != "none")
            or (section == "borders" and attributes.get("style", "none") != "none")
        ):
            found.append(name)

    visit_part(archive, part, visit)
    return bool(found)


def has_own_shapes(archive: Archive, part: str) -> bool:
    """Return whether a master shows something.

    Nobody sees a placeholder that is empty, unless it is filled, or lined.
    """
    found: Counter[bool] = Counter()
    before, in_box, shows = "", False, False

    def visit(name: str, values: dict[str, str]) -> None:
        nonlocal before, in_box, shows
        if name in _SHAPES or name == "ph":
            found[name == "ph"] += 1
        if name in _SHAPES or name in ("txBody", "spPr"):
            in_box = name == "spPr"
        shows |= (in_box and name in _FILLS) or name == "bgPr"
        shows |= name in ("fillRef", "lnRef") and values.get("idx") != "0"
        shows |= name == "bgRef" and values.get("idx") not in _PLAIN_BACKGROUNDS
        shows |= before == "bgRef" and values.get("val") != "bg1"
        shows |= name == "clrMap" and values.get("bg1") != "lt1"
        before = name

    visit_part(archive, part, visit)
    return shows or found[False] > found[True]
