"""Word, Excel and PowerPoint since 2007 (ECMA-376: part 2 the package, part 1 the contents)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from syncer.documents.archive import Archive
from syncer.documents.faults import Broken
from syncer.documents.file_kinds import FileKind
from syncer.documents.ooxml_styles import (
    LABELS,
    has_own_shapes,
    has_showing_formats,
    has_showing_styles,
    judge_slide,
    judge_word,
    says_more_than_codes,
)
from syncer.documents.plain_elements import FORMATTING, IN_SHEETS, IN_SLIDES, IN_WORD
from syncer.documents.xml_parts import PartContent, check_part, has_content, visit_part

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
# The transitional and the strict relation differ in what comes before.
_MAIN_RELATION = "/officeDocument"
_MEDIA = ("word/media/", "xl/media/", "ppt/media/", "word/embeddings/", "xl/charts/")

# Words in the content type of the main part, macros and templates alike.
_FAMILIES = (
    (FileKind.WORD, ("wordprocessingml", "ms-word.")),
    (FileKind.EXCEL, ("spreadsheetml", "ms-excel.")),
    (FileKind.POWERPOINT, ("presentationml", "ms-powerpoint.")),
)
_WORD = PartContent(
    frozenset(
        {"altChunk", "drawing", "ffData", "fldSimple", "instrText", "object", "oMath", "pict"}
        | {"sdt", "sym"}
    ),
    IN_WORD,
    judge=judge_word,
)
_SHEET = PartContent(
    frozenset({"control", "drawing", "hyperlink", "legacyDrawing", "oleObject", "picture"})
    | {"tablePart"},
    IN_SHEETS,
    text_in=frozenset({"f", "t", "v"}),
    labels=LABELS,
    says_more=says_more_than_codes,
)
_SLIDE = PartContent(
    frozenset({"custGeom", "cxnSp", "fld", "graphicFrame", "oleObj", "pic", "prstGeom"}),
    IN_SLIDES,
    formatting=FORMATTING,
    judge=judge_slide,
)
# Paragraphs may have a number, a bullet or a line by their style alone.
_STYLED = PartContent(frozenset({"pStyle", "rStyle"}), IN_WORD, text_in=frozenset())
# Masters and layouts are shown below the slides, but for their placeholders.
_MASTERS = ("ppt/slidemasters/", "ppt/slidelayouts/")
# Other parts may hold what is shown, or what the document is for: macros, data, building blocks.
_PLAIN_PARTS = re.compile(
    r"""(?x)
    \[content_types\]\.xml | mimetype | .*/ | (?:.*/)?_rels/.*
    | (?:docprops|docmetadata|customxml)/.*
    | (?:word|xl|ppt)/(?:
        (?:document|workbook|presentation|styles|styleswitheffects|settings|websettings|fonttable
            |numbering|sharedstrings|calcchain|metadata|presprops|viewprops|tablestyles
            |commentauthors|authors|people|revisioninfo|(?:header|footer|footnotes|endnotes)[0-9]*)
        \.xml
        | (?:theme|worksheets|chartsheets|slides|slidelayouts|slidemasters|notesmasters
            |handoutmasters|persons|tags|changesinfos)/[^/]*\.xml
        | printersettings/.*
      )"""
)
_PARTS_WITH_CONTENT: Mapping[FileKind, tuple[PartContent, tuple[str, ...]]] = {
    FileKind.WORD: (_WORD, ("word/header", "word/footer", "word/footnotes", "word/comments")),
    FileKind.EXCEL: (_SHEET, ("xl/worksheets/", "xl/chartsheets/")),
    FileKind.POWERPOINT: (_SLIDE, ("ppt/slides/",)),
}
# Relations of the main part to those, which may have any name.
_RELATED = frozenset(
    {"chartsheet", "comments", "dialogsheet", "footer", "footnotes", "header", "slide"}
    | {"worksheet", "xlMacrosheet"}
)


@dataclass(frozen=True, slots=True)
class Package:
    """An OOXML document: its main part, and the kind that its content type says."""

    main: str
    kind: FileKind | None


def read_package(archive: Archive) -> Package:
    """Find the main part of a document.

    Raises:
        Broken: the package names none, or its lists are not readable.
    """
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    targets: list[str] = []

    def visit_type(name: str, values: dict[str, str]) -> None:
        if name == "Override":
            overrides[values.get("PartName", "").lstrip("/").lower()] = values.get(
                "ContentType", ""
            )
        elif name == "Default":
            defaults[values.get("Extension", "").lower()] = values.get("ContentType", "")

    def visit_relation(name: str, values: dict[str, str]) -> None:
        if name == "Relationship" and values.get("Type", "").endswith(_MAIN_RELATION):
            targets.append(posixpath.normpath(values.get("Target", "").lstrip("/")))

    visit_part(archive, archive.spell(CONTENT_TYPES), visit_type)
    visit_part(archive, archive.spell(_RELATIONS), visit_relation)
    if not targets:
        raise Broken("document-part-missing", _RELATIONS)
    main = targets[0]
    content_type = overrides.get(main.lower(), defaults.get(main.rpartition(".")[2].lower(), ""))
    kinds = (kind for kind, words in _FAMILIES if any(w in content_type.lower() for w in words))
    entry = archive.spell(main)
    # A name that is no ASCII is escaped in the list, and in most archives not.
    return Package(entry if entry in archive else archive.spell(unquote(main)), next(kinds, None))


def check_ooxml(archive: Archive, package: Package) -> bool | None:
    """Check a document, and return whether it has any content; None when it is not known where.

    Raises:
        Broken: an entry is damaged, or the main part is not well-formed.
    """
    archive.check()
    if package.main.lower().endswith(".bin"):
        # Excel's binary workbooks: whole is all that can be said.
        archive.read_start(package.main, 1)
        return True
    check_part(archive, package.main)
    return _has_content(archive, package)


def _has_content(archive: Archive, package: Package) -> bool | None:
    if any(name.lower().startswith(_MEDIA) for name in archive.names) or package.kind is None:
        return True
    content, prefixes = _PARTS_WITH_CONTENT[package.kind]
    parts = dict.fromkeys(_list_parts(archive, prefixes))
    if package.kind is FileKind.WORD:
        parts = dict.fromkeys((package.main, *parts))
    named = _list_related(archive, package) - parts.keys()
    found = set()
    for part in (*parts, *(part for part in sorted(named) if part in archive)):
        found.add(has_content(archive, part, content))
        if True in found:
            return True
    if not named and not parts and package.kind is FileKind.POWERPOINT:
        # A design template consists of masters alone.
        return True
    is_known = found == {False} and named <= set(archive.names)
    return False if is_known and _is_plain(archive, package, (*parts, *named)) else None


def _is_plain(archive: Archive, package: Package, parts: tuple[str, ...]) -> bool:
    """Return whether nothing but the parts that were searched could show anything."""
    searched = {package.main, *_list_related(archive, package)}
    if not all(_PLAIN_PARTS.fullmatch(one.lower()) or one in searched for one in archive.names):
        return False
    if any(has_own_shapes(archive, part) for part in _list_parts(archive, _MASTERS)):
        return False
    styles = archive.spell(posixpath.join(posixpath.dirname(package.main), "styles.xml"))
    if package.kind is FileKind.POWERPOINT or styles not in archive:
        return True
    if package.kind is FileKind.EXCEL:
        return not has_showing_formats(archive, styles)
    is_styled = any(has_content(archive, part, _STYLED) for part in parts)
    return not has_showing_styles(archive, styles, named=is_styled)


def _list_parts(archive: Archive, prefixes: tuple[str, ...]) -> Iterator[str]:
    for name in archive.names:
        if name.lower().startswith(prefixes) and name.lower().endswith(".xml"):
            yield name


def _list_related(archive: Archive, package: Package) -> set[str]:
    """Return the parts with content that the main part names, wherever they are."""
    folder, base = posixpath.split(package.main)
    relations = archive.spell(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: set[str] = set()

    def visit_relation(name: str, values: dict[str, str]) -> None:
        kind = values.get("Type", "").rpartition("/")[2]
        if name == "Relationship" and kind in _RELATED and values.get("TargetMode") != "External":
            path = posixpath.join("/", folder, values.get("Target", ""))
            found.add(archive.spell(posixpath.normpath(path).lstrip("/")))

    if relations in archive:
        visit_part(archive, relations, visit_relation)
    return found
