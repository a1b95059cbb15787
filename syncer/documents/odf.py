"""OpenDocument (OASIS ODF 1.3: part 2 the package, part 3 the contents)."""

from __future__ import annotations

import re

from syncer.documents.archive import Archive
from syncer.documents.faults import Locked
from syncer.documents.file_kinds import FileKind
from syncer.documents.odf_styles import has_showing_styles
from syncer.documents.plain_elements import IN_ODF, IN_ODF_LABELS, IN_ODF_SHEETS
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
# Some programs write no text for a value, which is what it looks like.
_VALUES = frozenset({"formula", "value"}) | {
    f"{kind}-value" for kind in ("boolean", "date", "string", "time")
}
_SHEETS = PartContent(_SHAPES, IN_ODF_SHEETS, within="body", filled=_VALUES)
# Offices write the name of the sheet and the number of the page there.
_LABELS = PartContent(
    frozenset(),
    IN_ODF_LABELS,
    text_in=frozenset(),
    within="master-styles",
    labels=frozenset({"p", "span"}),
)
# Those that a master shows below its pages, but for placeholders.
_BACKGROUND = _SHAPES - {"image", "object", "object-ole", "plugin"} | {"frame", "caption"}
# Headers and footers of the pages.
_MASTERS = PartContent(_SHAPES, IN_ODF, within="master-styles")


# Other entries may hold what the document is for: macros, objects.
_PLAIN_ENTRIES = re.compile(
    r"mimetype|META-INF/manifest\.xml|(?:content|styles|meta|settings)\.xml|manifest\.rdf"
    r"|layout-cache|(?:Thumbnails|Configurations2)/.*|.*/"
)


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
    if found is False and _STYLES in archive:
        if kind is FileKind.ODF_TEXT:
            found = has_content(archive, _STYLES, _MASTERS)
        elif is_sheet:
            found = has_content(archive, _STYLES, _LABELS)
        elif _has_background(archive):
            found = None
    if found is not False:
        return found
    parts = [part for part in (_CONTENT, _STYLES) if part in archive]
    is_plain = all(map(_PLAIN_ENTRIES.fullmatch, archive.names))
    return False if is_plain and not has_showing_styles(archive, *parts) else None


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
