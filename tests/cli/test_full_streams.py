"""What no room is for: results on stdout, messages on stderr, the job's summary."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import syncer

FULL = Path("/dev/full")
# The interpreter may have the packages, and not this program, installed.
SOURCE = {"PYTHONPATH": str(Path(syncer.__file__).parents[1])}


def run(folder: Path, *arguments: str | Path, **streams: object) -> tuple[int, str, str]:
    """Run a command in a process of its own; return its code, stdout and stderr."""
    env = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "LANG": "C.UTF-8"}
    places = {name: str(place) for name, place in streams.items() if name.isupper()}
    with FULL.open("w") as full:
        out, err = (
            full if streams.get(name) == FULL else subprocess.PIPE for name in ("stdout", "stderr")
        )
        done = subprocess.run(
            [sys.executable, "-P", "-m", "syncer", *map(str, arguments)],
            check=False,
            timeout=60,
            cwd=folder,
            env={**SOURCE, **env, **places},
            text=True,
            stdout=out,
            stderr=err,
        )
    return done.returncode, done.stdout or "", done.stderr or ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("schema",),
        ("--version",),
        ("--help",),
        ("status", "--no-config"),
        ("check-config", "--no-config"),
        ("audit", ".", "--no-config", "--offline"),
        ("init", ".", "-o", "-"),
    ],
)
def test_a_result_without_room_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """One line says so; exit 2, and no traceback at the end of the process."""
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    code, _, err = run(tmp_path, *arguments, stdout=FULL)
    assert (code, err) == (
        2,
        "syncer: The result cannot be written to stdout: No space left on device.\n",
    )


@pytest.mark.parametrize("command", [("schema",), ("audit", ".", "--no-config", "--offline")])
def test_a_reader_that_is_gone(tmp_path: Path, command: tuple[str, ...]) -> None:
    """As for any program that SIGPIPE ends: 141, not a word, and never 1 for findings."""
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "syncer", *command],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env={**SOURCE, "HOME": str(tmp_path)},
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("audit", ".", "--no-config", "--offline"), 1),
        (("run", "--no-config", "--handbook", ".", "--offline", "-v"), 0),
        (("audit", "nowhere", "--no-config"), 2),
        (("no-such-command",), 2),
    ],
)
def test_messages_without_room_are_lost(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    """A full disk under the log neither ends a run nor changes how it ends."""
    (tmp_path / "a.md").write_text("# A\n\n[B](b.md)\n", encoding="utf-8")
    assert run(tmp_path, *arguments, stderr=FULL)[0] == code


@pytest.mark.parametrize("place", ["/dev/full", "/no/such/folder/file", "/"])
def test_a_job_page_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    """The audit ends as it would, with a warning that names the variable."""
    (tmp_path / "a.md").write_text("# A\n\n[B](b.md)\n", encoding="utf-8")
    arguments = ("audit", ".", "--no-config", "--offline", "--format", "github")
    code, out, err = run(tmp_path, *arguments, GITHUB_STEP_SUMMARY=place)
    assert code == 1
    assert "::error" in out
    assert "$GITHUB_STEP_SUMMARY" in err
    assert "Traceback" not in err
