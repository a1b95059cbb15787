"""What kind of thing a file is, by its name's end (pure)."""

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
_DOCUMENTS: Final = EDITABLE | frozenset(
    list_words("pdf, csv, htm, html, zip, epub, xml, json, tex")
)
_PICTURES: Final = frozenset(
    list_words("png, jpg, jpeg, gif, svg, bmp, tif, tiff, webp, heic, ai, eps, psd, ico, indd, xcf")
)
_MEDIA: Final = frozenset(list_words("mp3, mp4, m4a, m4v, mov, avi, wav, wmv, mkv, ogg, webm"))
_NOTHING: Final = frozenset(
    list_words("tmp, temp, bak, part, crdownload, lnk, url, swp, lock, filepart")
)
_NOTHING_NAMES: Final = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
NOTHING_ENDS: Final = _NOTHING | {"db", "ini", "icon"}
"""What the last word of a name is, when `is_nothing` says so for another reason than its start."""
_LONGEST: Final = 300
_NOTHING_FOLDERS: Final = re.compile(r"(?:^|/)(?:\.|__MACOSX/|@eaDir/|\$RECYCLE\.BIN/|#recycle/)")
"""Hidden folders and those that systems make for themselves: the Mac, Synology, Windows."""


class Format(IntEnum):
    """What kind of thing a file is."""

    DOCUMENT = 0
    PICTURE = 1
    MEDIA = 2


def is_extension(word: str) -> bool:
    """Tell whether a lower-case word behind a name's last dot is an extension, not a word."""
    return word in _DOCUMENTS or word in _PICTURES or word in _MEDIA


def format_of(extension: str) -> Format:
    """Return what kind of thing an extension says; without a known one it is a document."""
    if extension in _PICTURES:
        return Format.PICTURE
    return Format.MEDIA if extension in _MEDIA else Format.DOCUMENT


def lies_hidden(path: str) -> bool:
    """Tell whether a path is hidden or lies in a folder that people neither see nor use."""
    return _NOTHING_FOLDERS.search(path) is not None


def is_nothing(name: str) -> bool:
    """Tell whether a file is no document: Office locks, system files, hidden or temporary ones."""
    if name[:1] in (".", "~"):
        return True
    lower = name[-_LONGEST:].casefold()
    return lower in _NOTHING_NAMES or ("." in lower and lower.rpartition(".")[2] in _NOTHING)
