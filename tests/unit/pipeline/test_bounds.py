"""How long a run reads documents and pages, and how much it keeps: a change is a decision."""

from __future__ import annotations

from datetime import timedelta

from syncer.pipeline import (
    copy_update,
    corrections,
    document_verdicts,
    documents,
    findings,
    handbook,
    labels,
    manifest,
    tokens,
)
from syncer.store import copy_marker, files


def test_how_long_a_run_reads() -> None:
    """Fetching and opening documents, parsing pages, and proving corrections."""
    assert (documents.FETCH_LIMIT_S, document_verdicts.OPEN_LIMIT_S) == (3_600, 1_200)
    assert timedelta(minutes=10) == handbook._PARSING_LIMIT
    assert (corrections._MOST_AUDITS, files.LOCK_POLL_S) == (64, 1)


def test_how_much_a_run_takes_and_keeps() -> None:
    """Of documents, of its own files, and of the texts that it shows."""
    assert (documents.THREADS, documents.MAX_UNKNOWN_BYTES) == (4, 1 << 20)
    assert (document_verdicts.MAX_NAMES, copy_update.RESERVED_BYTES) == (300_000, 64_000_000)
    assert (copy_marker._MAX_MARKER_BYTES, files.MAX_STATE_FILE_BYTES) == (1 << 28, 1 << 28)
    assert copy_marker._MAX_DEPTH == 1_000
    assert (labels._MAX_NAMES, labels._MAX_LENGTH, labels._MAX_LEVELS) == (3, 80, 20)
    assert (findings._MAX_UNREAD_NAMED, manifest._MAX_TITLE) == (5, 200)
    assert tokens._SHORTEST_ALONE == 8
