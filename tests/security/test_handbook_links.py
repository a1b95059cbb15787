"""A symbolic link that a stranger's commit holds leads syncer to no other folder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = "---\n---\n# Side\n\n[væk](vaek.md)\n"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """Return a folder outside of every repository."""
    folder = tmp_path / "private"
    (folder / "below").mkdir(parents=True)
    (folder / "notes.md").write_text(PAGE, encoding="utf-8")
    (folder / "below" / "notes.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def repository(tmp_path: Path, private: Path) -> Path:
    """Return a repository whose commit holds links: out of it, and within it."""
    top = tmp_path / "repository"
    (top / "real").mkdir(parents=True)
    (top / "real" / "index.md").write_text(PAGE, encoding="utf-8")
    (top / "docs").symlink_to(private)
    (top / "within").symlink_to("real")
    (top / "page.md").symlink_to(private / "notes.md")
    for arguments in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x"),
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True, capture_output=True)
    return top


@pytest.mark.parametrize("place", ["docs", "docs/", "docs/below", "page.md", "docs/notes.md"])
def test_a_committed_link_out_of_the_repository_is_refused(
    syncer: Syncer, repository: Path, place: str
) -> None:
    """The folder, one below it, and a page are refused with one message."""
    done = syncer("audit", "--offline", "--handbook", place, cwd=repository)
    assert done.returncode == 2
    assert "symbolic link" in done.stderr
    assert "vaek" not in done.stdout


def test_a_committed_link_within_the_repository_is_followed(
    syncer: Syncer, repository: Path
) -> None:
    """`within` leads to `real`, in the same commit."""
    done = syncer("audit", "--offline", "--handbook", "within", cwd=repository)
    assert (done.returncode, "vaek" in done.stdout) == (1, True)


def test_a_link_of_the_administrator_is_followed(
    syncer: Syncer, repository: Path, private: Path, tmp_path: Path
) -> None:
    """Outside of a repository, and in one that does not track it, a link is the owner's."""
    (tmp_path / "handbook").symlink_to(private)
    (repository / "untracked").symlink_to(private)
    for place in (tmp_path / "handbook", repository / "untracked"):
        assert syncer("audit", "--offline", "--handbook", place).returncode == 1


@pytest.mark.parametrize(
    "target", ["../.git/SECRET.md", "../.GIT/SECRET.md", "../../private/notes.md", "nowhere.md"]
)
def test_a_page_behind_such_a_link_is_unreadable(
    syncer: Syncer, repository: Path, target: str
) -> None:
    """It is neither read nor silently gone: a change could hide a page's findings by it."""
    (repository / ".git" / "SECRET.md").write_text(PAGE, encoding="utf-8")
    if "GIT" in target:
        (repository / ".GIT").mkdir()
        (repository / ".GIT" / "SECRET.md").write_text(PAGE, encoding="utf-8")
    (repository / "real" / "leak.md").symlink_to(target)
    for name in ("page.md", "within"):
        (repository / name).unlink()
    done = syncer("audit", "--offline", "--format", "json", "--handbook", repository)
    assert done.returncode == 3
    manifest = json.loads(done.stdout)
    unread = [f["page"] for f in manifest["findings"] if f["code"] == "page-unreadable"]
    assert unread == ["real/leak.md"]
    assert {link["page"] for link in manifest["links"]} == {"real/index.md"}


def test_other_files_behind_links_into_git_are_not_read(syncer: Syncer, repository: Path) -> None:
    """Neither an include nor the settings of site and handbook come from git's own folder."""
    (repository / ".git" / "own.toml").write_text("[links]\nexclude = ['*']\n", "utf-8")
    (repository / ".syncer.toml").symlink_to(".git/own.toml")
    for name in ("page.md", "within"):
        (repository / name).unlink()
    done = syncer("audit", "--offline", "--handbook", repository, "--lang", "en")
    assert "own.toml" not in done.stderr
    assert done.returncode == 1


def test_a_page_elsewhere_in_the_repository_is_only_left_out(
    syncer: Syncer, repository: Path
) -> None:
    """`docs/README.md -> ../README.md` is a habit, and hides nothing from a whole audit."""
    (repository / "README.md").write_text(PAGE, encoding="utf-8")
    (repository / "real" / "README.md").symlink_to("../README.md")
    done = syncer("audit", "--offline", "--handbook", repository / "real")
    assert done.returncode == 1
