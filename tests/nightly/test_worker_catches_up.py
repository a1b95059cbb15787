"""A run that is made up for is not made twice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from syncer.nightly.worker import Worker


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Give a worker for a small handbook, not started."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "index.md").write_text("# Håndbog\n[x](#top)\n", encoding="utf-8")
    settings = tmp_path / "syncer.toml"
    settings.write_text(
        '[handbook]\nsource = "handbook"\n[state]\nfolder = "state"\n', encoding="utf-8"
    )
    return Worker(settings, lang=None, verbosity=0)


def test_a_run_that_the_schedule_began_meanwhile_is_not_repeated(
    worker: Worker, tmp_path: Path
) -> None:
    """Asked for before the scheduler's own began: that one stays; asked for later: it is made."""
    reports = tmp_path / "state" / "reports" / "status.json"
    asked_s = time.monotonic()
    worker._run()
    first = reports.read_bytes()
    worker._run(asked_s)
    assert reports.read_bytes() == first
    worker._run(time.monotonic())
    assert reports.read_bytes() != first


def test_a_run_that_falls_due_while_it_ends_is_not_begun(worker: Worker, tmp_path: Path) -> None:
    """It would read nothing, and put that in the place of what the stopped one has left."""
    worker._run()
    left = (tmp_path / "state" / "reports" / "status.json").read_bytes()
    worker._stop.set()
    worker._run()
    assert (tmp_path / "state" / "reports" / "status.json").read_bytes() == left
