"""What a file's extension says about it (pure)."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from syncer.matching.names.vocabulary import list_words

EDITABLE: Final = frozenset(
    list_words(
        "doc, docx, docm, dot, dotx, odt, ott, rtf, txt, md, xls, xlsx, xlsm, xlt, xltx, ods, ppt,"
        "pptx, potx, pot, odp, pages, numbers, key, vsdx"
    )
)
"""Formats that people fill in."""
_DOCUMENTS: Final = EDITABLE | set(list_words("pdf, csv, htm, html, zip, epub, xml, json, tex"))
_PICTURES: Final = list_words(
    "png, jpg, jpeg, gif, svg, bmp, tif, tiff, webp, heic, ai, eps, psd, ico, indd, xcf"
)
_MEDIA: Final = list_words("mp3, mp4, m4a, m4v, mov, avi, wav, wmv, mkv, ogg, webm")
_IGNORED_ENDS: Final = list_words(
    ".tmp, .temp, .bak, .part, .crdownload, .lnk, .url, .swp, .lock, .filepart"
)
_IGNORED_NAMES: Final = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
TEMPLATES: Final = frozenset(
    list_words("dot, dotx, dotm, pot, potx, potm, xlt, xltx, xltm, ott, ots, otp")
)
"""Formats that office programs keep for templates."""
_MAX_NAME: Final = 300
_HIDDEN: Final = re.compile(r"(?:^|/)(?:\.|__MACOSX/|@eaDir/|\$RECYCLE\.BIN/|#recycle/)")
"""Hidden names, and the folders that macOS, Synology and Windows create for themselves."""


class Format(IntEnum):
    """What a file contains."""

    DOCUMENT = 0
    PICTURE = 1
    MEDIA = 2


FORMATS: Final = {
    **dict.fromkeys(_DOCUMENTS, Format.DOCUMENT),
    **dict.fromkeys(_PICTURES, Format.PICTURE),
    **dict.fromkeys(_MEDIA, Format.MEDIA),
}
"""The known extensions, in lower case; another word after a name's last dot is a word."""


def is_hidden(path: str) -> bool:
    """Return whether a path is hidden or in a folder that people do not use."""
    return _HIDDEN.search(path) is not None


def is_ignored(name: str) -> bool:
    """Return whether a file name is that of an Office lock, system, hidden or temporary file."""
    lower = name[-_MAX_NAME:].casefold()
    return name.startswith((".", "~")) or lower in _IGNORED_NAMES or lower.endswith(_IGNORED_ENDS)
