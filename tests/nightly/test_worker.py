"""The worker as the service manager sees it: real processes, real signals."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.store.health import read_health
from tests.nightly.processes import PATIENCE_S, Place


def test_a_first_worker_runs_at_once_and_the_next_waits_for_the_night(place: Place) -> None:
    """Never having succeeded it runs; with a success of today it only tells when it will."""
    first = place.start("worker", "--config", str(place.config))
    assert first.wait_for("run-done")["complete"] is True
    assert first.end() == 0
    run = place.manifest()["run"]
    assert run["complete"] is True
    for event in ("handbook-read", "share-read", "run-finished", "written", "run-done"):
        assert first.wait_for(event)["run_id"] == run["id"]
    second = place.start("worker", "--config", str(place.config))
    assert "T0" in second.wait_for("worker-started")["next_run"]
    time.sleep(0.3)
    assert second.events("run-done") == []
    assert second.end() == 0


def test_the_service_manager_is_told(place: Place, tmp_path: Path) -> None:
    """READY, signs of life for the watchdog, and STOPPING go to `$NOTIFY_SOCKET`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE_S)
        worker = place.start(
            "worker",
            "--config",
            str(place.config),
            NOTIFY_SOCKET=str(tmp_path / "notify"),
            WATCHDOG_USEC="300000",
        )
        told = ""
        while not ("READY=1" in told and "WATCHDOG=1" in told):
            told += manager.recv(4096).decode() + "\n"
        assert worker.end() == 0
        while "STOPPING=1" not in told:
            told += manager.recv(4096).decode() + "\n"
    assert "STATUS=" in told


def test_settings_are_read_again(place: Place) -> None:
    """SIGHUP takes a new schedule; settings that cannot be used are refused, the old stay."""
    worker = place.start("worker", "--config", str(place.config))
    worker.wait_for("run-done")
    place.configure('[schedule]\ncron = "30 12 * * *"\ntimezone = "UTC"\n')
    worker.signal(signal.SIGHUP)
    assert "T12:30:00" in worker.wait_for("settings-read")["next_run"]
    place.configure('[schedule]\ncron = "whenever"\n')
    worker.signal(signal.SIGHUP)
    assert "schedule" in worker.wait_for("settings-refused")["problems"][0]
    assert worker.popen.poll() is None
    place.configure('[schedule]\ncron = "45 13 * * sun-tue"\ntimezone = "UTC"\n')
    worker.signal(signal.SIGHUP)
    assert "T13:45:00" in worker.wait_for("settings-read", 2)["next_run"]
    assert worker.end() == 0


def test_settings_that_cannot_be_used_end_it_at_once(place: Place) -> None:
    """At start there are no old ones to go on with: exit 2, and the problem is said."""
    place.configure('[schedule]\ncron = "15 25 * * *"\n')
    worker = place.start("worker", "--config", str(place.config))
    assert worker.popen.wait(PATIENCE_S) == 2
    assert "schedule" in worker.log.read_text(encoding="utf-8")


@pytest.fixture
def silent(place: Place) -> Iterator[Place]:
    """Give a place whose server takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        page = Path(place.handbook) / "samarbejde.md"
        text = page.read_text(encoding="utf-8")
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        text = text.replace(place.base_url, address) + f"\n[Hjemmeside]({address}/side)\n"
        page.write_text(text, encoding="utf-8")
        place.base_url = address
        place.configure()
        yield place


@pytest.mark.parametrize("command", ["worker", "run"])
def test_a_run_is_ended_within_seconds(silent: Place, command: str) -> None:
    """SIGTERM in the middle of a run leaves what is known, marked incomplete; no false claim."""
    process = silent.start(command, "--config", str(silent.config), "-v")
    process.wait_for("handbook-read")
    time.sleep(0.5)
    asked_at = time.monotonic()
    code = process.end()
    assert time.monotonic() - asked_at < 10
    assert code == (0 if command == "worker" else 3)
    manifest = silent.manifest()
    assert manifest["run"]["complete"] is False
    assert "run-stopped" in [reason["code"] for reason in manifest["run"]["incomplete_because"]]
    assert {row["status"] for row in manifest["resources"]} == {"undetermined"}
    assert not (silent.reports / "status-complete.json").exists()
    health = read_health(silent.state)
    assert health is not None
    assert health.exit_code == 3


EARLY = """
import signal, sys
class Early:
    def find_spec(name, *_):
        if name == "syncer.cli.runs":
            signal.raise_signal(signal.SIGTERM)
sys.meta_path.insert(0, Early)
from syncer.cli import main
sys.exit(main())
"""


def test_a_run_that_has_hardly_begun_ends_with_a_report(place: Place) -> None:
    """SIGTERM while it still reads its own code counts as later on."""
    process = place.start("run", "--config", str(place.config), python=("-c", EARLY))
    assert process.popen.wait(PATIENCE_S) == 3
    reasons = place.manifest()["run"]["incomplete_because"]
    assert "run-stopped" in [reason["code"] for reason in reasons]


def test_git_is_ended_with_the_run(place: Place) -> None:
    """A git server that never answers does not hold a stopped run up."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        place.handbook = f"http://127.0.0.1:{listener.getsockname()[1]}/handbook.git"
        place.configure()
        worker = place.start("worker", "--config", str(place.config))
        listener.settimeout(PATIENCE_S)
        connection, _ = listener.accept()
        with connection:
            asked_at = time.monotonic()
            assert worker.end() == 0
            assert time.monotonic() - asked_at < 10
    assert "stopped" in worker.events("run-failed")[0]["text"]
