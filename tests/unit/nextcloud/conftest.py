"""A server for the tests of whole visits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from tests.cloud.cloud import Cloud
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Throttle
from tests.unit.nextcloud.visits import NOW, PASSWORD, USER, Visits


@pytest.fixture
def visits(tmp_path: Path) -> Iterator[Visits]:
    """Serve a share with three files, one of them in a folder of its own."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0), now=lambda: NOW)
    for path in ("Delt/A/a.docx", "Delt/B/b.docx", "Delt/c.docx", "Privat/p.docx"):
        cloud.add_file(path, b"x", NOW)
    cloud.share("T", "Delt")
    cloud.accounts[USER] = PASSWORD
    database = open_database(tmp_path)
    with serve_cloud(cloud) as server:
        yield Visits(server, ShareStore(database))
    database.close()
