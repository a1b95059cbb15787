"""A verdict on a document comes back for as long as the file is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile
from syncer.store import document_memory
from syncer.store.database import Database
from syncer.store.document_memory import DocumentStore

FILE = RemoteFile("Bilag/Aftale.docx", size_bytes=7, etag='"1"', file_id=12)
BROKEN = Document(Opens.DAMAGED, Reason("document-cut"))


@pytest.fixture
def documents(database: Database) -> DocumentStore:
    """Return its memory of documents, with one verdict."""
    store = DocumentStore(database)
    store.keep("A", FILE, BROKEN)
    return store


def test_a_kept_verdict_comes_back(documents: DocumentStore) -> None:
    """By share and path, wherever the file is now."""
    moved = replace(FILE, path="Aftale.docx")
    assert documents.recall([("A", FILE)]) == {("A", FILE.path): BROKEN}
    assert documents.recall([("A", moved)]) == {("A", moved.path): BROKEN}


@pytest.mark.parametrize(
    ("share", "file"),
    [
        ("B", FILE),
        ("A", replace(FILE, file_id=13)),
        ("A", replace(FILE, file_id=None)),
        ("A", replace(FILE, etag='"2"')),
        ("A", replace(FILE, etag=None)),
        ("A", replace(FILE, size_bytes=8)),
        ("A", replace(FILE, size_bytes=None)),
    ],
)
def test_another_file_has_no_verdict(
    documents: DocumentStore, share: str, file: RemoteFile
) -> None:
    """In another share, with another id, etag or size, or without id or etag."""
    assert documents.recall([(share, file)]) == {}


@pytest.mark.parametrize("file", [replace(FILE, file_id=None), replace(FILE, etag=None)])
def test_a_file_that_cannot_be_known_again_is_not_kept(
    database: Database, file: RemoteFile
) -> None:
    """As in a local copy."""
    documents = DocumentStore(database)
    documents.keep("A", file, BROKEN)
    assert documents.recall([("A", file), ("A", FILE)]) == {}
    assert database.run(lambda records: list(records.list("document", object)), None) == []


def test_other_rules_ask_again(documents: DocumentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier version judged may get another verdict now."""
    monkeypatch.setattr(document_memory, "RULES", document_memory.RULES + 1)
    assert documents.recall([("A", FILE)]) == {}
