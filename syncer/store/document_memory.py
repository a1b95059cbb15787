"""What is remembered of documents between runs: each was opened once since it last changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from syncer.model.documents import Document
from syncer.model.shares import RemoteFile
from syncer.store.database import Database, Records

_DOCUMENT = "document"

RULES = 3
"""Raised when the same bytes get another verdict."""


@dataclass(frozen=True, slots=True)
class _OpenedDocument:
    etag: str
    size_bytes: int | None
    rules: int
    document: Document


class DocumentStore:
    """The verdicts on documents, by share and file id, for as long as etag and size are the same.

    A file without id or etag, as in a local copy, is not remembered.
    """

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    def recall(self, files: Iterable[tuple[str, RemoteFile]]) -> dict[tuple[str, str], Document]:
        """Return the verdicts on those files that have not changed, by share and path."""

        def work(records: Records) -> dict[tuple[str, str], Document]:
            found: dict[tuple[str, str], Document] = {}
            for share, file in files:
                known = records.get(_DOCUMENT, _name(share, file), _OpenedDocument)
                if known is not None and _is_of(known, file):
                    found[share, file.path] = known.document
            return found

        return self._database.run(work, {})

    def keep(self, share: str, file: RemoteFile, document: Document) -> None:
        """Write a verdict at once."""
        if file.file_id is None or file.etag is None:
            return
        record = _OpenedDocument(file.etag, file.size_bytes, RULES, document)
        named = (_name(share, file), record)
        self._database.run(lambda records: records.put(_DOCUMENT, [named]), None)


def _name(share: str, file: RemoteFile) -> str:
    return f"{share} {file.file_id}"


def _is_of(known: _OpenedDocument, file: RemoteFile) -> bool:
    return (
        file.file_id is not None
        and known.rules == RULES
        and known.etag == file.etag
        and known.size_bytes == file.size_bytes
    )
