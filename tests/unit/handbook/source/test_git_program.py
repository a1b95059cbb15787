"""How git is run: with nothing of the surroundings that could make it run or send something."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from syncer.handbook.source import git_program
from syncer.handbook.source.git_program import GitFailed, GitProgram
from syncer.model.reason import Reason

HARDENED = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "https:ssh",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "SSH_ASKPASS_REQUIRE": "never",
    "LC_ALL": "C",
}
SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.askPass": "",
    "core.attributesFile": os.devnull,
    "credential.helper": "",
    "diff.external": "",
    "submodule.recurse": "false",
    "fetch.recurseSubmodules": "false",
    "advice.detachedHead": "false",
    "gc.auto": "0",
    "safe.bareRepository": "explicit",
}


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in front of git that tells its surroundings and arguments."""
    place = tmp_path / "git"
    place.write_text('#!/bin/sh\ncat\nprintf "%s\\n" "$@"\necho --env--\nenv\n')
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return place


def _read(answer: bytes) -> tuple[list[str], dict[str, str]]:
    told, _, lines = answer.decode().partition("--env--\n")
    pairs = (line.split("=", 1) for line in lines.splitlines() if "=" in line)
    return told.split("\n")[:-1], dict(pairs)


def test_git_gets_nothing_that_could_lead_it_astray(
    git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of the git variables around but those of the administrator's key and programs."""
    for name in ("GIT_DIR", "GIT_PROXY_COMMAND", "SSH_ASKPASS", "GIT_CONFIG_COUNT"):
        monkeypatch.setenv(name, "fremmed")
    passed = {
        "GIT_SSH_COMMAND": "ssh -i key", "GIT_SSL_CAINFO": "ca.pem", "GIT_EXEC_PATH": "/git",
        "HOME": "/hjem",
    }  # fmt: skip
    for name, value in passed.items():
        monkeypatch.setenv(name, value)
    program = GitProgram(
        9, protocols="https:ssh", settings=[("a.b", "c")], variables={"SYNCER_X": "y"}
    )
    told, found = _read(program.run("status", "-z", stdin=b"ind\n"))
    assert told == ["ind", "--no-pager", "--literal-pathspecs", "status", "-z"]
    count = int(found["GIT_CONFIG_COUNT"])
    settings = {
        found.pop(f"GIT_CONFIG_KEY_{n}"): found.pop(f"GIT_CONFIG_VALUE_{n}") for n in range(count)
    }
    assert settings == {**SETTINGS, "a.b": "c"}
    assert {name: found.get(name) for name in passed} == passed
    named = {n: v for n, v in found.items() if n.startswith(("GIT_", "SSH_ASKPASS", "LC_ALL"))}
    assert named == {
        **HARDENED, "GIT_CONFIG_COUNT": str(count),
        **{name: value for name, value in passed.items() if name != "HOME"},
    }  # fmt: skip
    assert found["SYNCER_X"] == "y"


def test_git_may_take_its_time_to_read(git: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is given arrives whole, however often it is waited for meanwhile."""
    monkeypatch.setattr(git_program, "_POLL_S", 0.001)
    given = b"ind\n" * 100_000
    assert GitProgram(60).run("status", stdin=given).startswith(given + b"--no-pager\n")
    git.write_text("#!/bin/sh\ncat\n")
    assert GitProgram(60).run("status") == b""


def test_ssh_never_waits_for_somebody(git: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor for ever for a server; without protocols git uses none."""
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    _, found = _read(GitProgram(9).run("status"))
    assert found["GIT_SSH_COMMAND"] == "ssh -o BatchMode=yes -o ConnectTimeout=20"
    assert found["GIT_ALLOW_PROTOCOL"] == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: nej", "fatal: nej"),
        ("https://anna:kode@a.example/x", "https://a.example/x"),
        ("a\\033[31mb\\nc", None),
        ("x" * 400, None),
    ],
)
def test_what_git_says_is_told_in_short(git: Path, said: str, told: str | None) -> None:
    """Without a login, control characters and endless words."""
    git.write_text(f"#!/bin/sh\nprintf '{said}' >&2\nexit 3\n")
    with pytest.raises(GitFailed) as failed:
        GitProgram(9).run("status")
    assert failed.value.reason.code == "git-failed"
    detail = str(failed.value.reason.args["detail"])
    assert told in (None, detail)
    assert detail.isprintable()
    assert len(detail) <= 301
    assert str(failed.value) == f"git says {detail!r}"


def test_git_that_is_not_there_or_cannot_be_started(
    git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text says which."""
    with pytest.raises(GitFailed, match="git cannot be started: embedded null byte") as failed:
        GitProgram(9).run("a\0b")
    assert failed.value.reason == Reason("git-failed", {"detail": "embedded null byte"})
    monkeypatch.setenv("PATH", str(git.parent / "tom"))
    with pytest.raises(GitFailed, match="the program git is not installed") as failed:
        GitProgram(9).run("status")
    assert failed.value.reason == Reason("git-not-found")
