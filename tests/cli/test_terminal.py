"""The command at a real terminal: width, colour, progress."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run_at_terminal(
    *arguments: object, columns: int = 80, env: dict[str, str] | None = None
) -> str:
    """Run syncer with a pseudo-terminal for stdout and stderr, and return what it wrote."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "syncer", *map(str, arguments)]
    surroundings = {**os.environ, "TERM": "xterm-256color", **(env or {})}
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=surroundings) as process:
        os.close(follower)
        chunks = []
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        process.wait(timeout=60)
    os.close(leader)
    return b"".join(chunks).decode("utf-8")


@pytest.mark.parametrize("columns", [40, 80, 132])
def test_no_line_is_wider_than_the_terminal(
    handbook: Path, share_folder: str, columns: int
) -> None:
    """The report keeps to the width that the terminal has."""
    shown = run_at_terminal(
        "audit",
        "--offline",
        "--handbook",
        handbook,
        "--share-folder",
        share_folder,
        columns=columns,
    )
    report = _ESCAPE.sub("", shown).replace("\r", "").splitlines()[:-1]
    assert max(len(line) for line in report) <= columns
    assert any("Planlagt" in line for line in report)


def test_colour_at_a_terminal_only_and_never_with_no_color(
    cli: Cli, handbook: Path, share_folder: str
) -> None:
    """Escape sequences at a terminal; none with `NO_COLOR`, none in a pipe."""
    arguments = ("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    assert "\x1b[" in run_at_terminal(*arguments)
    report = run_at_terminal(*arguments, "-q", env={"NO_COLOR": "1"})
    assert not re.search(r"\x1b\[[0-9;]*m", report)
    assert "\x1b" not in cli(*arguments).out


def test_progress_is_shown_and_wiped(tmp_path: Path) -> None:
    """A run over the network shows how far it is, and leaves only the result."""
    shown = run_at_terminal("demo", "--output", tmp_path / "demo")
    assert "report.html" in shown
    assert "Traceback" not in shown
