"""OpenDocument (OASIS ODF 1.3: part 2 the package, part 3 the contents)."""

from __future__ import annotations

from syncer.documents.archive import Archive
from syncer.documents.faults import Locked
from syncer.documents.file_kinds import FileKind
from syncer.documents.plain_elements import IN_ODF, IN_ODF_SHEETS
from syncer.documents.xml_parts import PartContent, check_part, has_content, visit_list, visit_part

MIMETYPE = "mimetype"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
# ODF 1.4: the whole package encrypted, inside of another one.
_WHOLE_ENCRYPTED = "encrypted-package"
_MAX_MIMETYPE_BYTES = 200
_PREFIX = "application/vnd.oasis.opendocument."
_FAMILIES = (
    (FileKind.ODF_TEXT, "text"),
    (FileKind.ODF_SHEET, "spreadsheet"),
    (FileKind.ODF_SLIDES, "presentation"),
    (FileKind.ODF_DRAWING, "graphics"),
)
_SHAPES = frozenset(
    {"circle", "connector", "control", "custom-shape", "ellipse", "image", "line", "measure"}
    | {"object", "object-ole", "path", "placeholder", "plugin", "polygon", "polyline", "rect"}
)
_BODY = PartContent(_SHAPES, IN_ODF, within="body")
_SHEETS = PartContent(_SHAPES, IN_ODF_SHEETS, within="body")
# Those that a master shows below its pages, but for placeholders.
_BACKGROUND = _SHAPES - {"image", "object", "object-ole", "plugin"} | {"frame", "caption"}
# Headers and footers of the pages.
_MASTERS = PartContent(_SHAPES, IN_ODF, within="master-styles")


def is_odf(archive: Archive) -> bool:
    """Return whether an archive is of OpenDocument; offices open it without a `mimetype` too."""
    return MIMETYPE in archive or (_CONTENT in archive and _MANIFEST in archive)


def read_kind(archive: Archive) -> FileKind | None:
    """Return the kind that the archive's `mimetype`, else its manifest, says; None for another."""
    found: list[str] = []

    def visit(name: str, values: dict[str, str]) -> None:
        entry = {key.rpartition("}")[2]: value for key, value in values.items()}
        if name == "file-entry" and entry.get("full-path") == "/":
            found.append(entry.get("media-type", ""))

    if MIMETYPE in archive:
        found.append(
            archive.read_start(MIMETYPE, _MAX_MIMETYPE_BYTES).decode("utf-8-sig", "replace")
        )
    elif _MANIFEST in archive:
        visit_list(archive, _MANIFEST, visit)
    mimetype = found[0].strip() if found else ""
    family = mimetype.removeprefix(_PREFIX) if mimetype.startswith(_PREFIX) else ""
    kinds = (kind for kind, name in _FAMILIES if family == name or family.startswith(f"{name}-"))
    return next(kinds, None)


def check_odf(archive: Archive, kind: FileKind | None) -> bool | None:
    """Check a document, and return whether it has any content; None when nobody knows.

    Raises:
        Broken: an entry is damaged, or the main part is not well-formed.
        Locked: it is encrypted.
    """
    if _WHOLE_ENCRYPTED in archive:
        raise Locked
    archive.check()
    if _MANIFEST in archive:
        visit_list(archive, _MANIFEST, _refuse_encrypted)
    check_part(archive, _CONTENT)
    if any(name.startswith("Pictures/") and not name.endswith("/") for name in archive.names):
        return True
    is_sheet = kind is FileKind.ODF_SHEET
    found = has_content(archive, _CONTENT, _SHEETS if is_sheet else _BODY)
    # The default page of a spreadsheet has "Page 1" in its footer.
    if found is not False or is_sheet or _STYLES not in archive:
        return found
    if kind is FileKind.ODF_TEXT:
        return has_content(archive, _STYLES, _MASTERS)
    return None if _has_background(archive) else False


def _has_background(archive: Archive) -> bool:
    """Return whether a master has shapes that are no placeholders."""
    found: list[str] = []

    def visit(name: str, values: dict[str, str]) -> None:
        if name in _BACKGROUND and not any(key.endswith("}class") for key in values):
            found.append(name)

    visit_part(archive, _STYLES, visit)
    return bool(found)


def _refuse_encrypted(name: str, _attributes: dict[str, str]) -> None:
    if name == "encryption-data":
        raise Locked
