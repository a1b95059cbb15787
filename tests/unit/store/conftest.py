"""What the memories share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.store.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Yield a new database."""
    opened = open_database(tmp_path)
    yield opened
    opened.close()
