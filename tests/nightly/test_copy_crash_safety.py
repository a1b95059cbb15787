"""Synchronising that is cut off: each document is the old whole one or the new, and none is lost.

Killed at 14 moments and a disk that is full at 6; with `--thorough` 200 and 20. Connections that
are cut at 50 places are in `tests/unit/nextcloud/test_download.py`.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from syncer.demo.sample_documents import make_document
from tests.cloud.server import CloudServer
from tests.nightly.forked_runs import ForkedRun, ForkServer
from tests.nightly.processes import Place

FAULTS = {"kill": (10, 140), "time": (4, 60), "disk": (6, 20)}
PATHS = (
    "Boks/Aftaler/OS2 Partneraftale v3.1.docx",
    "Boks/Aftaler/Leverandørpartneraftale.pdf",
    "Boks/Skabeloner/Tilslutningsaftale.docx",
    "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx",
)
AWAY = "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx"


@pytest.fixture(scope="module")
def fork_server() -> Iterator[ForkServer]:
    """Start the processes of this module."""
    server = ForkServer()
    yield server
    server.close()


class Upstream:
    """The documents on the server, with another content for each run."""

    def __init__(self, server: CloudServer) -> None:
        """Know what is there now."""
        self._tree = server.cloud.tree
        self._cloud = server.cloud
        self._sizes = count(5_000)
        self.known: dict[str, set[bytes]] = {path: {self.read(path)} for path in PATHS}

    def read(self, path: str) -> bytes:
        """Return a document as it is now; b"" for one that is not there."""
        node = self._tree.root.find(path)
        return b"" if node is None else node.content or b""

    def change(self, number: int) -> None:
        """Change two documents, and remove or restore a third."""
        for path in PATHS[number % 3 : number % 3 + 2]:
            content = make_document(path.rpartition("/")[2], next(self._sizes))
            self.known[path].add(content)
            if self.read(path):
                self._tree.write(self._tree.get(path), content)
            else:
                self._cloud.add_file(path, content)
        if number % 4 == 1 and self.read(AWAY):
            self._cloud.delete(AWAY)


def list_copy(copy: Path) -> dict[str, bytes]:
    """Return the documents of the copy by path in the share, and what was removed."""
    return {
        path.relative_to(copy).as_posix(): path.read_bytes()
        for path in copy.rglob("*")
        if path.is_file() and not path.name.startswith(".syncer-") and path.parent != copy
    }


def check_whole(copy: Path, upstream: Upstream) -> None:
    """Hold that every document, the index and the marker are whole."""
    for place, content in list_copy(copy).items():
        name = Path(place).name.partition("~")[0].partition(".")[0]
        wholes = [known for path, known in upstream.known.items() if name in path]
        assert any(content in known for known in wholes), (place, len(content))
    index = copy / "index.html"
    assert not index.exists() or index.read_text().rstrip().endswith("</html>")
    marker = copy / ".syncer-copy.json"
    assert not marker.exists() or json.loads(marker.read_text())["schema"] == 1


@pytest.mark.parametrize("kind", FAULTS)
def test_a_copy_that_is_cut_off_is_whole(
    place: Place, server: CloudServer, fork_server: ForkServer, kind: str, *, thorough: bool
) -> None:
    """Whatever is read at any moment is the old or the new version, and every old one is kept."""
    place.configure('[documents]\ncopy = "copy"\n')
    copy, upstream = place.folder / "copy", Upstream(server)

    def run(fault: str | None = None, at: int = 0) -> ForkedRun:
        command = ("sync", "--config", str(place.config))
        return fork_server.run(
            *command, env=place.environment(), cwd=place.folder, fault=fault, at=at
        )

    assert run().code == 0
    upstream.change(0)
    steps = 250_000 if kind == "time" else run(kind, 1_000_000).steps
    faults, killed = FAULTS[kind][thorough], 0
    for number in range(faults):
        before = list_copy(copy)
        upstream.change(number)
        outcome = run(kind, 1 + number * steps // faults)
        killed += outcome.code in (-signal.SIGKILL, -signal.SIGALRM)
        assert "Traceback" not in outcome.err, outcome.err
        assert kind != "disk" or outcome.code in (0, 2, 3), outcome
        check_whole(copy, upstream)
        now = list_copy(copy)
        assert set(before.values()) <= set(now.values())
        # At its own place there is always one of the two.
        there = {path for path in before if path[0] != "." and Path(path).name not in AWAY}
        assert there <= now.keys()
        if number % 3 < 2 and number + 1 < faults:
            continue
        after = run()
        assert after.code == 0, after.err
        check_whole(copy, upstream)
        kept = {path: content for path, content in list_copy(copy).items() if path[0] != "."}
        assert sorted(kept.values()) == sorted(filter(None, map(upstream.read, PATHS)))
        assert not list(copy.rglob("*.part"))
        assert run().out.startswith("0 ")
    assert kind != "kill" or killed >= faults - 1
