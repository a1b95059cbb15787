"""One file → whether it opens."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO, assert_never

from syncer.documents.archive import Archive
from syncer.documents.faults import Broken, Locked, OverLimit, never
from syncer.documents.file_kinds import (
    HEAD_BYTES,
    ODF,
    OLD_OFFICE,
    OOXML,
    FileKind,
    find_kind,
    is_before_ole,
    may_be_html,
    sniff,
)
from syncer.documents.odf import MIMETYPE, check_odf, is_odf, read_kind
from syncer.documents.ooxml import CONTENT_TYPES, check_ooxml, read_package
from syncer.documents.pdf_bytes import may_be_pdf
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason


class _OtherType(Exception):  # noqa: N818 - a verdict
    """The content is of another kind; None for one without a name."""

    def __init__(self, kind: FileKind) -> None:
        super().__init__(kind)
        self.kind = kind


def open_document(
    name: str,
    content: BinaryIO,
    run_names: set[str] | None = None,
    stop: Callable[[], bool] = never,
) -> Document:
    """Open a file as far as needed to judge it; never raises for what is in it.

    Nothing is executed, no link followed, no document inside the document opened. Memory stays
    below 100 MB, whatever the content; time grows with its size.

    Args:
        name: the file's name, whose suffix says what it should be.
        content: its bytes, seekable.
        run_names: the names in the XML of all documents of the run, which get those of this one:
            lxml keeps each for good. None for a document by itself.
        stop: asked again and again; once it returns True, the opening ends within a second or two.

    Returns:
        The verdict; none for kinds that we do not know, beyond our limits, and after a stop.
    """
    try:
        has_content = _check(name, content, run_names, stop)
    except Broken as error:
        args = {} if error.part is None else {"part": error.part}
        return Document(Opens.DAMAGED, Reason(error.code, args))
    except Locked:
        return Document(Opens.LOCKED, Reason("document-encrypted"))
    except _OtherType as error:
        if error.kind is FileKind.HTML:
            return Document(Opens.OTHER_TYPE, Reason("document-is-html"))
        return Document(Opens.OTHER_TYPE, Reason("document-is-other", {"kind": error.kind.value}))
    except (OverLimit, MemoryError):
        return Document(None)
    match has_content:
        case None:
            return Document(None)
        case True:
            return Document(Opens.YES)
        case False:
            return Document(Opens.BLANK, Reason("document-blank"))
        case _:
            assert_never(has_content)


def _check(
    name: str, content: BinaryIO, run_names: set[str] | None, stop: Callable[[], bool]
) -> bool | None:
    """Return whether a file has content; None without a verdict. Raises every other verdict."""
    content.seek(0)
    head = content.read(HEAD_BYTES)
    if not head:
        return False
    expected, found = find_kind(name), sniff(head)
    if expected is None:
        if found is FileKind.HTML and not may_be_html(name):
            raise _OtherType(FileKind.HTML)
        return None
    if _is_still_opened(expected, found, content, head, stop):
        return None
    match found:
        case None:
            raise Broken("document-unreadable")
        case FileKind.ZIP:
            return _check_archive(Archive(content, run_names, stop), expected)
        case FileKind.OLE:
            return _check_container(content, expected, stop)
        case FileKind.PDF if expected is FileKind.PDF:
            from syncer.documents.pdf import check_pdf

            return check_pdf(content, stop)
        case _:
            raise _OtherType(found)


def _is_still_opened(
    expected: FileKind,
    found: FileKind | None,
    content: BinaryIO,
    head: bytes,
    stop: Callable[[], bool],
) -> bool:
    """Return whether programs open what does not begin as it should, and we do not know how."""
    if expected is FileKind.PDF and found in (None, FileKind.TEXT):
        return may_be_pdf(content, stop)
    return found is None and expected in OLD_OFFICE and is_before_ole(head)


def _check_archive(archive: Archive, expected: FileKind) -> bool | None:
    if archive.spell(CONTENT_TYPES) in archive:
        package = read_package(archive)
        _compare(package.kind or FileKind.ZIP, expected)
        return check_ooxml(archive, package)
    if is_odf(archive):
        kind = read_kind(archive)
        if kind is None and MIMETYPE not in archive and expected in ODF:
            kind = expected
        _compare(kind or FileKind.ZIP, expected)
        return check_odf(archive, kind)
    if expected in OOXML | ODF and not _is_plain_archive(archive):
        raise Broken("document-part-missing", CONTENT_TYPES if expected in OOXML else MIMETYPE)
    raise _OtherType(FileKind.ZIP)


def _is_plain_archive(archive: Archive) -> bool:
    """Return whether an archive has nothing of an office document."""
    return not any(
        name.lower().startswith(("word/", "xl/", "ppt/", "_rels/", "meta-inf/"))
        or name == "content.xml"
        for name in archive.names
    )


def _check_container(content: BinaryIO, expected: FileKind, stop: Callable[[], bool]) -> bool:
    from syncer.documents.old_office import check_old_office

    try:
        kind = check_old_office(content, stop)
    except Locked:
        # An encrypted container does not show which document it holds.
        if expected in OOXML | OLD_OFFICE:
            raise
        kind = FileKind.OLE
    _compare(kind, expected)
    return True


def _compare(found: FileKind, expected: FileKind) -> None:
    if found is not expected:
        raise _OtherType(found)


def open_bytes(name: str, data: bytes) -> Document:
    """Open a file whose bytes are in memory; as `open_document`."""
    return open_document(name, io.BytesIO(data))
