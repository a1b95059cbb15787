"""The command at a real terminal: width, colour, progress."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import IO

import pytest

from tests.cli.outcomes import Cli, Outcome

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run_at_terminal(
    *arguments: object, columns: int = 80, env: dict[str, str] | None = None
) -> str:
    """Run syncer with a pseudo-terminal for stdout and stderr, and return what it wrote."""
    return run_python_at_terminal("-m", "syncer", *arguments, columns=columns, env=env)


def run_python_at_terminal(
    *arguments: object, columns: int = 80, env: dict[str, str] | None = None
) -> str:
    """Run Python with a pseudo-terminal for stdout and stderr, and return what it wrote."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, *map(str, arguments)]
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
    """The report keeps to the width that the terminal has, and so does the closing line."""
    shown = run_at_terminal(
        "audit",
        "--offline",
        "--handbook",
        handbook,
        "--share-folder",
        share_folder,
        columns=columns,
    )
    report = _ESCAPE.sub("", shown).replace("\r", "").splitlines()
    assert max(len(line) for line in report) <= columns
    assert any("Planlagt" in line for line in report)


def test_explain_and_status_keep_to_the_terminal(handbook: Path, share_folder: str) -> None:
    """What they say breaks between words there; a program gets whole lines."""
    base = ("--offline", "--handbook", handbook, "--share-folder", share_folder)
    run_in_pipe("run", *base, stdout=subprocess.PIPE)
    for arguments in (("explain", "aftale", *base), ("status",)):
        shown = _ESCAPE.sub("", run_at_terminal(*arguments, columns=50)).replace("\r", "")
        prose = [line for line in shown.splitlines() if " = " not in line]
        assert max(len(line) for line in prose) <= 50
    _, told, _ = run_in_pipe("status", stdout=subprocess.PIPE)
    assert max(len(line) for line in told.decode().splitlines()) > 50


def test_colour_at_a_terminal_only_and_never_with_no_color(
    cli: Cli, handbook: Path, share_folder: str
) -> None:
    """Escape sequences at a terminal; none with `NO_COLOR`, none in a pipe; so for the log."""
    arguments = ("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    shown = run_at_terminal(*arguments, "-v")
    assert [
        bool(_COLOUR.search(line)) for line in shown.splitlines() if "handbook-read" in line
    ] == [True]
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert not _COLOUR.search(run_at_terminal(*arguments, "-v", env=env))
    assert "\x1b" not in cli(*arguments).out


def test_progress_is_shown_and_wiped(tmp_path: Path) -> None:
    """A run over the network shows how far it is, and leaves only the result."""
    shown = run_at_terminal("demo", "--output", tmp_path / "demo")
    assert "report.html" in shown
    assert "Traceback" not in shown


_LOG_WHILE_BUSY = """
import structlog
from syncer.cli.progress import show_progress
from syncer.log import set_up_log
from syncer.redact import Redactor
from syncer.report.words import Lang, words_of

set_up_log(verbosity=0, redactor=Redactor())
with show_progress(words_of(Lang.DA).labels) as tell:
    tell("shares", 0, 3)
    tell("Nextcloud / " + "Skabeloner " * 20, 1, None)
    for done in range(3):
        structlog.get_logger().warning("slow", url="https://example.org/" + "a" * 100)
        tell("shares", done + 1, 3)
structlog.get_logger().warning("afterwards")
"""


def test_a_log_line_never_lands_on_the_progress_bars(tmp_path: Path) -> None:
    """It stands above them on a line of its own, as long as it is."""
    shown = run_python_at_terminal("-c", _LOG_WHILE_BUSY)
    assert "Delte mapper" in shown
    logged = [line for line in shown.splitlines() if "slow" in line or "afterwards" in line]
    assert len(logged) == 4
    for line in logged:
        # What stood on the line is wiped before.
        assert "━" not in line.rpartition("\x1b[2K")[2]
    assert shown.count("a" * 100) == 3
    bars = [line for line in re.split(r"[\r\n]", _ESCAPE.sub("", shown)) if "━" in line]
    assert max(len(line.rstrip()) for line in bars) <= 80


def run_in_pipe(*arguments: object, stdout: int | IO[str], **env: str) -> tuple[int, bytes, bytes]:
    """Run syncer with `stdout`, and return its code and what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "syncer", *map(str, arguments)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **env},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_letters_that_a_pipe_does_not_have(handbook: Path, share_folder: str) -> None:
    """A report gets marks in their place; formats for files are UTF-8 all the same."""
    base = ("audit", "--offline", "--handbook", handbook, "--share-folder", share_folder)
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    code, report, told = run_in_pipe(*base, stdout=subprocess.PIPE, **ascii_only)
    assert (code, b"Traceback" in told) == (0, False)
    assert b"Planlagt" in report
    code, manifest, _ = run_in_pipe(*base, "--format", "json", stdout=subprocess.PIPE, **ascii_only)
    assert code == 0
    assert "Leverandørpartneraftale" in manifest.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_told(handbook: Path) -> None:
    """Exit 2 and one sentence, no traceback."""
    for name in ("json", "terminal"):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            code, _, told = run_in_pipe(
                "audit", "--offline", "--handbook", handbook, "--format", name, stdout=full
            )
        assert code == 2
        assert b"stdout" in told
        assert b"Traceback" not in told


def test_quiet_says_nothing_but_the_result(cli: Cli, handbook: Path, share_folder: str) -> None:
    """`-q`: errors only, so that cron has nothing to mail."""
    base = ("--offline", "--quiet", "--handbook", handbook, "--share-folder", share_folder)
    assert cli("run", *base) == Outcome(0, "", "")
    assert cli("audit", *base).err == ""


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_streams_that_were_closed_before_the_start(handbook: Path, closed: str) -> None:
    """What would be said there is said to nobody; the exit code is that of the audit."""
    command = f'"$0" -m syncer audit --offline --fail-on never --handbook "$1" {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(handbook)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_patch_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    """Control characters of a page are shown, passwords masked; in a pipe the patch is exact."""
    page = tmp_path / "README.md"
    page.write_text(
        "# A\n\n[x](https://cloud.example.org/s/AbCdEfGhIjKlMnO?path=/A)\n"
        "\x1b]0;title\x07 \x9b2J **fed\x1b[31m skrift** https://a.dk/x\n"
        "http://user:s3cr3t@a.dk/y\n"
        '<a href="http://user:1234567\n8901@a.dk/z">z</a> https://b.dk/x\n',
        encoding="utf-8",
    )
    (tmp_path / "_config.yml").write_text("title: A\n", encoding="utf-8")
    command = ("fix", "--offline", "--lang", "en", "--no-config", tmp_path)
    env = {"XDG_STATE_HOME": str(tmp_path / "state")}
    shown = run_at_terminal(*command, env=env)
    assert "+\u241b]0;title" in shown.replace("\r", "")
    assert not [sign for sign in ("\x1b]", "\x07", "\x9b", "\x1b[31m") if sign in shown]
    assert "> FILE" in shown
    assert "http://***@a.dk/y" in shown
    assert not [part for part in ("s3cr3t", "1234567", "8901") if part in shown]
    listed = run_at_terminal(*command, "--check", env=env)
    assert not [part for part in ("s3cr3t", "1234567", "8901") if part in listed]
    piped = subprocess.run(
        [sys.executable, "-m", "syncer", *map(str, command)],
        capture_output=True, check=False, env={**os.environ, **env},
    )  # fmt: skip
    assert b"\x1b]0;title\x07 \xc2\x9b2J" in piped.stdout
    assert b"http://user:s3cr3t@a.dk/y" in piped.stdout
    assert b"> FILE" not in piped.stderr


def test_json_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    """C1 controls and marks of direction are escaped there, which JSON reads as the same text."""
    name = "a\x7f\x9b2J\u202eb\U000e0041Æ"
    (tmp_path / "_config.yml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(f"---\n---\n[{name}](væk.md)\n", encoding="utf-8")
    audit = ("audit", "--offline", "--no-config", "--handbook", tmp_path, "--format", "json")
    shown = run_at_terminal(*audit, "--quiet", env={"XDG_STATE_HOME": str(tmp_path / "state")})
    whole = shown[shown.index("{") : shown.rindex("}") + 1]
    assert all(mark.isprintable() or mark in "\r\n" for mark in whole)
    (link,) = json.loads(whole)["links"]
    assert link["text"] == name


def test_a_patch_gives_the_runner_of_a_job_no_command(tmp_path: Path) -> None:
    """What it would obey is between two words that no page can know; `git apply` takes it all."""
    page = tmp_path / "README.md"
    page.write_text("# A\n\n::error::x\nhttps://a.dk/x ##[error]x\n", encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: A\n", encoding="utf-8")
    command = [sys.executable, "-m", "syncer", "fix", "--offline", "--no-config", str(tmp_path)]
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "GITHUB_ACTIONS": "true"}
    piped = subprocess.run(command, capture_output=True, check=True, env=env).stdout.decode()
    before, _, rest = piped.partition("::stop-commands::")
    word, _, patch = rest.partition("\n")
    patch, end, after = patch.partition(f"\n::{word}::\n")
    assert len(word) == 32
    assert " ::error::x" in patch
    assert end
    assert not re.search(r"^\s*::|##\[", before + after, re.MULTILINE)
    apply = ["git", "-C", str(tmp_path), "apply", "-"]
    subprocess.run(apply, input=piped.encode(), check=True, env={**env, "GIT_DIR": "/dev/null"})
    assert "<https://a.dk/x>" in page.read_text("utf-8")
    with (tmp_path / "patch").open("wb") as file:
        page.write_text("# A\n\n::error::x\nhttps://a.dk/x ##[error]x\n", encoding="utf-8")
        subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, check=True, env=env)
    assert b"stop-commands" not in (tmp_path / "patch").read_bytes()
