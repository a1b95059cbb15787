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
    kinds = (kind for kind, words in _FAMILIES if any(word in content_type for word in words))
    return Package(archive.spell(main), next(kinds, None))


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
    if any(has_content(archive, part, content) for part in parts):
        return True
    named = _list_related(archive, package) - parts.keys()
    if any(has_content(archive, part, content) for part in sorted(named) if part in archive):
        return True
    if not named and not parts and package.kind is FileKind.POWERPOINT:
        # A design template consists of masters alone.
        return True
    return False if (parts or named) and named <= set(archive.names) else None


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
