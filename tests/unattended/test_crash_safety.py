"""Runs that are cut off, a disk that is full, a clock that is set: the next run recovers.

How many runs have a fault is `SYNCER_TEST_FAULTS` (36 unless told, 300 for the full picture),
spread over all steps at which a run reads or writes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from syncer.manifest.codec import decode
from tests.notify.conftest import Listener, listener
from tests.unattended.conftest import FAKETIME_LIBRARY, Clock, Place

__all__ = ["listener"]  # a fixture

FAULTS = int(os.environ.get("SYNCER_TEST_FAULTS", "36"))
SHARES = {"kill": 0.45, "time": 0.2, "disk": 0.2, "network": 0.05, "clock": 0.1}
# The clock is put back and forward by turns: beyond what is remembered, and a whole week ahead.
SHIFTS_S = (-3 * 86_400.0, 7 * 86_400.0)
SOUND = {"present", "planned"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended."""

    code: int
    steps: int
    said: str
    pings: tuple[tuple[str, str], ...] = ()


Run = Callable[..., Outcome]
START, GOOD = ("/start", ""), ("", "exit code 0")


@pytest.fixture
def run(place: Place, listener: Listener) -> Iterator[Run]:
    """Give a function that does one nightly in a process of its own, with a fault or without.

    Its clock can be set where libfaketime is installed; a night begins at the real time again.
    """
    place.configure(f'[notify]\nping_url = "{listener.url}"\n')
    clock = Clock(place.folder / "clock")
    can_set = FAKETIME_LIBRARY.is_file()
    path = urlsplit(listener.url).path
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "nursery.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=place.folder,
        env={
            **place.environment(**(clock.env if can_set else {})),
            # A run is over before a second has passed: it is to see the step at once.
            "FAKETIME_NO_CACHE": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None

        def do(fault: str | None = None, at: int = 0) -> Outcome:
            arguments = ["run", "--full", "--config", str(place.config)]
            clock.set(datetime.now(UTC))
            listener.posted.clear()
            order: dict[str, Any] = {"arguments": arguments, "fault": fault, "at": at}
            if can_set:
                order |= {"clock": str(clock.file), "shift_s": SHIFTS_S[at % 2]}
            assert nursery.stdin is not None
            assert nursery.stdout is not None
            nursery.stdin.write(json.dumps(order) + "\n")
            nursery.stdin.flush()
            outcome = Outcome(**json.loads(nursery.stdout.readline()))
            pings = tuple((p.path.removeprefix(path), p.body.decode()) for p in listener.posted)
            return replace(outcome, pings=pings)

        yield do
        nursery.stdin.close()


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


def test_a_run_that_is_cut_off_harms_nothing(place: Place, run: Run) -> None:
    """Killed, without disk, network or clock at any step: only whole files, and it recovers.

    Faults come up to three in a row: each run begins on what the one before has left.
    """
    first = run()
    assert (first.code, first.pings) == (0, (START, GOOD))
    steps = {kind: run("kill" if kind == "time" else kind, 1_000_000).steps for kind in SHARES}
    steps["time"] = 250_000
    done: dict[str, int] = {}
    for kind, share in SHARES.items():
        count = round(FAULTS * share)
        if kind == "clock" and not FAKETIME_LIBRARY.is_file():
            continue  # test_worker_clock.py says what is missing
        for number in range(count):
            at = 1 + number * steps[kind] // count
            before = (place.reports / "status-complete.json").read_bytes()
            outcome = run(kind, at)
            key = f"{kind}:{outcome.code}"
            done[key] = done.get(key, 0) + 1
            check_whole(place)
            check_told(kind, at, outcome)
            complete = (place.reports / "status-complete.json").read_bytes()
            assert decode(complete).run.complete
            assert complete == before or outcome.code != 3
            if number % 3 < 2 and number + 1 < count:
                continue
            after = run()
            assert after.code == 0, (kind, at, after.said)
            assert place.manifest()["run"]["complete"] is True
            assert list_parts(place) == []
            check_whole(place)
    assert done.get("kill:-9", 0) >= round(FAULTS * SHARES["kill"]) - 1, done


def check_told(kind: str, at: int, outcome: Outcome) -> None:
    """Hold that a failure is told by exit code, log and ping, and never by a traceback.

    Who watches the pings hears of a failure, or misses the word that all went well.
    """
    assert "Traceback" not in outcome.said, (kind, at, outcome.said)
    ends = [ping for ping in outcome.pings if ping != START]
    match kind:
        case "kill":
            assert outcome.code == -signal.SIGKILL, (at, outcome)
            assert ends in ([], [GOOD]), (at, outcome)
        case "time":
            assert outcome.code in (0, -signal.SIGALRM), outcome
            assert ends == [GOOD] or (ends == [] and outcome.code != 0), outcome
        case "disk":
            assert outcome.code in (0, 2), (at, outcome)
            assert outcome.code == 0 or "No space left" in outcome.said, (at, outcome.said)
            assert ends == [GOOD if outcome.code == 0 else ("/fail", "exit code 2")], (at, outcome)
        case "network":
            # The ping goes out by the same network. Where it alone was left, the run was complete.
            assert outcome.code == 3 or (outcome.code == 0 and outcome.pings == (START,)), outcome
            assert ends == [], (at, outcome)
            assert "notice-failed" in outcome.said, (at, outcome)
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
        assert full.code in (0, 2), full.said
        assert "Traceback" not in full.said
        if full.code == 2:
            assert "Check that" in full.said
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
    assert str(place.reports) in refused.said
    assert "let the service write there" in refused.said
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
    assert after.code == 0, after.said
    assert "Traceback" not in after.said
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
    assert "last-run-unreadable" in after.said
    assert place.manifest(name)["run"]["complete"] is True


def _verdicts(place: Place) -> list[Any]:
    return [(row["id"], row["status"]) for row in place.manifest()["resources"]]
