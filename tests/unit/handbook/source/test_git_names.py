"""What names mean to git: commits, tags, branches, beginnings of hashes, files and worktrees."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from syncer.handbook.source import git_program
from syncer.handbook.source.git_program import (
    GitFailed,
    GitProgram,
    find_meanings,
    find_repository,
    find_worktree,
    holds_file,
    is_unsaid_tag,
    read_commit,
)
from syncer.model.reason import Reason

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org")


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    # The same hashes each time.
    dates = {
        "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    }
    answer = subprocess.run(
        [*GIT, "-C", str(root), *arguments],
        check=True, capture_output=True, text=True, env={**os.environ, **dates},
    )  # fmt: skip
    return answer.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make three commits, "one" to "three", with names of all kinds, and a second worktree."""
    root = tmp_path_factory.mktemp("names") / "repository"
    git(root.parent, "init", "-q", "-b", "main", str(root))
    for number in ("one", "two", "three"):
        (root / f"{number}.md").write_text(number)
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", number)
    git(root, "tag", "lone", "HEAD~1")
    git(root, "tag", "-a", "-m", "x", "v1.2", "HEAD~1")
    git(root, "tag", "3.1", "HEAD~1")
    git(root, "tag", "both", "HEAD~1")
    git(root, "branch", "both", "HEAD~2")
    git(root, "tag", "same", "HEAD")
    git(root, "branch", "same", "HEAD")
    git(root, "branch", "lone-branch", "HEAD~2")
    for name, commit in (("origin/both", "HEAD"), ("fork/HEAD", "HEAD~2"), ("fork/x", "HEAD")):
        git(root, "update-ref", f"refs/remotes/{name}", commit)
    git(root, "tag", "fork", "HEAD")
    first = git(root, "rev-parse", "HEAD~2")
    git(root, "branch", first[:6], "HEAD")
    git(root, "tag", git(root, "rev-parse", "HEAD~1")[:8], "HEAD~1")
    git(root, "worktree", "add", "-q", str(root.parent / "second"), "both")
    return root


def commits(root: Path) -> dict[str, str]:
    """Return the names of the three commits by their hashes."""
    hashes = git(root, "rev-list", "main").split()
    return dict(zip(hashes, ("three", "two", "one"), strict=True))


@pytest.mark.parametrize(
    ("ref", "commit"),
    [
        ("main", "three"), ("main~1", "two"), ("v1.2", "two"), ("both", "two"),
        ("refs/heads/both", "one"), ("origin/both", "three"), ("fork", "three"), ("HEAD", "three"),
        ("ukendt", None), ("--all", None), ("", None), ("main:one.md", None),
    ],
)  # fmt: skip
def test_a_name_is_a_commit_or_none(repository: Path, ref: str, commit: str | None) -> None:
    """A tag goes before a branch, and a file is no commit."""
    found = read_commit(GitProgram(9), repository, ref)
    assert (None if found is None else commits(repository)[found]) == commit


@pytest.mark.parametrize(
    ("ref", "meanings"),
    [
        ("main", ()),
        ("lone", ()),
        ("same", ()),
        ("ukendt", ()),
        ("both", ("refs/tags/both", "refs/heads/both")),
        ("both~1", ("refs/tags/both", "refs/heads/both")),
        ("both@{1}", ("refs/tags/both", "refs/heads/both")),
        ("both^", ("refs/tags/both", "refs/heads/both")),
        ("origin/both", ()),
        ("fork", ("refs/tags/fork", "refs/remotes/fork/HEAD")),
        ("heads/both", ()),
    ],
)
def test_a_short_name_with_two_meanings(
    repository: Path, ref: str, meanings: tuple[str, ...]
) -> None:
    """Each by its full name, in git's order; two names of one commit are one meaning."""
    assert find_meanings(GitProgram(9), repository, ref) == meanings


def test_a_name_may_be_the_beginning_of_a_hash(repository: Path) -> None:
    """Of another commit; one that names the commit itself has one meaning."""
    by_name = {name: commit for commit, name in commits(repository).items()}
    short = by_name["one"][:6]
    assert find_meanings(GitProgram(9), repository, short) == (
        f"refs/heads/{short}",
        by_name["one"],
    )
    assert find_meanings(GitProgram(9), repository, f"{short}~1") != ()
    assert find_meanings(GitProgram(9), repository, by_name["two"][:8]) == ()
    assert find_meanings(GitProgram(9), repository, by_name["three"][:9]) == ()


def test_a_tag_says_that_it_is_one_or_not(repository: Path) -> None:
    """As a version, by its whole name, or as the beginning of its commit's hash.

    A name that is a branch too has two meanings, which are told elsewhere.
    """
    two = git(repository, "rev-parse", "HEAD~1")[:8]
    names = "lone lone~1 both same v1.2 3.1 main lone-branch ukendt refs/tags/lone tags/lone HEAD"
    unsaid = [
        name
        for name in [*names.split(), two, two.upper()]
        if is_unsaid_tag(GitProgram(9), repository, name)
    ]
    assert unsaid == ["lone", "lone~1"]


def test_git_that_fails_otherwise_denies_no_name(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without git, or after a stop, nothing is said of a name; and any file may be held."""
    assert not holds_file(repository, repository / "ny.md")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailed) as failed:
        read_commit(GitProgram(9), repository, "main")
    assert failed.value.reason == Reason("git-not-found")
    assert holds_file(repository, repository / "ny.md")


def test_git_is_ended_at_the_deadline_and_at_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason says which; before the deadline an answer that comes late is taken."""
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nsleep 0.05\necho sent\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_program, "_POLL_S", 0.01)
    assert GitProgram(9).run("status") == b"sent\n"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    with pytest.raises(GitFailed, match=r"^git took longer than 0.05 s$") as failed:
        GitProgram(0.05).run("status")
    assert failed.value.reason == Reason("git-timeout", {"timeout_s": 0.05})
    stop = threading.Event()
    stop.set()
    with pytest.raises(GitFailed, match="the run was stopped") as failed:
        GitProgram(9, stop).run("status")
    assert failed.value.reason == Reason("run-stopped")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "no message"),
        ("\\n  \\n", "no message"),
        ("hint: a\\nfatal: b\\nerror: c\\n", "fatal: b"),
        ("hint: a\\nerror: c\\n", "error: c"),
        ("\\nfirst\\nsecond\\n", "first"),
        ("  x\\ty  ", "x y"),
        ("x" * 400, "x" * 300),
    ],
)
def test_the_most_telling_line_is_told(
    said: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git calls fatal, else the first one."""
    program = tmp_path / "git"
    program.write_text(f"#!/bin/sh\nprintf '{said}' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitFailed) as failed:
        GitProgram(9).run("status")
    assert failed.value.reason == Reason("git-failed", {"detail": told})


def test_files_that_git_holds(repository: Path) -> None:
    """Those of the index; a folder with one is one, and a pattern is a name."""
    for name, held in (
        ("one.md", True), ("ny.md", False), ("*.md", False), (".", True), ("--", False),
    ):  # fmt: skip
        assert holds_file(repository, repository / name) is held, name


def test_the_worktree_and_the_repository_of_a_folder(repository: Path, tmp_path: Path) -> None:
    """Both worktrees have one repository; a folder outside of them has none."""
    second = repository.parent / "second"
    below = repository / "a" / "b"
    below.mkdir(parents=True)
    assert find_worktree(below) == repository
    assert find_worktree(repository) == repository
    assert find_worktree(second) == second
    assert find_worktree(tmp_path) is None
    assert find_worktree(repository / ".git" / "refs") == repository
    own = repository / ".git"
    assert find_repository(repository) == find_repository(second) == own
    assert find_repository(tmp_path) is None
    with pytest.raises(OSError, match="nowhere"):
        find_worktree(tmp_path / "nowhere")
    for broken in (b"gitdir: nowhere\n", b"\xff\n"):
        (tmp_path / ".git").write_bytes(broken)
        expected = tmp_path / "nowhere" if broken.startswith(b"gitdir") else None
        assert find_repository(tmp_path) == expected
