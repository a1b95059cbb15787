"""A handbook, its server, and a place where processes run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.delivery.receivers import Listener
from tests.nightly.machine import Machine, find_blocks, start_machine
from tests.nightly.processes import FAKETIME_LIBRARY, PATIENCE_S, Clock, Place
from tests.pipeline.handbooks import fill, write_page


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve the small handbook's files."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, server: CloudServer) -> Iterator[Place]:
    """Give a place for one handbook; what was started there is ended with the test."""
    handbook = write_page(tmp_path / "handbook", server.base_url)
    made = Place(tmp_path, server.base_url, str(handbook))
    made.configure()
    yield made
    for process in made.processes:
        with suppress(ProcessLookupError):
            process.popen.kill()
        process.popen.wait(PATIENCE_S)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """Give a clock that can be set."""
    if not FAKETIME_LIBRARY.is_file():
        pytest.skip("libfaketime is not installed (Debian: apt install faketime)")
    return Clock(tmp_path / "clock")


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Give an HTTP server that accepts everything."""
    made = Listener()
    yield made
    made.close()


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Give a machine on which syncer and its units are installed as deploy/README.md says."""
    with start_machine(tmp_path_factory.mktemp("machine")) as running:
        [install] = find_blocks("Install")
        running.do("Install", install, folder="/root")
        copy, reload, *_ = find_blocks("Try it, and start")[0].splitlines()
        running.shell(f"{copy}\n{reload}")
        yield running
