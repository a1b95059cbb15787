"""A symbolic link that a stranger's commit holds makes syncer write and read in no other folder."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = "---\n---\n# Side\n\n[deling](https://sky.example/s/abcdefgh)\n"


def commit(top: Path) -> None:
    """Commit everything in a folder."""
    for arguments in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x"),
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True, capture_output=True)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """Return a folder outside of the repository, with a file in it."""
    folder = tmp_path / "victim"
    folder.mkdir()
    (folder / "file.txt").write_text("precious", encoding="utf-8")
    return folder


@pytest.fixture
def repository(tmp_path: Path, victim: Path) -> Path:
    """Return a repository whose commit holds links out of it, into `.git`, and within it."""
    top = tmp_path / "repository"
    (top / "real" / "reports").mkdir(parents=True)
    (top / "page.md").write_text(PAGE, encoding="utf-8")
    (top / "real" / "old.json").write_text("old", encoding="utf-8")
    (top / "real" / "reports" / "runs").symlink_to(victim)
    (top / "file").symlink_to(victim / "file.txt")
    (top / "new").symlink_to(victim / "new.txt")
    (top / "folder").symlink_to("../victim")
    (top / "git").symlink_to(".git/config")
    (top / "within").symlink_to("real/old.json")
    (top / "demo" / "handbook").mkdir(parents=True)
    (top / "demo" / "handbook" / "vejledninger").symlink_to(victim)
    commit(top)
    return top


def list_files(victim: Path) -> list[tuple[str, str]]:
    """Return the files of the victim's folder with their content."""
    return [(path.name, path.read_text("utf-8")) for path in sorted(victim.iterdir())]


@pytest.mark.parametrize("place", ["file", "new", "folder/x.sarif", "folder/file.txt", "git"])
def test_no_output_goes_through_a_committed_link(
    syncer: Syncer, repository: Path, victim: Path, place: str
) -> None:
    """To a file, to none yet, through a folder, into `.git`: refused before the audit."""
    before = list_files(victim), (repository / ".git" / "config").read_bytes()
    for more in (("-o", place, "--format", "sarif"), ("--format", f"json:{place}")):
        done = syncer("audit", "--offline", ".", *more, cwd=repository)
        assert (done.returncode, "symbolic link in the git" in done.stderr) == (2, True)
    assert (list_files(victim), (repository / ".git" / "config").read_bytes()) == before


def test_a_link_of_the_administrator_to_a_committed_one_is_none_of_his(
    syncer: Syncer, repository: Path, victim: Path, tmp_path: Path
) -> None:
    """Every link on the way counts, not only those that the path spells."""
    (tmp_path / "outside").symlink_to(repository / "folder")
    (repository / "untracked").symlink_to("folder")
    for place in (tmp_path / "outside" / "x.json", repository / "untracked" / "x.json"):
        done = syncer("audit", "--offline", repository, "--format", f"json:{place}")
        assert done.returncode == 2
    assert [name for name, _ in list_files(victim)] == ["file.txt"]


def test_links_that_no_repository_holds_are_followed(
    syncer: Syncer, repository: Path, victim: Path, tmp_path: Path
) -> None:
    """Outside of a repository, untracked in one, and one that stays within."""
    (tmp_path / "outside").symlink_to(victim)
    (repository / "untracked").symlink_to(victim)
    for place in (
        tmp_path / "outside" / "a.json",
        repository / "untracked" / "b.json",
        repository / "within",
    ):
        done = syncer("audit", "--offline", repository, "--format", f"json:{place}")
        assert done.returncode in (0, 1, 3), done.stderr
        assert place.read_text("utf-8").startswith("{")
    assert (repository / "within").is_symlink()


@pytest.mark.parametrize(
    ("section", "key", "place"),
    [
        ("output", "folder", "folder/reports"),
        ("output", "folder", "real/reports"),
        ("state", "folder", "folder"),
        ("documents", "copy", "folder/copy"),
    ],
)
def test_no_folder_of_the_settings_is_behind_a_committed_link(
    syncer: Syncer, repository: Path, victim: Path, tmp_path: Path, section: str, key: str,
    place: str,
) -> None:  # fmt: skip
    """Output and its dated copies, state, and the copy of the documents."""
    settings = tmp_path / "own.toml"
    settings.write_text(
        f'[{section}]\n{key} = "{repository / place}"\n[handbook]\nsource = "{repository}"\n',
        encoding="utf-8",
    )
    for command in (("run", "--offline"), ("check-config",)):
        done = syncer(*command, "--config", settings)
        assert (done.returncode, f"{section}.{key}" in done.stderr) == (2, True), done.stderr
    assert [name for name, _ in list_files(victim)] == ["file.txt"]


@pytest.mark.parametrize(
    "command",
    [
        ("init", ".", "-o", "folder/syncer.toml"),
        ("demo", "-o", "folder"),
        ("demo",),
        ("audit", ".", "--offline", "--share-folder", "abcdefgh=folder"),
        ("audit", ".", "--offline", "--baseline", "file"),
    ],
)
def test_other_commands_refuse_it_too(
    syncer: Syncer, repository: Path, victim: Path, command: tuple[str, ...]
) -> None:
    """Settings and the demo are not written there, nor a share or a baseline read."""
    done = syncer(*command, cwd=repository)
    assert (done.returncode, "symbolic link in the git" in done.stderr) == (2, True), done.stderr
    assert list_files(victim) == [("file.txt", "precious")]
