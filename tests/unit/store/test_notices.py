"""What is remembered of notices: small, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.errors import StoreError
from syncer.store.notices import FILE_NAME, Notices, Sent, load_notices, save_notices

NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """Each channel with when it last went out, and whether something is owed."""
    notices = Notices(channels={"mail": Sent(at=NIGHT), "webhook": Sent(owed=True)})
    save_notices(tmp_path, notices)
    assert load_notices(tmp_path) == notices
    assert load_notices(tmp_path).of("pigeon") == Sent()
    assert (tmp_path / FILE_NAME).read_text("utf-8").endswith("}\n")


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"channels": {"mail": 3}}'])
def test_what_cannot_be_understood_is_forgotten(tmp_path: Path, content: bytes | None) -> None:
    """A mail too many is better than a run that fails."""
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    assert load_notices(tmp_path) == Notices()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """By the store's own error."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        save_notices(tmp_path / "file", Notices())
