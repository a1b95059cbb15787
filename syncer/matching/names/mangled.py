"""Names that a download, a web form or another system's encoding mangled (pure)."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import unquote

_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6});")
_LETTERS: Final = "æøåÆØÅéÉäÄöÖüÜ\u030a\u0308\u0301"
"""The letters of Danish names, and the marks that macOS stores apart: two bytes each in UTF-8."""
_BROKEN: Final = {
    letter.encode().decode(codec): letter
    for codec in ("latin-1", "cp1252", "mac_roman", "cp850", "cp437")
    for letter in _LETTERS
    if codec != "cp1252" or letter != "\u0301"  # cp1252 lacks its second byte
}
"""UTF-8 as programs show it that take it for an older encoding: "Ã¸" for "ø"."""
_MOJIBAKE: Final = re.compile(f"[{''.join({broken[0] for broken in _BROKEN})}][^\x00-\x7f]")


def mend(name: str) -> str:
    """Return a name as a person would write it.

    Percent signs of web addresses, entities of web pages, and UTF-8 that was read as another
    encoding are replaced; "&" is "og". A name without them is returned unchanged. Source: our
    choice, from what browsers, zip programs and mail systems make of Danish names.
    """
    if "%" in name:
        name = unquote(name)
    if "&" in name:
        name = _ENTITY.sub(lambda found: unescape(found[0]), name).replace("&", " og ")
    if name.isascii():
        return name
    return _MOJIBAKE.sub(lambda found: _BROKEN.get(found[0], found[0]), name)
