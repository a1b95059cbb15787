"""Syncer as a real process: its folder, its settings, its log and its clock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.nightly.forked_runs import get_fork_server

PATIENCE_S = 30.0
FAKETIME_LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
# libfaketime gets the absolute times of clock_nanosleep(2) wrong, which `time.sleep` is made of.
_SLEEP = "import sys, threading, time; time.sleep = lambda s: threading.Event().wait(s) and None;"
COMMAND = f"{_SLEEP} from syncer.cli import main; sys.exit(main(sys.argv[1:]))"
# `syncer worker` with a look at the clock more often than a machine at rest needs.
QUICK_WORKER = (
    f"{_SLEEP} from pathlib import Path; from syncer.nightly.worker import Worker;"
    "sys.exit(Worker(Path(sys.argv[1]), lang=None, verbosity=1, tick_s=0.1).work())"
)


@dataclass
class Process:
    """A running syncer, and the log that it writes."""

    popen: subprocess.Popen[bytes]
    log: Path

    def events(self, name: str | None = None) -> list[dict[str, Any]]:
        """Return the log's lines so far, or those of one event."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        events = [json.loads(line) for line in lines if line.startswith("{")]
        return [event for event in events if name in (None, event.get("event"))]

    def wait_for(self, name: str, count: int = 1) -> dict[str, Any]:
        """Wait until an event was logged so often, and return the newest."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if len(found := self.events(name)) >= count:
                return found[-1]
            if self.popen.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"no {name}: {self.log.read_text(encoding='utf-8')}")

    def signal(self, number: int) -> None:
        """Send a signal."""
        self.popen.send_signal(number)

    def end(self) -> int:
        """Ask it to stop, and return the exit code."""
        self.signal(signal.SIGTERM)
        return self.popen.wait(PATIENCE_S)


@dataclass
class Place:
    """A settings file, the state and the reports that go with it."""

    folder: Path
    base_url: str
    handbook: str
    extra: str = ""
    env: dict[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "syncer.toml"

    @property
    def state(self) -> Path:
        """The state folder."""
        return self.folder / "state"

    @property
    def reports(self) -> Path:
        """The output folder."""
        return self.folder / "reports"

    def configure(self, extra: str = "") -> None:
        """Write the settings file; `extra` is its end, and may name the server in another way."""
        host = self.base_url.partition("://")[2]
        cloud = f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{self.base_url}"\n'
        self.config.write_text(
            f'[handbook]\nsource = "{self.handbook}"\n[state]\nfolder = "state"\n'
            f"{'' if '[[nextcloud]]' in extra else cloud}"
            f'[output]\nfolder = "reports"\n[links]\nallow_private = true\ntimeout_s = 5\n{extra}',
            encoding="utf-8",
        )

    def manifest(self, name: str = "status.json") -> dict[str, Any]:
        """Return a manifest that the last run left."""
        found: dict[str, Any] = json.loads((self.reports / name).read_bytes())
        return found

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process: nothing of whoever runs the tests."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        return {**kept, "HOME": str(self.folder), "NO_PROXY": "127.0.0.1", **self.env, **more}

    def start(
        self, *arguments: str, python: tuple[str, ...] = ("-m", "syncer"), **env: str
    ) -> Process:
        """Start a process; the log goes to a file of its own."""
        log = self.folder / f"log-{len(self.processes)}"
        with log.open("wb") as stream:
            popen = subprocess.Popen(
                [sys.executable, *python, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                env=self.environment(**env),
                cwd=self.folder,
            )
        process = Process(popen, log)
        self.processes.append(process)
        return process

    def work(self, **env: str) -> Process:
        """Start a worker that looks at the clock ten times a second."""
        return self.start(str(self.config), python=("-c", QUICK_WORKER), **env)

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, in a process of its own."""
        command = [*arguments, "--config", str(self.config)]
        environment = self.environment(**env)
        if "LD_PRELOAD" not in environment:
            done = get_fork_server().run(*command, env=environment, cwd=self.folder)
            return subprocess.CompletedProcess(command, done.code, done.out, done.err)
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
            env=environment,
            cwd=self.folder,
        )


@dataclass
class Clock:
    """What time it is for processes under libfaketime; waiting goes on in real time."""

    file: Path

    def set(self, moment: datetime) -> None:
        """Set the clock: it goes on from there; processes see it within a second."""
        # Renamed into place: a process may read at any time, and an empty file is the real time.
        part = self.file.with_suffix(".part")
        part.write_text(f"{moment.timestamp() - time.time():+.3f}", encoding="ascii")
        part.replace(self.file)

    @property
    def env(self) -> dict[str, str]:
        """The environment that puts a process under this clock."""
        return {
            "LD_PRELOAD": str(FAKETIME_LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            # Read once a second: libfaketime reads into one buffer for all threads, and two that
            # read at a time may see no offset at all, which is a jump to the real time.
            "FAKETIME_CACHE_DURATION": "0",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
