"""Every command is stopped at many moments: it ends quietly, and leaves nothing half-written."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from syncer.manifest.codec import decode
from tests.nightly.forked_runs import get_fork_server
from tests.nightly.processes import PATIENCE_S, Place

# Raises a signal at the import of that number, from the command line's own code on.
EARLY = """
import signal, sys
left, number, begun = int(sys.argv.pop(1)), int(sys.argv.pop(1)), False
def look(event, arguments):
    global left, begun
    begun = begun or (event == "import" and arguments[0] == "syncer.cli")
    if event == "import" and begun:
        left -= 1
        if left == 0:
            signal.raise_signal(number)
sys.addaudithook(look)
from syncer.__main__ import main
sys.exit(main())
"""
ENDED = {signal.SIGTERM: 143, signal.SIGINT: 130}
# What audits says what it knows by then: 3. One that was done is fine.
LISTENS = {"audit", "fix", "sync", "run", "explain"}


def _list_commands(place: Place) -> dict[str, list[str]]:
    config = ["--config", str(place.config)]
    handbook = str(place.handbook)
    return {
        "audit": [handbook, *config, "-o", "out.json", "--format", "json"],
        "fix": [handbook, *config],
        "sync": config,
        "run": config,
        "worker": config,
        "report": [*config, "-o", "report.txt"],
        "explain": ["Tilslutningsaftale", *config],
        "check-config": ["--deep", *config],
        "status": config,
        "init": [handbook, "-o", "new.toml", "--ask", place.base_url.partition("://")[2]],
        "schema": [],
        "demo": ["-o", "demo"],
    }


NAMES = (
    *("audit", "fix", "sync", "run", "worker", "report", "explain"),
    *("check-config", "status", "init", "schema", "demo"),
)


def _list_left(folder: Path) -> list[str]:
    """Return what a command left half-written."""
    return [str(path) for path in folder.rglob("*") if path.suffix == ".part"]


@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("moment", [1, 50])
@pytest.mark.parametrize("command", NAMES)
def test_before_it_has_begun(place: Place, command: str, moment: int, number: int) -> None:
    """A signal while the program reads its own code ends it: not a word, not a file."""
    before = sorted(place.folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", EARLY, str(moment), str(int(number)), command]
        + _list_commands(place)[command],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
        env=place.environment(),
        cwd=place.folder,
    )
    assert (done.returncode, done.stdout, done.stderr) == (ENDED[signal.Signals(number)], "", "")
    assert sorted(place.folder.rglob("*")) == before


@pytest.mark.parametrize("command", [name for name in NAMES if name != "worker"])
def test_at_any_step(place: Place, command: str) -> None:
    """A signal at any later step ends it in the same way, or lets it finish with what it knows."""
    place.configure('[documents]\ncopy = "copy"\n')
    assert place.run("run").returncode in (0, 3)
    order = [command, *_list_commands(place)[command]]
    start = partial(get_fork_server().run, *order, env=place.environment(), cwd=place.folder)
    steps = start().steps
    for at in range(1, steps + 1, max(1, steps // 4)):
        (place.folder / "new.toml").unlink(missing_ok=True)
        number = signal.SIGTERM if at % 2 else signal.SIGINT
        done = start(fault=number.name, at=at)
        assert "Traceback" not in done.err
        assert "Stopped" not in done.err
        assert done.code in ({ENDED[number], 3, 0} if command in LISTENS else {ENDED[number], 0})
        assert _list_left(place.folder) == []
        decode((place.reports / "status.json").read_bytes())
        if (place.folder / "new.toml").exists():
            assert "Wrote new.toml" in done.out or done.code == ENDED[number]
    assert place.run("run").returncode == 0
