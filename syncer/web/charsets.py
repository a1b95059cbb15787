"""The charset of a page, as browsers choose it (WHATWG Encoding; HTML, section 13.2.3; pure)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

PRESCAN_BYTES = 1024
"""So far into a page a browser looks for the charset that it names."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Python's names of those that browsers know. It has others, which unpack what they read.
_OF_THE_WEB = re.compile(
    r"utf-(?:8|16-[bl]e)|cp(?:866|874|932|949|125\d)|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb18030|big5|euc_jp|iso2022_jp"
)
# Labels of the web that Python does not know.
_LABELS = {
    "dos-874": "cp874",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-gbk": "gbk",
    "x-sjis": "shift_jis",
}
# What browsers read in place of what a label says.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}


@dataclass(frozen=True, slots=True)
class Charset:
    """A charset by Python's name; not `certain` where neither page nor server names one."""

    name: str
    certain: bool


def choose_charset(header: str | None, start: bytes) -> Charset:
    """Return the charset of a page that begins with `start`: by its mark, the header, or itself.

    `header` is the label in `Content-Type`, None without one. Unknown labels count as none; UTF-8
    is read where there is no other.
    """
    for mark, name in _BOMS:
        if start.startswith(mark):
            return Charset(name, certain=True)
    named = None if header is None else _look_up(header)
    if named is None:
        named = _find_in_page(start)
    return Charset("utf-8", certain=False) if named is None else Charset(named, certain=True)


def _find_in_page(start: bytes) -> str | None:
    found = _META.search(_COMMENT.sub(b"", start[:PRESCAN_BYTES]))
    named = None if found is None else _look_up(found[1].decode("ascii", "replace"))
    # A page in which this could be read is not in UTF-16.
    return "utf-8" if named is not None and named.startswith("utf-16") else named


def _look_up(label: str) -> str | None:
    """Return Python's name of the charset that browsers read for a label, None for no such."""
    label = label.strip()
    try:
        name = codecs.lookup(_LABELS.get(label.lower(), label)).name
    except (LookupError, ValueError):  # unknown, or no name at all
        return None
    name = _READ_AS.get(name, name)
    return name if _OF_THE_WEB.fullmatch(name) else None
