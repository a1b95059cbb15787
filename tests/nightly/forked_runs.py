"""Syncer in processes that are forked from one that has its imports: far quicker than a start."""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage

PATIENCE_S = 120.0
_ROOT = Path(__file__).parents[2]
_SERVER = Path(__file__).parent / "fork_server.py"


@dataclass(frozen=True, slots=True)
class ForkedRun:
    """How one run ended; `steps` counts what it opened, renamed, removed, listed or connected."""

    code: int
    steps: int
    out: str
    err: str


class ForkServer:
    """A process that waits with its imports done; each run is a fork of it."""

    def __init__(self, env: Mapping[str, str] | None = None, *, measured: bool = False) -> None:
        """Start the server; `env` is added to its own environment.

        With `measured` the coverage of the runs counts where that of the tests is measured.
        """
        measured = measured and Coverage.current() is not None
        self._data_file = str(_ROOT / ".coverage") if measured else None
        self._process = subprocess.Popen(
            [sys.executable, str(_SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(_ROOT), **(env or {})},
        )

    def run(
        self,
        *arguments: str,
        env: Mapping[str, str],
        cwd: Path,
        fault: str | None = None,
        at: int = 0,
        **more: Any,
    ) -> ForkedRun:
        """Run a command line to its end, with a fault at a step or without."""
        order = {"arguments": arguments, "env": dict(env), "cwd": str(cwd)}
        limits = {"patience_s": PATIENCE_S, "data_file": self._data_file, "fault": fault, "at": at}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({**order, **limits, **more}) + "\n")
        self._process.stdin.flush()
        return ForkedRun(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the server."""
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()


@functools.cache
def get_fork_server() -> ForkServer:
    """Return the server of this test process, started when it is first needed."""
    server = ForkServer(measured=True)
    atexit.register(server.close)
    return server
