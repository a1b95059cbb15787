"""The program as a process, in an empty folder and without anybody's settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.nightly.forked_runs import get_fork_server

Process = subprocess.CompletedProcess[str]


@pytest.fixture
def syncer(tmp_path: Path) -> Callable[..., Process]:
    """Return a function that runs `syncer` with arguments and returns what it left."""

    def run(
        *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Process:
        folder = cwd or tmp_path / "cwd"
        folder.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SYNCER_")}
        surroundings = {"XDG_STATE_HOME": str(tmp_path / "xdg"), "NO_PROXY": "127.0.0.1,localhost"}
        command = [str(argument) for argument in arguments]
        environment = {**kept, **surroundings, **(env or {})}
        done = get_fork_server().run(*command, env=environment, cwd=folder)
        finished = Process(command, done.code, done.out, done.err)
        assert "Traceback" not in finished.stderr, finished.stderr
        return finished

    return run
