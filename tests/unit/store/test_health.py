"""The tiny file that tells of the newest nightly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.store.health import FILE_NAME, Health, read_health, write_health

NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "health",
    [
        Health(started_at=NIGHT, process=1),
        Health(started_at=NIGHT, process=1, finished_at=NIGHT, exit_code=0),
        Health(started_at=NIGHT, process=1, finished_at=NIGHT, exit_code=2, problem="Fuld disk: æ"),
    ],
)
def test_it_comes_back(tmp_path: Path, health: Health) -> None:
    """What is written is read."""
    write_health(tmp_path, health)
    assert read_health(tmp_path) == health


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"started_at": "2026-11-23T02:15:00"}'])
def test_what_cannot_be_understood_is_unknown(tmp_path: Path, content: bytes) -> None:
    """Nothing, half a file, or a time without a zone: None."""
    assert read_health(tmp_path) is None
    (tmp_path / FILE_NAME).write_bytes(content)
    assert read_health(tmp_path) is None
