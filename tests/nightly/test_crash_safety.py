"""Runs that are cut off, a full disk, a clock that is set: the next run recovers.

The faults are spread over all steps at which a run reads or writes: 17 of them, and with
`--thorough` 300.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest

from syncer.manifest.codec import decode
from tests.delivery.receivers import Listener
from tests.nightly.forked_runs import ForkServer
from tests.nightly.processes import FAKETIME_LIBRARY, Clock, Place

# How many of each kind: in a quick run, and with `--thorough`.
FAULTS = {"kill": (7, 135), "time": (3, 60), "disk": (3, 60), "network": (2, 15), "clock": (2, 30)}
# The clock is put back and forward by turns: beyond what is remembered, and a whole week ahead.
SHIFTS_S = (-3 * 86_400.0, 7 * 86_400.0)
SOUND = {"present", "planned"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended."""

    code: int
    steps: int
    err: str
    pings: tuple[tuple[str, str], ...]


Run = Callable[..., Outcome]
START, GOOD = ("/start", ""), ("", "exit code 0")


@pytest.fixture(scope="module")
def shared_clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    """Give the clock of all runs, at the real time."""
    clock = Clock(tmp_path_factory.mktemp("clock") / "clock")
    clock.set(datetime.now(UTC))
    return clock


@pytest.fixture(scope="module")
def fork_server(shared_clock: Clock) -> Iterator[ForkServer]:
    """Start the processes of this module, under the clock where libfaketime is installed."""
    # A run is over before a second has passed: it is to see the step at once.
    env = {**shared_clock.env, "FAKETIME_NO_CACHE": "1"} if FAKETIME_LIBRARY.is_file() else {}
    server = ForkServer(env)
    yield server
    server.close()


@pytest.fixture
def run(place: Place, listener: Listener, fork_server: ForkServer, shared_clock: Clock) -> Run:
    """Return a function that does one nightly in a process of its own, with a fault or without.

    Its clock can be set where libfaketime is installed; a night begins at the real time again.
    """
    can_set = FAKETIME_LIBRARY.is_file()
    env = place.environment(**(shared_clock.env if can_set else {}), FAKETIME_NO_CACHE="1")
    numbers = count()

    def do(fault: str | None = None, at: int = 0) -> Outcome:
        # The ping of a run that was killed may be read late: each run has an address of its own.
        address = f"{listener.url}/{next(numbers)}"
        place.configure(f'[notify]\nping_url = "{address}"\n')
        shared_clock.set(datetime.now(UTC))
        setting = {"clock": str(shared_clock.file), "shift_s": SHIFTS_S[at % 2]} if can_set else {}
        command = ("run", "--full", "--config", str(place.config))
        done = fork_server.run(*command, env=env, cwd=place.folder, fault=fault, at=at, **setting)
        path = urlsplit(address).path
        pings = (
            (ping.path.removeprefix(path), ping.body.decode())
            for ping in tuple(listener.posted)
            if ping.path in (path, f"{path}/start", f"{path}/fail")
        )
        return Outcome(done.code, done.steps, done.err, tuple(pings))

    return do


def check_whole(place: Place) -> None:
    """Hold that every file a reader may open is whole, and claims nothing that is not so."""
    for path in (*place.reports.glob("*"), *place.reports.glob("runs/*")):
        if path.name.startswith(".") or path.is_dir():
            continue
        content = path.read_bytes()
        if path.suffix == ".json":
            manifest = decode(content)
            known = SOUND if manifest.run.complete else SOUND | {"undetermined"}
            assert {row.status for row in manifest.resources} <= known, path
        elif path.suffix == ".html":
            assert content.rstrip().endswith(b"</html>"), path
        else:
            assert content, path


def list_parts(place: Place) -> list[str]:
    """Return what writers that were cut off have left."""
    return [path.name for path in place.folder.rglob(".*.part")]


@pytest.mark.parametrize("kind", FAULTS)
def test_a_run_that_is_cut_off_harms_nothing(
    place: Place, run: Run, kind: str, *, thorough: bool
) -> None:
    """Killed, without disk, network or clock at any step: only whole files, and it recovers.

    Faults come up to three in a row: each run begins on what the one before has left.
    """
    if kind == "clock" and not FAKETIME_LIBRARY.is_file():
        pytest.skip("libfaketime is not installed (Debian: apt install faketime)")
    faults = FAULTS[kind][thorough]
    first = run()
    assert (first.code, first.pings) == (0, (START, GOOD))
    steps = 250_000 if kind == "time" else run(kind, 1_000_000).steps
    killed = 0
    for number in range(faults):
        at = 1 + number * steps // faults
        before = (place.reports / "status-complete.json").read_bytes()
        outcome = run(kind, at)
        killed += outcome.code == -signal.SIGKILL
        check_whole(place)
        check_told(kind, at, outcome)
        complete = (place.reports / "status-complete.json").read_bytes()
        assert decode(complete).run.complete
        assert complete == before or outcome.code != 3
        if number % 3 < 2 and number + 1 < faults:
            continue
        after = run()
        assert after.code == 0, (kind, at, after.err)
        assert place.manifest()["run"]["complete"] is True
        assert list_parts(place) == []
        check_whole(place)
    assert kind != "kill" or killed >= faults - 1


def check_told(kind: str, at: int, outcome: Outcome) -> None:
    """Hold that a failure is told by exit code, log and ping, and never by a traceback.

    Who watches the pings hears of a failure, or misses the word that all went well.
    """
    assert "Traceback" not in outcome.err, (kind, at, outcome.err)
    ends = [ping for ping in outcome.pings if ping != START]
    if outcome.code == 0 and outcome.steps < at and kind != "time":
        assert ends == [GOOD]  # over before the step was reached
        return
    match kind:
        case "kill":
            assert outcome.code == -signal.SIGKILL, (at, outcome)
            assert ends in ([], [GOOD]), (at, outcome)
        case "time":
            assert outcome.code in (0, -signal.SIGALRM), outcome
            assert ends == [GOOD] or (ends == [] and outcome.code != 0), outcome
        case "disk":
            assert outcome.code in (0, 2), (at, outcome)
            assert outcome.code == 0 or "No space left" in outcome.err, (at, outcome.err)
            assert ends == [GOOD if outcome.code == 0 else ("/fail", "exit code 2")], (at, outcome)
        case "network":
            # The ping goes out by the same network. Where it alone was left, the run was complete.
            assert outcome.code == 3 or (outcome.code == 0 and outcome.pings == (START,)), outcome
            assert ends == [], (at, outcome)
            assert "notice-failed" in outcome.err, (at, outcome)
        case "clock":
            assert outcome.code == 0, (at, outcome)
            assert ends == [GOOD], (at, outcome)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system")
@pytest.mark.parametrize("room_kb", [16, 64, 160, 320])
def test_a_real_disk_that_is_full(place: Place, run: Run, room_kb: int) -> None:
    """On a file system with so much room left the run fails in words, and recovers with room."""
    disk = place.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        for name in ("state", "reports"):
            (disk / name).mkdir()
            (place.folder / name).symlink_to(disk / name)
        assert run().code == 0
        before = (place.reports / "status.json").read_bytes()
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(b"x" * (free - room_kb * 1024))
        full = run()
        check_whole(place)
        assert full.code in (0, 2), full.err
        assert "Traceback" not in full.err
        if full.code == 2:
            assert "Check that" in full.err or "Make room on the disk" in full.err
            assert (place.reports / "status.json").read_bytes() == before
        (disk / "filler").unlink()
        assert run().code == 0
        assert list_parts(place) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a file system read-only")
def test_a_folder_that_cannot_be_written(place: Place, run: Run) -> None:
    """Reports on a read-only file system: exit 2, and the message names the folder."""
    place.reports.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place.reports)]
    if subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        refused = run()
    finally:
        subprocess.run(["umount", str(place.reports)], check=True)
    assert refused.code == 2
    assert str(place.reports) in refused.err
    assert "let the service write there" in refused.err
    assert run().code == 0


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty", "newer", "folder-gone"])
def test_a_state_that_cannot_be_used(place: Place, run: Run, damage: str) -> None:
    """It is set aside and begun anew; the verdicts are as before."""
    assert run().code == 0
    verdicts = _verdicts(place)
    database = place.state / "state.sqlite3"
    content = database.read_bytes()
    match damage:
        case "garbage":
            database.write_bytes(os.urandom(len(content)))
        case "cut":
            database.write_bytes(content[: len(content) // 2 + 100])
        case "empty":
            database.write_bytes(b"")
        case "newer":
            connection = sqlite3.connect(database)
            connection.execute("PRAGMA user_version = 99")
            connection.close()
        case "folder-gone":
            shutil.rmtree(place.state)
    after = run()
    assert after.code == 0, after.err
    assert "Traceback" not in after.err
    assert _verdicts(place) == verdicts
    assert ("set-aside" in {path.suffix.strip(".") for path in place.state.iterdir()}) is (
        damage in ("garbage", "cut", "newer")
    )


@pytest.mark.parametrize("name", ["status.json", "status-complete.json"])
def test_a_manifest_that_cannot_be_read(place: Place, run: Run, name: str) -> None:
    """What somebody else has damaged costs the comparison, not the run."""
    assert run().code == 0
    (place.reports / name).write_text('{"schema_version": "1.0", "to', encoding="utf-8")
    after = run()
    assert after.code == 0
    assert "last-run-unreadable" in after.err
    assert place.manifest(name)["run"]["complete"] is True


def _verdicts(place: Place) -> list[Any]:
    return [(row["id"], row["status"]) for row in place.manifest()["resources"]]
