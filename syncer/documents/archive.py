"""A ZIP archive in which a document is stored, read within bounds.

Entries are inflated a piece at a time, and archives inside the archive are not opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from syncer.documents.faults import BoundedReader, Broken, Locked, OverLimit, never

MAX_ENTRIES = 10_000
MAX_INFLATED_BYTES = 500 << 20
# A directory entry has about a hundred bytes; zipfile reads the whole directory at once.
MAX_DIRECTORY_BYTES = 2 << 20
CHUNK_BYTES = 65_536

_END_MARK, _END_BYTES, _MAX_COMMENT_BYTES = b"PK\x05\x06", 22, 0xFFFF
_ENCRYPTED = 0x1
# Office programs know no other methods, and LZMA may ask for gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


class Archive:
    """The entries of an archive.

    Attributes:
        xml_names: the names in its XML parts, as far as these were read.
        run_names: those of all documents of the run.
        xml_elements: how many elements were read of them, again with each reading.
    """

    def __init__(
        self,
        content: BinaryIO,
        run_names: set[str] | None = None,
        stop: Callable[[], bool] = never,
    ) -> None:
        """Read the directory of an archive; `run_names` get its names, None for a run of its own.

        Raises:
            Broken: it is cut, or the directory is wrong.
            Locked: entries are encrypted.
            OverLimit: it has too many entries, they are too big, or something follows its end.
        """
        self._reader = BoundedReader(content, max_read_bytes=MAX_DIRECTORY_BYTES, stop=stop)
        _check_end(self._reader)
        try:
            self._zip = zipfile.ZipFile(cast("BinaryIO", self._reader))
        except _ERRORS as error:
            raise Broken("document-cut-off") from error
        entries = self._zip.infolist()
        inflated_bytes = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or inflated_bytes > MAX_INFLATED_BYTES:
            raise OverLimit
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Locked
        self.xml_names: set[str] = set()
        self.run_names = set() if run_names is None else run_names
        self.xml_elements = 0
        # Some programs of Windows write its separator, and every reader takes it.
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        self._folded = {name.lower(): name for name in self._entries}

    def __contains__(self, name: str) -> bool:
        """Return whether there is an entry of that name."""
        return name in self._entries

    def spell(self, part: str) -> str:
        """Return the entry's own name of an OPC part, whose case does not matter (ECMA-376-2)."""
        return part if part in self._entries else self._folded.get(part.lower(), part)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries, in the archive's order."""
        return tuple(self._entries)

    def read_chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of an entry; the last piece proves its checksum.

        Raises:
            Broken: there is no such entry, or it cannot be read to its end.
            OverLimit: the opening is to stop.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise Broken("document-part-missing", name)
        if entry.compress_type not in _METHODS:
            raise Broken("document-part-broken", name)
        try:
            with self._zip.open(entry) as opened:
                while chunk := opened.read(CHUNK_BYTES):
                    self._reader.check_stop()
                    yield chunk
        except _ERRORS as error:
            raise Broken("document-part-broken", name) from error

    def read_start(self, name: str, max_bytes: int) -> bytes:
        """Return the first bytes of an entry; raises as `read_chunks` does."""
        start = io.BytesIO()
        for chunk in self.read_chunks(name):
            start.write(chunk)
            if start.tell() >= max_bytes:
                break
        return start.getvalue()[:max_bytes]

    def check(self) -> None:
        """Read every entry to its end; raises as `read_chunks` does."""
        for name in self._entries:
            for _ in self.read_chunks(name):
                pass


def _check_end(reader: BoundedReader) -> None:
    """Raise `OverLimit` where something follows the end, often zeroes that a program left there.

    Some programs read on, Office offers to repair it. An archive without end is for `zipfile`.
    """
    filled = reader.size_bytes
    while filled > 0:
        start = max(filled - CHUNK_BYTES, 0)
        reader.seek(start)
        text = reader.read(filled - start).rstrip(b"\0")
        filled = start + len(text)
        if text:
            break
    start = max(filled - _MAX_COMMENT_BYTES - _END_BYTES, 0)
    reader.seek(start)
    last = reader.read(filled - start + _END_BYTES)
    reader.seek(0)
    at = last.rfind(_END_MARK)
    comment_bytes = int.from_bytes(last[at + _END_BYTES - 2 : at + _END_BYTES], "little")
    if at >= 0 and start + at + _END_BYTES + comment_bytes < reader.size_bytes:
        raise OverLimit
