"""One run at a time; state folders that are shared, remote, forgotten or somebody else's."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from syncer.store import database
from syncer.store.database import FILE_NAME, open_database
from syncer.store.files import hold_lock
from tests.nightly.processes import PATIENCE_S, Place

NOBODY = 65534


def test_a_second_run_leaves_at_once_or_waits(place: Place) -> None:
    """75 and the holder's number; with `--wait` it says so, and runs when the other has ended."""
    with hold_lock(place.state, wait=False, sleep=time.sleep):
        locked = place.run("run")
        assert locked.returncode == 75
        assert f"process {os.getpid()}" in locked.stderr
        waiting = place.start("run", "--wait", "--config", str(place.config))
        assert f"process {os.getpid()}" in waiting.wait_for("waiting-for-lock")["text"]
        assert waiting.popen.poll() is None
    assert waiting.popen.wait(PATIENCE_S) == 0
    assert place.manifest()["run"]["complete"] is True


def test_a_waiting_run_can_be_stopped(place: Place) -> None:
    """SIGTERM ends the waiting within seconds, with 75."""
    with hold_lock(place.state, wait=False, sleep=time.sleep):
        waiting = place.start("run", "--wait", "--config", str(place.config))
        waiting.wait_for("waiting-for-lock")
        asked_at = time.monotonic()
        assert waiting.end() == 75
        assert time.monotonic() - asked_at < 10


def test_a_locked_database_is_told(place: Place) -> None:
    """Another program that writes in the database: it is waited for, nothing is lost."""
    assert place.run("run").returncode == 0
    before = (place.reports / "status.json").read_bytes()
    other = sqlite3.connect(place.state / "state.sqlite3", check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    released = threading.Timer(1.5, other.rollback)
    released.start()
    # SQLite waits for half a minute: a short lock costs nothing but time.
    assert place.run("run").returncode == 0
    released.join()
    other.close()
    assert (place.reports / "status.json").read_bytes() != before


@pytest.mark.parametrize(
    ("kind", "remote"),
    [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False), ("tmpfs", False)],
)
def test_wal_is_left_on_a_network_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, remote: bool
) -> None:
    """There the rollback journal is used; also by a database that was WAL before."""
    open_database(tmp_path).close()
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 0:19 / /proc rw shared:5 - proc proc rw\n"
        f"25 1 {os.major(device)}:{os.minor(device)} / /srv rw shared:1 - {kind} server:/srv rw\n",
        encoding="utf-8",
    )
    assert database.is_on_network(tmp_path, mounts) is remote
    monkeypatch.setattr(database, "is_on_network", lambda _folder: remote)
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode == ("delete" if remote else "wal")


def test_a_mount_that_is_not_known_is_local(tmp_path: Path) -> None:
    """Without `/proc`, or with a device that is not in it, WAL stays."""
    assert database.is_on_network(tmp_path, tmp_path / "nothing") is False
    (tmp_path / "mountinfo").write_text("\nbroken\n", encoding="utf-8")
    assert database.is_on_network(tmp_path, tmp_path / "mountinfo") is False


def test_without_kept_state_it_works(place: Place) -> None:
    """A container without a volume: complete, and it says once what it cannot know."""
    first = place.run("run", "-v")
    assert first.returncode == 0
    assert first.stderr.count("no-earlier-run") == 1
    assert '"warning"' not in first.stderr
    assert place.run("run", "-v").stderr.count("no-earlier-run") == 0


def test_an_audit_cannot_be_held_up_by_its_state(place: Place) -> None:
    """A state folder that cannot be used costs `audit` its memory, and the nightly its run."""
    place.state.write_text("a file where the folder should be", encoding="utf-8")
    audit = place.run("audit", "--fail-on", "never")
    assert audit.returncode == 0
    assert "state-unusable" in audit.stderr
    nightly = place.run("run")
    assert nightly.returncode == 2
    assert "is a file and no folder: name another place" in nightly.stderr
    assert not place.reports.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can leave files that are root's")
def test_root_leaves_nothing_of_its_own(place: Place) -> None:
    """`sudo syncer run` in a service's folders: all that it makes there belongs to the service."""
    for folder in (place.state, place.reports):
        folder.mkdir()
        os.chown(folder, NOBODY, NOBODY)
    foreign = place.folder / "elsewhere"
    foreign.write_text("root's own", encoding="utf-8")
    os.link(foreign, place.state / "second-name")
    (place.state / "link").symlink_to(foreign)
    assert place.run("audit", "--fail-on", "never").returncode == 0
    assert place.run("run").returncode == 0
    owners = {
        path.name: path.lstat().st_uid
        for folder in (place.state, place.reports)
        for path in folder.rglob("*")
    }
    assert owners.pop("second-name") == 0
    assert set(owners.values()) == {NOBODY}
    assert {"state.sqlite3", "run.lock", "health.json", "status.json"} <= set(owners)
