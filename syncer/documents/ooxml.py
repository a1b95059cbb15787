"""Word, Excel and PowerPoint since 2007 (ECMA-376: part 2 the package, part 1 the contents)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syncer.documents.archive import Archive
from syncer.documents.faults import Broken
from syncer.documents.file_kinds import FileKind
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
    )
)
_SHEET = PartContent(
    frozenset({"control", "drawing", "hyperlink", "legacyDrawing", "oleObject", "picture"})
    | {"tablePart"},
    text_in=frozenset({"f", "t", "v"}),
)
_SLIDE = PartContent(
    frozenset({"custGeom", "cxnSp", "fld", "graphicFrame", "oleObj", "pic", "prstGeom"})
)
_PARTS_WITH_CONTENT: Mapping[FileKind, tuple[PartContent, tuple[str, ...]]] = {
    FileKind.WORD: (_WORD, ("word/header", "word/footer", "word/footnotes", "word/comments")),
    FileKind.EXCEL: (_SHEET, ("xl/worksheets/", "xl/chartsheets/")),
    FileKind.POWERPOINT: (_SLIDE, ("ppt/slides/",)),
}


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

    visit_part(archive, CONTENT_TYPES, visit_type)
    visit_part(archive, _RELATIONS, visit_relation)
    if not targets:
        raise Broken("document-part-missing", _RELATIONS)
    main = targets[0]
    content_type = overrides.get(main.lower(), defaults.get(main.rpartition(".")[2].lower(), ""))
    kinds = (kind for kind, words in _FAMILIES if any(word in content_type for word in words))
    return Package(main, next(kinds, None))


def check_ooxml(archive: Archive, package: Package) -> bool:
    """Check a document, and return whether it has any content.

    Raises:
        Broken: an entry is damaged, or the main part is not well-formed.
    """
    archive.check()
    if package.main.endswith(".bin"):
        # Excel's binary workbooks: whole is all that can be said.
        archive.read_start(package.main, 1)
        return True
    check_part(archive, package.main)
    return _has_content(archive, package)


def _has_content(archive: Archive, package: Package) -> bool:
    if any(name.startswith(_MEDIA) for name in archive.names) or package.kind is None:
        return True
    content, prefixes = _PARTS_WITH_CONTENT[package.kind]
    parts = list(_list_parts(archive, prefixes))
    if package.kind is FileKind.POWERPOINT and not parts:
        # A design template consists of masters alone.
        return True
    if package.kind is FileKind.WORD:
        parts.insert(0, package.main)
    return any(has_content(archive, part, content) for part in parts)


def _list_parts(archive: Archive, prefixes: tuple[str, ...]) -> Iterator[str]:
    for name in archive.names:
        if name.startswith(prefixes) and name.endswith(".xml"):
            yield name
