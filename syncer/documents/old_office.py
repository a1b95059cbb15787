"""Word, Excel and PowerPoint up to 2003, and encrypted documents of today: OLE containers.

Sources: [MS-CFB] the container, [MS-DOC] 2.5.2, [MS-XLS] 2.4.117, [MS-PPT] 2.3.2, [MS-OFFCRYPTO].
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn, cast

import olefile

from syncer.documents.default_password import MAX_INFO_BYTES, has_default_key, has_default_password
from syncer.documents.faults import BoundedReader, Broken, Locked, OverLimit, never
from syncer.documents.file_kinds import FileKind

# A read is of a sector, or of the tables of a file of 100 MB.
MAX_READ_BYTES = 4 << 20
# All streams of less than 4 KB together, which olefile reads at once.
MAX_SMALL_STREAMS_BYTES = 20 << 20

_ENCRYPTED_OOXML, _ENCRYPTION = "EncryptedPackage", "EncryptionInfo"
_MAIN_STREAMS = (
    ("WordDocument", FileKind.OLD_WORD),
    ("Workbook", FileKind.OLD_EXCEL),
    ("Book", FileKind.OLD_EXCEL),
    ("PowerPoint Document", FileKind.OLD_POWERPOINT),
)
_WORD_MAGICS = (0xA5EC, 0xA5DC)
_WORD_ENCRYPTED = 0x0100
_XLS_BEGIN, _XLS_PASSWORD, _XLS_WRITE_PROTECTED = 0x0809, 0x002F, 0x0086
_PPT_ENCRYPTED = 0xF3D1C4DF


def check_old_office(content: BinaryIO, stop: Callable[[], bool] = never) -> FileKind:
    """Check a container, and return the kind of its document, OLE for one that is not ours.

    Raises:
        Broken: it is cut, or its tables or the start of its document are wrong.
        Locked: it opens only with a password.
        OverLimit: finding out would take too much, or is to stop.
    """
    reader = BoundedReader(content, max_read_bytes=MAX_READ_BYTES, stop=stop)
    try:
        with olefile.OleFileIO(cast("BinaryIO", reader)) as container:
            return _check(container)
    except (Broken, Locked, OverLimit):
        raise
    except Exception as error:
        # What olefile raises for hostile bytes is not listed anywhere.
        if reader.is_over:
            raise OverLimit from error
        raise Broken("document-unreadable") from error


def _check(container: Any) -> FileKind:
    for name, kind in ((_ENCRYPTED_OOXML, FileKind.OLE), *_MAIN_STREAMS):
        if container.exists(name):
            _check_streams(container)
            if name == _ENCRYPTED_OOXML:
                _check_encryption(container)
            _check_start(container, name, kind)
            return kind
    if container.parsing_issues or not container.listdir():
        raise Broken("document-unreadable")
    return FileKind.OLE


def _check_streams(container: Any) -> None:
    """Raise `Broken` when a sector of the document's own streams is missing, as after a cut."""
    followed = 0
    for entry in container.root.kids:
        if entry.entry_type == olefile.STGTY_STREAM:
            followed += _follow_sectors(container, entry)
        # No sector is in two streams; following them in circles would take for ever.
        if followed > len(container.fat) + len(container.minifat or ()):
            raise Broken("document-part-broken", entry.name)


def _follow_sectors(container: Any, entry: Any) -> int:
    """Return how many sectors a stream has; olefile itself would read it into memory."""
    is_small = entry.size < container.minisectorcutoff
    if is_small:
        container.loadminifat()
    table = container.minifat if is_small else container.fat
    sector_bytes = container.mini_sector_size if is_small else container.sector_size
    count: int = -(-entry.size // sector_bytes)
    sector = entry.isectStart
    for followed in range(count):
        if followed == len(table) or not 0 <= sector < len(table):
            raise Broken("document-part-broken", entry.name)
        sector = table[sector]
    return count


def _check_encryption(container: Any) -> NoReturn:
    """Raise `Locked`, or `OverLimit` where programs may know the password by themselves.

    Excel does so for workbooks, PowerPoint for presentations, LibreOffice for all.
    """
    if container.exists(_ENCRYPTION):
        size = container.get_size(_ENCRYPTION)
        if size > MAX_INFO_BYTES or has_default_key(_read(container, _ENCRYPTION, size)):
            raise OverLimit
    raise Locked


def _check_start(container: Any, name: str, kind: FileKind) -> None:
    """Look at the first record of the document, and whether it is encrypted."""
    match kind:
        case FileKind.OLD_WORD:
            magic, _, _, _, _, flags = struct.unpack("<6H", _read(container, name, 12))
            if magic == 0:
                raise Broken("document-part-broken", name)
            if magic not in _WORD_MAGICS:
                # As in some versions of the far east: programs open it, and we do not know how.
                raise OverLimit
            if flags & _WORD_ENCRYPTED:
                raise Locked
        case FileKind.OLD_EXCEL:
            _check_workbook(container, name)
        case _:
            # Size, size, then the token (CurrentUserAtom).
            token = _read(container, "Current User", 16)[12:]
            if struct.unpack("<I", token) == (_PPT_ENCRYPTED,):
                raise Locked


def _check_workbook(container: Any, name: str) -> None:
    """Look at the first records: the beginning, perhaps the wish not to be changed, a password."""
    begin, length = struct.unpack("<2H", _read(container, name, 4))
    if begin & 0xFF != _XLS_BEGIN & 0xFF:
        raise Broken("document-part-broken", name)
    at, record = 0, _XLS_WRITE_PROTECTED
    for _ in range(2):
        if record == _XLS_WRITE_PROTECTED:
            at += 4 + length
            record, length = struct.unpack("<2H", _read(container, name, at + 4)[at:])
    if record == _XLS_PASSWORD:
        password = _read(container, name, at + 4 + length)[at + 4 :]
        if not has_default_password(password):
            raise Locked


def _read(container: Any, name: str, size: int) -> bytes:
    """Return the first bytes of a stream; olefile itself would read all of it into memory."""
    entry = container.direntries[container._find(name)]  # noqa: SLF001
    if entry.size >= container.minisectorcutoff:
        data, sector = b"", entry.isectStart
        while len(data) < size and 0 <= sector < len(container.fat):
            data, sector = data + container.getsect(sector), container.fat[sector]
        data = data[:size]
    elif container.root.size > MAX_SMALL_STREAMS_BYTES:
        raise OverLimit
    else:
        data = bytes(container.openstream(name).read(size))
    if len(data) < size:
        raise Broken("document-part-broken", name)
    return data
